"""A pile of paper, scanned into one PDF: cover sheets part it into a document for each request."""

import datetime as dt
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from scanner import photo, pictures, scan

from rightskit.files import pdftext
from rightskit.rendering.covers import covers, reference_on
from rightskit.simulation.documents import CreditFile, Entry, Subject, score_sheet_pdf
from rightskit.vault import disclosures, messages, strays

ON = dt.date(2026, 3, 20)
PEOPLE = {
    "jana": Subject("Jana Özdemir", dt.date(1988, 4, 9), "Lindenallee 12", "24105", "Kiel"),
    "petra": Subject("Petra Wiśniewska", dt.date(1975, 11, 30), "Fährgasse 7", "20457", "Hamburg"),
}


def sheet(member: str, reference: str) -> bytes:
    file = CreditFile(
        97.5, {"banks": 9000}, ON.replace(day=1), (Entry("current-account", "Bank", "bank", 1.0, ON),), ()
    )
    return score_sheet_pdf(
        PEOPLE[member], file, bureau="Auskunftei Nordlicht", address="Kai 1", reference=reference, on=ON
    )


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


def waiting(campaign) -> list[dict]:
    return [one for one in campaign.json("data", "review") if str(one["number"]).startswith("S-")]


def raw(campaign) -> dict[str, bytes]:
    """Number -> bytes of what waits in the vault."""
    with campaign.vault().read() as connection:
        return {one.number: messages.fetch(connection, one.id) for one in strays.waiting(connection)}


def test_pages_without_a_sheet_are_kept_raw_and_a_person_says_what_they_answer(sent, tmp_path) -> None:
    jana, petra = (sent.request(member, "nordlicht") for member in PEOPLE)
    path = pile(tmp_path / "pile.pdf", sheet("petra", "RK-lost"), covers([(jana, "")]), sheet("jana", jana))
    said = sent.on("2026-03-24")("data", "add", "--scans", path).output
    assert said.startswith("2 files are kept for 1 request, 0 left.")
    assert "Without a cover sheet: 1. Say what they answer: rightskit data review" in said
    assert list(kept(sent)) == [jana]
    (paper,) = waiting(sent)
    assert (paper["name"], paper["received"]) == ("pile, pages 1-2.pdf", "2026-03-24")
    assert paper["likely"][0] == {"request": petra, "because": ["name", "birth date", "address", "letterhead"]}
    assert len(pdftext.pages(raw(sent)[paper["number"]])) == 2
    assert "0 files are kept for 0 requests, 2 were there already" in sent("data", "add", "--scans", path).output
    assert "is whole" in sent("vault", "check").output
    said = sent("data", "review").output
    assert (
        f"{paper['number']}  pile, pages 1-2.pdf  2026-03-24  {petra} (name, birth date, address, letterhead)" in said
    )
    sent("data", "review", "--file", f"{paper['number']}={petra}", code=2)
    sent("data", "review", "--file", f"{paper['number']}=RK-0000-0000", "--by", "Ada", code=4)
    assert waiting(sent)
    said = sent.on("2026-03-27")(
        "data", "review", "--file", f"{paper['number']}={petra}", "--by", "Ada Beispiel"
    ).output
    assert "1 papers are decided" in said
    assert len(pdftext.pages(kept(sent)[petra])) == 2
    assert ("2026-03-24", "data-received") in sent.events("petra", "nordlicht")
    assert waiting(sent) == []
    with sent.vault().read() as connection:
        (row,) = connection.exec_driver_sql("SELECT decision, person, decided, name, likely FROM strays").all()
    assert (row.decision, row.person, row.decided[:10], row.name, row.likely) == (
        "filed",
        "Ada Beispiel",
        "2026-03-27",
        "",
        "[]",
    )
    assert "2 documents: 2 read." in sent("data", "extract").output
    assert "is whole" in sent("vault", "check").output
    assert "0 files are kept for 0 requests, 2 were there already" in sent("data", "add", "--scans", path).output


def test_where_one_cover_sheet_is_missing_nobodys_data_comes_under_another_request(sent, tmp_path) -> None:
    """Jana's sheet and letter, Petra's letter without her sheet, all of it scanned: pictures alone."""
    jana, petra = (sent.request(member, "nordlicht") for member in PEOPLE)
    parts = (covers([(jana, "")]), sheet("jana", jana), sheet("petra", petra))
    path = pile(tmp_path / "pile.pdf", *(scan(part, dpi=150) for part in parts))
    assert not any(map(str.strip, pdftext.pages(path.read_bytes())))
    assert "2 files are kept for 1 request" in sent.on("2026-03-24")("data", "add", "--scans", path).output
    with pypdfium2.PdfDocument(kept(sent)[jana]) as document:
        assert len(document) == 2
    (paper,) = waiting(sent)
    assert paper["name"] == "pile, pages 4-5.pdf"
    assert paper["likely"][0]["request"] == petra
    # References are drawn anew each time; whether Tesseract reads one without a mistake depends on its letters.
    assert {"reference", "reference with a mistake"} & set(paper["likely"][0]["because"])
    with pypdfium2.PdfDocument(raw(sent)[paper["number"]]) as document:
        assert len(document) == 2


def test_in_the_dialogue_a_paper_is_shown_and_filed_or_dropped(sent, tmp_path, monkeypatch) -> None:
    from rightskit.cli import datareview
    from rightskit.cli import strays as desk

    petra = sent.request("petra", "nordlicht")
    pile(tmp_path / "pile.pdf", sheet("petra", "RK-lost"))
    blank = io.BytesIO()
    Image.new("L", (200, 300), 255).save(blank, "PDF")
    pile(tmp_path / "leer.pdf", blank.getvalue())
    sent.on("2026-03-24")("data", "add", "--scans", tmp_path / "pile.pdf", tmp_path / "leer.pdf")
    keys, shown = iter("d1"), []
    monkeypatch.setattr(datareview, "_interactive", lambda: True)
    monkeypatch.setattr(desk.typer, "getchar", lambda: next(keys))
    monkeypatch.setattr(desk.output, "say", shown.append)
    sent("data", "review", "--by", "Ada")
    assert any("Fährgasse 7" in text for text in shown)
    assert "(nothing that can be read)" in shown
    assert f"Kept for {petra}." in shown
    assert list(kept(sent)) == [petra]
    assert waiting(sent) == []
    with sent.vault().read() as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM parts WHERE owner IN (SELECT id FROM strays)").scalar()
            == 1
        )


def test_a_photo_is_kept_as_it_came(sent, tmp_path) -> None:
    petra = sent.request("petra", "nordlicht")
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(photo(pictures(sheet("petra", petra), dpi=150)[0]))
    sent.on("2026-03-24")("data", "add", "--scans", path)
    (paper,) = waiting(sent)
    assert paper["likely"][0]["request"] == petra
    assert raw(sent)[paper["number"]] == path.read_bytes()


def test_forgetting_a_member_deletes_the_papers_that_name_them(sent, tmp_path) -> None:
    for member in PEOPLE:
        pile(tmp_path / f"{member}.pdf", sheet(member, "RK-lost"))
        sent.on("2026-03-24")("data", "add", "--scans", tmp_path / f"{member}.pdf")
        (tmp_path / f"{member}.pdf").unlink()
    assert len(waiting(sent)) == 2
    sent("members", "forget", "MPETRA002", "--yes")
    (paper,) = waiting(sent)
    assert paper["name"].startswith("jana")
    assert "is whole" in sent("vault", "check").output


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
    (tmp_path / "piles").mkdir()
    (tmp_path / "piles" / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    blank = io.BytesIO()
    Image.new("L", (200, 300), 255).save(blank, "PDF")
    pile(tmp_path / "piles" / "blank.pdf", blank.getvalue())
    said = sent("data", "add", "--scans", tmp_path / "piles", code=3).stderr
    assert "broken.pdf: The file is no PDF, or is damaged." in said
    assert [one["likely"] for one in waiting(sent)] == [[]]
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
