"""A number against groups: how many of each group have it, their mean and their quartiles.

What all groups come to together is known from the number's own table, and where bands divide it, a cross-table stands
beside this one. So each of the three figures of a group is shown only where it tells nothing that is hidden there:

- Who has the number and who has not, in each group, are a cross-table of two columns with known sums: the number of
  members stands where both are nobody or enough, and where the cross-table does not hide how many are without the
  number. What is hidden is hidden with another group (:mod:`rightskit.disclosures.suppression` has the rules).
- Members times mean add up to the sum of all. So where means are hidden, they are those of at least two groups, of
  twice the threshold's members, of whom no two make nearly all of the sum (p % rule). Hidden they are where the number
  of members is, where few make the sum, and where the cross-table hides a cell of the group, or the number's own table
  one of its bands.
- A quartile tells how many are in lower bands at most: where that, with all others, tells a hidden cell of the
  cross-table, the quartiles of all groups with hidden cells are hidden.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.aggregation import dominated
from rightskit.disclosures.changes import Mark
from rightskit.disclosures.crosstable import BY, CrossTable, Grid, is_divided, sides, table_name
from rightskit.disclosures.line import Line
from rightskit.disclosures.suppression import Moved, hidden, recoverable
from rightskit.disclosures.tabulation import FIGURES, PoolTable, TableLeftOut, hidden_note, rounded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rightskit.disclosures.aggregation import Aggregates, Quantiles, Sizes
    from rightskit.disclosures.changes import Change
    from rightskit.disclosures.crosstable import Group
    from rightskit.disclosures.layout import Variable
    from rightskit.disclosures.suppression import Fact
    from rightskit.disclosures.tabulation import Cell

KIND = "means"
_SHARES = (0.25, 0.5, 0.75)
_COLUMNS = ("figure", "none")
"""Members with the number, and without it."""


@dataclass(frozen=True, slots=True)
class Means:
    """A number by the groups of another variable.

    Attributes:
        cross: of both variables.
        rows: the groups, those that the other variable's own table hides together as one.
        bands: groups by bands of the number; None where it has no bands.
    """

    number: Variable
    group: Variable
    cross: CrossTable
    rows: Sequence[Group]
    bands: Grid | None

    @property
    def _found(self) -> Aggregates:
        return self.cross.found

    @property
    def _least(self) -> int:
        return self.cross.least

    def make(self) -> PoolTable | str:
        """The table, or the reason why there is none."""
        if any(0 < moved < self._least for change in self._found.changes for moved in self._moved(change).sums):
            return f"a group of it differs from an earlier release by fewer than {self._least} members"
        without_number, without_mean = self._numbers(), self._averages()
        without_quartiles = self._quartiles()
        body = []
        for place, (name, labels) in enumerate(self.rows):
            count: Cell = None if place in without_number else self._count("figure", labels)
            average: Cell = None if place in without_mean else self._average(labels)
            quartiles = (None,) * 3 if place in without_quartiles else self._shown_quartiles(labels)
            body.append((name, count, average, *quartiles))
        if all(cell is None or cell == "" for row in body for cell in row[1:]):
            return f"of every group fewer than {self._least} members would show"
        return self._table(body)

    def _table(self, body: Sequence[tuple[Cell, ...]]) -> PoolTable:
        counts = [row[1] for row in body if isinstance(row[1], int)]
        return PoolTable(
            variable=table_name(self.cross.name),
            title=self.number.title + BY + self.group.title,
            kind=KIND,
            unit=self.number.unit,
            provenance=self.number.provenance,
            members=sum(counts) if len(counts) == len(body) else None,
            columns=(self.group.title, *FIGURES),
            rows=tuple(body),
            note=hidden_note(body, self._least),
        )

    def _count(self, kind: str, labels: Sequence[str]) -> int:
        """Members of a group with the number (``figure``) or without it (``none``)."""
        return sum(self._found.numbers.get(self._mark(kind, label), 0) for label in labels)

    def _mark(self, kind: str, label: str) -> Mark:
        return Mark(kind, self.cross.name, label)

    def _parts(self, labels: Sequence[str]) -> list[Quantiles]:
        found = self._found.quantiles
        return [found[self.cross.name, label] for label in labels if (self.cross.name, label) in found]

    def _sizes(self, places: Collection[int]) -> list[Sizes]:
        return [part.sizes for place in places for part in self._parts(self.rows[place][1])]

    def _moved(self, change: Change) -> Moved:
        """What differs: of each group those with the number and those without, of each group all, and of both all."""
        cells = [change.least([self._mark(kind, label) for label in ls]) for _, ls in self.rows for kind in _COLUMNS]
        edges = [change.least([self.cross.edge(self.group, label) for label in labels]) for _, labels in self.rows]
        with_it = change.of(Mark("figure", self.number.id))
        without = change.of(Mark("both", self.cross.name)) - with_it  # at least so many
        return Moved(cells, [*edges, with_it, max(0, without)])

    def _numbers(self) -> frozenset[int]:
        """The groups whose number of members is hidden: of both columns, for their sum is known."""
        counts = [self._count(kind, labels) for _, labels in self.rows for kind in _COLUMNS]
        changes = [self._moved(change) for change in self._found.changes]
        small = {cell for cell, count in enumerate(counts) if 0 < count < self._least}
        small |= {cell for change in changes for cell, number in enumerate(change.cells) if 0 < number < self._least}
        veiled = {*(cell // 2 for cell in small), *self._told_by_bands()}
        while veiled and self._is_weak(veiled, counts, small, changes):
            shown = [place for place in range(len(self.rows)) if place not in veiled]
            if not shown:
                break
            first = min(veiled)
            veiled.add(min(shown, key=lambda place: (place - first) % len(self.rows)))
        return frozenset(veiled)

    def _is_weak(
        self, veiled: Collection[int], counts: Sequence[int], small: Collection[int], changes: Sequence[Moved]
    ) -> bool:
        """Whether the sums of the columns tell too much of hidden groups."""
        height = len(self.rows)
        lines = Grid(self.rows, (("", ()), ("", ())), counts, frozenset()).lines
        cells = frozenset(cell for place in veiled for cell in (2 * place, 2 * place + 1))
        for at, line in enumerate(lines[height:], height):
            inside = line & cells
            if inside & frozenset(small) and sum(counts[cell] for cell in inside) < 2 * self._least:
                return True
            if any(change.tells(at, line, cells, self._least) for change in changes):
                return True
        return len(veiled) == 1 or bool(recoverable(counts, lines, cells))

    def _told_by_bands(self) -> Collection[int]:
        """The groups of which the cross-table hides how many have no number."""
        if self.bands is None or self.bands.is_hidden:
            return ()
        width = len(self.bands.columns)
        last = next((place for place, (_, labels) in enumerate(self.bands.columns) if "" in labels), None)
        if last is None:
            return ()
        if len(self.bands.columns[last][1]) > 1:
            return range(len(self.rows))
        return [place for place in range(len(self.rows)) if place * width + last in self.bands.veiled]

    def _averages(self) -> frozenset[int]:
        """The groups whose mean is hidden."""
        every = range(len(self.rows))
        if self._own_table_hides():
            return frozenset(every)
        counts = [self._count("figure", labels) for _, labels in self.rows]
        veiled = {*self._numbers(), *(self._with_hidden_cells() if self.bands and not self.bands.is_hidden else ())}
        veiled |= {place for place in every if counts[place] and dominated(self._sizes([place]))}
        changes = [self._moved(change) for change in self._found.changes]
        moved = [Moved(change.cells[::2], [change.sums[len(every)]]) for change in changes]
        while True:
            veiled |= hidden(counts, [frozenset(every)], self._least, moved, also=veiled)
            left = [place for place in every if place not in veiled and counts[place]]
            if not left or not any(counts[place] for place in veiled) or not dominated(self._sizes(veiled)):
                return frozenset(veiled)
            veiled.add(left[0])

    def _own_table_hides(self) -> bool:
        base = self._found.bases.get(self.number.id, 0)
        return bool(self.number.bands and Line(self.number, self._found, "", base, self._least).veiled)

    def _with_hidden_cells(self) -> Collection[int]:
        """The groups of which the cross-table hides a cell."""
        if self.bands is None:
            return ()
        return [place for place, line in enumerate(self.bands.lines[: len(self.rows)]) if line & self.bands.veiled]

    def _average(self, labels: Sequence[str]) -> Cell:
        parts = self._parts(labels)
        if not parts or not self.number.source:
            return ""  # of a count of rows: its mean and its bands would tell who has exactly four rows
        members = sum(part.members for part in parts)
        return rounded(math.fsum(part.average * part.members for part in parts) / members)

    def _quartiles(self) -> frozenset[int]:
        """The groups whose quartiles are hidden."""
        every = range(len(self.rows))
        veiled = {place for place in every if 0 < self._count("figure", self.rows[place][1]) < self._least}
        moved = [self._moved(change).cells[::2] for change in self._found.changes]
        veiled |= {place for cells in moved for place in every if 0 < cells[place] < self._least}
        if (bands := self.bands) is not None and bands.veiled:
            facts = [fact for place in every if place not in veiled for fact in self._facts(place, bands)]
            known, told = (recoverable(bands.counts, bands.lines, bands.veiled, more) for more in ((), facts))
            veiled.update(self._with_hidden_cells() if told - known else ())
        return frozenset(veiled)

    def _shown_quartiles(self, labels: Sequence[str]) -> tuple[Cell, ...]:
        parts = self._parts(labels)
        if not parts:
            return ("",) * 3
        if len(labels) > 1:
            return (None,) * 3  # of groups that stand together nobody has reckoned them
        return tuple(rounded(figure) for figure in (parts[0].lower, parts[0].median, parts[0].upper))

    def _facts(self, place: int, bands: Grid) -> Iterator[Fact]:
        """What the quartiles of a group tell about its cells, columns of several bands in the reader's disfavour."""
        labels, width = self.rows[place][1], len(bands.columns)
        parts = self._parts(labels) if len(labels) == 1 else []
        for part in parts:
            for share, quartile in zip(_SHARES, (part.lower, part.median, part.upper), strict=True):
                rank, band = math.ceil(share * part.members), bisect_right(self.number.bands, quartile)
                within = [at for at, (_, held) in enumerate(bands.columns) if _bands(held) <= set(range(band))]
                touched = [at for at, (_, held) in enumerate(bands.columns) if _bands(held) & set(range(band + 1))]
                yield frozenset(place * width + at for at in within), 0, rank - 1
                yield frozenset(place * width + at for at in touched), rank, part.members


def _bands(labels: Sequence[str]) -> set[int]:
    """The numbers of bands; −1 for no value."""
    return {int(label) if label else -1 for label in labels}


def means(cross: CrossTable, grid: Grid | str) -> PoolTable | str | None:
    """The table of a pair, or the reason why there is none; None where that of the cross-table says it already.

    Args:
        cross: of both.
        grid: its cells, or the reason why it has none.
    """
    halves = sides(cross.down, cross.across)
    if halves is None or (isinstance(grid, str) and halves[0].bands):
        return None
    number, group = halves
    if not isinstance(grid, str):
        bands = grid if group is cross.down else grid.turned
        return Means(number, group, cross, bands.rows, bands).make()
    if reason := cross.unfit(group):
        return reason
    rows = cross.groups(group)
    return Means(number, group, cross, rows, None).make() if rows else "one of its variables is hidden as a whole"


def paired_tables(
    crosses: Sequence[tuple[str, str]], known: Mapping[str, Variable], found: Aggregates, least: int
) -> Iterator[PoolTable | TableLeftOut]:
    """What two variables of which somebody has something say together, or why they say nothing.

    Members by both, where both divide them; and where one is a number, its mean and quartiles by the other.
    """
    for down, across in crosses:
        if down in known and across in known:
            cross = CrossTable(known[down], known[across], found, least)
            grid = cross.grid()
            made = means(cross, grid)
            if made is None or (is_divided(cross.down) and is_divided(cross.across)):
                yield _said(cross, grid if isinstance(grid, str) else cross.table(grid))
            if made is not None:
                yield _said(cross, made)


def _said(cross: CrossTable, made: PoolTable | str) -> PoolTable | TableLeftOut:
    return TableLeftOut(cross.name, cross.title, made) if isinstance(made, str) else made
