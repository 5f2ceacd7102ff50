"""Scans and photos of invented letters are read by Tesseract, whichever way they lie."""

import dataclasses
import io

import pytest
import weasyprint
from PIL import Image
from scanner import photo, pictures, scan

from rightskit.files import ocr, pdftext
from rightskit.files.limits import Limits
from rightskit.files.papers import Reader
from rightskit.files.problems import BrokenError, ScanError, TooLargeError

LETTER = """
<style>@page { size: A4; margin: 25mm } body { font: 11pt/1.5 sans-serif } td { padding: 2pt 14pt 2pt 0 }</style>
<p>Nordlicht GmbH<br>Kai 1, 24103 Kiel</p>
<h1>Auskunft für Petra Wiśniewska</h1>
<p>Wir haben über Sie die folgenden Werte gespeichert und an niemanden übermittelt.</p>
<table><tr><td>Girokonto<td>Kreditinstitut<td>1.234,56 EUR<td>02.05.2024</tr>
<tr><td>Kreditkarte<td>Versandhandel<td>98,70 EUR<td>17.11.2023</tr></table>
<p>Mit freundlichen Grüßen</p>"""
ROW = "Girokonto  Kreditinstitut  1.234,56 EUR  02.05.2024"


@pytest.fixture(scope="module")
def letter() -> bytes:
    return weasyprint.HTML(string=LETTER).write_pdf()


def texts(content: bytes, *spoken: str) -> list[str]:
    return [line.text for page in Reader(spoken).pages(content) for line in page]


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 1.5, -2])
def test_a_scan_is_read_whichever_way_it_lies(letter: bytes, turn: float) -> None:
    scanned = scan(letter, turn=turn)
    assert pdftext.pages(scanned) == ("",)
    found = texts(scanned, "de")
    assert ROW in found
    assert "Mit freundlichen Grüßen" in found


def test_a_photo_with_a_shadow_on_a_dark_table_is_read(letter: bytes) -> None:
    page = pictures(letter, dpi=150)[0]
    for turn in (2.3, 92.3):
        assert ROW in texts(photo(page, turn=turn), "de-DE")


def test_each_word_has_its_confidence_and_each_line_its_box(letter: bytes) -> None:
    (page,) = Reader(("de",)).pages(scan(letter))
    row = next(line for line in page if line.text == ROW)
    assert [row.text[start:end] for start, end, _ in row.sure] == ROW.split()
    assert all(0.8 < sure <= 1 for _, _, sure in row.sure)
    left, top, right, bottom = row.box
    assert 65 < left < 80  # 25 mm are 71 points
    assert left < right < 595 - 71
    assert 0 < bottom - top < 20
    assert all(line.box[3] <= 842 for line in page)


def test_what_is_hardly_legible_is_less_sure(letter: bytes) -> None:
    def worst(dpi: int) -> float:
        return min(
            sure for page in Reader(("de",)).pages(scan(letter, dpi=dpi)) for line in page for *_, sure in line.sure
        )

    assert worst(45) < 0.7 < worst(200)


def test_a_page_with_text_is_taken_as_it_stands_and_the_scanned_one_is_read(letter: bytes) -> None:
    import pypdfium2

    joined = pypdfium2.PdfDocument.new()
    for part in (letter, scan(letter)):
        with pypdfium2.PdfDocument(part) as document:
            joined.import_pages(document)
    target = io.BytesIO()
    joined.save(target)
    joined.close()
    printed, scanned = Reader(("de",)).pages(target.getvalue())
    assert ROW in [line.text for line in printed]
    assert ROW in [line.text for line in scanned]
    assert not any(line.sure or line.box for line in printed)


def test_no_file_is_written_while_a_scan_is_read(letter: bytes, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o500)
    assert ROW in texts(scan(letter), "de")
    assert not list(tmp_path.iterdir())


def test_a_paper_is_read_once(letter: bytes, monkeypatch) -> None:
    reader, scanned, calls = Reader(("de",)), scan(letter), []
    real = ocr.words
    monkeypatch.setattr(ocr, "words", lambda *given: calls.append(given) or real(*given))
    assert reader.pages(scanned) == reader.pages(scanned)
    assert len(calls) == 1


def test_without_tesseract_it_is_said_what_to_install(letter: bytes, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ScanError, match="Tesseract, which reads scans, is not installed") as caught:
        Reader(("de",)).pages(scan(letter))
    for words in ("apt install tesseract-ocr tesseract-ocr-deu", "brew install tesseract", "winget install"):
        assert words in caught.value.hint
    assert ROW in texts(letter, "de")


def test_a_language_that_tesseract_lacks_is_named(letter: bytes, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "_installed", lambda: frozenset({"deu", "eng"}))
    with pytest.raises(ScanError, match="pol") as caught:
        ocr.languages(["pl"])
    assert "tesseract-ocr-pol" in caught.value.hint
    assert ocr.languages(["fr", "de-AT"]) == ("deu",)
    assert ocr.languages([]) == ("deu", "eng")


def test_a_blank_page_and_a_drawing_have_no_lines(letter: bytes) -> None:
    blank = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(blank, "PNG")
    assert Reader(("de",)).pages(blank.getvalue()) == ((),)


def test_what_is_no_picture_and_too_many_scanned_pages_are_refused(letter: bytes, monkeypatch) -> None:
    with pytest.raises(BrokenError, match="no picture"):
        Reader().pages(b"\xff\xd8\xff nonsense")
    from rightskit.files import papers

    monkeypatch.setattr(papers, "LIMITS", dataclasses.replace(Limits(), scans=0))
    with pytest.raises(TooLargeError, match="too many pages without text"):
        Reader(("de",)).pages(scan(letter))
