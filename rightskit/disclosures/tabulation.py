"""Counts and figures → tables in which nothing small can be read or computed; the rules stand in ``pool``."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.line import Line, labels, part
from rightskit.disclosures.suppression import recoverable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.aggregation import Aggregates, Quantiles
    from rightskit.disclosures.layout import Variable
    from rightskit.disclosures.suppression import Fact

NO_VALUE = "no value"
_DIGITS = 3

Cell = str | int | float | None
"""A label, a count, a figure; None is hidden."""


@dataclass(frozen=True, slots=True)
class PoolTable:
    """One table that may be shown.

    Attributes:
        variable: slug.
        title: as the recipe names the variable.
        kind: ``summary`` (mean and quartiles), ``distribution`` (members for each value), ``cross`` (two variables),
            ``means`` (mean and quartiles by groups) or ``presence`` (members with each variable).
        unit: of the figures; empty for counts.
        members: with a document that can hold the variable; None under the threshold.
        columns: headings; the first is that of the labels.
        rows: a label and its cells; a hidden cell is None, a figure of nobody is empty.
        note: one sentence about what is hidden; empty where nothing is.
        day: on which it was published, in ISO form, where that was before the page that shows it again; else empty.
    """

    variable: str
    title: str
    kind: str
    unit: str
    provenance: str
    members: int | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class TableLeftOut:
    """A variable without a table, and why."""

    variable: str
    title: str
    reason: str


def hidden_cells(table: PoolTable) -> int:
    """How many cells of a table are hidden."""
    return sum(cell is None for row in table.rows for cell in row)


def is_empty(table: PoolTable) -> bool:
    """Whether it shows nothing."""
    return all(cell is None or cell == "" for row in table.rows for cell in row[1:])


def hidden_note(rows: Iterable[Sequence[Cell]], least: int) -> str:
    """One sentence about what rows hide; empty where they hide nothing."""
    hides = any(None in row for row in rows)
    return f"Hidden: fewer than {least} members, and what would tell how many." if hides else ""


def pool_tables(
    variable: Variable, known: Mapping[str, Variable], found: Aggregates, least: int
) -> Iterator[PoolTable]:
    """The tables of one variable.

    Args:
        variable: what it is, and what tells its rows apart.
        known: all variables by id.
        found: the counts and figures of the pool.
        least: the least number of members that is shown.
    """
    rows = _keyed(variable, known, found, least)
    table = None
    if variable.type != "number" or variable.bands:
        table = _distribution(variable, known, found, rows, least)
    if variable.type == "number":
        body = [(label, *_figures(variable, found, key, total, least)) for key, label, total in rows]
        yield _table(variable, known, "summary", FIGURES, body, found, least)
    if table:
        yield table


FIGURES = ("members", "mean", "lower quartile", "median", "upper quartile")

Keyed = tuple[str, str, int]
"""A value that tells rows apart, how it is printed, and how many members have it."""


def _keyed(variable: Variable, known: Mapping[str, Variable], found: Aggregates, least: int) -> Sequence[Keyed]:
    if not variable.by:
        return [("", "all", found.bases.get(variable.id, 0))]
    totals = {key: total for (name, key), total in found.totals.items() if name == variable.id}
    listed = known[variable.by].values.values() if variable.by in known else ()
    # An open list, such as months, would tell by a line alone that someone has the value.
    keys = dict.fromkeys(listed) or [key for key in sorted(totals) if totals[key] >= least]
    return [(key, key, totals.get(key, 0)) for key in keys]


def _figures(variable: Variable, found: Aggregates, key: str, total: int, least: int) -> tuple[Cell, ...]:
    """One line of a summary; the mean and the quartiles give way where they would tell a cell of the distribution."""
    figures = found.quantiles.get((variable.id, key))
    if figures is None:
        return (0, "", "", "", "")
    if figures.members < least or found.risky("figure", variable.id, least, key):
        return (None,) * 5
    line = Line(variable, found, key, total, least)
    quartiles = (figures.lower, figures.median, figures.upper)
    cells = line.cells if variable.bands else []
    veiled = line.veiled if variable.bands else frozenset()
    shown = with_number(line, figures.members, veiled)
    mean = _mean(variable, figures, veiled)
    facts = [
        fact
        for share, q in zip((0.25, 0.5, 0.75), quartiles, strict=True)
        for fact in _facts(variable, figures, share, q)
    ]
    if veiled and recoverable(cells, [frozenset(range(len(cells)))], veiled, facts):
        return (shown, mean, None, None, None)
    return (shown, mean, *(rounded(quartile) for quartile in quartiles))


def with_number(line: Line, members: int, veiled: frozenset[int]) -> int | None:
    """How many of a line have a number, unless that tells how few have none, or what the distribution hides."""
    if veiled and len(line.cells) - 1 in veiled:
        return None
    return line.guarded(members) if part(members, line.base, line.least) is not None else None


def _mean(variable: Variable, figures: Quantiles, veiled: frozenset[int]) -> Cell:
    if not variable.source:
        return ""  # A count of rows: its mean and its bands would tell how many members have exactly four rows.
    return None if figures.mean is None or veiled else rounded(figures.mean)


def _facts(variable: Variable, figures: Quantiles, share: float, quartile: float) -> Iterator[Fact]:
    """What a quartile tells: so many are in lower bands at most, and so many up to its own band at least."""
    rank = math.ceil(share * figures.members)
    band = bisect_right(variable.bands, quartile)
    yield frozenset(range(band)), 0, rank - 1
    yield frozenset(range(band + 1)), rank, figures.members


def rounded(number: float) -> float:
    """A figure with three digits."""
    if not number:
        return 0.0
    return round(number, _DIGITS - 1 - math.floor(math.log10(abs(number))))


def _distribution(
    variable: Variable, known: Mapping[str, Variable], found: Aggregates, rows: Sequence[Keyed], least: int
) -> PoolTable:
    several = variable.id in found.several
    lines = [(label, Line(variable, found, key, total, least)) for key, label, total in rows]
    body: Sequence[tuple[Cell, ...]]
    body = [(label, *(line.pairs if several else line.shown), line.whole) for label, line in lines]
    heads = (*labels(variable, found).values(), *(() if several else (NO_VALUE,)), "members")
    heads, body = _without_idle(heads, body, closed=_is_closed(variable))
    if variable.by:
        return _table(variable, known, "distribution", heads, body, found, least)
    turned = list(zip(heads, body[0][1:], strict=True))
    return _table(variable, known, "distribution", ("members",), turned, found, least)


def _is_closed(variable: Variable) -> bool:
    """Whether the recipe lists all values; an open list would tell by a line alone that someone has the value."""
    return bool(variable.bands or variable.values)


def _without_idle(
    heads: tuple[str, ...], body: Sequence[tuple[Cell, ...]], *, closed: bool
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Leave out "no value" where all have one, and values of an open list that no line shows."""

    def idle(place: int) -> bool:
        column = [row[place + 1] for row in body]
        if heads[place] == NO_VALUE:
            return not any(cell is None or cell for cell in column)
        return not closed and heads[place] != "members" and not any(column)

    kept = [place for place in range(len(heads)) if not idle(place)]
    return tuple(heads[place] for place in kept), [(row[0], *(row[place + 1] for place in kept)) for row in body]


def _table(  # noqa: PLR0913, PLR0917 (the parts of a table)
    variable: Variable,
    known: Mapping[str, Variable],
    kind: str,
    heads: tuple[str, ...],
    body: Sequence[tuple[Cell, ...]],
    found: Aggregates,
    least: int,
) -> PoolTable:
    base = found.bases.get(variable.id, 0)
    return PoolTable(
        variable=variable.id,
        title=variable.title,
        kind=kind,
        unit=variable.unit,
        provenance=variable.provenance,
        members=base if base >= least and not found.risky("base", variable.id, least) else None,
        columns=(known[variable.by].title if variable.by in known else variable.title, *heads),
        rows=tuple(body),
        note=hidden_note(body, least),
    )
