"""What goes with the letters of a kit: behind each on paper, and in its mail; a complaint's evidence too."""

from __future__ import annotations

import email
import io
from email.policy import default
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

JANA = "MJANA0001"
RECEIVED = "hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft."


def _alone(campaign: Any) -> None:
    campaign.rewrite("campaign.yaml", ("ways: [own-name]", "ways: [own-name, self]"))
    campaign("members", "change", JANA, "--acts", "self")
    scan = campaign.folder / "signed.jpg"
    picture = io.BytesIO()
    Image.new("RGB", (600, 900), "white").save(picture, "JPEG")
    scan.write_bytes(picture.getvalue())
    campaign("mandates", "add", JANA, "--signed", "2026-03-01", "--receives", "--only-receives", "--file", scan)
    campaign("plan")
    campaign("letters", "approve", "--by", "Ada Beispiel")
    campaign("send", "--to", "kit")


@pytest.fixture
def kit(at: Any) -> Any:
    """Jana sends her letters herself, and has allowed the campaign to receive the answers."""
    return at("kit with enclosures", "joined", _alone)


def paper(campaign: Any, controller: str, letter: str) -> list[str]:
    """The text of each page."""
    path: Path = campaign.folder / "kit" / JANA / f"{campaign.request('jana', controller)}-{letter}.pdf"
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def draft(campaign: Any, controller: str, letter: str) -> Any:
    path: Path = campaign.folder / "kit" / JANA / f"{campaign.request('jana', controller)}-{letter}.eml"
    return email.message_from_bytes(path.read_bytes(), policy=default)


def files(mail: Any) -> dict[str, bytes]:
    return {str(part.get_filename()): part.get_payload(decode=True) or b"" for part in mail.iter_attachments()}


def test_the_authority_to_receive_goes_along(kit: Any) -> None:
    mail, reference = draft(kit, "suedstern", "access"), kit.request("jana", "suedstern")
    assert "am 1. März 2026 unterschrieben, füge ich bei" in " ".join(mail.get_body(("plain",)).get_content().split())
    assert list(files(mail)) == [f"{reference}-authority-to-receive.pdf"]
    assert files(mail)[f"{reference}-authority-to-receive.pdf"].startswith(b"%PDF")
    pages = paper(kit, "suedstern", "access")
    assert pages[0]
    assert "" in pages[1:]  # the scan: a picture without text
    assert mail["Reply-To"]


def test_a_letter_on_paper_says_of_it_what_is_so(kit: Any) -> None:
    """By post the authority is not enclosed, and its letter does not say that it is."""
    pages = paper(kit, "papierwerk", "access")
    assert "lege ich auf Wunsch vor" in " ".join(pages)
    assert all(pages)


def ripe(campaign: Any, reply: Any) -> Any:
    """On 1 May a complaint of Jana's about suedstern is due, which had acknowledged her request."""
    campaign("posted", "2026-03-02-kit-1")
    reference = campaign.request("jana", "suedstern")
    came = reply("auskunft@suedstern.example", RECEIVED, day="2026-03-04", subject=f"Ihr Antrag {reference}")
    campaign.on("2026-03-05").arrives(came)
    campaign.on("2026-04-08")("ask")
    own = [line["request"] for line in campaign.json("status") if line["member"] == JANA]
    campaign.note("member-reported", own, "2026-04-10")
    campaign("followup", "--to", "kit")
    campaign("posted", "2026-04-10-kit-1")
    campaign.allow_complaints("2026-05-04")
    return campaign


def test_a_complaint_in_a_kit_encloses_what_shows_its_facts(kit: Any, reply: Any) -> None:
    campaign = ripe(kit, reply)
    campaign("followup", "--to", "kit", "--complaints", "suedstern")
    reference, mail = campaign.request("jana", "suedstern"), draft(campaign, "suedstern", "complaint")
    assert mail["X-Unsent"] == "1"
    assert mail["From"] == "Jana Özdemir <jana@heimpost.example>"
    assert "Antrag versandt (Anlage 1)" in " ".join(mail.get_body(("plain",)).get_content().split())
    found = files(mail)
    assert [name for name in found if "-0" in name] == [
        f"{reference}-01-2026-03-02-request.eml",
        f"{reference}-02-2026-03-04-reply.eml",
        f"{reference}-03-2026-04-10-reminder.eml",
        f"{reference}-04-authority-to-receive.pdf",
    ]
    first = found[f"{reference}-01-2026-03-02-request.eml"]
    assert b"Subject:" in first
    assert b"X-Unsent" not in first  # the authority reads it: it is no draft of theirs
    starts = [page[:8] for page in paper(campaign, "suedstern", "complaint") if page.startswith("Anlage")]
    assert starts[:3] == ["Anlage 1", "Anlage 2", "Anlage 3"]


def test_a_complaint_without_the_members_yes_is_in_no_kit(kit: Any, reply: Any) -> None:
    campaign = ripe(kit, reply)
    campaign("log", campaign.request("jana", "suedstern"), "complaint-declined", "--by", "member")
    campaign("followup", "--to", "kit", "--complaints", "nordlicht")
    assert not list((campaign.folder / "kit").rglob(f"{campaign.request('jana', 'suedstern')}-complaint.*"))
    assert list((campaign.folder / "kit").rglob(f"{campaign.request('jana', 'nordlicht')}-complaint.pdf"))
