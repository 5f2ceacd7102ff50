"""Two variables against each other: a table with both margins, in which no hidden cell can be solved for.

The margins are what the variables' own tables show. Where those hide values, these stand together here as one, so that
every margin of this table may be known; what is hidden is hidden inside, with an exact audit over rows and columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.changes import Mark
from rightskit.disclosures.line import Line, labels
from rightskit.disclosures.suppression import Moved, hidden
from rightskit.disclosures.tabulation import NO_VALUE, PoolTable, TableLeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.disclosures.aggregation import Aggregates
    from rightskit.disclosures.changes import Change
    from rightskit.disclosures.layout import Variable

OTHER = "other"
_MOST = 400
"""Cells of a table; the audit's time grows with the third power."""

Group = tuple[str, tuple[str, ...]]
"""How values that stand together are printed, and their labels; the empty label is "no value"."""


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

    def make(self) -> PoolTable | str:
        """The table, or the reason why there is none."""
        if reason := self._unfit() or self._foreign():
            return reason
        rows, columns = self._groups(self.down), self._groups(self.across)
        if not rows or not columns:
            return "one of its variables is hidden as a whole"
        if len(rows) * len(columns) > _MOST:
            return f"it would have {len(rows) * len(columns)} cells; {_MOST} can be audited"
        counts = [self._count(down, across) for _, down in rows for _, across in columns]
        width = len(columns)
        lines = [frozenset(range(start, start + width)) for start in range(0, len(counts), width)]
        lines += [frozenset(range(start, len(counts), width)) for start in range(width)]
        changes = [self._moved(change, rows, columns) for change in self.found.changes]
        if any(0 < number < self.least for change in changes for number in change.sums):
            return f"a row or column of it differs from an earlier release by fewer than {self.least} members"
        veiled = hidden(counts, lines, self.least, changes)
        if len(veiled) == len(counts):
            return f"in every row and column fewer than {self.least} members would show"
        return self._table(rows, columns, counts, veiled)

    def _unfit(self) -> str:
        for variable in (self.down, self.across):
            if variable.by or variable.id in self.found.several:
                return f"members have several values of {variable.id}"
            if not (variable.bands or variable.values or variable.type == "date"):
                return f"{variable.id} has neither bands nor a list of values"
        return ""

    def _foreign(self) -> str:
        """Both variables' tables and this one must not tell apart a few who have only one of the documents."""
        every = self.found.numbers.get(Mark("both", self._name), 0)
        for variable in (self.down, self.across):
            if 0 < every - self.found.bases.get(variable.id, 0) < self.least:
                return f"fewer than {self.least} members have one document without the other"
        return ""

    @property
    def _name(self) -> str:
        return cross_name(self.down.id, self.across.id)

    def _groups(self, variable: Variable) -> list[Group]:
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
        return sum(self.found.numbers.get(self._edge(variable, label), 0) for label in group[1])

    def _edge(self, variable: Variable, label: str) -> Mark:
        is_down = variable is self.down
        return Mark("row" if is_down else "column", self._name, label if is_down else "", "" if is_down else label)

    def _count(self, down: Sequence[str], across: Sequence[str]) -> int:
        return sum(self.found.numbers.get(Mark("cross", self._name, a, b), 0) for a in down for b in across)

    def _moved(self, change: Change, rows: Sequence[Group], columns: Sequence[Group]) -> Moved:
        cells = [
            _least_change(change, [Mark("cross", self._name, a, b) for a in down for b in across])
            for _, down in rows
            for _, across in columns
        ]
        edges = [_least_change(change, [self._edge(self.down, label) for label in down]) for _, down in rows]
        edges += [_least_change(change, [self._edge(self.across, label) for label in across]) for _, across in columns]
        return Moved(cells, edges)

    def _table(
        self, rows: Sequence[Group], columns: Sequence[Group], counts: Sequence[int], veiled: frozenset[int]
    ) -> PoolTable:
        width = len(columns)
        shown = [None if place in veiled else count for place, count in enumerate(counts)]
        body = [
            (name, *shown[at * width : (at + 1) * width], sum(counts[at * width : (at + 1) * width]))
            for at, (name, _) in enumerate(rows)
        ]
        sums = [sum(counts[at::width]) for at in range(width)]
        return PoolTable(
            variable=table_name(self._name),
            title=f"{self.down.title}, by: {self.across.title}",
            kind="cross",
            unit="",
            provenance=self.down.provenance,
            members=sum(counts),
            columns=(self.down.title, *(name for name, _ in columns), "members"),
            rows=(*body, ("members", *sums, sum(counts))),
            note=f"Hidden: fewer than {self.least} members, and what would tell how many." if veiled else "",
        )


def _least_change(change: Change, marks: Sequence[Mark]) -> int:
    """By how many members cells that stand together differ at least: who moved between them counts in none.

    Where that is nobody although the cells changed, one is said, so that they stay hidden.
    """
    numbers = [change.of(mark) for mark in marks]
    if not any(numbers):
        return 0
    return max(1, 2 * max(numbers) - sum(numbers))


def cross_name(down: str, across: str) -> str:
    """What stands for the variable in the marks of a cross-table."""
    return f"{down} × {across}"


def table_name(mark: str) -> str:
    """What a table is called whose marks have that variable."""
    return mark.replace(" × ", "-by-")


def pairs(wanted: Sequence[tuple[str, str]], variables: Sequence[Variable]) -> Iterator[tuple[str, str]]:
    """What is set against each other: what the campaign wants, else each inference by what members gave themselves."""
    if wanted:
        yield from wanted
        return
    divided = [v for v in variables if v.table and not v.by and (v.bands or v.values)]
    given = dict.fromkeys(v.id for v in divided if v.provenance == "provided")
    inferred = dict.fromkeys(v.id for v in divided if v.provenance == "inferred")
    yield from ((down, across) for down in given for across in inferred)


def cross_tables(
    crosses: Sequence[tuple[str, str]], known: Mapping[str, Variable], found: Aggregates, least: int
) -> Iterator[PoolTable | TableLeftOut]:
    """A table for each pair of variables of which somebody has something, or why there is none."""
    for down, across in crosses:
        if down in known and across in known:
            made = CrossTable(known[down], known[across], found, least).make()
            title = f"{known[down].title}, by: {known[across].title}"
            yield TableLeftOut(cross_name(down, across), title, made) if isinstance(made, str) else made
