"""How many have each variable in a document that can hold it: what controllers keep of whom, at a glance.

The numbers are those that the variables' own tables tell, so that they tell nothing more: who has a value are all but
those in "no value", and hidden where that is. Only where members can have several values the number is a new one. It is
shown where every value is, and where so many have another value than each single one that nothing small is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.disclosures.changes import Mark
from rightskit.disclosures.line import Line, part
from rightskit.disclosures.origin import tells_origin
from rightskit.disclosures.tabulation import Cell, PoolTable, hidden_note, with_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightskit.disclosures.aggregation import Aggregates
    from rightskit.disclosures.layout import Variable

NAME = "presence"
TITLE = "What the documents hold"
COLUMNS = ("Variable", "members with a document", "members with a value", "%")


def presence(variables: Iterable[Variable], found: Aggregates, least: int) -> PoolTable | None:
    """The table of some variables; None where there is none of which it can tell something.

    Args:
        variables: of which some table is shown; those that are told apart by another variable have none here, nor has
            who returned something, which everybody has.
        found: the counts of the pool.
        least: the least number of members that is shown.
    """
    rows = [_row(variable, found, least) for variable in variables if not variable.by and not tells_origin(variable)]
    if not rows:
        return None
    return PoolTable(NAME, TITLE, NAME, "", "", None, COLUMNS, tuple(rows), hidden_note(rows, least))


def _row(variable: Variable, found: Aggregates, least: int) -> tuple[Cell, ...]:
    line = Line(variable, found, "", found.bases.get(variable.id, 0), least)
    whole, count = line.whole, _with_value(variable, line, found)
    share = round(100 * count / whole) if whole and count is not None else None
    return variable.title, whole, count, share


def _with_value(variable: Variable, line: Line, found: Aggregates) -> int | None:
    if line.whole is None:
        return None
    if variable.id in found.several:
        return _with_any(line, found)
    figures = found.quantiles.get((variable.id, ""))
    if variable.type == "number" and not variable.bands:
        return _with_figure(line, figures.members, found) if figures else 0
    return None if len(line.cells) - 1 in line.veiled else line.total - line.cells[-1]


def _with_figure(line: Line, members: int, found: Aggregates) -> int | None:
    small = members < line.least or found.risky("figure", line.variable.id, line.least)
    return None if small else with_number(line, members, frozenset())


def _with_any(line: Line, found: Aggregates) -> int | None:
    """Members with at least one of several values."""
    name = line.variable.id
    count = line.total - found.numbers.get(Mark("none", name), 0)
    values: Sequence[int] = line.cells[:-1]
    if None in line.pairs or found.risky("none", name, line.least):
        return None
    steps = (change.of(Mark("base", name)) - change.of(Mark("none", name)) for change in found.changes)
    if any(0 < abs(step) < line.least for step in steps):
        return None
    small = any(part(value, count, line.least) is None for value in values)
    return None if small else part(count, line.total, line.least)
