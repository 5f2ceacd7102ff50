"""The tables of a page, however large it is."""

import tracemalloc

import pytest

from rightskit.files import htmltables, opening, tables
from rightskit.files.problems import TooLargeError


def read(page: bytes) -> tuple[tables.Table, ...]:
    return htmltables.html_tables(opening.held(page))


def test_the_tables_of_a_page_with_open_cells_and_a_table_inside() -> None:
    page = (
        b"<html><body><table><tr><th>Tag<th>Wert</tr><tr><td>1.2.2025</td><td>3 <b>kWh</b> &amp; mehr</td></tr></table>"
        b"<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    )
    first, inner, outer = read(page)
    assert (first.header, [row.cells for row in first.rows]) == (("Tag", "Wert"), [("1.2.2025", "3 kWh & mehr")])
    assert inner.header == ("a", "b")
    assert not list(outer.rows)


def test_a_cell_that_nobody_ended_stays_in_its_row() -> None:
    (table,) = read(b"<table><tr><td>a<td>b<tr><td>1<td>2<tr><td>3<td>4</table>")
    assert (table.header, [row.cells for row in table.rows]) == (("a", "b"), [("1", "2"), ("3", "4")])


def test_a_large_page_needs_little_memory() -> None:
    """Old pages put all into one table for its looks; the rows of the table inside are read one by one."""
    rows = b"".join(b"<tr><td>%d</td><td>%s</td></tr>" % (at, b"x" * 9_000) for at in range(2_000))
    page = b"<table><tr><td><table><tr><th>N</th><th>Text</th></tr>" + rows + b"</table></td></tr></table>"
    tracemalloc.start()
    try:
        inner, _ = read(page)
        assert inner.header == ("N", "Text")
        for _ in range(2):
            assert sum(int(row.cells[0]) for row in inner.rows) == sum(range(2_000))
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "page",
    [
        b"<table>" * 300,
        b"<table><tr><td>" + b"x" * 17_000_000,
        b"<table><tr>" + b"<td>" * 300_000,
        b"<table></table>" * 300_000,
        b"<!-- " + b"x" * 17_000_000,
    ],
)
def test_what_would_fill_the_memory_is_refused(page: bytes) -> None:
    with pytest.raises(TooLargeError):
        read(page)
