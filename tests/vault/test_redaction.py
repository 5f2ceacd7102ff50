"""A text without one person: readable for the others, and never with more taken out than is that person's alone."""

from __future__ import annotations

import datetime as dt
import email
import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from rightskit.campaign.model import Member
from rightskit.mailbox.parse import parse
from rightskit.vault.redaction import redacted
from rightskit.vault.traces import MARK, Traces, holds, identity, traces

JOERG = Member(
    "M00000001",
    "Jörg",
    "Özdemir-Kühn",
    "Lindenallee 12",
    "24105",
    "Kiel",
    "DE",
    "joerg@heimpost.example",
    dt.date(1988, 4, 9),
    phone="+49 431 556677",
    guardian="Hanne Moreau",
    identifiers={"bureau": "KD-887766"},
)
WIFE = Member("M00000002", "Petra", "Özdemir-Kühn", "Lindenallee 12", "24105", "Kiel", "DE", "petra@heimpost.example")
REFERENCE = "RK-1234-5678"
HIS = traces(JOERG, [REFERENCE])


TEXTS = [
    ("Herrn Jörg Özdemir-Kühn", f"Herrn {MARK}"),
    ("JÖRG ÖZDEMIR-KÜHN, geb. 09.04.1988", f"{MARK}, geb. {MARK}"),
    ("Özdemir-Kühn, Jörg", MARK),
    ("Joerg Oezdemir-Kuehn", MARK),
    ("Jorg Ozdemir-Kuhn", MARK),
    ("Sehr geehrter Herr Özdemir-Kühn,", f"Sehr geehrter Herr {MARK},"),
    ("> Jörg\n> Özdemir-Kühn wohnt in der\n> Lindenallee\n> 12", f"> {MARK} wohnt in der\n> {MARK}"),
    ("wohnhaft Lindenallee 12, 24105 Kiel", f"wohnhaft {MARK}, {MARK}"),
    ("Kundennummer KD-887766, Tel. +49 431 556677", f"Kundennummer {MARK}, Tel. {MARK}"),
    ("an Joerg@Heimpost.example", f"an {MARK}"),
    ("geboren am 9.4.1988 (1988-04-09)", f"geboren am {MARK} ({MARK})"),
    ("Unser Zeichen: RK-1234-5678 / rk-1234-5678", f"Unser Zeichen: {MARK} / {MARK}"),
    ("J&ouml;rg &Ouml;zdemir-K&uuml;hn &lt;b&gt;", f"{MARK} &lt;b&gt;"),
    (r'{"name": "J\u00f6rg \u00d6zdemir-K\u00fchn"}', f'{{"name": "{MARK}"}}'),
    ("Jo\u0308rg", MARK),
    ("vertreten durch Hanne Moreau", f"vertreten durch {MARK}"),
    ("Jörgensen und Özdemirs wohnen in Kiel, 24106 Kiel", "Jörgensen und Özdemirs wohnen in Kiel, 24106 Kiel"),
]


@pytest.mark.parametrize(("text", "left"), TEXTS, ids=[text for text, _ in TEXTS])
def test_what_gives_a_person_away(text: str, left: str) -> None:
    assert HIS.taken_from(text) == left
    assert HIS.found_in(text) == (MARK in left)


def test_a_couple_shares_its_name_and_its_address() -> None:
    alone = HIS.without([traces(WIFE, [])])
    text = "Jörg Özdemir-Kühn und Petra Özdemir-Kühn, Lindenallee 12, 24105 Kiel, Frau Özdemir-Kühn"
    assert alone.taken_from(text) == f"{MARK} und Petra Özdemir-Kühn, Lindenallee 12, 24105 Kiel, Frau Özdemir-Kühn"


def test_a_single_name_tells_nothing_of_whom_a_text_is_about() -> None:
    about = identity(JOERG, [REFERENCE])
    assert not about.found_in("Jörg sagt: Kiel ist schön, in der Lindenallee 12")
    assert about.found_in("Jörg Özdemir-Kühn")
    assert about.found_in("rk-1234-5678")


def test_who_gave_nothing_is_found_nowhere() -> None:
    assert not Traces(frozenset(), frozenset()).found_in("anything at all")
    assert not identity(Member("M00000009", "", ""), ()).found_in("anything, at all")


def package(text: str | bytes, name: str = "auskunft.txt") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return file.getvalue()


DOCUMENTS = [
    ("a text", "Jörg Özdemir-Kühn".encode(), True),
    ("a text in another charset", "Jörg Özdemir-Kühn".encode("cp1252"), True),
    ("a text in UTF-16", "Jörg Özdemir-Kühn".encode("utf-16"), True),
    ("a text about nobody", b"Was eine Auskunft ist", False),
    ("JSON", rb'{"name": "J\u00f6rg \u00d6zdemir-K\u00fchn"}', True),
    ("an archive", package("Jörg Özdemir-Kühn"), True),
    ("a name inside an archive", package("nichts", "Özdemir-Kühn.txt"), True),
    ("an archive inside an archive", package(package("Jörg Özdemir-Kühn"), "inner.zip"), True),
    ("an archive about nobody", package("nichts"), False),
    ("a picture", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", True),
    ("a damaged archive", package("nichts")[:40], True),
    ("a damaged PDF", b"%PDF-1.7 broken", True),
]


@pytest.mark.parametrize(("content", "found"), [row[1:] for row in DOCUMENTS], ids=[row[0] for row in DOCUMENTS])
def test_a_document_that_holds_a_person_or_that_nobody_can_look_into(content: bytes, found: bool) -> None:  # noqa: FBT001 (a table)
    assert holds(content, HIS) == found


def mail(text: str, *, html: str = "", subject: str = "Ihre Anfrage") -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = "Auskunftei <desk@bureau.example>"
    made["To"] = "campaign@example.org"
    made["Subject"] = subject
    made["Date"] = "Mon, 02 Mar 2026 10:00:00 +0100"
    made["Message-ID"] = "<m1@bureau.example>"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


BOTH = "Zu Jörg Özdemir-Kühn (RK-1234-5678) und Zehra Yıldız (RK-8765-4321) haben wir keine Daten gespeichert."


def test_a_message_stays_one() -> None:
    raw = mail(BOTH, subject="Ihre Anfragen: Jörg Özdemir-Kühn und Zehra Yıldız").as_bytes()
    found = parse(redacted(raw, HIS))
    assert (
        found.text.strip() == f"Zu {MARK} ({MARK}) und Zehra Yıldız (RK-8765-4321) haben wir keine Daten gespeichert."
    )
    assert found.subject == f"Ihre Anfragen: {MARK} und Zehra Yıldız"
    assert (found.sender, found.message_id) == ("desk@bureau.example", "<m1@bureau.example>")
    assert found.faults == ()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-9"])
@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
def test_however_a_text_is_coded(charset: str, coding: str) -> None:
    made = mail("")
    made.set_content(BOTH, charset=charset, cte=coding)
    found = parse(redacted(made.as_bytes(), HIS))
    assert "Zehra Yıldız" in found.text
    assert not HIS.found_in(found.text)


def test_the_html_of_a_message_too() -> None:
    made = mail(BOTH, html="<p>Zu <b>J&ouml;rg</b> &Ouml;zdemir-K&uuml;hn &amp; <i>Zehra Yıldız</i></p>")
    raw = redacted(made.as_bytes(), HIS)
    parts = email.message_from_bytes(raw).walk()
    whole = b"".join(part.get_payload(decode=True) or b"" for part in parts).decode()
    assert "Zehra Yıldız" in whole
    assert not HIS.found_in(whole)


def test_attachments_and_what_is_forwarded_inside() -> None:
    made = mail(BOTH)
    made.add_attachment(
        package("Jörg Özdemir-Kühn"), maintype="application", subtype="zip", filename="Özdemir-Kühn.zip"
    )
    made.add_attachment(package("nichts"), maintype="application", subtype="zip", filename="merkblatt.zip")
    made.add_attachment(b"\xff\xd8\xff\x00 scan", maintype="image", subtype="jpeg", filename="scan.jpg")
    made.add_attachment(mail("Antrag von Jörg Özdemir-Kühn", subject="Antrag Özdemir-Kühn"))
    raw = redacted(made.as_bytes(), HIS)
    found = parse(raw)
    kept = {file.name: file.content for file in found.attachments if file.name.endswith(".zip")}
    assert kept == {"merkblatt.zip": package("nichts")}
    assert not HIS.found_in(found.text + found.original + " ".join(file.name for file in found.attachments))
    assert b"scan" not in raw
    assert b"Zehra" in parse(raw).text.encode()


def test_what_stands_beside_the_parts_goes() -> None:
    made = mail(BOTH, html="<p>x</p>")
    made.preamble, made.epilogue = "Jorg Ozdemir-Kuhn", "KD-887766"
    raw = redacted(made.as_bytes(), HIS)
    assert b"KD-887766" not in raw
    assert not HIS.found_in(raw.decode("utf-8", "replace"))


BROKEN = [
    b"",
    b"Jorg Ozdemir-Kuhn",
    b"From: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nJ\xf6rg \xd6zdemir-K\xfchn",
    b"Subject: =?utf-8?b?SsO2cmcgw5Z6ZGVtaXItS8O8aG4=?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
    b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSsO2cmcgw5Z6ZGVtaXItS8O8aG4",
    b"Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\nSubject: M00000001\r\n\r\nM00000001",
    b'Content-Type: application/pdf; name="M00000001.pdf"\r\n\r\n%PDF-1.4 M00000001',
    b"X-M00000001: yes\r\n\r\nnothing",
]


@pytest.mark.parametrize("raw", BROKEN)
def test_a_broken_message_holds_nobody_either(raw: bytes) -> None:
    found = parse(redacted(raw, HIS))
    shown = [found.subject, found.text, found.original, found.sender_name, *(file.name for file in found.attachments)]
    assert not HIS.found_in("\n".join(shown))
    assert not any(holds(file.content, HIS) for file in found.attachments)
    assert b"M00000001" not in redacted(raw, HIS)
