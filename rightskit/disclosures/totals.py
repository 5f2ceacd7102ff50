"""What rows come to: a sum, a mean, or one sum divided by another; the rows themselves are not kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rightskit.disclosures.values import DoubtfulError, figured, operands, strange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.disclosures.layout import Variable


class Total:
    """The sum over rows, their mean, or one sum divided by another; rows in which something is missing add nothing.

    Sums are exact however many rows there are: of each are kept the parts that no rounding touched (Shewchuk 1997).
    """

    def __init__(self, variable: Variable) -> None:
        self._variable = variable
        self._sums: list[list[float]] = [[] for _ in variable.divide or (variable.source,)]
        self._rows = 0
        self._doubt: DoubtfulError | None = None

    def add(self, parts: Mapping[str, Any]) -> bool:
        """Add one row; give whether it would be in doubt alone.

        Raises:
            UnreadableError: as :func:`value`.
        """
        if self._doubt:
            return False
        try:
            read = operands(self._variable, parts)
        except DoubtfulError as doubt:
            self._doubt = doubt
            return True
        if None in read:
            return False
        self._rows += 1
        numbers = [number or 0.0 for number in read]
        for sums, number in zip(self._sums, numbers, strict=True):
            _add(sums, number)
        return bool(self._variable.range) and self._is_outside(numbers)

    def _is_outside(self, numbers: Sequence[float]) -> bool:
        try:
            figured(self._variable, *numbers)
        except DoubtfulError:
            return True
        return False

    @property
    def value(self) -> float | None:
        """What the rows come to.

        Raises:
            DoubtfulError: it is out of range, or a row was in doubt.
            UnreadableError: it is no number.
        """
        if self._doubt:
            raise self._doubt
        if not self._rows:
            return None if self._variable.divide or self._variable.mean else 0.0
        try:
            sums = [math.fsum(parts) for parts in self._sums]
        except (OverflowError, ValueError) as error:
            raise strange(self._variable) from error
        return figured(self._variable, *(sums[0], self._rows) if self._variable.mean else sums)


def _add(parts: list[float], number: float) -> None:
    """Add a number to a sum that is kept as parts of which none overlaps another."""
    kept = 0
    for each in parts:
        large, small = (number, each) if abs(number) > abs(each) else (each, number)
        number = large + small
        if rest := small - (number - large):
            parts[kept] = rest
            kept += 1
    parts[kept:] = [number]
