"""A document of lines: which stand in a section, and which of them are rows.

Nothing here guesses. Every line of a section must be a row or a line that the recipe skips, and a number of rows
that the document announces must be the number found. What does not fit is another layout, and nothing is taken. Of a
scan a few lines may be misread: each is a row of which a person says what it holds, and whether it is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rightskit.disclosures.rows import DriftError, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.disclosures.layout import Layout, Rule
    from rightskit.files.papers import Page, PaperLine

# A line of a table is short; a longer one would only feed a slow regular expression.
_LONGEST_LINE = 1_000
# What of a regular expression is no letter that must stand there: named groups, classes, repetitions.
_SYNTAX = re.compile(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)|\\[a-zA-Z](?:\{[^}]*\}|[+*?])*|[\\^$?*+{}|()\[\]]")
_NEAR = 0.65
# Of a scan one line of a section, or so many for each that is read, may be misread; more are another layout.
_MISREAD = 0.2


PRINTED = 0.95
"""How sure the text of a PDF is: gaps and fonts can still deceive."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        place: ``page 2, line 5``; of a scan also where on the page, ``box 57 310 204 321`` (left, top, right, bottom in
            points of A4, from the upper left).
        sure: of a scan, where each word starts and ends, and its confidence.
    """

    place: str
    text: str
    sure: tuple[tuple[int, int, float], ...] = ()

    def confidence(self, start: int, end: int) -> float:
        """How sure it is what stands from one character to another: as sure as the worst of the words."""
        return min((sure for first, last, sure in self.sure if first < end and start < last), default=PRINTED)


def paper_lines(pages: Sequence[Page]) -> tuple[Line, ...]:
    """The lines of a PDF, a scan or a photo."""
    return tuple(
        Line(f"page {page}, line {number}{_box(line)}", line.text, line.sure)
        for page, lines in enumerate(pages, 1)
        for number, line in enumerate(lines, 1)
    )


def _box(line: PaperLine) -> str:
    return f", box {' '.join(map(str, line.box))}" if line.box else ""


def text_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text."""
    return tuple(Line(f"line {number}", line.strip()) for number, line in enumerate(text.splitlines(), 1))


@dataclass(frozen=True, slots=True)
class LineView:
    """The lines of a paper, or of a plain text."""

    lines: tuple[Line, ...]

    @property
    def confidence(self) -> float:
        """Of what the document as a whole tells: the mean of its words."""
        words = [sure for line in self.lines for _, _, sure in line.sure]
        return sum(words) / len(words) if words else PRINTED

    def found(self, layout: Layout) -> int:
        """How many of the required lines are there."""
        return sum(any(_fits(pattern, line) for line in self.lines) for pattern in layout.require)

    def rows(self, layout: Layout, rule: Rule) -> Sequence[Row]:
        """The lines of the rule's section that are rows, or may be rows that were misread."""
        lines = [line for line in self.lines if not any(_fits(skip, line) for skip in layout.skip)]
        section = [line for line in _section(lines, rule) if not any(_fits(skip, line) for skip in rule.skip)]
        rows = [row for line in section if (row := _row(line, rule))]
        read = [row for row in rows if not row.is_misread]
        if len(rows) - len(read) > max(1, _MISREAD * len(read)):
            raise DriftError("lines of a section are not as the recipe says")
        if rule.announced and _announced(lines, rule.announced) not in {len(rows), len(read)}:
            raise DriftError("the number of rows is not the number that the document announces")
        return rows

    def nearly(self, pattern: re.Pattern[str]) -> Line | None:
        """The line of a scan that comes nearest to an expression which none fits, if one comes near: it was misread."""
        wanted = _SYNTAX.sub("", pattern.pattern).casefold()
        scanned = [line for line in self.lines if line.sure and len(line.text) <= _LONGEST_LINE]
        near = [(SequenceMatcher(None, wanted, line.text.casefold()).ratio(), line) for line in scanned]
        likeness, line = max(near, key=lambda one: one[0], default=(0.0, None))
        return line if likeness >= _NEAR else None

    def answers(self, patterns: Sequence[re.Pattern[str]]) -> str:
        """The place of the first expression that is found, over ends of lines too; empty where there is none."""
        text = self.text
        return next((self._place(match.start()) for each in patterns if (match := each.search(text))), "")

    @property
    def text(self) -> str:
        """All lines in one."""
        return " ".join(line.text for line in self.lines)

    def _place(self, offset: int) -> str:
        for line in self.lines:
            offset -= len(line.text) + 1
            if offset < 0:
                return line.place
        return ""


def _row(line: Line, rule: Rule) -> Row | None:
    """The row that a line is; between the lines around a section, one that is none and may not stand there is drift."""
    if match := _fits(rule.line, line):
        return Row(line.place, match.groupdict(), _sure(line, match), line.text)
    if not rule.after or _fits(rule.announced, line):
        return None
    if not line.sure:
        raise DriftError(f"{line.place} is a line that the recipe does not know")
    return Row(line.place, {}, {"": line.confidence(0, len(line.text))}, line.text, is_misread=True)


def _sure(line: Line, match: re.Match[str]) -> Mapping[str, float]:
    """Named group → how sure it is; of a line that was printed all are alike."""
    return {name: line.confidence(*match.span(name)) for name in match.groupdict()} if line.sure else {}


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


def _announced(lines: Sequence[Line], pattern: re.Pattern[str]) -> int:
    found = [match for line in lines if (match := _fits(pattern, line))]
    if len(found) != 1 or not found[0][1].isdecimal() or len(found[0][1]) > 6:  # noqa: PLR2004 (digits)
        raise DriftError("the announced number of rows does not stand there exactly once")
    return int(found[0][1])
