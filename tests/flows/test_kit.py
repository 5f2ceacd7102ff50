"""``send --to kit``: members who act themselves get a folder with all that they need."""

import email
from email.policy import default
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from rightskit.rendering.library import Library
from rightskit.vault import schema


@pytest.fixture
def campaign(at):
    """Hanna, who signed no mandate, acts herself, and so does Jana."""
    founded = at("founded")
    founded.rewrite("campaign.yaml", ("ways: [own-name]", "ways: [own-name, self]"))
    founded.rewrite(
        "members.csv",
        ("consent_scope\n", "consent_scope,acts\n"),
        ("2026-02-20,2026-02-20,1,statistics\nMPETRA", "2026-02-20,,1,statistics,self\nMPETRA"),
        ("1990-12-24,,,,", "1990-12-24,,,,,self"),
    )
    path = founded.folder / "members.csv"
    width = path.read_text(encoding="utf-8").splitlines()[0].count(",")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line}{',' * (width - line.count(','))}\n" for line in lines), encoding="utf-8")
    founded("members", "import", founded.folder / "members.csv")
    founded("plan")
    founded("letters", "approve", "--by", "Ada Beispiel")
    return founded


def test_a_kit_holds_letters_drafts_and_a_note(campaign) -> None:
    said = campaign("send", "--to", "kit").output
    assert "6 letters lie in" in said
    assert "rightskit posted 2026-03-02-kit-1" in said
    kits = campaign.folder / "kit"
    assert sorted(path.name for path in kits.iterdir()) == ["MHANNA006", "MJANA0001"]
    kit = kits / "MJANA0001"
    assert kit.stat().st_mode & 0o777 == 0o700
    names = sorted(path.name.partition("-access")[2] or path.name for path in kit.iterdir())
    assert names == [".eml", ".eml", ".pdf", ".pdf", ".pdf", "MJANA0001-note.pdf", "MJANA0001-note.txt"]
    reference = campaign.request("jana", "nordlicht")
    draft = email.message_from_bytes((kit / f"{reference}-access.eml").read_bytes(), policy=default)
    assert draft["X-Unsent"] == "1"
    assert draft["From"] == "Jana Özdemir <jana@heimpost.example>"
    assert draft["To"] == "datenschutz@nordlicht.example"
    assert draft["Reply-To"] is None
    note = (kit / "MJANA0001-note.txt").read_text(encoding="utf-8")
    for part in ("Guten Tag Jana Özdemir", "Was wissen sie?", "Auskunftei Nordlicht GmbH", reference, "Leiten Sie uns"):
        assert part in " ".join(note.split())
    assert (kit / "MJANA0001-note.pdf").read_bytes().startswith(b"%PDF")


def test_who_acts_alone_has_no_letter_in_the_outbox_or_the_bundle(campaign) -> None:
    """Nobody signed a mandate: the campaign may not write in their names."""
    for to in ("outbox", "print"):
        campaign("send", "--to", to)
    own = {line["request"] for line in campaign.json("status") if line["member"] in {"MJANA0001", "MHANNA006"}}
    assert len(own) == 6
    assert campaign.letters()
    assert not own & campaign.letters().keys()
    (listing,) = (campaign.folder / "print").rglob("letters.csv")
    assert not [reference for reference in own if reference in listing.read_text(encoding="utf-8")]
    assert "6 letters lie in" in campaign("send", "--to", "kit").output


def test_a_reminder_of_one_who_acts_alone_goes_into_a_kit_too(campaign) -> None:
    campaign("send", "--to", "kit")
    campaign("posted", "2026-03-02-kit-1")
    campaign.on("2026-04-08")("ask")
    asked = [line["request"] for line in campaign.json("status") if line["answer"] == "unknown"]
    rows = "".join(f"{reference},member-reported,2026-04-10,nothing came\n" for reference in asked)
    (campaign.folder / "answers.csv").write_text("request,event,date,evidence\n" + rows, encoding="utf-8")
    campaign.on("2026-04-10")("log", "--from", campaign.folder / "answers.csv")
    said = campaign("followup").output
    assert "6 more go by kit: rightskit followup --to kit" in said
    assert not campaign.letters("reminder")
    assert "6 letters lie in" in campaign("followup", "--to", "kit").output
    reference = campaign.request("jana", "nordlicht")
    assert (campaign.folder / "kit" / "MJANA0001" / f"{reference}-reminder.pdf").read_bytes().startswith(b"%PDF")
    campaign("posted", "2026-04-10-kit-1")
    assert campaign.fact("jana", "nordlicht")[3] == "wait"


def test_a_members_signature_is_kept_in_the_vault_and_printed(campaign) -> None:
    scans = campaign.folder / "scans"
    scans.mkdir()
    picture = Image.new("L", (400, 120), 255)
    ImageDraw.Draw(picture).line([(10, 100), (200, 20), (390, 90)], fill=0, width=6)
    for name in ("MJANA0001", "MPETRA002", "MNOBODY09"):
        picture.save(scans / f"{name}.png")
    (scans / "MEMRE0004.jpg").write_text("no picture", encoding="utf-8")
    said = campaign("members", "signatures", scans, code=3).output
    assert "2 signatures are kept." in said
    assert "MNOBODY09.png: no member has this id" in said
    assert "MEMRE0004.jpg: this is no picture" in said
    campaign("send", "--to", "kit")
    campaign("send", "--to", "print")
    kits = campaign.folder / "kit"
    (bundle,) = (campaign.folder / "print").rglob("letters.pdf")
    hanna = next((kits / "MHANNA006").glob("RK-*.pdf"))
    assert [images(next((kits / "MJANA0001").glob("RK-*.pdf"))), images(hanna), images(bundle)] == [1, 0, 1]
    campaign("vault", "check")
    campaign("members", "forget", "MPETRA002", "--yes")
    with campaign.vault().read() as connection:
        owners = {row.owner for row in connection.execute(select(schema.parts.c.owner))}
    assert "signature-MJANA0001" in owners
    assert "signature-MPETRA002" not in owners


def images(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return sum(one.type == 3 for page in document for one in page.get_objects())


def test_a_kit_is_written_once_and_journaled(campaign) -> None:
    campaign("send", "--to", "kit")
    assert campaign.fact("jana", "nordlicht")[0] == "queued"
    assert "Nothing to write. 6 were written before." in campaign("send", "--to", "kit").output
    campaign("posted", "2026-03-02-kit-1")
    assert campaign.fact("jana", "nordlicht")[0] == "sent"
    assert campaign.fact("petra", "nordlicht")[0] == "unsent"


def test_the_note_of_a_kit_that_grows_names_what_lay_there_before(campaign) -> None:
    path = campaign.folder / "controllers.yaml"
    known = path.read_text(encoding="utf-8")
    path.write_text(known.replace("quality: verified", "quality: unverified", 1), encoding="utf-8")
    campaign("send", "--to", "kit")
    note = campaign.folder / "kit" / "MJANA0001" / "MJANA0001-note.txt"
    assert campaign.request("jana", "nordlicht") not in note.read_text(encoding="utf-8")
    path.write_text(known, encoding="utf-8")
    campaign("send", "--to", "kit")
    for controller in ("nordlicht", "suedstern", "papierwerk"):
        assert campaign.request("jana", controller) in note.read_text(encoding="utf-8")


def test_an_interrupted_kit_is_written_again_with_the_same_message_ids(campaign, monkeypatch) -> None:
    from rightskit.delivery import kit as kits

    with monkeypatch.context() as patched:
        patched.setattr(kits.folders, "flush_all", lambda: (_ for _ in ()).throw(KeyboardInterrupt()))
        campaign("send", "--to", "kit", code=130)
    assert campaign.fact("jana", "suedstern")[0] == "unsent"
    before = ids(campaign)
    assert "6 letters lie in" in campaign("send", "--to", "kit").output
    assert before
    assert before.items() <= ids(campaign).items()


def ids(campaign) -> dict[str, str]:
    mails = (campaign.folder / "kit").rglob("*.eml")
    return {path.name: str(email.message_from_bytes(path.read_bytes(), policy=default)["Message-ID"]) for path in mails}


def test_one_letter_that_cannot_be_printed_does_not_stop_a_kit(campaign, monkeypatch) -> None:
    from rightskit.errors import RefusedError
    from rightskit.flows import kit

    real = kit.pdf

    def stubborn(letter, layout):
        if letter.order.recipient.name.startswith("Papierwerk"):
            raise RefusedError("no paper today")
        return real(letter, layout)

    monkeypatch.setattr(kit, "pdf", stubborn)
    said = campaign("send", "--to", "kit", code=3).output
    assert said.count("was stopped: no paper today") == 2
    assert "4 letters lie in" in said


def test_the_vault_lists_the_kits_so_that_clean_and_forget_find_them(campaign) -> None:
    campaign("send", "--to", "kit")
    campaign("members", "forget", "MJANA0001", "--yes")
    assert not [path for path in (campaign.folder / "kit").rglob("*") if path.is_file() and "MJANA" in str(path)]


def test_a_note_in_a_language_without_one_falls_back_to_english() -> None:
    from rightskit.paths import shipped

    assert Library([shipped("letters")]).template("kit-note", "nl").language == "en"
