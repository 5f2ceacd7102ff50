"""``mandates``: what was signed is kept with its terms; what it does not cover stays undone; what is revoked stops."""

import csv
import datetime as dt
import email
import io
import json
from email.policy import default
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import select, update

from rightskit.flows import enclosing
from rightskit.vault import check, mandates, schema

PDF = b"%PDF-1.7\n% signed by hand, invented\n"
JANA, EMRE, HANNA = "MJANA0001", "MEMRE0004", "MHANNA006"


def listed(campaign, member: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in campaign("mandates", "list", member, "--json").stdout.splitlines()]


def ids(campaign, member: str) -> dict[object, str]:
    """Kind -> id of the mandate that stands."""
    return {line["kind"]: str(line["mandate"]) for line in listed(campaign, member) if line["revoked"] is None}


def left_out(campaign, member: str) -> dict[str, str]:
    """Controller -> why it gets no letter."""
    lines = campaign.json("plan", "--dry-run")
    return {line["controller"]: line["reason"] for line in lines if line.get("left_out") == member}


def plan(campaign) -> None:
    campaign("plan")
    campaign("letters", "approve", "--by", "Ada Beispiel")


def test_a_signed_paper_is_kept_and_permits_what_it_says(at) -> None:
    campaign = at("joined")
    path = campaign.folder / "signed.pdf"
    path.write_bytes(PDF)
    words = ("--signed", "2026-03-01", "--right", "access", "--controller", "suedstern", "--until", "2026-12-31")
    campaign("mandates", "add", HANNA, *words, "--file", path, "--paper", "folder 3")
    assert left_out(campaign, HANNA) == {
        "nordlicht": "the mandate does not cover this controller",
        "papierwerk": "the mandate does not cover this controller",
    }
    shown = campaign("mandates", "list", HANNA).output
    assert all(word in shown for word in ("act", "2026-03-01", "2026-12-31", "suedstern", "kept", "folder 3"))
    with campaign.vault().read() as connection:
        (mandate,) = mandates.by_member(connection)[HANNA]
        assert mandates.document(connection, mandate.document) == PDF
        assert list(check.problems(connection)) == []


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--signed", "2026-03-03"), 5, "2026-03-03 lies ahead of 2026-03-02."),
        (
            ("--signed", "2026-03-01", "--until", "2026-02-01"),
            5,
            "end on 2026-02-01, before it was signed on 2026-03-01",
        ),
        (("--signed", "2026-03-01", "--controller", "nobody"), 4, "nobody"),
        (("--signed", "2026-03-01", "--right", "acces"), 2, "'acces' is no right.\ndid you mean 'access'?"),
        (("--signed", "2026-03-01", "--signed-by", "Somebody Else"), 5, "The wrong person signed for MHANNA006"),
        (("--signed", "2026-03-01", "--file", "campaign.yaml"), 5, "is no PDF and no scan"),
        (("--signed", "2026-03-01", "--only-receives", "--only-acts"), 2, "It permits nothing."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(at, monkeypatch, words, code, sentence) -> None:
    campaign = at("joined")
    monkeypatch.chdir(campaign.folder)
    assert sentence in campaign("mandates", "add", HANNA, *words, code=code).output
    assert ids(campaign, HANNA) == {}


def test_for_a_minor_the_guardian_signs(at) -> None:
    campaign = at("founded")
    path = campaign.folder / "members.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    child = rows[5].replace("1990-12-24", "2012-12-24")
    path.write_text(f"{head},guardian\n{child},Odile Moreau\n{rows[0]},\n", encoding="utf-8")
    campaign("members", "import", path)
    signed = ("--signed", "2026-03-01", "--signed-by")
    said = campaign("mandates", "add", HANNA, *signed, "Hanna Moreau", code=5).output
    assert "it needs the signature of the guardian" in said
    campaign("mandates", "add", HANNA, *signed, "odile  MOREAU")
    campaign("mandates", "add", JANA, *signed, "Jana Ozdemir")
    assert left_out(campaign, HANNA) == {}


def test_a_mandate_signed_after_the_letter_went_out_is_named(sent) -> None:
    with sent.vault().write() as connection:
        table = schema.mandates
        connection.execute(update(table).where(table.c.member == EMRE).values(signed=dt.date(2026, 3, 4)))
    said = sent.on("2026-03-05")("mandates", "add", EMRE, "--signed", "2026-03-05").output
    assert f"{sent.request('emre', 'suedstern')} to suedstern left on 2026-03-02, before this was signed" in said
    assert said.count("nothing permitted it") == 3
    assert "nothing permitted it" not in sent("mandates", "add", JANA, "--signed", "2026-03-05").output


def test_revoking_stops_what_is_still_to_go(planned) -> None:
    planned("send", "--to", "outbox")
    before = planned.letters()
    said = planned("mandates", "revoke", ids(planned, JANA)["act"]).output
    assert "3 requests are withdrawn" in said
    assert before.keys() - planned.letters().keys() == {
        planned.request("jana", controller) for controller in ("nordlicht", "suedstern")
    }
    assert planned.fact("jana", "papierwerk")[3] == "nothing"
    printed = planned("send", "--to", "print", "--dry-run").output
    assert planned.request("jana", "papierwerk") not in printed


def test_what_has_left_cannot_be_stopped_and_is_named(sent) -> None:
    said = sent("mandates", "revoke", JANA).output
    for controller in ("nordlicht", "suedstern", "papierwerk"):
        assert (
            f"{sent.request('jana', controller)} to {controller} has left on 2026-03-02: tell the controller." in said
        )
    assert "nothing is left to revoke" in sent("mandates", "revoke", JANA, code=5).output
    assert "no mandate or member V00000000" in sent("mandates", "revoke", "V00000000", code=4).output


def test_without_the_authority_to_receive_letters_are_written_anew_for_the_member(planned) -> None:
    planned("send", "--to", "outbox")
    assert planned.letter("jana", "nordlicht").mail["Reply-To"].startswith("campaign+rk-")
    said = planned("mandates", "revoke", ids(planned, JANA)["receive"]).output
    assert "0 requests are withdrawn" in said
    assert "2 letters are written anew" in said
    assert planned.request("jana", "nordlicht") not in planned.letters()
    planned("send", "--to", "outbox")
    after = planned.letter("jana", "nordlicht")
    assert "jana@heimpost.example" in after.text
    assert "campaign+rk" not in str(after.mail)


def test_a_mandate_that_ends_before_the_letter_leaves_stops_it(at) -> None:
    campaign = at("joined")
    campaign("mandates", "add", HANNA, "--signed", "2026-03-01", "--until", "2026-03-02")
    plan(campaign)
    said = campaign.on("2026-03-03")("send", "--to", "outbox", code=3).output
    assert said.count("was stopped: the mandate has ended") == 2


def test_scans_find_their_member_by_their_name(at) -> None:
    campaign = at("joined")
    scans = campaign.folder / "scans"
    scans.mkdir()
    (scans / "mjana0001 signed.pdf").write_bytes(PDF)
    (scans / "IMG_0001.jpg").write_bytes(b"\xff\xd8\xff\xe0 an invented photo")
    (scans / "notes.docx").write_bytes(b"PK\x03\x04")
    (scans / "MHANNA006.pdf").write_bytes(PDF + b"2")
    said = campaign("mandates", "scan", scans, "--receives", code=3).output
    assert "IMG_0001.jpg: the file names no member who has no other file here — put the id of the member" in said
    assert "notes.docx is no PDF" in said
    assert "MHANNA006 is noted to have signed nothing. — Give the day" in said
    assert "1 signed papers are kept, 3 were left." in said
    assert [(line["kind"], line["document"]) for line in listed(campaign, JANA)] == [
        *(("act", "kept"), ("receive", "kept"))
    ]
    for name in ("IMG_0001.jpg", "notes.docx", "mjana0001 signed.pdf"):
        (scans / name).unlink()
    assert "1 signed papers" in campaign("mandates", "scan", scans, "--signed", "2026-03-01", "--paper", "box 1").output
    assert ids(campaign, HANNA).keys() == {"act"}


@pytest.fixture
def photographed(at) -> Any:
    """Hanna signed the form that she was sent, and photographed it a little askew; the file is called as cameras do."""
    campaign = at("joined")
    campaign("letters", "approve", "invite", "form-mandate", "form-consent", "form-receive", "--by", "Ada Beispiel")
    campaign("members", "invite")
    mail = email.message_from_bytes(next(campaign.folder.rglob(f"{HANNA}-*.eml")).read_bytes(), policy=default)
    (form,) = [part for part in mail.iter_attachments() if part.get_filename() == f"{HANNA}-form-mandate.pdf"]
    with pypdfium2.PdfDocument(form.get_content()) as document:
        picture = document[0].render(scale=150 / 72).to_pil()
    (campaign.folder / "scans").mkdir()
    picture.rotate(4, expand=True, fillcolor="white").save(campaign.folder / "scans" / "IMG_0001.jpg", quality=60)
    return campaign


def test_the_code_on_a_photographed_form_names_its_member(photographed) -> None:
    words = ("mandates", "scan", photographed.folder / "scans", "--signed", "2026-03-01")
    assert "1 signed papers are kept, 0 were left." in photographed(*words).output
    assert [line["document"] for line in listed(photographed, HANNA)] == ["kept"]


def test_forgetting_a_member_takes_their_signed_paper_along(at) -> None:
    campaign = at("joined")
    path = campaign.folder / "signed.pdf"
    path.write_bytes(PDF)
    campaign("mandates", "add", JANA, "--signed", "2026-03-01", "--file", path)
    campaign("members", "forget", JANA, "--yes")
    with campaign.vault().read() as connection:
        assert check.counts(connection)["parts"] == 0
        for table in (schema.mandates, schema.member_events):
            assert connection.execute(select(table).where(table.c.member == JANA)).all() == []


def photo() -> bytes:
    """A photo of a signed paper, in which the camera has written where it was taken."""
    target = io.BytesIO()
    picture = Image.new("RGB", (600, 900), "white")
    exif = picture.getexif()
    exif[0x010E] = "taken at Lindenallee 12"
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


def by_mail_alone(at, *more: str):
    """A campaign under mandate that writes by mail alone: its organisers accept that a copy may be sent away."""
    campaign = at("founded")
    campaign.rewrite("campaign.yaml", UNDER_MANDATE, more="channels: [email]\n")
    campaign("members", "import", campaign.folder / "members.csv")
    scan = campaign.folder / "signed.jpg"
    scan.write_bytes(photo())
    assert left_out(campaign, JANA)["suedstern"] == "no signed document is kept that could be shown"
    campaign("mandates", "add", JANA, "--signed", "2026-03-01", *more, "--file", scan)
    plan(campaign)
    campaign("send", "--to", "outbox")
    return campaign


def test_by_mail_the_scan_of_the_mandate_goes_along(at) -> None:
    campaign = by_mail_alone(at)
    letter = campaign.letter("jana", "suedstern")
    text = " ".join(letter.text.split())
    assert "Die von mir unterschriebene Vollmacht liegt bei." in text
    assert "die Empfangsvollmacht, von mir am 20. Februar 2026 unterschrieben, lege ich auf Wunsch vor." in text
    assert "Anlagen: - Vollmacht" in text
    ((name, raw),) = letter.files.items()
    assert name == f"{campaign.request('jana', 'suedstern')}-mandate.pdf"
    assert b"Lindenallee" not in raw
    with pypdfium2.PdfDocument(raw) as document:
        assert [tuple(map(round, page.get_size())) for page in document] == [(595, 842)]


def test_one_paper_that_permits_both_goes_along_once(at) -> None:
    campaign = by_mail_alone(at, "--receives")
    letter = campaign.letter("jana", "suedstern")
    assert "am 1. März 2026 unterschrieben, füge ich bei." in " ".join(letter.text.split())
    assert "- Vollmacht / Empfangsvollmacht" in letter.text.splitlines()
    assert list(letter.files) == [f"{campaign.request('jana', 'suedstern')}-mandate-authority-to-receive.pdf"]


def test_a_demanded_mandate_is_produced_by_mail_where_a_copy_is_enough(at, reply) -> None:
    campaign = by_mail_alone(at)
    campaign("posted", "2026-03-02-outbox-1")
    words = "bitte reichen Sie uns eine unterschriebene Vollmacht der betroffenen Person nach."
    answer = reply("auskunft@suedstern.example", words, day="2026-03-05", answers=campaign.letter("jana", "suedstern"))
    campaign.on("2026-03-05").arrives(answer)
    campaign("review", "--accept", "mandate-demand")
    campaign("followup", "--to", "outbox")
    letter = campaign.letter("jana", "suedstern", "answer-mandate")
    assert "Die von mir unterschriebene Vollmacht liegt in Kopie bei." in " ".join(letter.text.split())
    assert len(letter.files) == 1


def test_a_scan_that_is_too_large_for_a_mail_stops_its_letter(at, monkeypatch) -> None:
    monkeypatch.setattr(enclosing, "MOST", 100)
    campaign = at("joined")
    path = campaign.folder / "signed.pdf"
    path.write_bytes(PDF * 10)
    campaign("mandates", "add", JANA, "--signed", "2026-03-01", "--receives", "--only-receives", "--file", path)
    plan(campaign)
    said = campaign("send", "--to", "outbox", code=3).output
    assert said.count("was stopped: What goes with the letter has more than") == 2
    assert campaign.request("jana", "suedstern") not in campaign.letters()
    assert campaign.request("petra", "suedstern") in campaign.letters()


UNDER_MANDATE = ("ways: [own-name]", "ways: [mandate]")


def test_a_letter_under_a_mandate_encloses_the_original(at) -> None:
    """In the German style; the list says where each original lies."""
    campaign = at("founded")
    campaign.rewrite("campaign.yaml", UNDER_MANDATE)
    campaign("members", "import", campaign.folder / "members.csv")
    why = "the place of the signed original is not noted: it goes with the letter"
    assert left_out(campaign, JANA)["suedstern"] == why
    campaign("mandates", "add", JANA, "--signed", "2026-03-01", "--paper", "folder 3")
    plan(campaign)
    campaign("send", "--to", "print")
    rows = campaign("mandates", "list", "--batch", "2026-03-02-print-1").output.splitlines()
    assert len(rows) == 4
    assert all("folder 3" in row for row in rows[1:])
    with campaign.vault().read() as connection:
        reference = schema.outgoing.c.reference == campaign.request("jana", "suedstern")
        text = connection.execute(select(schema.outgoing.c.raw).where(reference)).scalar_one().decode()
    assert "In dieser Angelegenheit vertritt mich: Initiative Mitmachen" in " ".join(text.split())
    assert "Vollmacht (Original)" in text


def french(at):
    """A campaign under mandate towards French controllers, of which papierwerk takes paper only."""
    campaign = at("founded")
    campaign.rewrite("campaign.yaml", UNDER_MANDATE)
    campaign.rewrite(
        "controllers.yaml",
        ("languages: [de]", "languages: [fr]"),
        ("country: DE", "country: FR"),
        ("Deutschland", "France"),
        ("de-he-hbdi", "fr-cnil"),
        *((f"    subdivision: {subdivision}\n", "") for subdivision in ("HH", "HE", "BY")),
    )
    campaign("members", "import", campaign.folder / "members.csv")
    return campaign


def test_on_paper_a_copy_of_the_mandate_lies_behind_its_letter(at) -> None:
    campaign = french(at)
    scan, damaged = campaign.folder / "signed.jpg", campaign.folder / "damaged.pdf"
    scan.write_bytes(photo())
    damaged.write_bytes(PDF)
    campaign("mandates", "add", JANA, "--signed", "2026-03-01", "--file", scan)
    campaign("mandates", "add", EMRE, "--signed", "2026-03-01", "--file", damaged)
    plan(campaign)
    said = campaign("send", "--to", "print", code=3).output
    assert "was stopped: The signed paper cannot be printed: it is broken." in said
    folder = campaign.folder / "print" / "2026-03-02-print-1"
    with (folder / "letters.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    with pypdfium2.PdfDocument(folder / "letters.pdf") as document:
        last = len(document)
        assert document[last - 1].get_textpage().get_text_bounded() == ""  # the photo
    assert row["reference"] == campaign.request("jana", "papierwerk")
    assert (row["page_from"], int(row["page_to"])) == ("1", last)
    assert last % 2 == 1  # on the front of a sheet
    assert int(row["sheets"]) == (last + 1) // 2


def test_to_a_french_controller_the_letter_states_what_the_mandate_holds(at) -> None:
    """CNIL, délibération 2021-070: rights, data, duration, who receives the answer."""
    campaign = french(at)
    signed = campaign.folder / "signed.pdf"
    signed.write_bytes(PDF)
    assert left_out(campaign, EMRE)["suedstern"] == "no signed document is kept that could be shown"
    words = ("--signed", "2026-03-01", "--until", "2027-02-28", "--right", "access", "--data", "mes contrats")
    campaign("mandates", "add", EMRE, *words, "--file", signed)
    plan(campaign)
    campaign("send", "--to", "outbox")
    letter = campaign.letter("emre", "suedstern")
    text = " ".join(letter.text.replace("\u00a0", " ").split())
    assert "Le mandat portant ma signature est joint à la présente." in text
    assert letter.files == {f"{campaign.request('emre', 'suedstern')}-mandate.pdf": PDF}
    for part in (
        "mandat signé le 1er mars 2026, valable jusqu’au 28 février 2027",
        "droits : Accès",
        "données : mes contrats",
        "réponse à adresser à moi-même",
    ):
        assert part in text
