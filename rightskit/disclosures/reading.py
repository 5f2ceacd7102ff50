"""One file of a disclosure: does it have a layout, and which rows stand in it.

Nothing here guesses. Every line of a section must be a row or a line that the recipe skips, and a number of rows
that the document announces must be the number found. What does not fit is another layout, and nothing is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from rightskit.files import pdftext, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.disclosures.layout import Layout, Rule

# A line of a table is short; a longer one would only feed a slow regular expression.
_LONGEST_LINE = 1_000


class DriftError(Exception):
    """The file is not laid out as the recipe says; the message gives the place, never what stands there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: its place inside the file, and source → text, JSON value or None."""

    place: str
    parts: Mapping[str, Any]


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


def view(form: str, content: bytes) -> View | None:
    """Open a file in one format; None where it is plainly of another one.

    Args:
        form: ``pdf``, ``json`` or ``csv``.
        content: its bytes.

    Raises:
        FileProblemError: it is of that format, and cannot be opened.
    """
    pdf = pdftext.is_pdf(content)
    if form == "pdf":
        return PdfView(_pdf_lines(content)) if pdf else None
    if pdf or (b"\x00" in content[:1024] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return None
    starts_like_json = tables.decoded(content[:64]).lstrip()[:1] in {"{", "["}
    if form == "json":
        return JsonView(tables.json_value(content)) if starts_like_json else None
    return None if starts_like_json else CsvView(tables.csv_table(content))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a PDF; the place is ``page 2, line 5``."""

    place: str
    text: str


def _pdf_lines(content: bytes) -> tuple[Line, ...]:
    return tuple(
        Line(f"page {page}, line {number}", text)
        for page, lines in enumerate(pdftext.pages(content), 1)
        for number, text in enumerate(lines.splitlines(), 1)
    )


@dataclass(frozen=True, slots=True)
class PdfView:
    """The lines of a PDF with text; gaps and fonts can still deceive, hence not quite sure."""

    lines: tuple[Line, ...]
    confidence: float = 0.95

    def found(self, layout: Layout) -> int:
        """How many of the required lines are there."""
        return sum(any(_fits(pattern, line) for line in self.lines) for pattern in layout.require)

    def rows(self, layout: Layout, rule: Rule) -> Sequence[Row]:
        """The lines of the rule's section that are rows."""
        lines = [line for line in self.lines if not any(_fits(skip, line) for skip in layout.skip)]
        section = _section(lines, rule)
        rows = [Row(line.place, match.groupdict()) for line in section if (match := _fits(rule.line, line))]
        if rule.after:
            known = (rule.line, *rule.skip, rule.announced)
            _refuse_unknown(section, [pattern for pattern in known if pattern])
        if rule.announced and _announced(lines, rule.announced) != len(rows):
            raise DriftError("the number of rows is not the number that the document announces")
        return rows


def _fits(pattern: re.Pattern[str] | str | None, line: Line) -> re.Match[str] | None:
    return re.search(pattern, line.text) if pattern and len(line.text) <= _LONGEST_LINE else None


def _section(lines: Sequence[Line], rule: Rule) -> Sequence[Line]:
    if rule.after is None:
        return lines
    start = _only(lines, rule.after, "begins")
    end = _only(lines[start + 1 :], rule.before, "ends") if rule.before else len(lines)
    return lines[start + 1 : start + 1 + end]


def _only(lines: Sequence[Line], pattern: re.Pattern[str], what: str) -> int:
    found = [index for index, line in enumerate(lines) if _fits(pattern, line)]
    if len(found) != 1:
        raise DriftError(f"a section of the recipe {what} {len(found)} times")
    return found[0]


def _refuse_unknown(section: Sequence[Line], known: Sequence[re.Pattern[str]]) -> None:
    for line in section:
        if not any(_fits(pattern, line) for pattern in known):
            raise DriftError(f"{line.place} is a line that the recipe does not know")


def _announced(lines: Sequence[Line], pattern: re.Pattern[str]) -> int:
    found = [match for line in lines if (match := _fits(pattern, line))]
    if len(found) != 1 or not found[0][1].isdecimal() or len(found[0][1]) > 6:  # noqa: PLR2004 (digits)
        raise DriftError("the announced number of rows does not stand there exactly once")
    return int(found[0][1])


@dataclass(frozen=True, slots=True)
class JsonView:
    """A JSON value."""

    value: Any
    confidence: float = 1.0

    def found(self, layout: Layout) -> int:
        """How many of the required paths are there."""
        return sum(self._has(*wanted.partition("=")) for wanted in layout.require)

    def _has(self, path: str, equals: str, wanted: str) -> bool:
        return any(not equals or str(value) == wanted for _, value in tables.at(self.value, path))

    def rows(self, layout: Layout, rule: Rule) -> Sequence[Row]:  # noqa: ARG002 (the protocol's)
        """What stands at the rule's path."""
        outer = rule.each.removesuffix("[]")
        if rule.each.endswith("[]") and not all(isinstance(v, list) for _, v in tables.at(self.value, outer)):
            raise DriftError(f"{outer} is no list")
        return [
            Row(place, {variable.source: _single(item, variable.source) for variable in rule.variables})
            for place, item in tables.at(self.value, rule.each)
        ]


def _single(item: Any, path: str) -> Any:
    return next((value for _, value in tables.at(item, path)), None)


@dataclass(frozen=True, slots=True)
class CsvView:
    """A table with headings."""

    table: tables.Table
    confidence: float = 1.0

    def found(self, layout: Layout) -> int:
        """How many of the required columns are there."""
        return sum(column in self.table.header for column in layout.require)

    def rows(self, layout: Layout, rule: Rule) -> Sequence[Row]:  # noqa: ARG002 (the protocol's)
        """All rows of the table."""
        return list(self._rows(rule))

    def _rows(self, rule: Rule) -> Iterator[Row]:
        header = self.table.header
        missing = [v.source for v in rule.variables if v.source not in header and not v.optional]
        if missing:
            raise DriftError("a column that the recipe reads is missing")
        for row in self.table.rows:
            if len(row.cells) != len(header):
                raise DriftError(f"line {row.line} has more cells than there are headings")
            yield Row(f"line {row.line}", dict(zip(header, row.cells, strict=True)))
