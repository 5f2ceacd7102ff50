"""Rows beside the counts of the report of the same day: what a column would tell of a few who stand in such a count.

A report tells how many complaints were lodged, and an export shows in its rows how far each came, unless too few came
that far. Whoever takes all rows with a complaint from all complaints is left with those few.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

Class = list[int]
"""Rows that are equal so far, by their place."""


@dataclass(frozen=True, slots=True)
class Told:
    """A count of the report.

    Attributes:
        rows: the rows that it counts.
        scope: the rows among which it counts them: those of one line of the table of controllers, or all.
    """

    rows: Mask
    scope: Mask


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
        self._told: list[Told] = []
        self._known: list[Mask] = []

    def add(self, rows: Collection[int], scope: Collection[int] | None = None) -> None:
        """Remember a count of rows, by their places; None as scope is all rows."""
        around = np.ones(len(self._members), bool) if scope is None else self._mask(scope)
        self._told.append(Told(self._mask(rows), around))

    def know(self, rows: Collection[int]) -> None:
        """Remember a count that no column divides: what columns leave of others is compared with it."""
        self._known.append(self._mask(rows))

    def _mask(self, rows: Collection[int]) -> Mask:
        mask = np.zeros(len(self._members), bool)
        mask[list(rows)] = True
        return mask

    def too_much(self, parts: Sequence[tuple[str, Class]], taken: str) -> set[int]:
        """Which parts tell of a few beside a count, so that one of them must be hidden; none where nothing does.

        Args:
            parts: values with their rows.
            taken: stands for a value that is not shown.
        """
        values, codes = self._codes(parts)
        for told in self._told:
            if found := self._values(told, codes, len(values), values.get(taken, -1)):
                names = {value for value, code in values.items() if code in found}
                return {place for place, (value, part) in enumerate(parts) if value in names and told.scope[part[0]]}
        return set()

    def _codes(self, parts: Sequence[tuple[str, Class]]) -> tuple[dict[str, int], NDArray[np.int64]]:
        values = {value: code for code, value in enumerate(dict.fromkeys(value for value, _ in parts), 1)}
        codes = np.zeros(len(self._members), np.int64)
        for value, part in parts:
            codes[part] = values[value]
        return values, codes

    def _values(self, told: Told, codes: NDArray[np.int64], number: int, taken: int) -> set[int]:
        """The values that leave a few of a count, or a few beside it."""
        every = np.bincount(codes[told.scope], minlength=number + 1)
        here = np.bincount(codes[told.rows], minlength=number + 1)
        inside, touched = (here == every) & (every > 0), here > 0
        inside[0] = False
        if taken > 0:
            inside[taken] = False
        if inside.any() and self._tells(told.rows & ~inside[codes]):
            return set(np.flatnonzero(inside).tolist())
        is_covered = not touched[0] and (taken < 0 or not touched[taken])
        if is_covered and self._few(told.scope & touched[codes] & ~told.rows):
            return set(np.flatnonzero(touched).tolist())
        return set()

    def _tells(self, rest: Mask) -> bool:
        """Whether what a column leaves of a count is a few, or is that beside a count in it or around it."""
        both, sizes, size = self._every[:, rest].sum(axis=1), self._every.sum(axis=1), rest.sum()
        within = (both > 0) & ((both == size) | (both == sizes))
        return self._few(rest) or any(self._few(self._every[place] ^ rest) for place in np.flatnonzero(within))

    @cached_property
    def _every(self) -> Mask:
        """The rows of each count, when the last is added."""
        return np.stack([*(told.rows for told in self._told), *self._known])

    def _few(self, rows: Mask) -> bool:
        number = int(rows.sum())
        return 0 < number <= self._most and len(np.unique(self._members[rows])) < self._threshold
