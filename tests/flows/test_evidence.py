"""A complaint encloses what shows its facts: numbered, whole, without anything that runs, and of its member alone."""

import csv
import email
import io
from email.policy import default

import pikepdf
import pypdfium2
import pytest
from sqlalchemy import delete, select

from rightskit import paths
from rightskit.rendering.copies import copy_of
from rightskit.vault import schema

LATE = "2026-05-01"
DESK = "auskunft@suedstern.example"
RECEIVED = "hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft."
SOUND = copy_of("de", "Merkblatt", (), (), "Ein Merkblatt der Südstern Versand AG.")


@pytest.fixture
def ripe(reminded):
    """On 1 May, nine complaints are due: five about suedstern, four about nordlicht."""
    return reminded.on(LATE)


def pages(raw: bytes) -> list[str]:
    """The text of each page, spaces evened."""
    with pypdfium2.PdfDocument(raw) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def listed(text: str) -> list[str]:
    """The enclosures as the letter lists them, a line of the mail may break them."""
    return " ".join(text.partition("Anlagen:")[2].split()).split("- ")[1:]


def test_the_facts_name_the_enclosures_and_the_mail_carries_them(ripe, reply) -> None:
    first = ripe.letter("jana", "suedstern")
    came = reply(DESK, RECEIVED, day="2026-03-04", answers=first, name="ack", files=[("merkblatt.pdf", SOUND)])
    ripe.arrives(came)
    ripe.complain(LATE)
    complaint, reference = ripe.letter("jana", "suedstern", "complaint"), ripe.request("jana", "suedstern")
    text = " ".join(complaint.text.split())
    assert "- am 2. März 2026: Antrag versandt (Anlage 1)" in text
    assert "- am 4. März 2026: Eingang bestätigt (Anlage 2)" in text
    assert "- am 9. April 2026: An den Antrag erinnert (Anlage 3)" in text
    assert [one.strip() for one in listed(complaint.text)] == [
        "Anlage 1: Antrag vom 2. März 2026 (Kopie)",
        "Anlage 2: Antwort vom 4. März 2026 (Kopie)",
        "Anlage 3: Erinnerung vom 9. April 2026 (Kopie)",
    ]
    assert complaint.files == {
        f"{reference}-01-2026-03-02-request.eml": first.path.read_bytes(),
        f"{reference}-02-2026-03-04-reply.eml": came,
        f"{reference}-03-2026-04-09-reminder.eml": ripe.letter("jana", "suedstern", "reminder").path.read_bytes(),
    }
    other = ripe.letter("petra", "suedstern", "complaint")
    assert [one.strip()[:8] for one in listed(other.text)] == ["Anlage 1", "Anlage 2"]


def test_what_members_are_asked_lists_the_same(ripe, reply) -> None:
    ripe.arrives(reply(DESK, RECEIVED, day="2026-03-04", answers=ripe.letter("jana", "suedstern")))
    ripe("followup", "--authorise")
    raw = (ripe.folder / "questions" / f"MJANA0001-ask-complaint-{LATE}.eml").read_bytes()
    texts = {
        part.get_filename(): part.get_content()
        for part in email.message_from_bytes(raw, policy=default).iter_attachments()
    }
    ripe.complain(LATE)
    shown = texts[f"{ripe.request('jana', 'suedstern')}.txt"]
    assert listed(shown) == listed(ripe.letter("jana", "suedstern", "complaint").text)
    assert len(listed(shown)) == 3


def test_a_file_that_cannot_go_along_is_named_on_the_page_of_its_reply(ripe, reply) -> None:
    broken, data = ("agb.pdf", b"%PDF-1.7\nbroken"), ("hinweis.zip", b"PK\x03\x04 not one either")
    files = [("merkblatt.pdf", SOUND), broken, data]
    ripe.arrives(reply(DESK, RECEIVED, day="2026-03-04", answers=ripe.letter("jana", "suedstern"), files=files))
    ripe.complain(LATE)
    found = ripe.letter("jana", "suedstern", "complaint").files
    sheet, note = pages(found[f"{ripe.request('jana', 'suedstern')}-02-2026-03-04-reply.pdf"])
    assert sheet.startswith("Anlage 2: Antwort vom 4. März 2026 (Kopie)")
    assert f"Von {DESK}" in sheet
    assert "Folgt auf den nächsten Seiten: merkblatt.pdf" in sheet
    assert "Nicht beigefügt: agb.pdf (beschädigt oder gesperrt)" in sheet
    assert "Nicht beigefügt: hinweis.zip (keine PDF-Datei)" in sheet
    assert RECEIVED in sheet
    assert "Ein Merkblatt der Südstern Versand AG." in note


def left_out(campaign, member: str) -> bool:
    letter = campaign.letter(member, "suedstern", "complaint")
    assert all("reply" not in name for name in letter.files)
    return (
        "Nicht beigefügt: Antwort vom 4. März 2026 (Kopie) (betrifft auch andere Personen)" in listed(letter.text)[-1]
    )


def test_a_reply_about_several_members_is_left_out_for_each(ripe, reply) -> None:
    both = " und ".join(ripe.request(member, "suedstern") for member in ("jana", "petra"))
    ripe.arrives(reply(DESK, RECEIVED, day="2026-03-04", subject=f"Ihre Anträge {both}"))
    assert {("2026-03-04", "acknowledged")} <= set(ripe.events("petra", "suedstern"))
    ripe.complain(LATE)
    assert left_out(ripe, "jana")
    assert left_out(ripe, "petra")


@pytest.mark.parametrize("trace", ["Zehra Yıldız", "YILDIZ, Zehra", "zehra@heimpost.example", "a reference"])
def test_a_reply_that_names_another_member_in_a_file_is_left_out(ripe, reply, trace) -> None:
    shown = ripe.request("zehra", "nordlicht") if trace == "a reference" else trace
    file = ("merkblatt.pdf", copy_of("de", "Liste", (), (), f"Ebenfalls betroffen: {shown}."))
    # Filed by its thread: the reference in the file is no other than the one that the letter answers.
    ripe.arrives(reply(DESK, RECEIVED, day="2026-03-04", answers=ripe.letter("jana", "suedstern"), files=[file]))
    if ("2026-03-04", "acknowledged") not in ripe.events("jana", "suedstern"):
        assert trace == "a reference"  # it waits for a person, and shows nothing yet
        return
    ripe.complain(LATE)
    assert left_out(ripe, "jana")


def test_a_reply_that_was_deleted_after_its_time_is_named(ripe, reply) -> None:
    ripe.arrives(reply(DESK, RECEIVED, day="2026-03-04", answers=ripe.letter("jana", "suedstern"), name="ack"))
    (line,) = ripe.filed("<ack@reply.example>")
    with ripe.vault().write() as connection:
        kept = select(schema.messages.c.id).where(schema.messages.c.message_id == line["inbound_message_id"])
        connection.execute(delete(schema.parts).where(schema.parts.c.owner.in_(kept)))
    ripe.complain(LATE)
    letter = ripe.letter("jana", "suedstern", "complaint")
    assert len(letter.files) == 2
    assert "Antwort vom 4. März 2026 (Kopie) (nicht mehr vorhanden)" in listed(letter.text)[-1]


def test_on_paper_the_enclosures_lie_behind_the_complaint(ripe, reply) -> None:
    """Each on a sheet of its own; the list for the mailing house counts them."""
    authorities = paths.config_dir() / "authorities.yaml"
    text = authorities.read_text(encoding="utf-8")
    assert "email: mail@datenschutzzentrum.de" in text
    authorities.write_text(text.replace("email: mail@datenschutzzentrum.de", 'email: ""'), encoding="utf-8")
    linked = pikepdf.open(io.BytesIO(SOUND))
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://tracker.example"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    linked.pages[0].Annots = linked.make_indirect(pikepdf.Array([linked.make_indirect(link)]))
    target = io.BytesIO()
    linked.save(target)
    files = [("merkblatt.pdf", target.getvalue())]
    ripe.arrives(reply(DESK, RECEIVED, day="2026-03-04", answers=ripe.letter("jana", "suedstern"), files=files))
    ripe.allow_complaints(LATE)
    ripe("followup", "--to", "print", "--complaints", "suedstern", "--complaints", "nordlicht", "--all")
    folder = ripe.folder / "print" / f"{LATE}-print-1"
    with (folder / "letters.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["controller"]: row for row in csv.DictReader(file)}
    raw = (folder / "letters.pdf").read_bytes()
    assert b"tracker.example" not in raw
    whole = pages(raw)
    row = rows["suedstern"]
    first, last = int(row["page_from"]), int(row["page_to"])
    own = whole[first - 1 : last]
    starts = {text[:8]: first + place for place, text in enumerate(own) if text.startswith("Anlage")}
    assert list(starts) == ["Anlage 1", "Anlage 2", "Anlage 3"]
    assert all(start % 2 for start in (first, *starts.values()))
    assert int(row["sheets"]) == (last - first) // 2 + 1
    assert "Ein Merkblatt der Südstern Versand AG." in whole[starts["Anlage 2"]]
    assert "An den Antrag erinnert (Anlage 3)" in own[0]
    assert len(whole) == max(int(row["page_to"]) for row in rows.values())
    assert not any(name in " ".join(own) for name in ("Petra", "Zehra", "Emre", "Tamar"))
