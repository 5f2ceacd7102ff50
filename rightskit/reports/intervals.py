"""Intervals of shares and curves. One member has many requests: what their answers have in common widens them.

Sums per member take the place of single requests: Kish, Survey Sampling (1965), section 5.4 (the design effect); Korn
and Graubard, Survey Methodology 24 (1998), 193-201 (intervals from the effective number); Ying and Wei (1994).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rightskit.reports.model import Proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.survival import Spell

Z = 1.959963984540054
"""The standard normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two shares, with its 95 % interval; from -1 to 1.

    Attributes:
        error: its standard error.
    """

    share: float
    low: float
    high: float
    error: float


def wilson(k: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share.

    Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212:
    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).

    Args:
        k: how many have it, from 0 to n.
        n: of how many; without anyone, the interval is everything.
    """
    if not n:
        return 0.0, 1.0
    p, square = k / n, Z * Z / n
    middle = p + square / 2
    half = Z * math.sqrt(p * (1 - p) / n + square / (4 * n))
    # At the ends the interval reaches 0 and 1 exactly; floating point misses them.
    low = 0.0 if k == 0 else (middle - half) / (1 + square)
    high = 1.0 if k == n else (middle + half) / (1 + square)
    return low, high


def proportion(rows: Sequence[CaseRow], holds: Callable[[CaseRow], bool]) -> Proportion | None:
    """The share of the requests of which something holds; None of none.

    The interval is Wilson's for as many requests as they are worth: n over the design effect, which is the variance of
    the share by members over that of independent requests, and at least 1.
    """
    n = len(rows)
    if not n:
        return None
    k = sum(map(holds, rows))
    share = k / n
    apart = n * share * (1 - share)
    together = _spread(_deviations(rows, holds, share).values())
    worth = n / max(1.0, together / apart) if apart else float(n)
    return Proportion(k, share, *wilson(share * worth, worth))


def difference(
    first: Sequence[CaseRow], second: Sequence[CaseRow], holds: Callable[[CaseRow], bool]
) -> Difference | None:
    """How much larger a share is among the first requests than among the second; None where one side has none.

    Members on both sides count with what they have on both: the variance is that of sums per member.
    """
    if not first or not second:
        return None
    shares = [sum(map(holds, rows)) / len(rows) for rows in (first, second)]
    sums: dict[str, float] = defaultdict(float)
    for rows, share, sign in zip((first, second), shares, (1, -1), strict=True):
        for member, value in _deviations(rows, holds, share).items():
            sums[member] += sign * value / len(rows)
    error = math.sqrt(_spread(sums.values()))
    gap = shares[0] - shares[1]
    return Difference(gap, max(-1.0, gap - Z * error), min(1.0, gap + Z * error), error)


def _deviations(rows: Sequence[CaseRow], holds: Callable[[CaseRow], bool], share: float) -> dict[str, float]:
    """Member → how much more of their requests have it than the share lets expect."""
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        sums[row.member] += holds(row) - share
    return sums


def _spread(sums: Iterable[float]) -> float:
    return sum(value * value for value in sums)


def clustered(waits: Sequence[Spell], answers: Mapping[int, int], risks: Mapping[int, int]) -> dict[int, float]:
    """Day → variance of the logarithm of the share that still waits, by members; empty where each has one request.

    Each request adds 1/n on the day of its answer, less Σ d/n² over the days that it waited; these are summed up for
    each member, squared, and summed over the members.

    Args:
        waits: all of them.
        answers: day → d, how many were answered.
        risks: day → n, how many waited until then, in the order of the days.
    """
    members, place = np.unique([wait.member for wait in waits], return_inverse=True)
    if len(members) == len(waits):
        return {}
    days = np.array([wait.days for wait in waits])
    done = np.array([wait.answered for wait in waits])
    sums, found = np.zeros(len(members)), {}
    for day, risk in risks.items():
        steps = (done & (days == day)) / risk - (days >= day) * (answers[day] / risk**2)
        sums += np.bincount(place, weights=steps, minlength=len(members))
        found[day] = float(np.square(sums).sum())
    return found
