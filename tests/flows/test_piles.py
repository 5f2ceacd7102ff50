"""A pile of paper, scanned into one PDF: cover sheets part it into a document for each request."""

import datetime as dt
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from rightskit.files import pdftext
from rightskit.rendering.covers import covers, reference_on
from rightskit.simulation.documents import CreditFile, Entry, Subject, score_sheet_pdf
from rightskit.vault import disclosures

ON = dt.date(2026, 3, 20)
PEOPLE = {
    "jana": Subject("Jana Özdemir", dt.date(1988, 4, 9), "Lindenallee 12", "24105", "Kiel"),
    "petra": Subject("Petra Wiśniewska", dt.date(1975, 11, 30), "Fährgasse 7", "20457", "Hamburg"),
}


def sheet(member: str, reference: str) -> bytes:
    file = CreditFile(
        97.5, {"banks": 9000}, ON.replace(day=1), (Entry("current-account", "Bank", "bank", 1.0, ON),), ()
    )
    return score_sheet_pdf(PEOPLE[member], file, bureau="Nordlicht", address="Kai 1", reference=reference, on=ON)


def scanned(page: bytes, *, turn: float = 0) -> bytes:
    """The first page as a scanner sees it: a grey picture, at 150 dots per inch, a little askew."""
    with pypdfium2.PdfDocument(page) as document:
        picture = document[0].render(scale=150 / 72).to_pil().convert("L")
    target = io.BytesIO()
    picture.rotate(turn, fillcolor=245, expand=turn == 180).save(target, "PDF", resolution=150, quality=60)
    return target.getvalue()


def pile(path: Path, *parts: bytes) -> Path:
    target = pypdfium2.PdfDocument.new()
    for part in parts:
        with pypdfium2.PdfDocument(part) as document:
            target.import_pages(document)
    target.save(path)
    target.close()
    return path


def kept(campaign) -> dict[str, bytes]:
    with campaign.vault().read() as connection:
        found = [disclosures.get(connection, key) for key in disclosures.pending(connection, again=True)]
        return {one.reference: one.content for one in found}


def test_a_pile_is_parted_by_its_cover_sheets(sent, tmp_path) -> None:
    jana, petra = (sent.request(member, "nordlicht") for member in PEOPLE)
    out = tmp_path / "covers.pdf"
    assert "holds 2 cover sheets" in sent("data", "covers", jana, petra.lower(), "-o", out).output
    printed = "\n".join(pdftext.pages(out.read_bytes()))
    assert jana in printed
    assert "Auskunftei Nordlicht GmbH" in printed
    assert "Özdemir" not in printed
    first, second = (scanned(covers([(each, "")]), turn=turn) for each, turn in ((jana, 180), (petra, 2)))
    path = pile(tmp_path / "pile.pdf", first, sheet("jana", jana), second, second, sheet("petra", petra))
    sent.on("2026-03-24")
    said = sent("data", "add", "--scans", path, "--received", "2026-03-23").output
    assert said.startswith("2 files are kept for 2 requests, 0 left.")
    assert {reference: len(pdftext.pages(content)) for reference, content in kept(sent).items()} == {jana: 2, petra: 2}
    assert ("2026-03-23", "data-received") in sent.events("petra", "nordlicht")
    assert "0 files are kept for 0 requests, 2 were there already" in sent("data", "add", "--scans", path).output
    assert "2 documents: 2 read." in sent("data", "extract").output


def test_pages_without_a_sheet_are_left_with_the_requests_they_may_answer(sent, tmp_path) -> None:
    jana, petra = (sent.request(member, "nordlicht") for member in PEOPLE)
    path = pile(tmp_path / "pile.pdf", sheet("petra", "RK-lost"), covers([(jana, "")]), sheet("jana", jana))
    said = sent.on("2026-03-24")("data", "add", "--scans", path, code=3)
    assert said.stdout.startswith("1 files are kept for 1 requests, 1 left.")
    assert "pages 1-2: no cover sheet names the request; by what stands there: RK-" in said.stderr
    assert said.stderr.index(petra) < said.stderr.index("—")
    assert jana not in said.stderr
    assert set(kept(sent)) == {jana}


def test_a_letter_of_ours_inside_a_pile_is_no_cover_sheet(sent, tmp_path) -> None:
    from rightskit.rendering.covers import _PAGE, _SHEET
    from rightskit.rendering.html import code_svg
    from rightskit.rendering.typesetter import HTML

    jana, petra = (sent.request(member, "nordlicht") for member in PEOPLE)
    letter = _PAGE + _SHEET.format(code=code_svg(petra), reference="", controller="")
    path = pile(tmp_path / "pile.pdf", covers([(jana, "")]), HTML(string=letter).write_pdf(), sheet("jana", jana))
    sent.on("2026-03-24")("data", "add", "--scans", path)
    assert {reference: len(pdftext.pages(content)) for reference, content in kept(sent).items()} == {jana: 3}


def test_what_is_no_pile_is_said(sent, tmp_path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    blank = io.BytesIO()
    Image.new("L", (200, 300), 255).save(blank, "PDF")
    pile(tmp_path / "blank.pdf", blank.getvalue())
    said = sent("data", "add", "--scans", tmp_path, code=3).stderr
    assert "broken.pdf: The file is no PDF, or is damaged." in said
    assert "the pages have no text" in said
    sent("data", "add", "--scans", tmp_path, "--member", "MJANA0001", code=2)
    sent("data", "covers", "RK-0000-0000", code=4)


@pytest.mark.parametrize(
    ("code", "reference"),
    [
        ("RIGHTSKIT-COVER RK-7G2K-4Q9A", "RK-7G2K-4Q9A"),
        ("RK-7G2K-4Q9A", ""),
        ("RIGHTSKIT-COVER https://evil.example", ""),
        ("", ""),
    ],
)
def test_codes_of_cover_sheets(code: str, reference: str) -> None:
    assert reference_on(code) == reference
