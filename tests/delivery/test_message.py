"""A letter as a mail that every server and client takes as it was meant."""

import datetime as dt
import email
from dataclasses import replace
from email.policy import default
from pathlib import Path

import pytest

from rightskit.delivery import folder, message, outbox, printing
from rightskit.delivery.message import Envelope
from rightskit.delivery.model import Outgoing
from rightskit.errors import FaultsError, NotFoundError, RefusedError
from rightskit.rendering.model import Letter, LetterOrder, Party

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
ORDER = LetterOrder("access", "de", NOW.date(), Party("Jana Özdemir"), Party("Büro AG"), "RK-0000-0000")
LETTER = Letter(ORDER, "1", "Auskunft nach Art. 15 DSGVO [RK-0000-0000]", "Grüße\n" + "x" * 1200 + "\n", "")
ENVELOPE = Envelope("Jana Özdemir via Büro", "campaign@bücher.example", "privacy@straße.example", "a+rk@example.org")


def read(raw: bytes) -> email.message.EmailMessage:
    found = email.message_from_bytes(raw, policy=default)
    assert isinstance(found, email.message.EmailMessage)
    return found


def test_the_mail_says_what_was_meant() -> None:
    mail = read(message.build(LETTER, ENVELOPE, "<a@example.org>", NOW))
    assert mail["Subject"] == LETTER.subject
    assert mail["From"] == "Jana Özdemir via Büro <campaign@xn--bcher-kva.example>"
    assert mail["To"] == "privacy@xn--strae-oqa.example", "strasse.example belongs to somebody else"
    assert mail["Reply-To"] == "a+rk@example.org"
    assert mail["Message-ID"] == "<a@example.org>"
    assert mail["Date"].datetime == NOW
    assert mail["Content-Language"] == "de"
    assert mail["In-Reply-To"] is None
    assert mail.get_content().replace("\r\n", "\n") == LETTER.text


def test_every_line_survives_every_relay() -> None:
    raw = message.build(LETTER, ENVELOPE, "<a@example.org>", NOW)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_followup_keeps_the_thread() -> None:
    envelope = Envelope("J", "a@example.org", "b@example.org", in_reply_to="<first@example.org>")
    mail = read(message.build(LETTER, envelope, "<second@example.org>", NOW))
    assert mail["In-Reply-To"] == mail["References"] == "<first@example.org>"
    assert mail["Reply-To"] is None


def test_a_thread_is_named_from_its_start() -> None:
    thread = ("<first@example.org>", "<reply@b.example>")
    envelope = Envelope("J", "a@example.org", "b@example.org", in_reply_to=thread[1], references=thread)
    mail = read(message.build(LETTER, envelope, "<second@example.org>", NOW))
    assert mail["In-Reply-To"] == thread[1]
    assert str(mail["References"]).split() == list(thread)


def test_only_what_goes_to_every_member_calls_itself_automatic() -> None:
    said = [
        read(message.build(LETTER, replace(ENVELOPE, automatic=automatic), "<a@example.org>", NOW))["Auto-Submitted"]
        for automatic in (False, True)
    ]
    assert said == [None, "auto-generated"]


@pytest.mark.parametrize("domain", ["-.example", "ex ample.ö", "\u0301a.example", "a..ö"])
def test_what_is_no_domain_stops_the_letter_and_is_not_shown(domain: str) -> None:
    with pytest.raises(RefusedError) as caught:
        message.routable(f"jana@{domain}ü")
    assert domain not in str(caught.value)


@pytest.mark.parametrize("name", ["Jana\r\nBcc: x@evil.example", "Jana\nX-Evil: 1"])
def test_a_name_adds_no_header(name: str) -> None:
    envelope = Envelope(name, "a@example.org", "b@example.org")
    try:
        mail = read(message.build(LETTER, envelope, "<a@example.org>", NOW))
    except ValueError:
        return
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None


def test_a_message_id_carries_the_reference_and_is_never_the_same() -> None:
    first, second = (message.new_message_id("RK-0000-0000", "access", "a@example.org") for _ in range(2))
    assert first != second
    assert first.startswith("<RK-0000-0000.access.")
    assert first.endswith("@example.org>")


class Log:
    def __init__(self) -> None:
        self.steps: list[str] = []

    def intend(self, items: list[Outgoing]) -> list[Outgoing]:
        self.steps += [f"intend {item.reference}" for item in items]
        return items

    def done(self, items: list[Outgoing]) -> None:
        self.steps += [f"done {item.reference}" for item in items]


def test_the_outbox_writes_down_first_and_then_the_file(tmp_path: Path) -> None:
    items = [Outgoing(f"RK-{number}", "access", f"<{number}>", "b@example.org", b"raw") for number in "12"]
    log = Log()
    sent = list(outbox.deliver(items, tmp_path / "out", log))  # type: ignore[arg-type]
    assert sent == items
    assert log.steps == ["intend RK-1", "intend RK-2", "done RK-1", "done RK-2"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["RK-1-access.eml", "RK-2-access.eml"]
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_could_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    assert folder.prepare(tmp_path / "open").stat().st_mode & 0o777 == 0o700


ROW = printing.Row("RK-1", "access", "bureau", "Büro AG", ("Weg 1", "8000 Zürich"), "CH", (3, 5))


def test_a_bundle_lists_its_letters_for_the_mailing_house(tmp_path: Path) -> None:
    printing.write_bundle(tmp_path / "b", b"%PDF", [ROW])
    assert (tmp_path / "b" / "letters.csv").read_text(encoding="utf-8").splitlines() == [
        "reference,letter,controller,recipient,address,country,page_from,page_to,sheets,registered_number",
        'RK-1,access,bureau,Büro AG,"Weg 1, 8000 Zürich",CH,3,5,2,',
    ]


def test_the_list_comes_back_with_the_numbers_of_registered_letters(tmp_path: Path) -> None:
    printing.write_bundle(tmp_path, b"%PDF", [ROW, replace(ROW, reference="RK-2")])
    path = tmp_path / "letters.csv"
    filled = path.read_text(encoding="utf-8").replace(",2,\n", ",2,RR 12 DE\n", 1)
    path.write_text(filled, encoding="utf-8")
    assert printing.registered(path) == {"RK-1": "RR 12 DE"}
    path.write_text("reference;registered_number\nRK-9;X1\n", encoding="utf-8-sig")
    assert printing.registered(path) == {"RK-9": "X1"}
    path.write_text("ref,number\nRK-9,X1\n", encoding="utf-8")
    with pytest.raises(FaultsError, match="the column reference is missing"):
        printing.registered(path)
    with pytest.raises(NotFoundError):
        printing.registered(tmp_path / "none.csv")


def test_a_mail_carries_what_is_attached() -> None:
    attached = [message.Attachment("RK-1-access.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")]
    raw = message.build(LETTER, ENVELOPE, "<a@b.example>", NOW, attached)
    mail = read(raw)
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Grüße")
    assert body["Content-Language"] == "de"
    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("RK-1-access.pdf", "application/pdf")
    assert part.get_content() == b"%PDF-1.7 \x00\xff"
    assert max(map(len, raw.split(b"\r\n"))) <= 998
