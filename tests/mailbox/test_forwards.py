"""What a member passes on is opened: the controller's mail stands there as it was written."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from rightskit.mailbox import written_dates
from rightskit.mailbox.forwards import unwrap
from rightskit.mailbox.parse import parse

INNER = "Sehr geehrte Frau Özdemir,\n\nwir haben zu Ihrer Person nichts gespeichert.\n"


def mail(subject: str, text: str, *, html: bool = False) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Jana Özdemir <jana@heimpost.example>"
    message["To"] = "campaign@mitmachen.example"
    message["Subject"] = subject
    message["Date"] = "Thu, 05 Mar 2026 20:15:00 +0100"
    message["Message-ID"] = "<outer@heimpost.example>"
    message.set_content(text, subtype="html" if html else "plain")
    return message


THUNDERBIRD = f"""\
hier ist die Antwort!


-------- Weitergeleitete Nachricht --------
Betreff: \tIhr Antrag RK-0000-0000
Datum: \tTue, 3 Mar 2026 10:01:00 +0100
Von: \tDatenschutz Nordlicht <Datenschutz@nordlicht.example>
An: \tJana Özdemir <jana@heimpost.example>

{INNER}"""
GMAIL = f"""\
---------- Forwarded message ---------
Von: Datenschutz Nordlicht <datenschutz@nordlicht.example>
Date: Di., 3. März 2026 um 10:01 Uhr
Subject: Ihr Antrag RK-0000-0000
To: Jana Özdemir <jana@heimpost.example>


{INNER}"""
OUTLOOK = f"""\
Zur Kenntnis

Von: Datenschutz Nordlicht <datenschutz@nordlicht.example>
Gesendet: Dienstag, 3. März 2026 10:01
An: jana@heimpost.example
Betreff: Ihr Antrag RK-0000-0000

{INNER}"""
OUTLOOK_OLD = f"""\

________________________________________
Von: Datenschutz Nordlicht [mailto:datenschutz@nordlicht.example]
Gesendet: 03.03.2026 10:01
An: 'Jana Özdemir';
 jana@heimpost.example
Betreff: Ihr Antrag RK-0000-0000
{INNER}"""
APPLE = """\
Anbei.

> Anfang der weitergeleiteten Nachricht:
>\x20
> Von: Datenschutz Nordlicht <datenschutz@nordlicht.example>
> Betreff: Ihr Antrag RK-0000-0000
> Datum: 3. März 2026 um 10:01:22 MEZ
> An: jana@heimpost.example
>\x20
> Sehr geehrte Frau Özdemir,
>\x20
> wir haben zu Ihrer Person nichts gespeichert.
"""
FRENCH = f"""\
De : Datenschutz Nordlicht <datenschutz@nordlicht.example>
Envoyé : mardi 3 mars 2026 10:01
À : Jana Özdemir
Objet : Ihr Antrag RK-0000-0000

{INNER}"""
STARS = f"""\
*From:* Datenschutz Nordlicht <datenschutz@nordlicht.example>
*Sent:* Tuesday, March 3, 2026 10:01 AM
*To:* jana@heimpost.example
*Subject:* Ihr Antrag RK-0000-0000

{INNER}"""


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        ("Fwd: Ihr Antrag RK-0000-0000", THUNDERBIRD, "hier ist die Antwort!"),
        ("Fwd: Ihr Antrag RK-0000-0000", GMAIL, ""),
        ("Antwort von denen", GMAIL, ""),
        ("WG: Ihr Antrag RK-0000-0000", OUTLOOK, "Zur Kenntnis"),
        ("WG: Ihr Antrag RK-0000-0000", OUTLOOK_OLD, ""),
        ("Fwd: Ihr Antrag RK-0000-0000", APPLE, "Anbei."),
        ("TR: Ihr Antrag RK-0000-0000", FRENCH, ""),
        ("Fw: Ihr Antrag RK-0000-0000", STARS, ""),
    ],
)
def test_what_stands_below_a_line_of_its_own_is_opened(subject: str, text: str, said: str) -> None:
    outer = parse(mail(subject, text).as_bytes())
    forward = unwrap(outer)
    assert forward
    (inner,) = forward.replies
    assert (inner.sender, inner.sender_name) == ("datenschutz@nordlicht.example", "Datenschutz Nordlicht")
    assert inner.subject == "Ihr Antrag RK-0000-0000"
    assert inner.date
    assert inner.date.date() == dt.date(2026, 3, 3)
    assert "\n".join(line.rstrip() for line in inner.text.split("\n")).strip() == INNER.strip()
    assert forward.said == said
    assert (inner.id, inner.message_id) == (outer.id, outer.message_id)


def test_html_is_opened_too() -> None:
    html = (
        "<div>Guckt mal<br><div class='gmail_quote'><div>---------- Forwarded message ---------<br>Von: <strong>"
        "Nordlicht</strong> <span>&lt;<a href='mailto:a@nordlicht.example'>a@nordlicht.example</a>&gt;</span><br>"
        "Date: Di., 3. M&auml;rz 2026<br>Subject: Ihr Antrag<br>To: jana</div><br><p>Nichts gespeichert.</p></div></div>"
    )
    forward = unwrap(parse(mail("Fwd: Ihr Antrag", html, html=True).as_bytes()))
    assert forward
    assert forward.said == "Guckt mal"
    assert (forward.replies[0].sender, forward.replies[0].text) == ("a@nordlicht.example", "Nichts gespeichert.")


def attached(*senders: str, name: str = "") -> EmailMessage:
    outer = mail("Zwei Antworten", "Im Anhang.\n")
    for sender in senders:
        inner = EmailMessage(policy=SMTP)
        inner["From"] = sender
        inner["Date"] = "Tue, 03 Mar 2026 10:01:00 +0100"
        inner["Subject"] = "Ihr Antrag"
        inner["Message-ID"] = f"<inner-{sender}>"
        inner["In-Reply-To"] = "<letter@mitmachen.example>"
        inner["Authentication-Results"] = "mx.mitmachen.example; dkim=pass header.d=nordlicht.example"
        inner.set_content(INNER)
        inner.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="auskunft.pdf")
        if name:
            outer.add_attachment(inner.as_bytes(), maintype="application", subtype="octet-stream", filename=name)
        else:
            outer.add_attachment(inner)
    return outer


@pytest.mark.parametrize("name", ["", "Antwort.eml"])
def test_an_attached_message_is_opened_with_its_files(name: str) -> None:
    outer = parse(attached("a@nordlicht.example", name=name).as_bytes())
    forward = unwrap(outer)
    assert forward
    (inner,) = forward.replies
    assert (inner.id, inner.message_id, inner.sender) == (
        outer.id,
        "<inner-a@nordlicht.example>",
        "a@nordlicht.example",
    )
    assert inner.in_reply_to == ("<letter@mitmachen.example>",)
    assert [one.name for one in inner.attachments] == ["auskunft.pdf"]
    assert inner.authenticated == ()
    assert forward.said.strip() == "Im Anhang."


def test_several_attached_messages_are_all_there() -> None:
    forward = unwrap(parse(attached("a@nordlicht.example", "b@suedstern.example").as_bytes()))
    assert forward
    assert [one.sender for one in forward.replies] == ["a@nordlicht.example", "b@suedstern.example"]


def test_a_forward_of_a_forward_is_opened_unless_somebody_wrote_something_above_it() -> None:
    def wrapped(said: str) -> str:
        return (
            f"-------- Forwarded Message --------\nFrom: Ali <ali@heimpost.example>\nDate: 4 March 2026\n"
            f"Subject: Fwd: Ihr Antrag\n\n{said}{GMAIL}"
        )

    plain, spoken = (
        unwrap(parse(mail("Fwd: Fwd: Ihr Antrag", wrapped(said)).as_bytes())) for said in ("", "Seht!\n\n")
    )
    assert plain
    assert spoken
    assert plain.replies[0].sender == "datenschutz@nordlicht.example"
    assert spoken.replies[0].sender == "ali@heimpost.example"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Eine Frage", f"Ja, gern.\n\n{OUTLOOK[14:]}"),  # an answer in Outlook quotes this way
        ("AW: WG: Ihr Antrag", OUTLOOK),
        ("Ihr Antrag", "Von: mir\nhabt ihr nichts zu befürchten."),
        ("Fwd: Hallo", "Einfach nur so."),
        ("Fwd: Mein Brief", GMAIL.replace("datenschutz@nordlicht.example", "jana@heimpost.example")),
        ("Fwd: halb", "---------- Forwarded message ---------\n"),
    ],
)
def test_what_is_no_forward_is_left(subject: str, text: str) -> None:
    assert unwrap(parse(mail(subject, text).as_bytes())) is None


def test_a_day_that_lies_after_the_forward_is_not_believed() -> None:
    forward = unwrap(parse(mail("Fwd: x", GMAIL.replace("3. März 2026", "3. März 2027")).as_bytes()))
    assert forward
    assert forward.replies[0].date == dt.datetime(2026, 3, 5, 20, 15, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Di., 3. März 2026 um 10:01", (2026, 3, 3)),
        ("Tuesday, March 3rd, 2026 10:01 AM", (2026, 3, 3)),
        ("mardi 1er décembre 2026", (2026, 12, 1)),
        ("martes, 3 de agosto de 2026", (2026, 8, 3)),
        ("giovedì 2 luglio 2026", (2026, 7, 2)),
        ("wtorek, 3 października 2026", (2026, 10, 3)),
        ("3 juin 2026", (2026, 6, 3)),
        ("2 juil. 2026", (2026, 7, 2)),
        ("dinsdag 3 maart 2026", (2026, 3, 3)),
        ("2026-03-03 10:01", (2026, 3, 3)),
        ("03.04.26, 10:01", (2026, 4, 3)),
        ("3/14/2026 9:00 PM", (2026, 3, 14)),
    ],
)
def test_days_are_read_in_every_language(text: str, day: tuple[int, int, int]) -> None:
    assert written_dates.read(text) == dt.date(*day)


@pytest.mark.parametrize("text", ["", "gestern", "31.02.2026", "3 Bananen 2026", "12345-99-99"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert written_dates.read(text) is None
