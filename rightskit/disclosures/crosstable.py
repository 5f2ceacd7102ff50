"""Two variables against each other: a table with both margins, in which no hidden cell can be solved for.

The margins are what the variables' own tables show. Where those hide values, these stand together here as one, so that
every margin of this table may be known; what is hidden is hidden inside, with an exact audit over rows and columns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.disclosures.changes import Mark
from rightskit.disclosures.line import Line, labels
from rightskit.disclosures.suppression import Moved, hidden
from rightskit.disclosures.tabulation import NO_VALUE, PoolTable, hidden_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.aggregation import Aggregates
    from rightskit.disclosures.changes import Change
    from rightskit.disclosures.layout import Variable
    from rightskit.disclosures.tabulation import Cell

OTHER = "other"
BY = ", by: "
"""Stands in a title between a variable and what it is set against."""
_MOST = 400
"""Cells of a table; the audit's time grows with the third power."""

Group = tuple[str, tuple[str, ...]]
"""How values that stand together are printed, and their labels; the empty label is "no value"."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of two variables, row by row.

    Attributes:
        counts: members in each cell.
        veiled: places of those that are hidden; all of them where nothing less would do.
    """

    rows: Sequence[Group]
    columns: Sequence[Group]
    counts: Sequence[int]
    veiled: frozenset[int]

    @property
    def lines(self) -> list[frozenset[int]]:
        """The places of each row, then those of each column."""
        every, width = len(self.rows) * len(self.columns), len(self.columns)
        rows = [frozenset(range(start, start + width)) for start in range(0, every, width)]
        return rows + [frozenset(range(start, every, width)) for start in range(width)]

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it is shown."""
        return len(self.veiled) == len(self.counts)

    @property
    def turned(self) -> Grid:
        """Its columns as rows."""
        height, width = len(self.rows), len(self.columns)
        places = [row * width + column for column in range(width) for row in range(height)]
        veiled = frozenset(now for now, place in enumerate(places) if place in self.veiled)
        return Grid(self.columns, self.rows, [self.counts[place] for place in places], veiled)


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Members by the values of two variables.

    Attributes:
        down: the variable of the rows.
        across: the variable of the columns.
        least: the least number of members that is shown.
    """

    down: Variable
    across: Variable
    found: Aggregates
    least: int

    def table(self, grid: Grid) -> PoolTable | str:
        """The table, or the reason why there is none."""
        if grid.is_hidden:
            return f"in every row and column fewer than {self.least} members would show"
        return self._table(grid)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.down.title + BY + self.across.title

    def grid(self) -> Grid | str:
        """Its cells and which of them are hidden, or the reason why there are none."""
        if reason := self.unfit(self.down, self.across):
            return reason
        rows, columns = self.groups(self.down), self.groups(self.across)
        if not rows or not columns:
            return "one of its variables is hidden as a whole"
        if len(rows) * len(columns) > _MOST:
            return f"it would have {len(rows) * len(columns)} cells; {_MOST} can be audited"
        counts = [self._count(down, across) for _, down in rows for _, across in columns]
        changes = [self._moved(change, rows, columns) for change in self.found.changes]
        if any(0 < number < self.least for change in changes for number in change.sums):
            return f"a row or column of it differs from an earlier release by fewer than {self.least} members"
        grid = Grid(rows, columns, counts, frozenset())
        return replace(grid, veiled=hidden(counts, grid.lines, self.least, changes))

    def unfit(self, *variables: Variable) -> str:
        """Why some of its variables divide nobody, or nobody safely; empty where they do."""
        for variable in variables:
            if variable.by or variable.id in self.found.several:
                return f"members have several values of {variable.id}"
            if not is_divided(variable):
                return f"{variable.id} has neither bands nor a list of values"
        return self._foreign()

    def _foreign(self) -> str:
        """Both variables' tables and this one must not tell apart a few who have only one of the documents."""
        every = self.found.numbers.get(Mark("both", self.name), 0)
        for variable in (self.down, self.across):
            if 0 < every - self.found.bases.get(variable.id, 0) < self.least:
                return f"fewer than {self.least} members have one document without the other"
        return ""

    @property
    def name(self) -> str:
        """What stands for both variables in marks."""
        return cross_name(self.down.id, self.across.id)

    def groups(self, variable: Variable) -> list[Group]:
        """The values that the variable's own table shows, and those that it hides together."""
        line = Line(variable, self.found, "", self.found.bases.get(variable.id, 0), self.least)
        veiled = line.veiled
        names = [*labels(variable, self.found).items(), ("", NO_VALUE)]
        if len(veiled) == len(names):
            return []
        shown: list[Group] = [
            (printed, (label,)) for place, (label, printed) in enumerate(names) if place not in veiled
        ]
        joined = tuple(label for place, (label, _) in enumerate(names) if place in veiled)
        groups = [*shown, *([(OTHER, joined)] if joined else [])]
        return [group for group in groups if self._margin(variable, group)]

    def _margin(self, variable: Variable, group: Group) -> int:
        return sum(self.found.numbers.get(self.edge(variable, label), 0) for label in group[1])

    def edge(self, variable: Variable, label: str) -> Mark:
        """The mark of all who have a value of one of the variables."""
        is_down = variable is self.down
        return Mark("row" if is_down else "column", self.name, label if is_down else "", "" if is_down else label)

    def _count(self, down: Sequence[str], across: Sequence[str]) -> int:
        return sum(self.found.numbers.get(Mark("cross", self.name, a, b), 0) for a in down for b in across)

    def _moved(self, change: Change, rows: Sequence[Group], columns: Sequence[Group]) -> Moved:
        cells = [
            change.least([Mark("cross", self.name, a, b) for a in down for b in across])
            for _, down in rows
            for _, across in columns
        ]
        edges = [change.least([self.edge(self.down, label) for label in down]) for _, down in rows]
        edges += [change.least([self.edge(self.across, label) for label in across]) for _, across in columns]
        return Moved(cells, edges)

    def _table(self, grid: Grid) -> PoolTable:
        counts, width = grid.counts, len(grid.columns)
        shown = [None if place in grid.veiled else count for place, count in enumerate(counts)]
        body = [
            (name, *shown[at * width : (at + 1) * width], sum(counts[at * width : (at + 1) * width]))
            for at, (name, _) in enumerate(grid.rows)
        ]
        sums = [sum(counts[at::width]) for at in range(width)]
        rows: tuple[tuple[Cell, ...], ...] = (*body, ("members", *sums, sum(counts)))
        return PoolTable(
            variable=table_name(self.name),
            title=self.title,
            kind="cross",
            unit="",
            provenance=self.down.provenance,
            members=sum(counts),
            columns=(self.down.title, *(name for name, _ in grid.columns), "members"),
            rows=rows,
            note=hidden_note(rows, self.least),
        )


def cross_name(down: str, across: str) -> str:
    """What stands for the variable in the marks of a cross-table."""
    return f"{down} × {across}"


def table_name(mark: str) -> str:
    """What a table is called whose marks have that variable."""
    return mark.replace(" × ", "-by-")


def is_divided(variable: Variable) -> bool:
    """Whether its values, or bands of them, tell groups apart."""
    return bool(variable.bands or variable.values or variable.type == "date")


def sides(down: Variable, across: Variable) -> tuple[Variable, Variable] | None:
    """The number of a pair and the variable that divides its members into groups; None where there is no such pair."""
    for number, group in ((across, down), (down, across)):
        if number.type == "number" and not number.by and is_divided(group):
            return number, group
    return None


def pairs(wanted: Sequence[tuple[str, str]], variables: Sequence[Variable]) -> Iterator[tuple[str, str]]:
    """What is set against each other: what the campaign wants, else each inference by what members gave themselves."""
    if wanted:
        yield from wanted
        return
    divided = [v for v in variables if v.table and not v.by and (v.bands or v.values)]
    given = dict.fromkeys(v.id for v in divided if v.provenance == "provided")
    inferred = dict.fromkeys(v.id for v in divided if v.provenance == "inferred")
    yield from ((down, across) for down in given for across in inferred)
