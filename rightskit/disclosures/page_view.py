"""A page (HTML): its tables, or the blocks that a layout marks. Either is read when a layout asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.disclosures.layout import OR
from rightskit.disclosures.rows import Row
from rightskit.disclosures.table_view import TableView
from rightskit.files.blocks import blocks
from rightskit.files.htmltables import html_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rightskit.disclosures.layout import Layout, Rule
    from rightskit.files.blocks import Marks
    from rightskit.files.opening import Opener


@dataclass(slots=True)
class PageView:
    """A page that can be read from its start as often as is needed.

    Attributes:
        opened: opens it.
    """

    opened: Opener
    confidence: float = 1.0
    _tables: TableView | None = field(default=None, init=False)

    @property
    def tables(self) -> TableView:
        """Its tables.

        Raises:
            FileProblemError: as :func:`rightskit.files.htmltables.html_tables`.
        """
        if self._tables is None:
            self._tables = TableView(html_tables(self.opened))
        return self._tables

    def found(self, layout: Layout) -> int:
        """How many of the required columns are there; of blocks, how many of the required parts, each in any of them.

        Raises:
            FileProblemError: the page cannot be read.
        """
        return self._marked(layout, layout.blocks) if layout.blocks else self.tables.found(layout)

    def _marked(self, layout: Layout, marks: Marks) -> int:
        missing = set(layout.require)
        for block in blocks(self.opened, marks):
            missing = {each for each in missing if not _part(block, each)}
            if not missing:
                break
        return len(layout.require) - len(missing)

    def rows(self, layout: Layout, rule: Rule) -> Iterator[Row]:
        """All rows of the table, or all blocks."""
        if not layout.blocks:
            yield from self.tables.rows(layout, rule)
            return
        for number, block in enumerate(blocks(self.opened, layout.blocks), 1):
            yield Row(f"block {number}", {source: _part(block, source) for source in rule.sources})


def _part(block: Mapping[str, str], source: str) -> str | None:
    """What the first of some parts holds in which something stands."""
    return next((block[name] for name in source.split(OR) if block[name]), None)
