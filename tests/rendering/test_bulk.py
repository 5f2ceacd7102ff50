"""Letters printed in bulk look like letters laid out one by one, pixel by pixel."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from rightskit import paths
from rightskit.errors import RemoteError
from rightskit.rendering import bulk, workers
from rightskit.rendering.bulk import print_all
from rightskit.rendering.layouts import LAYOUTS
from rightskit.rendering.letter import render
from rightskit.rendering.library import Library
from rightskit.rendering.model import Enclosure, LetterOrder, Party
from rightskit.rendering.pdf import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARY = Library([paths.shipped("letters")])
DOT = 100 / 72
FAINT = 3  # of 255: the QR code is drawn by other operators, so its edges differ by a shade


def order(number: int, letter: str = "objection", language: str = "de") -> LetterOrder:
    """Letters whose own parts are of different heights: long names, long addresses, more or fewer fields."""
    fields: dict[str, object] = {"birthdate": dt.date(1988, 4, 9)} if number % 2 else {}
    fields["answer_to"] = f"campaign+rk-{'long-' * (number % 5 * 4)}{number}@mitmachen.example"
    if number % 3 == 0:
        fields["identifiers"] = {"Kundennummer": "1234567", "Vertrag *8*": "<b>9</b>"}
    name = "Jana Özdemir" + " von der Höh" * (number % 4)
    return LetterOrder(
        letter,
        language,
        dt.date(2026, 3, 2),
        Party(name, (f"Weg {number}", "24105 Kiel"), f"m{number}@example.org"),
        Party("Auskunftei Nord", ("Deichstraße 5", "20459 Hamburg")[: 1 + number % 2]),
        f"RK-7Q2M-{number:04}" if number % 7 else "",
        fields,
        enclosures=(Enclosure("Vollmacht"),) if number % 5 == 0 else (),
        signature=ink(number) if number % 4 == 1 else b"",
    )


def ink(number: int) -> bytes:
    """A picture of a signature, another one for each member."""
    picture = Image.new("L", (300, 90 + number), 255)
    ImageDraw.Draw(picture).line([(5, 80), (100 + 20 * number, 10), (290, 60)], fill=20, width=6)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def pictures(raw: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(raw) as document:
        for page in document:
            yield page.render(scale=DOT).to_pil().convert("L")


def places(raw: bytes, first: int, last: int) -> list[list[tuple[str, int, int]]]:
    """Each page's characters with their places in hundredths of a point."""
    found = []
    with pypdfium2.PdfDocument(raw) as document:
        for number in range(first - 1, last):
            text = document[number].get_textpage()
            count = text.count_chars()
            boxes = [(text.get_text_range(place, 1), text.get_charbox(place)) for place in range(count)]
            found.append(sorted((char, round(box[0] * 100), round(box[1] * 100)) for char, box in boxes if char > " "))
    return found


def near(one: list[tuple[str, int, int]], other: list[tuple[str, int, int]]) -> bool:
    """Whether the same characters stand at the same places, to two hundredths of a point."""
    pairs = zip(one, other, strict=True)
    return all(a[0] == b[0] and abs(a[1] - b[1]) <= 2 and abs(a[2] - b[2]) <= 2 for a, b in pairs)


def difference(expected: Image.Image, page: Image.Image) -> int:
    """The largest difference of a dot, of 255.

    A line of text on the very edge between two rows of dots is drawn in this or that row by the last digit of its
    place: for such a line the row above and the row below are looked at as well.
    """
    moved = [page, *(ImageChops.offset(page, 0, rows) for rows in (1, -1))]
    layers = [ImageChops.difference(expected, one) for one in moved]
    width, height = expected.size
    rows = [row for row in range(height) if layers[0].crop((0, row, width, row + 1)).getextrema()[1] > FAINT]
    bands = [[row for _, row in band] for _, band in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])]
    boxes = [(0, band[0], width, band[-1] + 1) for band in bands]
    return max((min(layer.crop(box).getextrema()[1] for layer in layers) for box in boxes), default=0)


@pytest.mark.parametrize(
    ("letter", "language", "layout"),
    [
        ("objection", "de", "din5008b"),
        ("access", "fr", "french"),
        ("withdrawal", "en", "ukdl"),
        ("erasure", "it", "swissright"),
        ("restriction", "nl", "din5008a"),
        ("portability", "es", "a4"),
        ("review", "de", "swissleft"),
    ],
)
def test_pages_drawn_both_ways_are_the_same(letter: str, language: str, layout: str) -> None:
    orders = [order(number, letter, language) for number in range(8)]
    orders = [replace(one, fields={**one.fields, "decision": "Ablehnung", "ground": "a"}) for one in orders]
    made = print_all([(one, layout) for one in orders], LIBRARY)
    assert not made.stopped
    drawn = list(pictures(made.pdf))
    for place, one in enumerate(orders):
        first, last = made.pages[place]
        alone = list(pictures(pdf(render(one, LIBRARY), layout)))
        assert len(alone) == last - first + 1
        raw = pdf(render(one, LIBRARY), layout)
        assert all(map(near, places(raw, 1, len(alone)), places(made.pdf, first, last)))
        for expected, page in zip(alone, drawn[first - 1 : last], strict=True):
            assert difference(expected, page) <= FAINT


def test_shared_text_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the letters that share a page is laid out alone."""
    monkeypatch.setattr(bulk, "pdf", lambda *_: pytest.fail("laid out alone"))
    made = print_all([(order(number), "din5008b") for number in range(12)], LIBRARY)
    assert len(made.pages) == 12


def test_what_could_be_broken_over_two_pages_is_laid_out_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = []
    monkeypatch.setattr(bulk, "pdf", lambda letter, layout: alone.append(letter) or pdf(letter, layout))
    long = replace(order(1, "objection-situation"), fields={"reason": "Ein langer Grund. " * 300})
    made = print_all([(long, "din5008b"), (order(2), "din5008b")], LIBRARY)
    assert len(alone) == 1
    assert made.pages[0][1] > made.pages[0][0]
    assert made.pages[1][0] % 2 == 1


def test_one_bad_letter_does_not_stop_the_others() -> None:
    bad = replace(order(1), sender=Party("Jana 😀"))
    unknown = order(2, "unheard-of")
    made = print_all([(bad, "a4"), (order(3), "a4"), (unknown, "a4"), (order(4), "a4")], LIBRARY)
    assert sorted(made.pages) == [1, 3]
    assert "sender.name" in made.stopped[0]
    assert "unheard-of" in made.stopped[2]
    assert "Jana" not in str(made.stopped)


def test_the_text_can_be_read_from_a_stamped_page() -> None:
    made = print_all([(order(1), "din5008b")], LIBRARY)
    with pypdfium2.PdfDocument(made.pdf) as document:
        text = document[0].get_textpage().get_text_bounded().replace("\N{NO-BREAK SPACE}", " ")
    for part in ("Jana Özdemir", "RK-7Q2M-0001", "Auskunftei Nord", "Sehr geehrte Damen und Herren", "9. April 1988"):
        assert part in text
    assert text.count("Sehr geehrte") == 1


def test_other_processes_give_the_same_letters_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SHARE", 3)
    monkeypatch.setattr(workers, "_ALONE", 0)
    monkeypatch.setattr(workers, "LIFE", 1)  # the third share has a process of its own
    orders = [(order(number), "din5008b") for number in range(7)]
    here = list(workers.printed(orders, LIBRARY, 1))
    there = list(workers.printed(orders, LIBRARY, 2))
    assert [share.texts for share in there] == [share.texts for share in here]
    assert [share.pages for share in there] == [share.pages for share in here]
    assert [len(share.pages) for share in here] == [3, 3, 1]


def test_an_interruption_ends_the_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SHARE", 1)
    monkeypatch.setattr(workers, "_ALONE", 0)
    made = workers.printed([(order(number), "din5008b") for number in range(12)], LIBRARY, 2)
    next(made)
    made.close()  # type: ignore[attr-defined]
    import multiprocessing

    assert not multiprocessing.active_children()


def test_a_process_that_the_system_ends_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SHARE", 1)
    monkeypatch.setattr(workers, "_ALONE", 0)
    made = workers.printed([(order(number), "din5008b") for number in range(12)], LIBRARY, 2)
    next(made)
    import multiprocessing

    for process in multiprocessing.active_children():
        process.kill()
    with pytest.raises(RemoteError, match="ended from outside"):
        list(made)


def test_every_layout_is_covered_above() -> None:
    assert len(LAYOUTS) == 7


def test_other_processes_leave_an_interruption_to_the_first() -> None:
    asked = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    with workers._undisturbed():
        inside = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    outside = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert (inside.stdout, outside.stdout) == ("True\n", "False\n")
