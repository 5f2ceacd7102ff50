"""All numbers of requests that somebody has in hand while nobody moved, and who stands behind them, which they lack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from attacker import Numbers
from possible import near, possible, shown

from rightskit.reports.microdata import TAKEN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from attacker import Signs
    from meanings import Cell
    from numpy.typing import NDArray
    from publications import Published

    from rightskit.reports.caserow import CaseRow

    Sets = NDArray[np.bool_]

NEAR, WITH_ROWS = 2500, 3
Rows = list[tuple["CaseRow", "Mapping[str, str]"]]
"""Requests, and what their rows show."""


def counted(cells: Iterable[Cell], rows: Rows) -> Sets:
    """Cell x request: whether it is one of them."""
    names = dict.fromkeys(name for _, seen in rows for name in seen)
    columns = {name: np.array([seen.get(name, "") for _, seen in rows]) for name in names}
    every = [
        [np.isin(columns[name], list(values)) for name, values in cell.shown.items()]
        or [np.array([cell.holds(row) for row, _ in rows])]
        for cell in cells
    ]
    return np.array([np.logical_and.reduce(parts) for parts in every])


class Possible:
    """Requests as they can be, and which of them a cell counts."""

    def __init__(self, number: int) -> None:
        self._rows = list(possible(number))
        self._known: dict[str, Sets] = {}

    def counts(self, cells: Sequence[Cell], day: dt.date) -> Sets:
        new = [cell for cell in cells if cell.name not in self._known]
        rows = list(zip(self._rows, shown(self._rows, day), strict=True))
        self._known |= zip((cell.name for cell in new), counted(new, rows), strict=True)
        return np.array([self._known[cell.name] for cell in cells])


@dataclass(frozen=True)
class Reading:
    """The numbers of publications that count the same requests; rows are those of one day.

    A dossier is handed to one body, and has rules of its own. How many rows do not show something is read where there
    are none.
    """

    some: Sequence[Published]
    day: dt.date
    known: Possible

    @cached_property
    def cells(self) -> list[Cell]:
        every = {cell.name: cell for one in self.some if one.kind != "dossier" for cell in one.cells.values()}
        return [cell for cell in every.values() if cell.day in {None, self.day} and not (cell.number and _hides(cell))]

    @cached_property
    def _rows(self) -> Rows:
        seen = next((one.shown for one in self.some if one.day == self.day and one.shown), {})
        return [(row, seen.get(name, {})) for name, row in self.some[0].truth.items()]

    def few(self, least: int) -> Iterator[list[str]]:
        """Up to four numbers that together tell of 1 to ``least - 1`` people; with numbers of rows up to three."""
        behind = counted(self.cells, self._rows)
        members = np.array([row.member for row, _ in self._rows])
        most = (least - 1) * max(np.unique(members, return_counts=True)[1])
        numbers = np.array([cell.number for cell in self.cells])
        assert (behind.sum(axis=1) == numbers).all()
        rows = [*near(self._rows, self.day, NEAR), *self._rows]
        kinds = np.hstack([self.known.counts(self.cells, self.day), counted(self.cells, rows)])
        every = Numbers(kinds, numbers).possible()
        places = every.distinct()
        for signs in Numbers(every.sets[places], numbers[places]).told(most):
            found = [(int(places[place]), sign) for place, sign in signs]
            if len(found) > WITH_ROWS and any(self.cells[place].day for place, _ in found):
                continue
            left = sum(sign * behind[place].astype(int) for place, sign in found)
            assert ((left == 0) | (left == 1)).all()
            if 0 < len(set(members[left == 1])) < least:
                yield self._named(found)

    def _named(self, signs: Signs) -> list[str]:
        return [f"{'+-'[sign < 0]} {self.cells[place].name} = {self.cells[place].number}" for place, sign in signs]


def _hides(cell: Cell) -> bool:
    return any(TAKEN in values for name, values in cell.shown.items() if name not in {"controller", "right"})


def readings(published: Iterable[Published], known: Possible) -> Iterator[Reading]:
    """One for each time in which nobody moved, and for each day of it."""
    runs: list[list[Published]] = []
    for one in published:
        if runs and (runs[-1][0].truth, runs[-1][0].members) == (one.truth, one.members):
            runs[-1].append(one)
        else:
            runs.append([one])
    for some in runs:
        for day in sorted({one.day for one in some}):
            reading = Reading(some, day, known)
            if reading.cells:
                yield reading
