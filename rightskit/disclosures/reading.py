"""One file of a disclosure, opened in the format in which a recipe reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rightskit.disclosures.line_view import LineView, paper_lines, text_lines
from rightskit.disclosures.table_view import TableView
from rightskit.disclosures.tree_view import TreeView
from rightskit.files import markup, papers, sheets, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.disclosures.layout import Layout, Rule
    from rightskit.disclosures.rows import Row
    from rightskit.files.papers import Reader

_LONGEST_LETTER = 2_000_000
"""Bytes; a plain text beyond that is an export, and would only fill the memory line by line."""


class View(Protocol):
    """An opened file.

    Attributes:
        confidence: how sure a value is that was read from this format.
    """

    @property
    def confidence(self) -> float:
        """From 0 to 1."""

    def found(self, layout: Layout) -> int:
        """How many of the layout's required lines, paths or columns are there."""

    def rows(self, layout: Layout, rule: Rule) -> Sequence[Row]:
        """The rows of one rule.

        Raises:
            DriftError: the file is not laid out like that.
        """


def view(form: str, content: bytes, reader: Reader) -> View | None:
    """Open a file in one format; None where it is plainly of another one.

    Args:
        form: one of :data:`~rightskit.disclosures.layout.FORMATS`.
        content: its bytes.
        reader: of what is on paper.

    Raises:
        FileProblemError: it is of that format, and cannot be opened.
    """
    if papers.is_paper(content[:1024]):
        return LineView(paper_lines(reader.pages(content))) if form in {"pdf", "text"} else None
    if sheets.is_workbook(content):
        return TableView(sheets.sheets(content)) if form == "xlsx" else None
    if form in {"pdf", "xlsx"} or (b"\x00" in content[:1024] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return None
    start = tables.decoded(content[:1024]).lstrip()
    return _text_view(form, content, start)


def _text_view(form: str, content: bytes, start: str) -> View | None:
    is_json, is_markup = tables.starts_like_json(start), start.startswith("<")
    if form == "json":
        return TreeView(tables.json_value(content)) if is_json else None
    if form == "xml":
        return TreeView(markup.xml_value(content)) if start.startswith("<?xml") else None
    if form == "html":
        return TableView(markup.html_tables(content)) if is_markup and not start.startswith("<?xml") else None
    if is_json or is_markup:
        return None
    if form == "text":
        return LineView(text_lines(tables.decoded(content))) if len(content) <= _LONGEST_LETTER else None
    return TableView((tables.csv_table(content),))
