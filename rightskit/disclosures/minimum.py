"""A figure held against an amount: how many are under it, little above it, and further above; an hourly pay, say.

The amount and its margin are the bands of the figure, in place of the recipe's, for one figure never has two divisions.
All counts are those of the figure's own table, and of its cross-tables with who returned it and with what members
answered; where these hide, this one hides. It adds what they leave to the reader: the shares of who has a figure.

Who returned it is told only where the figure's own table hides nothing. Everyone with a figure has one, so that the
total of the one table is "no value" of the other.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rightskit.campaign.tables import CONTROLLER
from rightskit.disclosures.crosstable import OTHER, cross_name, table_name
from rightskit.disclosures.line import Line, band_labels
from rightskit.disclosures.tabulation import NO_VALUE, Cell, PoolTable, TableLeftOut, hidden_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.campaign.tables import Minimum
    from rightskit.disclosures.aggregation import Aggregates
    from rightskit.disclosures.layout import Variable
    from rightskit.disclosures.origin import Origin

NAME = "minimum"
ALL, GROUP, MEMBERS, SHARE = "all", "by", "members", ", %"


def crossed(
    pairs: Iterable[tuple[str, str]], minimum: Minimum | None, origin: Origin | None
) -> Sequence[tuple[str, str]]:
    """What is set against each other: the pairs, and those of the minimum. No two are the same pair turned round."""
    ours = [(_down(word, origin), minimum.variable) for word in minimum.by] if minimum else []
    return list({frozenset(pair): pair for pair in (*pairs, *ours)}.values())


def _down(word: str, origin: Origin | None) -> str:
    return origin.variable if origin and word == CONTROLLER else word


def untold(
    origin: Origin, known: Mapping[str, Variable], left: Sequence[TableLeftOut], found: Aggregates, least: int
) -> Iterator[TableLeftOut]:
    """Why who returned the figure may not be told; nothing where it may.

    Args:
        origin: who returned which figure.
        known: all variables by id.
        left: variables that have no table, and why.
        found: the counts of the pool.
        least: the least number of members that is shown.
    """
    if not known.keys() >= {origin.figure, origin.variable}:
        return
    line = _line(known[origin.figure], found, least)
    if line.whole is None or line.veiled or origin.figure in {out.variable for out in left}:
        reason = f"the table of {origin.figure} hides something, and the number of members with a figure would tell it"
        yield TableLeftOut(origin.variable, known[origin.variable].title, reason)


def against(
    minimum: Minimum, known: Mapping[str, Variable], found: Aggregates, made: Iterable[PoolTable], least: int
) -> PoolTable:
    """The table of a figure that somebody has.

    Args:
        minimum: the amount, and what tells lines apart.
        known: all variables by id; the figure has the amount's bands.
        found: the counts of the pool.
        made: the cross-tables.
        least: the least number of members that is shown.
    """
    figure, bands = known[minimum.variable], list(band_labels(minimum.bands))
    crosses = [table for table in made if table.kind == "cross"]
    groups = chain.from_iterable(_groups(word, minimum, known, crosses, bands) for word in minimum.by)
    rows = [_all(_line(figure, found, least), bands), *groups]
    return PoolTable(
        variable=figure.id,
        title=f"{figure.title}: minimum {minimum.amount:g} ({minimum.source})",
        kind=NAME,
        unit="",
        provenance=figure.provenance,
        members=rows[0][2] if isinstance(rows[0][2], int) else None,
        columns=(figure.title, GROUP, MEMBERS, *bands, *(band + SHARE for band in bands)),
        rows=tuple(rows),
        note=hidden_note(rows, least),
    )


def _line(figure: Variable, found: Aggregates, least: int) -> Line:
    return Line(figure, found, "", found.bases.get(figure.id, 0), least)


def _all(line: Line, bands: Sequence[str]) -> tuple[Cell, ...]:
    *counts, without = line.shown
    rest = None if line.whole is None or without is None else line.whole - without
    return _row(ALL, "", counts[: len(bands)], rest)


def _groups(
    word: str, minimum: Minimum, known: Mapping[str, Variable], crosses: Sequence[PoolTable], bands: Sequence[str]
) -> Iterator[tuple[Cell, ...]]:
    """A line for each value by which lines are told apart, of whom somebody has a figure."""
    down = f"{minimum.variable}-from" if word == CONTROLLER else word
    name = table_name(cross_name(down, minimum.variable))
    for table in crosses:
        for label, *cells in table.rows[:-1] if table.variable == name else ():
            there = dict(zip(table.columns[1:], cells, strict=True))
            counts = [_count(there, band) for band in bands]
            total, without = there[MEMBERS], _count(there, NO_VALUE)
            rest = total - without if isinstance(total, int) and without is not None else None
            if rest != 0:
                yield _row(label, known[down].title, counts, rest)


def _count(there: Mapping[str, Cell], band: str) -> int | None:
    """A cell; nobody, where the whole table has nobody there; None where it stands together with others."""
    found = there.get(band, None if OTHER in there else 0)
    return found if isinstance(found, int) else None


def _row(label: Cell, group: str, counts: Sequence[int | None], members: int | None) -> tuple[Cell, ...]:
    shares = (round(100 * count / members) if count is not None and members else None for count in counts)
    return label, group, members, *counts, *shares
