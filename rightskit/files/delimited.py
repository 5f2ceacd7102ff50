"""CSV and TSV of any dialect and any size, row by row: one row at a time is in memory."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import TYPE_CHECKING

from rightskit.files import opening, tables
from rightskit.files.problems import BrokenError, TooLargeError
from rightskit.files.tables import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.files.opening import Opener

# Before the comma: a table with decimal commas looks regular when it is cut at them.
_DELIMITERS = (";", "\t", "|", ",")
_SAMPLE = 1 << 20
"""Characters at the start, of whose lines the delimiter is told."""
_LINES = 100
_LONGEST_ROW = 4 * 1024 * 1024
"""Characters of one row: each could be a cell of its own."""


def csv_table(opened: Opener) -> tables.Table:
    """Read CSV or TSV of any dialect: delimiter, encoding, and lines above the headings.

    The delimiter is the one that gives most rows the same number of cells; the headings are the first row of that
    width.

    Raises:
        BrokenError: quotes that never close, or a cell of more than 128 KB; going through the rows raises it too.
        TooLargeError: a row has more than 4 million characters; likewise.
    """
    encoding = opening.encoding(opened)
    with opening.words(opened, encoding) as text:
        # The last line may be cut in the middle of a quoted cell: this is a vote.
        sample = text.read(_SAMPLE).splitlines(keepends=True)[:_LINES]
    delimiter = max(_DELIMITERS, key=lambda one: _regularity("".join(sample), one))
    return tables.headed(delimiter, tables.Rows.of(partial(_read, opened, encoding, delimiter)))


def _regularity(sample: str, delimiter: str) -> float:
    try:
        rows = [row for row in _rows(io.StringIO(sample, newline=""), delimiter) if any(row.cells)]
    except BrokenError:  # cut at another mark, its cells may be short enough
        return 0
    if not rows or (width := tables.usual_width(rows)) < 2:  # noqa: PLR2004 (one column: the delimiter is absent)
        return 0
    return sum(len(row.cells) == width for row in rows) / len(rows)


def _read(opened: Opener, encoding: str, delimiter: str) -> Iterator[Row]:
    with opening.words(opened, encoding) as text:
        yield from _rows(text, delimiter)


def _rows(text: io.TextIOBase, delimiter: str) -> Iterator[Row]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            yield Row(reader.line_num, tuple(cell.strip() for cell in cells))
            lines.room = _LONGEST_ROW
    except csv.Error as error:
        raise BrokenError("The file is no table that can be read.", "Ask for it again.") from error


class _Lines:
    """The lines of a text.

    Attributes:
        room: how many characters the row that is being read may still have; it can go over several lines.
    """

    def __init__(self, text: io.TextIOBase) -> None:
        self.room = _LONGEST_ROW
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self.room + 1)
        self.room -= len(line)
        if self.room < 0:
            raise TooLargeError("part", _LONGEST_ROW, "A row of the table has too many characters")
        if not line:
            raise StopIteration
        return line
