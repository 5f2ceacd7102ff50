"""Workbooks are read as tables of text; what only looks like one is not."""

import io
import zipfile

import pytest
from workbook import workbook

from rightskit.files import sheets
from rightskit.files.problems import BrokenError, TooLargeError


def test_all_sheets_are_read_as_text_with_their_lines() -> None:
    content = workbook(
        {"Relevé": [["Date", "kWh"], ["2025-01-31", 12], ["", ""], ["2025-02-28", 7.25]], "Leer": []},
    )
    assert sheets.is_workbook(content)
    first, empty = sheets.sheets(content)
    assert first.header == ("Date", "kWh")
    assert [(row.line, row.cells) for row in first.rows] == [(2, ("2025-01-31", "12")), (4, ("2025-02-28", "7.25"))]
    assert empty.header == ()


def test_an_archive_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("data.json", "{}")
        archive.writestr("inner.xlsx", workbook({"A": [["x"]]}))
    assert not sheets.is_workbook(buffer.getvalue())


def test_one_cell_in_the_far_corner_is_refused_before_it_is_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook({"A": [["x"]]}))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<c t="inlineStr">', b'<c r="XFD1048576" t="inlineStr">'))
    with pytest.raises(TooLargeError, match="cells"):
        sheets.sheets(buffer.getvalue())


def test_a_damaged_workbook_and_a_bomb_are_refused() -> None:
    whole = workbook({"A": [["x"]]})
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b"\x00" if name.endswith("sheet1.xml") else old.read(name))
    with pytest.raises(BrokenError):
        sheets.sheets(buffer.getvalue())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", bytes(64_000_000))
    with pytest.raises(TooLargeError):
        sheets.sheets(buffer.getvalue())
