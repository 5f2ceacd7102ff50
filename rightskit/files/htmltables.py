"""The tables of a page (HTML) of any size: the first rows of each are in memory, and one row of those that follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Generic, TypeVar

from rightskit.files import opening, tables
from rightskit.files.problems import TooLargeError
from rightskit.files.tables import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.files.opening import Opener

    Met = tuple[int, Row | None]

T = TypeVar("T")
_PIECE = 1 << 20
LONGEST = 16 * 1024 * 1024
"""Characters of one tag, script or comment, and of the cells of the rows that are open."""
_FIRST = 64 * 1024 * 1024
"""Bytes that the first rows of all tables take in memory, roughly."""
_CELL, _TABLE = 64, 256
"""Bytes that a cell and a table take beside their text, roughly."""
_DEEPEST = 200


def html_tables(opened: Opener) -> tuple[tables.Table, ...]:
    """Read the tables of a page, in the order in which they end; one that never ends is left out.

    Raises:
        TooLargeError: too many tables, too deep inside each other, or one row or tag is too large.
    """
    encoding = opening.encoding(opened)
    heads = _Heads()
    for number, row in _met(opened, encoding):
        heads.take(number, row)
    return tuple(
        tables.headed("", Rows(tuple(heads.first[number]), every if number in heads.more else None))
        for number in heads.ended
        for every in [partial(_of, opened, encoding, number)]
    )


class _Heads:
    """The first rows of each table.

    Attributes:
        first: number of a table → its first rows.
        more: tables that have more of them.
        ended: tables in the order in which they ended.
    """

    def __init__(self) -> None:
        self.first: dict[int, list[Row]] = {}
        self.more: set[int] = set()
        self.ended: list[int] = []
        self._room = _FIRST

    def take(self, number: int, row: Row | None) -> None:
        """A row of a table, or its end."""
        known = self.first.setdefault(number, [])
        if row is None:
            self.ended.append(number)
            self._room -= _TABLE
        elif not any(row.cells):
            return
        elif len(known) < tables.FIRST:
            known.append(row)
            self._room -= sum(len(cell) + _CELL for cell in row.cells)
        else:
            self.more.add(number)
        if self._room < 0:
            raise TooLargeError("part", _FIRST, "The page holds too many tables")


def _of(opened: Opener, encoding: str, table: int) -> Iterator[Row]:
    return (row for number, row in _met(opened, encoding) if number == table and row and any(row.cells))


def _met(opened: Opener, encoding: str) -> Iterator[Met]:
    """Each row with the number of its table, and None where a table ends."""
    return met(_TableReader(), opened, encoding)


class PageReader(HTMLParser, Generic[T]):
    """Reads a page that comes in pieces.

    Attributes:
        met: what it found since it was emptied last.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.met: list[T] = []


def met(reader: PageReader[T], opened: Opener, encoding: str) -> Iterator[T]:
    """What a reader finds in a page, as it comes.

    Raises:
        TooLargeError: one tag, script or comment has more than 16 million characters.
    """
    waiting = 0
    with opening.words(opened, encoding) as text:
        while piece := text.read(_PIECE):
            before = reader.getpos()
            reader.feed(piece)
            # Some versions of the parser keep what waits elsewhere than in rawdata until they look at it again.
            waiting = waiting + len(piece) if reader.getpos() == before else len(reader.rawdata)
            if waiting > LONGEST:
                raise TooLargeError("part", LONGEST, "A tag or a script of the page has too many characters")
            yield from reader.met
            reader.met.clear()
    reader.close()
    yield from reader.met


@dataclass(slots=True)
class _Open:
    """A table that has not ended.

    Attributes:
        number: of the table, from 1 in the order in which they begin.
        rows: how many rows began.
        cells: of the row that is open.
        held: bytes that these take in memory, roughly.
    """

    number: int
    rows: int = 0
    cells: list[str] = field(default_factory=list)
    held: int = 0


class _TableReader(PageReader["Met"]):
    """Collects rows and ends of tables; a table inside another one is a table of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._tables = 0
        self._open: list[_Open] = []
        self._cell: list[str] | None = None
        self._held = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the parser's)
        if tag == "table":
            self._begin()
        elif tag == "tr" and self._open:
            self._end_row()
            self._open[-1].rows += 1
        elif tag in {"td", "th"} and self._open and self._open[-1].rows:
            self._end_cell()
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_row()
            self.met.append((self._open.pop().number, None))

    def handle_data(self, data: str) -> None:
        if self._cell is not None and self._open:
            self._hold(len(data))
            self._cell.append(data)

    def _begin(self) -> None:
        self._end_cell()
        if len(self._open) == _DEEPEST:
            raise TooLargeError("depth", _DEEPEST, "Tables of the page lie inside each other too deep")
        self._tables += 1
        self._open.append(_Open(self._tables))

    def _end_cell(self) -> None:
        if self._cell is not None and self._open:
            self._hold(_CELL)
            self._open[-1].cells.append(" ".join("".join(self._cell).split()))
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.rows:
            self.met.append((table.number, Row(table.rows, tuple(table.cells))))
        self._held -= table.held
        table.cells, table.held = [], 0

    def _hold(self, size: int) -> None:
        self._held += size
        self._open[-1].held += size
        if self._held > LONGEST:
            raise TooLargeError("part", LONGEST, "A row of the page has too many characters")
