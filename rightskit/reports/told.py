"""Rows beside the counts of the report of the same day: what columns would tell of a few who stand in such a count.

A report tells how many complaints were lodged, and an export shows in its rows how far each came, unless too few came
that far. Whoever takes all rows with a complaint from all complaints is left with those few.

So of each count of the report, of each difference of two of which one lies in the other, of each sum of two that share
nothing, and of all rows that such a sum does not count, it is remembered which rows show by some column that they are
of them. What is left without these rows is nobody or enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(slots=True)
class _Sum:
    """Rows that the report counts, or that two of its counts tell apart.

    Attributes:
        kinds: of rows that it counts.
        told: the rows that show by some column that they are of them, as bits.
    """

    kinds: Mask
    told: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column shows.

    Attributes:
        codes: of each row its value.
        sizes: of each value how many rows have it.
        shown: the rows that show it.
    """

    codes: Places
    sizes: Places
    shown: Mask

    def telling(self, sums: Iterable[_Sum], kind: Places) -> list[tuple[_Sum, Mask]]:
        """The sums of which some value tells, with the values that no row has outside of the sum."""
        met, number = np.unique(kind * len(self.sizes) + self.codes, return_counts=True)
        kinds, values = np.divmod(met, len(self.sizes))
        found = []
        for one in sums:
            tells = np.bincount(values, number * one.kinds[kinds], len(self.sizes)) == self.sizes
            if tells.any():
                found.append((one, tells))
        return found


def _column(values: Sequence[str], shown: Mask) -> _Column:
    codes = np.unique(np.array(values), return_inverse=True)[1]
    return _Column(codes, np.bincount(codes), shown)


class Beside:
    """Compares columns with what the report tells.

    Args:
        members: whose each row is.
        threshold: the least number of members that may be told.
    """

    def __init__(self, members: Sequence[str], threshold: int) -> None:
        self._members = np.unique(np.array(members), return_inverse=True)[1]
        self._threshold = threshold
        self._most = (threshold - 1) * int(np.bincount(self._members, minlength=1).max())  # rows that a few can have
        self._counts: list[Mask] = [np.ones(len(members), bool)]
        self._lines: list[Mask] = []
        self._known: list[Mask] = []

    def add(self, rows: Collection[int]) -> None:
        """Remember a count of rows, by their places."""
        self._counts.append(self._mask(rows))

    def add_line(self, rows: Collection[int]) -> None:
        """Remember a count of the line of one controller; there are many, and no sums are made of them."""
        self._lines.append(self._mask(rows))

    def know(self, rows: Collection[int]) -> None:
        """Remember a count that no column divides: what columns leave of others is compared with it."""
        self._known.append(self._mask(rows))

    def _mask(self, rows: Collection[int]) -> Mask:
        mask = np.zeros(len(self._members), bool)
        mask[list(rows)] = True
        return mask

    @cached_property
    def _of_kind(self) -> tuple[Mask, Places]:
        """When the last count is added: line or count x kind, whether it counts that kind; and of each row the kind."""
        every = np.array([*self._lines, *self._counts])
        _, places, kind = np.unique(np.packbits(every, axis=0).T, axis=0, return_index=True, return_inverse=True)
        return every[:, places], kind.reshape(-1)

    @cached_property
    def _sums(self) -> list[_Sum]:
        sets, kind = self._of_kind
        counts = [*sets, *_pairs(list(sets[len(self._lines) :]))]
        known = {mask.tobytes(): mask for count in counts for mask in (count, ~count)}
        nothing = np.packbits(np.zeros(len(kind), bool))
        return [_Sum(mask, nothing.copy()) for mask in known.values() if mask.any() and not self._few(mask[kind])]

    def learn(self, values: Sequence[str]) -> None:
        """What rows show in any case, for the report shows it too; an empty value is none."""
        column = _column(values, np.array(values) != "")
        for one, tells in column.telling(self._sums, self._of_kind[1]):
            one.told |= np.packbits(tells[column.codes] & column.shown)
        self._sums[:] = [one for one in self._sums if not self._few(self._left(one))]

    def _left(self, one: _Sum) -> Mask:
        """The rows of a sum that do not show that they are of it."""
        kind = self._of_kind[1]
        left: Mask = one.kinds[kind] & (np.unpackbits(one.told, count=len(kind)) == 0)
        return left

    def too_much(self, values: Sequence[str], shown: Collection[int], groups: Sequence[int]) -> set[int]:
        """Which groups must not show a column.

        Args:
            values: of each row.
            shown: the rows that would show theirs.
            groups: of each row the number of its group: rows that look alike so far.
        """
        column, group, hidden = _column(values, self._mask(shown)), np.array(groups), set[int]()
        telling = column.telling(self._sums, self._of_kind[1])
        while any([self._hides(one, tells, column, group, hidden) for one, tells in telling]):  # noqa: C419
            pass  # in each round all of them
        for one, tells in telling:
            one.told |= np.packbits(tells[column.codes] & column.shown)
        return hidden

    def _hides(self, one: _Sum, tells: Mask, column: _Column, group: Places, hidden: set[int]) -> bool:
        """Hide the smallest group that tells of a sum of which a few would be left; whether there was one."""
        left = self._left(one)
        new = left & tells[column.codes] & column.shown
        if not new.any() or not (self._few(left & ~new) or self._compares(left, left & ~new)):
            return False
        sizes = np.bincount(group)
        smallest = min(np.unique(group[new]), key=lambda number: (sizes[number], number))
        column.shown[group == smallest] = False
        hidden.add(int(smallest))
        return True

    def _compares(self, before: Mask, left: Mask) -> bool:
        """Whether what is left of a sum is now a few more or less than another count in it or around it."""
        return self._is_near(left) and not self._is_near(before)

    def _is_near(self, left: Mask) -> bool:
        apart = np.abs(self._sizes - left.sum())
        near = np.flatnonzero((apart > 0) & (apart <= self._most))
        return any(self._few(self._every[int(place)] ^ left) for place in near)

    @cached_property
    def _every(self) -> Sequence[Mask]:
        return [*self._lines, *self._known, *self._counts]

    @cached_property
    def _sizes(self) -> Places:
        return np.array([mask.sum() for mask in self._every])

    def _few(self, rows: Mask) -> bool:
        number = int(rows.sum())
        return 0 < number <= self._most and len(np.unique(self._members[rows])) < self._threshold


def _pairs(counts: Sequence[Mask]) -> Iterator[Mask]:
    for one, other in combinations(counts, 2):
        both = one & other
        if not both.any() or np.array_equal(both, one) or np.array_equal(both, other):
            yield one ^ other
