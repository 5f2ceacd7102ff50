"""The text of a PDF, line by line."""

import io

import pikepdf
import pytest
import weasyprint

from rightskit.files import pdftext
from rightskit.files.limits import Limits
from rightskit.files.problems import BrokenError, LockedError, TooLargeError


def pdf(body: str) -> bytes:
    style = "@page { size: A4; margin: 20mm } td { padding: 0 5mm } p.next { page-break-before: always }"
    content: bytes = weasyprint.HTML(string=f"<style>{style}</style>{body}").write_pdf()
    return content


def test_cells_are_parted_by_two_spaces_and_words_by_one() -> None:
    content = pdf("<p>Ein Satz mit Wörtern.</p><table><tr><td>Banken und Co<td>9.677<td>sehr gering</table>")
    assert pdftext.is_pdf(content[:1024])
    assert pdftext.pages(content) == ("Ein Satz mit Wörtern.\nBanken und Co  9.677  sehr gering",)


def test_a_cell_of_another_size_stays_on_its_line() -> None:
    content = pdf('<table><tr><td>Summe<td style="font-size: 18pt">12<td><b>EUR</b></table><p>darunter')
    assert pdftext.pages(content) == ("Summe  12  EUR\ndarunter",)


def test_each_page_has_its_text() -> None:
    assert pdftext.pages(pdf("<p>eins<p class=next>zwei")) == ("eins", "zwei")


def test_pages_are_limited() -> None:
    with pytest.raises(TooLargeError) as refused:
        pdftext.pages(pdf("<p>eins<p class=next>zwei"), Limits(pages=1))
    assert refused.value.limit == "pages"


def test_a_locked_pdf_is_named_as_such() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("<p>geheim"))) as document:
        document.save(buffer, encryption=pikepdf.Encryption(user="x", owner="y"))
    with pytest.raises(LockedError, match="password"):
        pdftext.pages(buffer.getvalue())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnonsense", b"<html>"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenError):
        pdftext.pages(content)


def test_an_image_page_has_no_text() -> None:
    assert pdftext.pages(pdf("<p style='width: 5cm; height: 5cm; background: red'>")) == ("",)
