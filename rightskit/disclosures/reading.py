"""One file of a disclosure, opened in the format in which a recipe reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from rightskit.disclosures.line_view import LineView, paper_lines, text_lines
from rightskit.disclosures.page_view import PageView
from rightskit.disclosures.table_view import TableView
from rightskit.disclosures.tree_stream import JSON, XML, TreeStream
from rightskit.disclosures.tree_view import TreeView
from rightskit.files import markup, opening, papers, sheets, tables
from rightskit.files.delimited import csv_table
from rightskit.files.limits import LIMITS
from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rightskit.disclosures.layout import Layout, Rule
    from rightskit.disclosures.rows import Row
    from rightskit.disclosures.tree_stream import Form
    from rightskit.files.opening import Opener
    from rightskit.files.papers import Reader

_START = 1024
_LONGEST_LETTER = 2_000_000
"""Bytes; a plain text beyond that is an export, and would only fill the memory line by line."""
LARGEST_TREE = 16 * 1024 * 1024
"""Bytes of JSON or XML that are in memory as a whole: what becomes of them takes ten times as many."""


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
    if papers.is_paper(content[:_START]):
        return LineView(paper_lines(reader.pages(content))) if form in {"pdf", "text"} else None
    if sheets.is_workbook(content):
        return TableView(sheets.sheets(content)) if form == "xlsx" else None
    if form == "text":
        return _letter(content)
    return _read_on(form, content[:_START], opening.held(content), content)


def _letter(content: bytes) -> View | None:
    if not is_text(content[:_START]) or _form(content[:_START]) != "csv" or len(content) > _LONGEST_LETTER:
        return None
    return LineView(text_lines(tables.decoded(content)))


def stream_view(form: str, opened: Opener) -> View | None:
    """Open a file that is too large for the memory in one format; None where it is plainly of another one.

    Raises:
        FileProblemError: it is of that format, and cannot be opened: papers and workbooks are not read in a stream.
    """
    with opened() as stream:
        start = stream.read(_START)
    if papers.is_paper(start):
        if form in {"pdf", "text"}:
            raise TooLargeError(
                "part", LIMITS.part, "The PDF or picture has too many bytes, alone or with others", _SPLIT
            )
        return None
    if start.startswith(b"PK"):
        if form == "xlsx":
            what = "The workbook has too many bytes, alone or with others"
            raise TooLargeError("part", LIMITS.part, what, sheets.AS_CSV)
        return None
    return _read_on(form, start, opened)


_SPLIT = "Add it in parts of some pages each."


def _read_on(form: str, start: bytes, opened: Opener, content: bytes | None = None) -> View | None:
    """A file of text; with its bytes, where they may be in memory."""
    if not is_text(start) or form != _form(start):
        return None
    if form == "json":
        return _tree(JSON, tables.json_value, opened, content)
    if form == "xml":
        return _tree(XML, markup.xml_value, opened, content)
    return PageView(opened) if form == "html" else TableView((csv_table(opened),))


def _tree(form: Form, read: Callable[[bytes], Any], opened: Opener, content: bytes | None) -> View:
    """A document of keys, of which what is too much for the memory as a whole is read in a stream."""
    try:
        if content is not None and len(content) <= LARGEST_TREE:
            return TreeView(read(content))
    except TooLargeError:
        pass
    return TreeStream.of(form, opened)


def is_text(start: bytes) -> bool:
    """Whether the first bytes (1,024 or so) are those of a text."""
    return b"\x00" not in start[:_START] or start.startswith((b"\xff\xfe", b"\xfe\xff"))


def _form(start: bytes) -> str:
    """The format of a text, by its first bytes; one without marks may be a table."""
    text = tables.decoded(start).lstrip()
    if tables.starts_like_json(text):
        return "json"
    if text.startswith("<"):
        return "xml" if text.startswith("<?xml") else "html"
    return "csv"
