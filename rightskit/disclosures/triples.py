"""How many stand in two sets at once: which of these counts must be hidden, so that no three tell a small group.

Shown are the size of everyone, of each set, and of some overlaps of two. A reader who puts three sets together knows
seven of the sums over their 2 × 2 × 2 cells, or fewer, and so bounds each cell: what is in none of the three, what is
in the first alone. Where such a cell, or a hidden cell of two sets, can only be 1 to the threshold less one, another
overlap is hidden, until there is none.

Where three overlaps are shown and all their cells of two are large, no cell of three can be small for certain: it and
each neighbour make a large cell of two, and if the cell opposite is small, its neighbours are large, so that one can be
nobody. It takes cells of two that are empty, as among those who joined since an earlier release, or a set that holds
another, as who has any value does.

The bounds are those of the linear program of one triple, which has a closed form: a cell of three is no less than
0 and than x + y - a (the two overlaps of a in a), no more than each overlap and than what inclusion and exclusion leave
(Dobra and Fienberg, Bounds for cell entries in contingency tables given marginal totals, 2000). Bounds of a hidden
overlap that one triple gives are used in the next, by the triangle inequalities of the cut cone (Deza and Laurent,
Geometry of Cuts and Metrics, 1997, chapter 27), until nothing moves. Four sets and more are not put together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Population:
    """Of whom the counts are.

    Attributes:
        everyone: how many they are.
        overlaps: members in each two sets, square and symmetric; in the diagonal the sizes of the sets.
    """

    everyone: int
    overlaps: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Members in each set."""
        return self.overlaps.diagonal()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that each overlap can be, as a reader knows it; square and symmetric."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]


def hidden_pairs(
    populations: Sequence[Population], small: NDArray[np.bool_], changed: NDArray[np.bool_], movable: int, least: int
) -> NDArray[np.bool_]:
    """The overlaps that must not be shown.

    Args:
        populations: of whom counts are shown; then who joined or left since earlier releases, for two releases can be
            subtracted.
        small: overlaps that must not be shown for what they count themselves; square and symmetric.
        changed: those that differ by too few from an earlier release: nobody may be able to reckon them.
        movable: the first so many sets are those whose overlaps may be hidden; those of others are known.
        least: the least that may be shown.
    """
    hidden, every = small | changed, np.zeros_like(small)
    every[:movable, :movable] = ~np.eye(movable, dtype=bool)
    without = [list(_told(one, every, least)) for one in populations]
    while leak := next(_leaks(populations, without, hidden, changed, least), None):
        shown = [pair for pair in combinations(range(movable), 2) if not hidden[pair]]
        if not shown:
            break
        # By position, and not by size: which one is smallest would be one more thing to learn.
        first, second = max(shown, key=lambda pair: (len(leak.intersection(pair)), pair))
        hidden[first, second] = hidden[second, first] = True
    return hidden


def _leaks(
    populations: Sequence[Population],
    without: Sequence[Sequence[NDArray[np.bool_]]],
    hidden: NDArray[np.bool_],
    changed: NDArray[np.bool_],
    least: int,
) -> Iterator[frozenset[int]]:
    """The sets of which a small cell can be told, but not without any overlap; or an overlap that nobody may reckon."""
    known = bounds(populations[0], hidden)
    yield from _places((known.low == known.high) & changed)
    for one, told in zip(populations, without, strict=True):
        for small, anyway in zip(_told(one, hidden, least), told, strict=True):
            yield from _places(small & ~anyway)


def _told(one: Population, hidden: NDArray[np.bool_], least: int) -> Iterator[NDArray[np.bool_]]:
    """Which cells of two sets, and then of three, can only be small: in squares and cubes."""
    known = bounds(one, hidden)
    for low, high in _cells_of_two(one, known):
        yield (low > 0) & (high < least) & hidden
    for low, high in cells_of_three(one, known):
        yield (low > 0) & (high < least)


def _places(told: NDArray[np.bool_]) -> Iterator[frozenset[int]]:
    """Two or three different sets each."""
    for place in np.argwhere(told).tolist():
        if len(set(place)) == len(place):
            yield frozenset(place)


def bounds(one: Population, hidden: NDArray[np.bool_]) -> Bounds:
    """What a reader knows of each overlap: the number, or the least and the most that it can be."""
    sizes, everyone = one.sizes, one.everyone
    across, down = sizes[None, :], sizes[:, None]
    low = np.where(hidden, np.maximum(0, across + down - everyone), one.overlaps)
    high = np.where(hidden, np.minimum(across, down), one.overlaps)
    while True:
        # For each two sets what every third one, the first axis, says of them.
        through = low[:, :, None] + low[:, None, :] - sizes[:, None, None]
        left = sizes[:, None, None] + down + across - everyone - high[:, :, None] - high[:, None, :]
        apart = down - low[:, :, None] + high[:, None, :]
        lower = np.maximum(low, np.maximum(through, left).max(axis=0))
        upper = np.minimum(high, np.minimum(apart, apart.transpose(0, 2, 1)).min(axis=0))
        if (lower == low).all() and (upper == high).all():
            return Bounds(low, high)
        low, high = lower, upper


def _cells_of_two(one: Population, known: Bounds) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The least and the most of the cells of each two sets: in both, in one alone, in neither."""
    for down, across in product((False, True), repeat=2):
        yield _turned(one, known, (down, across))


def _turned(one: Population, known: Bounds, flips: tuple[bool, bool]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Bounds of the overlaps of sets, of which the first, the second or both are turned round: who is not in it."""
    sizes, low, high = one.sizes, known.low, known.high
    if all(flips):
        rest = one.everyone - sizes[:, None] - sizes[None, :]
        return rest + low, rest + high
    if any(flips):
        whole = sizes[None, :] if flips[0] else sizes[:, None]
        return whole - high, whole - low
    return low, high


def cells_of_three(one: Population, known: Bounds) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The least and the most of each of the eight cells of each three sets, in cubes."""
    for a, b, c in product((False, True), repeat=3):
        first, second, third = (one.everyone - one.sizes if turned else one.sizes for turned in (a, b, c))
        (ab, ab_high), (ac, ac_high), (bc, bc_high) = (_turned(one, known, two) for two in ((a, b), (a, c), (b, c)))
        x, y, z = ab[:, :, None], ac[:, None, :], bc[None, :, :]
        u, v, w = ab_high[:, :, None], ac_high[:, None, :], bc_high[None, :, :]
        p, q, r = first[:, None, None], second[None, :, None], third[None, None, :]
        low = np.maximum(np.maximum(x + y - p, x + z - q), np.maximum(y + z - r, 0))
        high = np.minimum(np.minimum(u, v), np.minimum(w, one.everyone - p - q - r + u + v + w))
        yield low, high
