"""CSV of any dialect and any size."""

import io
import tracemalloc
from collections import deque
from contextlib import contextmanager

import pytest

from rightskit.files import opening, tables
from rightskit.files.delimited import csv_table
from rightskit.files.problems import BrokenError, TooLargeError


def table_of(content: bytes) -> tables.Table:
    return csv_table(opening.held(content))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Datum;Betrag\r\n01.02.2025;1,50\r\n02.02.2025;2,75\r\n", "utf-8-sig"),
        ("Datum\tBetrag\n01.02.2025\t1,50\n02.02.2025\t2,75\n", "utf-16"),
        ('"Datum","Betrag"\n"01.02.2025","1,50"\n"02.02.2025","2,75"\n', "utf-8"),
        ("Auskunft für Sie\n\nStand: heute\nDatum|Betrag\n01.02.2025|1,50\n\n02.02.2025|2,75\n", "cp1252"),
    ],
    ids=["semicolon-bom", "tab-utf16", "quoted-comma", "preamble-cp1252"],
)
def test_every_dialect_gives_the_same_table(text: str, encoding: str) -> None:
    table = table_of(text.encode(encoding))
    assert table.header == ("Datum", "Betrag")
    assert [row.cells for row in table.rows] == [("01.02.2025", "1,50"), ("02.02.2025", "2,75")]


def test_rows_know_their_line_and_short_ones_are_filled() -> None:
    table = table_of(b'a,b,c\n"x\ny",2,3\n\n4,5\n6,7,8\n9,9,9\n')
    assert [(row.line, row.cells) for row in table.rows][:2] == [(3, ("x\ny", "2", "3")), (5, ("4", "5", ""))]


def test_a_repeated_heading_gets_a_number() -> None:
    assert table_of(b"Datum;Datum;x\n1;2;3\n").header == ("Datum", "Datum 2", "x")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_empty_table(content: bytes) -> None:
    assert table_of(content).rows.first == ()


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(BrokenError):
        table_of(b'a;b\n"' + b"x" * 200_000)


def test_a_row_without_end_is_refused() -> None:
    for content in (b"a;b\n" + b"x;" * 3_000_000, b"a;b\n" + b'"x\n";' * 1_000_000):
        with pytest.raises(TooLargeError, match="row"):
            list(table_of(content).rows)


def test_rows_that_are_read_again_are_those_that_are_at_hand(monkeypatch) -> None:
    rows = "".join(f'{at};"x\n{at}";{at * at}\n\n' for at in range(40))
    content = f"Auskunft\n\nStand;heute;\nNummer;Wort;Wert\n{rows}1;2\n".encode()
    whole = table_of(content)
    below = tables.headed_by(whole, ["Nummer", "Wert"])
    monkeypatch.setattr(tables, "FIRST", 6)
    again = table_of(content)
    again_below = tables.headed_by(again, ["Nummer", "Wert"])
    assert again.rows.every
    assert below.header == again_below.header == ("Nummer", "Wort", "Wert")
    for one, other in ((whole, again), (below, again_below)):
        assert (one.header, one.above, list(one.rows)) == (other.header, other.above, list(other.rows))
        assert list(other.rows) == list(other.rows)
    assert (len(list(below.rows)), list(below.rows)[-1].cells) == (41, ("1", "2", ""))


def test_a_large_table_needs_little_memory() -> None:
    """Neither the text nor the rows are ever in memory; the encoding is told by the last line."""
    row = b"1,5;" + b"x" * 500 + b"\n"

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self._left = 30_000

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            if not self._left:
                return b""
            self._left -= 100
            return row * 99 + (row if self._left else b"2,5;\xfc\n")

    @contextmanager
    def opened():
        yield Endless()

    tracemalloc.start()
    try:
        table = csv_table(opened)
        (last,) = deque(enumerate(table.rows, 1), maxlen=1)
        assert (table.header[0], last[0], last[1].cells) == ("1,5", 29_999, ("2,5", "ü"))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
