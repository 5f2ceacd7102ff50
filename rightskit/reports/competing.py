"""Which answer came by when: outcomes that compete, for a request that is refused can no longer bring data.

The cumulative incidence after Aalen and Johansen, An empirical transition matrix for non-homogeneous Markov chains
based on censored observations, Scandinavian Journal of Statistics 5 (1978), 141-150. Its intervals come from drawing
members with all their requests (Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 3.8).

Where nobody knows the day of an answer, only between which days it came, the share answered is Turnbull's: The
empirical distribution function with arbitrarily grouped, censored and truncated data, JRSS B 38 (1976), 290-295.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rightskit.reports.survival import Spell

    Floats = NDArray[np.float64]

_DRAWS = 200
_SEED = 20180525
"""The same in every report, so that the same campaign gives the same figures; the day from which the GDPR applies."""
_STEPS = 2000
_CLOSE = 1e-7


@dataclass(frozen=True, slots=True)
class Incidence:
    """The share of requests that a cause had ended by a day, with its 95 % interval."""

    cause: str
    day: int
    share: float
    low: float
    high: float


def incidence(waits: Sequence[Spell], days: Sequence[int]) -> list[Incidence]:
    """For each cause that ended a wait, its share by each of the days.

    Args:
        waits: final answers; an answer without a known cause counts as censored.
        days: after sending.
    """
    met = sorted({wait.cause for wait in waits} - {""})
    if not met:
        return []
    members, place = np.unique([wait.member for wait in waits], return_inverse=True)
    length = np.array([wait.days for wait in waits])
    code = np.array([1 + met.index(wait.cause) if wait.cause in met else 0 for wait in waits])
    size = (max(*days, int(length.max())) + 1, len(met) + 1)
    where = length * size[1] + code
    exact = _aalen_johansen(_counted(where, size, np.ones(len(waits))))[list(days)]
    draw = np.random.default_rng(_SEED)
    even = np.full(len(members), 1 / len(members))
    drawn = [
        _aalen_johansen(_counted(where, size, draw.multinomial(len(members), even)[place]))[list(days)]
        for _ in range(_DRAWS)
    ]
    low, high = np.percentile([exact, *drawn], (2.5, 97.5), axis=0)
    low, high = np.minimum(low, exact), np.maximum(high, exact)
    return [
        Incidence(cause, day, *(float(part[i, k]) for part in (exact, low, high)))
        for k, cause in enumerate(met)
        for i, day in enumerate(days)
    ]


def _counted(where: NDArray[np.int64], size: tuple[int, int], weights: NDArray[np.generic]) -> Floats:
    """Day × (censored, causes) → requests."""
    counts: Floats = np.bincount(where, weights=weights.astype(float), minlength=size[0] * size[1]).astype(float)
    return counts.reshape(size)


def _aalen_johansen(counts: Floats) -> Floats:
    """Day × causes → the share that each has ended by then: Σ S(u−) d(u)/n(u)."""
    risk = counts.sum(axis=1)[::-1].cumsum()[::-1]
    hazard = counts[:, 1:] / np.maximum(risk, 1e-12)[:, None]
    waiting = np.cumprod(1 - hazard.sum(axis=1))
    before: Floats = np.concatenate(([1.0], waiting[:-1]))
    result: Floats = (hazard * before[:, None]).cumsum(axis=0)
    return result


def turnbull(waits: Sequence[Spell], days: Sequence[int]) -> list[float]:
    """The share of requests answered by each of the days, where some answers came between two days.

    The masses on the days are those that explain what was watched best, found step by step (self-consistency). Where
    every day is known, it is the product-limit estimate.
    """
    seen: dict[tuple[int, float], int] = {}
    for wait in waits:
        key = (_after(wait), float(wait.days) if wait.answered else np.inf)
        seen[key] = seen.get(key, 0) + 1
    ends = np.array(sorted({end for _, end in seen} | {np.inf}))
    fits = np.array([(ends > after) & (ends <= end) for after, end in seen], dtype=float)
    counts = np.array(list(seen.values()), dtype=float)
    mass = np.full(len(ends), 1 / len(ends))
    for _ in range(_STEPS):
        better = mass * (fits.T @ (counts / (fits @ mass))) / max(counts.sum(), 1.0)
        done = np.abs(better - mass).max() < _CLOSE
        mass = better
        if done:
            break
    return [float(mass[ends <= day].sum()) for day in days]


def _after(wait: Spell) -> int:
    """The last day without the answer."""
    if not wait.answered:
        return wait.days
    return wait.days - 1 if wait.since is None else min(wait.since, wait.days - 1)
