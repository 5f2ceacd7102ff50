"""Rows beside the counts of the report of the same day: what they would tell together of a few.

A report tells how many complaints were lodged, and an export shows in its rows how far each came, unless too few came
that far. Whoever takes all rows with a complaint from all complaints is left with those few.

Whatever somebody counts in rows is a sum of whole groups of equal rows. What they take from a count of the report lies
in it, so it is made of groups that lie in it wholly. What remains are other such groups, which are large, and the rest:
those rows of the count whose groups lie in it by a part. So of each count, of each difference of two of which one lies
in the other, of each sum of two that share nothing, and of all rows that such a sum does not count, that rest is nobody
or enough, whichever columns are read and however many.

Where two counts share some rows, groups may make up for these: of two together take all groups that lie in them, and
what they share is left besides the rest; to one less the other add all groups around what the other has alone, and what
the first has alone is left besides. Where these are few, they are counted with the rest (``besides``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Mask = NDArray[np.bool_]

_AT_ONCE = 256  # sums that are looked at together


@dataclass(frozen=True)
class _Sums:
    """Counts, and what two of them make.

    Attributes:
        masks: of each count the rows.
        first, second: the places of two counts.
        sign: 1 where they share nothing, -1 where the second lies in the first, 0 for the first alone.
        besides: of each sum the rows that are left in any case; most have none.
    """

    masks: Mask
    first: Places
    second: Places
    sign: Places
    besides: dict[int, Mask]

    def rows(self, place: int) -> Mask:
        """Those of a sum."""
        first, second = self.masks[self.first[place]], self.masks[self.second[place]]
        found: Mask = (first, first | second, first & ~second)[self.sign[place]]
        return found

    def of(self, values: Places, some: Places) -> Places:
        """What some sums have of that which each count has."""
        made: Places = values[self.first[some]] + self.sign[some, None] * values[self.second[some]]
        return made

    @cached_property
    def more(self) -> Places:
        """How many rows are left of each sum in any case."""
        found = np.zeros(len(self.first), np.int64)
        found[list(self.besides)] = [rows.sum() for rows in self.besides.values()]
        return found


class Beside:
    """Compares groups of rows with what the report tells.

    Args:
        members: whose each row is.
        threshold: the least number of members that may be told.
    """

    def __init__(self, members: Sequence[str], threshold: int) -> None:
        self._members = np.unique(np.array(members), return_inverse=True)[1]
        self._threshold = threshold
        self._most = (threshold - 1) * int(np.bincount(self._members, minlength=1).max())  # rows that a few can have
        self._counts: dict[bytes, tuple[Mask, int]] = {}
        self.add(range(len(members)))

    def add(self, rows: Collection[int], line: int = -1) -> None:
        """Remember a count of rows, by their places.

        Args:
            rows: what it counts.
            line: of one controller; numbers of two controllers are not put together.
        """
        mask = np.zeros(len(self._members), bool)
        mask[list(rows)] = True
        self._counts.setdefault(np.packbits(mask).tobytes(), (mask, line))
        self.__dict__.pop("_sums", None)

    @cached_property
    def _sums(self) -> _Sums:
        masks = [mask for mask, _ in self._counts.values()]
        lines = np.array([line for _, line in self._counts.values()])
        packed = np.packbits(masks, axis=1)
        both = np.array([np.bitwise_count(packed & one).sum(axis=1, dtype=np.int64) for one in packed])
        sizes = both.diagonal()
        one, other = np.triu_indices(len(masks), 1)
        here = (lines[one] == lines[other]) | (np.minimum(lines[one], lines[other]) < 0)
        one, other = one[here], other[here]
        large, small = np.where(sizes[one] >= sizes[other], (one, other), (other, one))
        apart, inside = both[large, small] == 0, both[large, small] == sizes[small]
        least = np.minimum(both[large, small], sizes[small] - both[large, small])
        crossing = [
            made
            for place in np.flatnonzero(~apart & ~inside & (least <= self._most))
            for made in self._crossing(masks[large[place]], masks[small[place]])
        ]
        alone = np.arange(len(masks) + len(crossing))
        first, second = (np.concatenate([alone, some[apart], some[inside]]) for some in (large, small))
        sign = np.repeat([0, 1, -1], [len(alone), apart.sum(), inside.sum()])
        besides = {len(masks) + place: rows for place, (_, rows) in enumerate(crossing)}
        return _Sums(np.array(masks + [mask for mask, _ in crossing]), first, second, sign, besides)

    def _crossing(self, one: Mask, other: Mask) -> list[tuple[Mask, Mask]]:
        made = ((one | other, one & other), (~other | one, one & ~other), (~one | other, other & ~one))
        return [(mask, rows) for mask, rows in made if self._few(rows)]

    def too_much(self, groups: Sequence[int], parts: Sequence[int]) -> set[int]:
        """Which groups must not be divided.

        Args:
            groups: of each row the number of its group: rows that look alike so far; -1 where it stands in none.
            parts: of each row the number of its part of that group, likewise.
        """
        fine, hidden = _cells(self._sums.masks, np.array(parts)), set[int]()
        before = np.array(groups)
        group, own = before[fine.firsts], np.arange(len(fine.firsts))
        old = fine.joined(group)
        while more := set(self._telling(old, fine.joined(np.where(np.isin(group, list(hidden)), -1 - group, own)))):
            hidden |= {int(before[old.firsts[cell]]) for cell in more}
        return hidden

    def _telling(self, old: _Cells, new: _Cells) -> Iterator[int]:
        """The smallest group by whose division a sum tells of a few, for each such sum."""
        for start in range(0, len(self._sums.first), _AT_ONCE):
            some = np.arange(start, min(start + _AT_ONCE, len(self._sums.first)))
            for place, outside in self._near(old, new, some):
                was, left = (self._rest(cells, place, outside=outside) for cells in (old, new))
                if self._few(left) and not self._few(was):
                    gone = np.unique(old.numbers[was & ~left])
                    yield int(min(gone, key=lambda cell: (old.sizes[cell], cell)))

    def _near(self, old: _Cells, new: _Cells, some: Places) -> Iterator[tuple[int, bool]]:
        """The sums, or all rows outside of them, of which now few rows are left, and fewer than before."""
        for outside in (False, True):
            left = self._number(new, some, outside=outside)
            near = some[(left > 0) & (left <= self._most)]
            for place in near[self._number(old, near, outside=outside) > self._number(new, near, outside=outside)]:
                if not outside or place not in self._sums.besides:
                    yield int(place), outside

    def _number(self, cells: _Cells, some: Places, *, outside: bool) -> Places:
        """How many rows of some sums, or outside of them, are left."""
        inside = self._sums.of(cells.counts, some)
        mixed = ((inside > 0) & (inside < cells.sizes)) | cells.outside
        rest = np.where(mixed, cells.sizes - inside if outside else inside, 0)
        left: Places = rest.sum(axis=1) + self._sums.more[some]
        return left

    def _rest(self, cells: _Cells, place: int, *, outside: bool) -> Mask:
        """The rows of a sum, or those outside of it, in groups that lie in it by a part, and those left in any case."""
        one = np.array([place])
        inside = self._sums.of(cells.counts, one)[0]
        rows = self._sums.rows(place)
        mixed = ((inside > 0) & (inside < cells.sizes)) | cells.outside
        found: Mask = ((rows != outside) & mixed[cells.numbers]) | self._sums.besides.get(place, False)
        return found

    def _few(self, rows: Mask) -> bool:
        number = int(rows.sum())
        return 0 < number <= self._most and len(np.unique(self._members[rows])) < self._threshold


@dataclass(frozen=True, slots=True)
class _Cells:
    """How many rows of each group each count counts.

    Attributes:
        numbers: of each row that of its group, counted from 0.
        firsts: of each group a row.
        sizes: of each group.
        counts: count x group.
        outside: whether it is no group, but the rows that stand in none.
    """

    numbers: Places
    firsts: Places
    sizes: Places
    counts: Places
    outside: Mask

    def joined(self, names: Places) -> _Cells:
        """With the groups of the same name as one."""
        _, firsts, numbers = np.unique(names, return_index=True, return_inverse=True)
        order = np.argsort(numbers, kind="stable")
        starts = np.searchsorted(numbers[order], np.arange(len(firsts)))
        sizes, counts = (np.add.reduceat(some[..., order], starts, axis=-1) for some in (self.sizes, self.counts))
        return _Cells(numbers[self.numbers], self.firsts[firsts], sizes, counts, self.outside[firsts])


def _cells(masks: Mask, groups: Places) -> _Cells:
    known, firsts, numbers = np.unique(groups, return_index=True, return_inverse=True)
    counts = np.array([np.bincount(numbers[mask], minlength=len(known)) for mask in masks])
    return _Cells(numbers, firsts, np.bincount(numbers), counts, known < 0)
