"""The letter on paper, measured on the page."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from rightskit.errors import WrongUsageError
from rightskit.rendering.errors import AddressTooLongError
from rightskit.rendering.fetcher import OwnFiles, fonts
from rightskit.rendering.layouts import LAYOUTS, layout_for
from rightskit.rendering.model import Enclosure, Letter, LetterOrder, Party
from rightskit.rendering.pdf import pdf

if TYPE_CHECKING:
    from pathlib import Path

MM = 72 / 25.4
SHORT = Party("Beispiel Auskunft GmbH", ("Datenschutz", "Postfach 10 20 30", "65201 Wiesbaden"))
LONG = Party(
    "Der Beauftragte für den Datenschutz und die Informationsfreiheit des Landes Musterland",
    ("Abteilung für Beschwerden", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "Postfach 1", "12345 Stadt", "DEUTSCHLAND"),
)


def letter(
    recipient: Party = SHORT, body: str = "<p>Guten Tag,</p><p>Mit freundlichen Grüßen</p>", **changes: object
) -> Letter:
    sender = Party("Anna Muster", ("Am sehr langen Musterweg 1, Hinterhaus", "12345 Musterstadt"), "anna@example.org")
    values = {"language": "de", "date": dt.date(2026, 3, 3), "reference": "RK-7Q2M-X9KD"} | changes
    order = LetterOrder("access", sender=sender, recipient=recipient, enclosures=(Enclosure("Vollmacht"),), **values)  # type: ignore[arg-type]
    return Letter(order, "1", "Auskunft nach Art. 15 DSGVO [RK-7Q2M-X9KD]", "", body)


def text_of(raw: bytes) -> list[str]:
    with pypdfium2.PdfDocument(raw) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def place_of(page: pypdfium2.PdfPage, text: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the last place of a text, in mm from the sheet's top left corner."""
    textpage = page.get_textpage()
    searcher = textpage.search(text)
    found = None
    while match := searcher.get_next():
        found = match
    assert found is not None, f"{text} is not on the page"
    boxes = [textpage.get_charbox(found[0] + offset) for offset in range(found[1])]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    height = page.get_height()
    return left / MM, (height - top) / MM, right / MM, (height - bottom) / MM


@pytest.mark.parametrize("recipient", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_address_lies_inside_the_window(layout: object, recipient: Party) -> None:
    layout = LAYOUTS[layout.name]  # type: ignore[attr-defined]
    with pypdfium2.PdfDocument(pdf(letter(recipient), layout.name)) as document:
        page = document[0]
        assert page.get_width() == pytest.approx(210 * MM, abs=0.5)
        lines = "\n".join((recipient.name, *recipient.address))
        for line in lines.split("\n") if recipient is SHORT else re.findall(r"\w{9,20}", lines):
            left, top, right, bottom = place_of(page, line)
            assert layout.x <= left <= right <= layout.x + layout.width
            assert layout.y <= top <= bottom <= layout.y + layout.height


def test_nothing_else_shows_in_the_window() -> None:
    """What the window shows is the sender's line and the address."""
    for layout in LAYOUTS.values():
        with pypdfium2.PdfDocument(pdf(letter(), layout.name)) as document:
            page = document[0]
            sides = (layout.x, 297 - layout.y - layout.height, layout.x + layout.width, 297 - layout.y)
            shown = page.get_textpage().get_text_bounded(*(side * MM for side in sides))
        lines = [line for line in shown.splitlines() if "Muster" not in line]
        assert lines == [SHORT.name, *SHORT.address]


def test_din_5008_b_puts_its_parts_where_the_standard_says() -> None:
    with pypdfium2.PdfDocument(pdf(letter(), "din5008b")) as document:
        page = document[0]
        left, top, _, _ = place_of(page, "Beispiel Auskunft GmbH")
        assert left == pytest.approx(25, abs=0.7)
        assert 62.7 <= top <= 67
        assert place_of(page, "3. März 2026")[0] == pytest.approx(125, abs=0.7)
        assert place_of(page, "Auskunft nach Art. 15 DSGVO [RK-7Q2M-X9KD]")[1] == pytest.approx(99.5, abs=1.5)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_sheet_says_all_that_a_letter_needs(layout: str) -> None:
    (text,) = text_of(pdf(letter(), layout))
    for part in (
        "3. März 2026",
        "Mein Zeichen",
        "RK-7Q2M-X9KD",
        "anna@example.org",
        "Anlagen",
        "Vollmacht",
        "Seite 1 von 1",
    ):
        assert part in text


def test_a_long_letter_flows_on_with_numbered_pages() -> None:
    pages = text_of(pdf(letter(body="<p>Ein langer Satz über eine lange Sache. </p>" * 120)))
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"Seite {number} von {len(pages)}" in text
    for text in pages[1:]:
        assert "Anna Muster RK-7Q2M-X9KD" in text


def test_a_letter_without_a_reference_has_no_code() -> None:
    (text,) = text_of(pdf(letter(reference="")))
    assert "Mein Zeichen" not in text
    assert "Bitte bei der Antwort angeben" not in text


def test_markup_in_values_stays_literal_on_paper() -> None:
    hostile = "<b>Anna</b> <img src=http://x.example/> {{ x }} url(x)"
    (text,) = text_of(pdf(letter(Party(hostile, (hostile,)))))
    assert " ".join(text.split()).count(hostile) == 2


def test_all_scripts_of_europe_are_in_the_shipped_fonts() -> None:
    names = "Łukasz Đorđević Þóra Ñuñez Ğül Ő Ș Ť Ǩ Ẁ Ġ Žemaitė Αθηνά Παπαδοπούλου Дмитрий Ї Ґ Ђ Ѓ ẞ € № „“ «» – …"
    raw = pdf(
        letter(body=f"<p>{names} <strong>{names}</strong> <em>{names}</em> <strong><em>{names}</em></strong></p>")
    )
    assert set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", _uncompressed(raw))) == {
        b"Letter",
        b"Letter-Bold",
        b"Letter-Italic",
        b"Letter-Bold-Italic",
    }
    assert text_of(raw)[0].replace("\r\n", " ").count(names) == 4


def _uncompressed(raw: bytes) -> bytes:
    import io

    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as document:
        document.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return target.getvalue()


def test_the_file_is_accessible_and_says_what_it_is() -> None:
    raw = _uncompressed(pdf(letter()))
    for part in (b"/Lang (de)", b"/Marked true", b'pdfuaid:part="1"', b"/DisplayDocTitle true"):
        assert part in raw, part
    assert b"/Author" not in raw
    with pypdfium2.PdfDocument(raw) as document:
        data = document.get_metadata_dict()
    assert data["Title"] == "Auskunft nach Art. 15 DSGVO [RK-7Q2M-X9KD]"
    assert data["CreationDate"].startswith("D:20260303")


def test_the_same_letter_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    program = (
        "import sys, datetime as dt\n"
        "from rightskit.rendering.model import *\n"
        "from rightskit.rendering.pdf import pdf\n"
        "order = LetterOrder('access', 'de', dt.date(2026, 3, 3), Party('Anna'), Party('Amt'), 'RK-7Q2M-X9KD')\n"
        "sys.stdout.buffer.write(pdf(Letter(order, '1', 'Betreff', '', '<p>Text</p>')))\n"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout.startswith(b"%PDF-1.7")


def test_an_address_that_the_window_cannot_show_stops_the_letter() -> None:
    for layout in LAYOUTS:
        with pytest.raises(AddressTooLongError, match="recipient's address in the letter access is too long") as caught:
            pdf(letter(Party("Geheim", ("Zeile",) * 10)), layout)
        assert caught.value.field == "recipient"
        assert "Geheim" not in str(caught.value)


def test_an_unknown_layout_names_the_known_ones() -> None:
    with pytest.raises(WrongUsageError) as caught:
        pdf(letter(), "din5008")
    assert caught.value.hint == "did you mean 'din5008b'?"


@pytest.mark.parametrize(
    ("countries", "layout"),
    [
        (("DE", "at"), "din5008b"),
        (("CH",), "swissright"),
        (("FR", "BE", "LU"), "french"),
        (("GB", "IE"), "ukdl"),
        (("NL", "", "US"), "a4"),
    ],
)
def test_the_recipients_country_chooses_the_layout(countries: tuple[str, ...], layout: str) -> None:
    assert {layout_for(country) for country in countries} == {layout}


def test_the_fetcher_gives_the_shipped_fonts_and_nothing_else(tmp_path: Path) -> None:
    fetcher = OwnFiles()
    font = (fonts() / "NotoSans-Regular.ttf").resolve()
    assert fetcher.fetch(font.as_uri()).read() == font.read_bytes()
    outside = tmp_path / "x.ttf"
    outside.write_bytes(b"x")
    for url in (
        "http://127.0.0.1:9/x.ttf",
        "https://example.org/x.ttf",
        "file:///etc/passwd",
        outside.as_uri(),
        f"{font.parent.as_uri()}/../layouts/letter.css",
        (font.parent / "OFL.txt").as_uri(),
        f"{font.as_uri()}?x",
        "data:text/plain,x",
        "ftp://example.org/x",
    ):
        with pytest.raises(ValueError, match="only the shipped fonts"):
            fetcher(url)


def test_a_body_that_asks_for_files_gets_none(tmp_path: Path) -> None:
    """Even if markup came into a body, nothing from outside would come onto the sheet."""
    secret = tmp_path / "secret.svg"
    text = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="9">Geheimnis</text></svg>'
    secret.write_text(text, encoding="utf-8")
    body = f'<p>Text</p><img alt="x" src="{secret.as_uri()}"><link rel="attachment" href="{secret.as_uri()}">'
    raw = pdf(letter(body=body))
    assert b"Geheimnis" not in _uncompressed(raw)
    assert b"EmbeddedFile" not in raw
    assert "Geheimnis" not in text_of(raw)[0]


def test_the_fonts_are_free_and_small() -> None:
    assert "SIL OPEN FONT LICENSE" in (fonts() / "OFL.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in fonts().iterdir()) < 3_000_000
