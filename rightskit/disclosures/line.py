"""One line of a table: the members with each value, and which of these numbers may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rightskit.disclosures.changes import Mark
from rightskit.disclosures.suppression import Moved, hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.aggregation import Aggregates
    from rightskit.disclosures.layout import Variable


@dataclass(frozen=True, slots=True)
class Line:
    """The members of whom one line speaks, and what they have.

    Attributes:
        key: the value that tells the line apart; empty where there is one line alone.
        total: how many members it speaks of.
        least: the least number of members that is shown.
    """

    variable: Variable
    found: Aggregates
    key: str
    total: int
    least: int

    @property
    def base(self) -> int:
        """Members with a document that can hold the variable."""
        return self.found.bases.get(self.variable.id, 0)

    @property
    def cells(self) -> list[int]:
        """Members for each value, and at the end those who have none."""
        counts = self.found.counts.get((self.variable.id, self.key), {})
        cells = [counts.get(name, 0) for name in labels(self.variable, self.found)]
        return [*cells, self.total - sum(cells)]

    @property
    def whole(self) -> int | None:
        """How many the line speaks of."""
        return None if self._closed else part(self.total, self.base, self.least)

    def guarded(self, count: int) -> int | None:
        """A number of some of them, unless it, or what is left of the line, is small."""
        return None if self._changed else part(count, self.total, self.least)

    @property
    def veiled(self) -> frozenset[int]:
        """The cells that must not be shown."""
        every = frozenset(range(len(self.cells)))
        return every if self._closed else hidden(self.cells, [every], self.least, self._changes)

    @property
    def shown(self) -> tuple[int | None, ...]:
        """Its cells."""
        veiled = self.veiled
        return tuple(None if place in veiled else count for place, count in enumerate(self.cells))

    @property
    def pairs(self) -> tuple[int | None, ...]:
        """Where members have several values, who has one and who has it not are a table of their own."""
        cells, moved, totals = self.cells[:-1], self._changes, self._total_changes

        def risky(place: int) -> bool:
            steps = ((change.cells[place], total) for change, total in zip(moved, totals, strict=True))
            return any(0 < step < self.least or 0 < abs(total - step) < self.least for step, total in steps)

        if self._closed:
            return (None,) * len(cells)
        return tuple(None if risky(place) else part(count, self.total, self.least) for place, count in enumerate(cells))

    @property
    def _closed(self) -> bool:
        """Whether nothing of it may be shown."""
        return 0 < self.total < self.least or self._changed

    @property
    def _changed(self) -> bool:
        """Whether those of whom it speaks differ from an earlier release by too few."""
        return any(0 < number < self.least for number in self._total_changes)

    @property
    def _total_changes(self) -> list[int]:
        whole = Mark("total" if self.variable.by else "base", self.variable.id, self.key)
        return [change.of(whole) for change in self.found.changes]

    @property
    def _changes(self) -> Sequence[Moved]:
        """By how many members its cells and the whole differ, for each earlier release."""
        marks = [Mark("cell", self.variable.id, self.key, name) for name in labels(self.variable, self.found)]
        marks.append(Mark("none", self.variable.id, self.key))
        steps = zip(self.found.changes, self._total_changes, strict=True)
        return [Moved([change.of(mark) for mark in marks], [total]) for change, total in steps]


def part(count: int, total: int, least: int) -> int | None:
    """A count, unless it or what is left of the total is small."""
    return None if 0 < count < least or 0 < total - count < least else count


def edges(variable: Variable) -> tuple[str, ...]:
    """What tells a variable's values apart; where it changes, tables before and after can be subtracted."""
    return tuple(f"{edge:g}" for edge in variable.bands) or tuple(variable.values.values())


def labels(variable: Variable, found: Aggregates) -> dict[str, str]:
    """Value, or number of the band, → how it is printed, in the recipe's order."""
    if variable.bands:
        return {str(number): label for number, label in enumerate(band_labels(variable.bands))}
    if variable.values:
        return {value: value for value in variable.values.values()}
    seen = {label for (name, _), counts in found.counts.items() if name == variable.id for label in counts}
    return {label: label for label in sorted(seen)}


def band_labels(edges: Sequence[float]) -> Iterator[str]:
    """How bands are printed, from the lowest to the highest."""
    yield f"under {edges[0]:g}"
    for low, high in pairwise(edges):
        yield f"{low:g} to under {high:g}"
    yield f"{edges[-1]:g} and more"
