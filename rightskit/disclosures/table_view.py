"""A document of rows and columns: CSV, a sheet of a workbook, a table of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.layout import OR
from rightskit.disclosures.rows import DriftError, Row
from rightskit.files import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Layout, Rule


@dataclass(frozen=True, slots=True)
class TableView:
    """Tables with headings: one, or the sheets of a workbook, of which one is meant; rows are read on demand."""

    tables: tuple[tables.Table, ...]
    confidence: float = 1.0

    def found(self, layout: Layout) -> int:
        """How many of the required columns and lines are there, in the table that has most of them."""
        return _fit(_meant(self.tables, layout), layout)

    def rows(self, layout: Layout, rule: Rule) -> Iterator[Row]:
        """All rows of the table."""
        table = _meant(self.tables, layout)
        constant = _named_above(table, layout)
        columns = {source: _column(table.header, source) for source in rule.sources - constant.keys()}
        needed = {source for variable in rule.taken if not variable.optional for source in variable.sources}
        if any(columns[source] is None for source in needed.union(rule.where) - constant.keys()):
            raise DriftError("a column that the recipe reads is missing")
        known = {column for source in rule.sources for column in source.split(OR)}.union(rule.dropped)
        if rule.dropped and not known.issuperset(table.header):
            raise DriftError("there is a column that the recipe does not know")
        return _rows(table, columns, constant)


def _rows(table: tables.Table, columns: dict[str, int | None], constant: dict[str, str]) -> Iterator[Row]:
    for row in table.rows:
        if len(row.cells) != len(table.header):
            raise DriftError(f"line {row.line} has more cells than there are headings")
        parts = {source: None if at is None else row.cells[at] for source, at in columns.items()}
        yield Row(f"line {row.line}", parts | constant)


def _meant(found: Sequence[tables.Table], layout: Layout) -> tables.Table:
    """The table with most of the required columns; lines above its headings are left, however wide they are."""
    headed = [tables.headed_by(table, [name for each in layout.require for name in each.split(OR)]) for table in found]
    return max(headed, key=lambda table: _fit(table, layout), default=tables.Table("", ()))


def _fit(table: tables.Table, layout: Layout) -> int:
    above = sum(any(each.search(line) for line in table.above) for each in layout.above)
    return above + sum(_column(table.header, each) is not None for each in layout.require)


def _named_above(table: tables.Table, layout: Layout) -> dict[str, str]:
    """What the expressions name in the lines above the headings."""
    found = (match for each in layout.above for line in table.above if (match := each.search(line)))
    return {name: text for match in found for name, text in match.groupdict().items() if text}


def _column(header: Sequence[str], source: str) -> int | None:
    return next((header.index(name) for name in source.split(OR) if name in header), None)
