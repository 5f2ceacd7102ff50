"""One file of a disclosure, opened in the format in which a recipe reads it."""

from __future__ import annotations

import io
from contextlib import nullcontext
from typing import TYPE_CHECKING, Protocol

from rightskit.disclosures.line_view import LineView, paper_lines, text_lines
from rightskit.disclosures.table_view import TableView
from rightskit.disclosures.tree_stream import TreeStream
from rightskit.disclosures.tree_view import TreeView
from rightskit.files import markup, papers, pdftext, sheets, tables
from rightskit.files.limits import LIMITS
from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rightskit.disclosures.layout import Layout, Rule
    from rightskit.disclosures.rows import Row
    from rightskit.files.jsonstream import Opener
    from rightskit.files.papers import Reader

_LONGEST_LETTER = 2_000_000
"""Bytes; a plain text beyond that is an export, and would only fill the memory line by line."""
LARGEST_TREE = 16 * 1024 * 1024
"""Bytes of JSON that are in memory as a whole: what becomes of them takes ten times as many."""


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

    def rows(self, layout: Layout, rule: Rule) -> Iterable[Row]:
        """The rows of one rule.

        Raises:
            DriftError: the file is not laid out like that; at once, or when the rows come to it.
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
        return _tree(content) if is_json else None
    if form == "xml":
        return TreeView(markup.xml_value(content)) if start.startswith("<?xml") else None
    if form == "html":
        return TableView(markup.html_tables(content)) if is_markup and not start.startswith("<?xml") else None
    if is_json or is_markup:
        return None
    if form == "text":
        return LineView(text_lines(tables.decoded(content))) if len(content) <= _LONGEST_LETTER else None
    return TableView((tables.csv_table(content),))


def _tree(content: bytes) -> View:
    """JSON, of which what is too much for the memory as a whole is read in a stream."""
    try:
        if len(content) <= LARGEST_TREE:
            return TreeView(tables.json_value(content))
    except TooLargeError:
        pass
    return TreeStream.of(lambda: nullcontext(io.BytesIO(content)))


def stream_view(form: str, opened: Opener) -> View | None:
    """Open a file that is too large for the memory in one format; None where it is plainly of another one.

    Raises:
        FileProblemError: it is of that format, and cannot be opened: only JSON is read in a stream.
    """
    with opened() as stream:
        start = stream.read(1024)
    text = tables.decoded(start).lstrip()
    if tables.starts_like_json(text):
        return TreeStream.of(opened) if form == "json" else None
    if form == _plain_form(start, text):
        raise TooLargeError("part", LIMITS.part, "The file has too many bytes, alone or with others that are read")
    return None


def _plain_form(start: bytes, text: str) -> str:
    """The format of a file that is no JSON, by its first bytes; empty where none of ours begins so."""
    if pdftext.is_pdf(start):
        return "pdf"
    if text.startswith("<"):
        return "xml" if text.startswith("<?xml") else "html"
    return "xlsx" if start.startswith(b"PK") else "" if b"\x00" in start else "csv"
