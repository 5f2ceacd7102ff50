"""CSV of any dialect, and JSON."""

import pytest

from rightskit.files import tables
from rightskit.files.limits import Limits
from rightskit.files.problems import BrokenError, TooLargeError


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
    table = tables.csv_table(text.encode(encoding))
    assert table.header == ("Datum", "Betrag")
    assert [row.cells for row in table.rows] == [("01.02.2025", "1,50"), ("02.02.2025", "2,75")]


def test_rows_know_their_line_and_short_ones_are_filled() -> None:
    table = tables.csv_table(b'a,b,c\n"x\ny",2,3\n\n4,5\n6,7,8\n9,9,9\n')
    assert [(row.line, row.cells) for row in table.rows][:2] == [(3, ("x\ny", "2", "3")), (5, ("4", "5", ""))]


def test_a_repeated_heading_gets_a_number() -> None:
    assert tables.csv_table(b"Datum;Datum;x\n1;2;3\n").header == ("Datum", "Datum 2", "x")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_empty_table(content: bytes) -> None:
    assert tables.csv_table(content).rows == ()


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(BrokenError):
        tables.csv_table(b'a;b\n"' + b"x" * 200_000)


def test_the_size_is_limited() -> None:
    with pytest.raises(TooLargeError):
        tables.csv_table(b"a;b\n", Limits(part=3))
    with pytest.raises(TooLargeError):
        tables.json_value(b"{   }", Limits(part=3))


VALUE = {"entries": [{"type": "a", "creditor": {"type": "bank"}}, {"type": "b"}], "score": {"value": 1.5}}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("score.value", [("score.value", 1.5)]),
        ("entries[].type", [("entries[0].type", "a"), ("entries[1].type", "b")]),
        ("entries[].creditor.type", [("entries[0].creditor.type", "bank")]),
        ("score[].value", []),
        ("nothing.here", []),
        (".", [("top", VALUE)]),
    ],
)
def test_a_path_finds_values_with_their_place(path: str, found: list[object]) -> None:
    assert list(tables.at(VALUE, path)) == found


@pytest.mark.parametrize("content", [b"{", b"[" * 200_000, b'{"a": NaN}', b"[" + b"9" * 10_000 + b"]"])
def test_broken_and_hostile_json_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenError):
        tables.json_value(content)
