"""Many letters in one file, printed on both sides."""

from __future__ import annotations

import io

import pikepdf
import pytest

from rightskit.rendering.bundle import bundle


def sheets(pages: int) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as document:
        for number in range(pages):
            document.add_blank_page(page_size=(595, 842))
            document.pages[-1].Rotate = 90 * (number == 0)  # marks a letter's first page
        document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("lengths", "pages"),
    [
        ([1], ((1, 1),)),
        ([2, 1], ((1, 2), (3, 3))),
        ([1, 1, 3, 2, 1], ((1, 1), (3, 3), (5, 7), (9, 10), (11, 11))),
        ([], ()),
    ],
)
def test_each_letter_starts_on_an_odd_page(lengths: list[int], pages: tuple[tuple[int, int], ...]) -> None:
    made = bundle([sheets(length) for length in lengths])
    assert made.pages == pages
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        firsts = tuple(number for number, page in enumerate(document.pages, 1) if page.get("/Rotate", 0) == 90)
        assert len(document.pages) == (pages[-1][1] if pages else 0)
    assert firsts == tuple(first for first, _ in pages)
    assert all(first % 2 for first in firsts)


def test_the_same_letters_give_the_same_file() -> None:
    letters = [sheets(1), sheets(2)]
    assert bundle(letters).pdf == bundle(letters).pdf
