"""Every letter in every language on every layout, without a single warning; and names that break programs."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pypdfium2
import pytest
import zxingcpp

from rightskit import paths
from rightskit.rendering.errors import AddressTooLongError, UnprintableFieldError
from rightskit.rendering.layouts import LAYOUTS, words
from rightskit.rendering.letter import render
from rightskit.rendering.library import Library
from rightskit.rendering.model import Enclosure, Letter, LetterOrder, Party
from rightskit.rendering.pdf import pdf
from rightskit.rights import Right

LIBRARY = Library([paths.shipped("letters")])
LANGUAGES = ("de", "fr", "en", "nl", "es", "it")
FIELDS: dict[str, object] = {
    "birthdate": dt.date(1988, 4, 9),
    "identifiers": {"Nr.": "12 34"},
    "reason": "Ich werde bedroht.",
    "corrections": [{"wrong": "Jana Osdemir", "right": "Jana Özdemir"}],
    "decision": "Ablehnung vom 3. Februar 2026",
    "ground": "Art. 18 (1) (a)",
    "restriction_ground": "Art. 18 (1) (a)",
    "rights": ["access", "erasure"],
}
RECIPIENT = Party("Beispiel Auskunft GmbH", ("Postfach 10 20 30", "65201 Wiesbaden"))
EUROPEAN = "ÀÁÂÃÄÅĀĂĄÆÇĆČĈĎĐÈÉÊËĒĖĘĚĞĢĠĜÎÏÌÍĪĮİĶĹĽĻŁŃŇÑŅŊÒÓÔÕÖŐØŌŒŔŘŖŚŠŞȘŜẞŤŢȚŦÙÚÛÜŮŰŪŲŬẀẂŴẄÝŶŸŹŽŻÞÐĦĲ"
ALPHABETS = f"{EUROPEAN} {EUROPEAN.lower()} ΑΒΓΔΩάέήίόύώϊϋΐΰς ЂЃЄЅІЇЈЉЊЋЌЎЏҐабвгдежзийклмнопрстуфхцчшщъыьэюя"
MARKS = "<script>alert(1)</script> {{ 7*7 }} ${HOME} *a* _b_ [c](d) `e` # f | g"


def order(letter: str = "access", language: str = "de", name: str = "Jana Özdemir") -> LetterOrder:
    sender = Party(name, ("Lindenallee 12", "24105 Kiel"), "jana@example.org")
    date, known = dt.date(2026, 3, 2), FIELDS
    return LetterOrder(letter, language, date, sender, RECIPIENT, "RK-7Q2M-X9KD", known, enclosures=(Enclosure("A"),))


def text_of(raw: bytes) -> list[str]:
    with pypdfium2.PdfDocument(raw) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("right", Right)
def test_right_by_language_by_layout_without_a_warning(
    right: Right, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    letter = render(order(right, language), LIBRARY)
    assert letter.order.language == language
    with caplog.at_level(logging.DEBUG, "weasyprint"):
        for layout in LAYOUTS:
            pages = text_of(pdf(letter, layout))
            page, of = words(language)["page"], words(language)["of"]
            for number, text in enumerate(pages, start=1):
                assert f"{page} {number} {of} {len(pages)}" in text, layout
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_code_of_the_reference_can_be_scanned(layout: str) -> None:
    with pypdfium2.PdfDocument(pdf(render(order(), LIBRARY), layout)) as document:
        found = zxingcpp.read_barcodes(document[0].render(scale=200 / 72).to_pil())
    assert [code.text for code in found] == ["RK-7Q2M-X9KD"]


def printed(name: str) -> str:
    return " ".join(" ".join(text_of(pdf(render(order(name=name), LIBRARY)))).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", [MARKS, "Jana " + "Maria " * 30 + "Özdemir", "A" * 200])
def test_marks_and_long_names_come_out_as_they_are(name: str) -> None:
    assert squeezed(printed(name)).count(squeezed(name)) >= 3


def test_every_european_letter_is_printed() -> None:
    for start in range(0, len(ALPHABETS), 60):
        part = ALPHABETS[start : start + 60].strip()
        assert squeezed(part) in squeezed(printed(part))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Jana 😀 Özdemir", "U+1F600"),
        ("יעל כהן", "U+05D9"),
        ("ليلى حداد", "U+0644"),
        ("王小明", "U+738B"),
        ("Jana\u200bÖzdemir", "U+200B"),
        ("Jana\u202eÖzdemir", "U+202E"),
        ("Jana\x07", "U+0007"),
        ("Jana\nÖzdemir", "one line"),
    ],
)
def test_what_paper_cannot_show_is_refused_with_the_field(name: str, reason: str) -> None:
    with pytest.raises(UnprintableFieldError, match=re.escape(reason)) as caught:
        printed(name)
    assert caught.value.field == "sender.name"
    assert "Jana" not in str(caught.value)


def test_a_mail_carries_names_in_every_script() -> None:
    assert "ليلى حداد" in render(order(name="ليلى حداد"), LIBRARY).text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_sender_never_reaches_into_the_window(layout: str) -> None:
    place = LAYOUTS[layout]
    base = order(name="Wilhelmine " * 18)
    letter = Letter(base, "1", "Betreff", "", "<p>Text</p>")
    try:
        raw = pdf(letter, layout)
    except AddressTooLongError:
        return
    mm = 72 / 25.4
    with pypdfium2.PdfDocument(raw) as document:
        box = (place.x, 297 - place.y - place.height, place.x + place.width, 297 - place.y)
        shown = document[0].get_textpage().get_text_bounded(*(side * mm for side in box))
    lines = [line.strip() for line in shown.splitlines() if "Wilhelmine" not in line and "Lindenallee" not in line]
    assert lines == [RECIPIENT.name, *RECIPIENT.address]
    assert not [line for line in shown.splitlines() if "example.org" in line]


def test_the_closing_formula_is_never_alone_on_a_page() -> None:
    for right in Right:
        for layout in LAYOUTS:
            last = text_of(pdf(render(order(right), LIBRARY), layout))[-1]
            assert "Bitte bestätigen Sie den Eingang" in last, (right, layout)
