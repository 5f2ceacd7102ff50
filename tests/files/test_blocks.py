"""The blocks of a page, however large it is."""

import re
import tracemalloc

import pytest

from rightskit.files import opening
from rightskit.files.blocks import Marks, Part, blocks, outline
from rightskit.files.problems import BrokenError, TooLargeError

MARKS = Marks(
    frozenset({"entry"}),
    (
        Part("kind", frozenset({"head"})),
        Part("time", frozenset({"body", "main"}), re.compile(r"\d{4}, \d\d:\d\d")),
    ),
)


def read(page: str) -> list[dict[str, str]]:
    return [dict(block) for block in blocks(opening.held(page.encode()), MARKS)]


def test_parts_are_told_by_their_classes_and_lines_by_their_form() -> None:
    page = """<!doctype html><style>.entry{color:red}</style><div class="grid">
    <div class="entry wide"><div><p class="head title">Search<br></p></div>
      <div class="main body cell">Seen&nbsp;<a href="x">2023, 10:11</a><br>2024,\u202f10:12<br/><img src=y> the
      rest</div><div class="body">2025, 10:13</div></div>
    <section class="entry"><div class="body main"><ul><li>2022, 01:02<li>2021, 01:02</ul></div></section>
    <div class="other"><p class="head">Not meant</p></div></div>"""
    assert read(page) == [
        {"kind": "Search", "time": "2024, 10:12"},
        {"kind": "", "time": "2022, 01:02\n2021, 01:02"},
    ]


def test_a_block_that_nobody_ended_ends_where_the_next_begins() -> None:
    page = "<div class=entry><p class=head>A</p><div><div class=entry><p class=head>B</p></div>"
    assert [one["kind"] for one in read(page)] == ["A", "B"]


def test_a_page_that_was_cut_is_damaged() -> None:
    with pytest.raises(BrokenError, match="in the middle of an entry"):
        read('<div class="entry"><p class="head">A</p></div><div class="entry"><p class="head">B')


def test_a_large_page_needs_little_memory() -> None:
    entry = '<div class="entry"><div class="body main"><a href="x">%s</a><br>2024, 10:12</div></div>' % ("x" * 900)
    page = opening.held((entry * 9_000).encode())
    tracemalloc.start()
    try:
        assert sum(one["time"] == "2024, 10:12" for one in blocks(page, MARKS)) == 9_000
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("inside", ["x" * 17_000_000, "x<br>" * 200_000, '<i class="head">' * 2_000])
def test_an_entry_that_would_fill_the_memory_is_refused(inside: str) -> None:
    with pytest.raises(TooLargeError):
        read('<div class="entry"><p class="head">' + inside)


def test_the_outline_names_classes_and_the_texts_in_them() -> None:
    page = b'<p>No class</p><div class="a b"><p>one<br>two</p><b class="c">three</b></div><div>four</div>'
    both, c = frozenset({"a", "b"}), frozenset({"c"})
    found = list(outline(opening.held(page)))
    assert found == [(both, None), (both, "one"), (both, "two"), (c, None), (c, "three")]
    with pytest.raises(TooLargeError):
        list(outline(opening.held(b"<div>" * 2_000)))
