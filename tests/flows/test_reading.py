"""What filing makes of forwards, tickets, learnt senders, forged notices and mass mail."""

from __future__ import annotations

import io
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from rightskit.vault import requests

if TYPE_CHECKING:
    from collections.abc import Callable

SUEDSTERN = "auskunft@suedstern.example"
NORDLICHT = "datenschutz@nordlicht.example"
NOTHING_HELD = "zu Ihrer Person haben wir keine Daten gespeichert."
RECEIVED = "hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft."
FORWARD = """\
So, das kam heute.

-------- Weitergeleitete Nachricht --------
Betreff: 	{subject}
Datum: 	Tue, 10 Mar 2026 10:01:00 +0100
Von: 	Auskunft <{sender}>
An: 	Jana Özdemir <jana@heimpost.example>

Guten Tag,

{text}
"""


def forwarded(campaign, reply: Callable[..., bytes], *, subject: str = "Ihre Anfrage", sender: str = SUEDSTERN) -> None:
    text = FORWARD.format(subject=subject, sender=sender, text=NOTHING_HELD)
    campaign.on("2026-03-12").arrives(
        reply("jana@heimpost.example", text, day="2026-03-12", subject=f"Fwd: {subject}", name="fwd")
    )


def test_what_a_member_forwards_is_filed_as_the_controllers_reply_of_its_day(sent, reply) -> None:
    forwarded(sent, reply, subject=f"Re: {sent.request('jana', 'suedstern')}")
    (line,) = sent.filed("<fwd@reply.example>")
    assert (line["kind"], line["status"], line["request"]) == ("no-data", "filed", sent.request("jana", "suedstern"))
    assert line["evidence"] == "forwarded by the member, reference in subject"
    assert sent.fact("jana", "suedstern") == ("received", "stopped", "no data", "ask the member")
    with sent.vault().read() as connection:
        events = requests.events_by_request(connection)[line["request"]]
    assert [str(e.happened) for e in events if e.kind == "no-data"] == ["2026-03-10"]


def test_a_forward_without_a_reference_belongs_to_the_members_only_request_there(sent, reply) -> None:
    forwarded(sent, reply)
    (line,) = sent.filed("<fwd@reply.example>")
    assert (line["status"], line["request"]) == ("filed", sent.request("jana", "suedstern"))
    assert line["evidence"] == "forwarded by the member"


def test_a_forward_never_answers_for_another_member(sent, reply) -> None:
    forwarded(sent, reply, subject=f"Re: {sent.request('petra', 'nordlicht')}", sender=NORDLICHT)
    filed = {line["request"]: line["status"] for line in sent.filed("<fwd@reply.example>")}
    assert set(filed.values()) == {"review"}
    assert sent.fact("petra", "nordlicht")[2:] == ("none", "review a reply")


def test_a_forward_of_a_strangers_mail_changes_nothing(sent, reply) -> None:
    forwarded(sent, reply, subject=f"Re: {sent.request('jana', 'suedstern')}", sender="x@elsewhere.example")
    assert {line["status"] for line in sent.filed("<fwd@reply.example>")} == {"review"}
    assert sent.fact("jana", "suedstern")[2] == "none"


def test_an_attached_mail_is_filed_too(sent, reply) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Date"] = SUEDSTERN, "AW: Antrag", "Tue, 10 Mar 2026 10:00:00 +0100"
    inner["In-Reply-To"] = sent.letter("jana", "suedstern").id
    inner.set_content(f"Guten Tag,\n\n{NOTHING_HELD}\n")
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = (
        "jana@heimpost.example",
        "Antwort",
        "Thu, 12 Mar 2026 10:00:00 +0100",
    )
    outer["Message-ID"] = "<fwd@reply.example>"
    outer.set_content("Im Anhang.")
    outer.add_attachment(inner)
    sent.on("2026-03-12").arrives(outer.as_bytes())
    (line,) = sent.filed("<fwd@reply.example>")
    assert (line["status"], line["evidence"]) == ("filed", "forwarded by the member, in-reply-to")
    assert "passed on by a member" in sent("replies", "show", _id(sent)).output


def test_a_ticket_of_an_earlier_reply_files_a_later_one(sent, reply) -> None:
    subject = "[Ticket#2026030310000123] Ihre Anfrage"
    sent.on("2026-03-12").arrives(
        reply(
            SUEDSTERN, RECEIVED, day="2026-03-09", subject=subject, answers=sent.letter("jana", "suedstern"), name="1"
        ),
        reply(SUEDSTERN, NOTHING_HELD, day="2026-03-12", subject=f"AW: {subject}", name="2"),
        reply("x@elsewhere.example", NOTHING_HELD, day="2026-03-12", subject=f"AW: {subject}", name="3"),
    )
    (second,) = sent.filed("<2@reply.example>")
    assert (second["request"], second["status"]) == (sent.request("jana", "suedstern"), "filed")
    assert second["evidence"] == "ticket number"
    assert sent.filed("<3@reply.example>")[0]["request"] is None


def test_a_ticket_that_stood_in_two_matters_files_nothing(sent, reply) -> None:
    def of(member: str, name: str) -> bytes:
        letter = sent.letter(member, "suedstern")
        return reply(SUEDSTERN, RECEIVED, day="2026-03-09", subject="[#20260001]", answers=letter, name=name)

    sent.on("2026-03-12").arrives(of("jana", "1"), of("petra", "2"))
    sent.arrives(reply(SUEDSTERN, NOTHING_HELD, day="2026-03-12", subject="[#20260001]", name="3"))
    lines = sent.filed("<3@reply.example>")
    assert {line["status"] for line in lines} == {"review"}
    assert {line["evidence"] for line in lines} == {"ticket number of several requests"}
    assert {line["request"] for line in lines} == {sent.request(m, "suedstern") for m in ("jana", "petra")}
    assert sent.fact("jana", "suedstern")[3] == "wait"  # a mere candidate keeps nothing from being done


def test_whom_a_person_files_by_hand_is_known_from_then_on(sent, reply) -> None:
    lawyer = "kanzlei@recht.example"
    sent.on("2026-03-09").arrives(
        reply(lawyer, NOTHING_HELD, day="2026-03-09", subject=sent.request("jana", "suedstern"), name="1"),
        reply(lawyer, NOTHING_HELD, day="2026-03-09", subject=sent.request("petra", "nordlicht"), name="2"),
    )
    assert sent.fact("jana", "suedstern")[2] == "none"
    sent(
        "replies",
        "refile",
        _id(sent, "<1@reply.example>"),
        "--kind",
        "no-data",
        "--request",
        sent.request("jana", "suedstern"),
    )
    sent.arrives(
        reply(lawyer, NOTHING_HELD, day="2026-03-09", subject=sent.request("zehra", "suedstern"), name="3"),
        reply(lawyer, f"Sehr geehrte Frau Petra Wiśniewska,\n\n{NOTHING_HELD}", day="2026-03-09", name="4"),
        reply(lawyer, NOTHING_HELD, day="2026-03-09", subject=sent.request("zehra", "nordlicht"), name="5"),
        reply(
            "azubi@recht.example", NOTHING_HELD, day="2026-03-09", subject=sent.request("emre", "suedstern"), name="6"
        ),
    )
    filed = {name: sent.filed(f"<{name}@reply.example>")[0]["status"] for name in "3456"}
    assert filed == {"3": "filed", "4": "filed", "5": "review", "6": "review"}
    sent("review", "--undo")
    sent.arrives(reply(lawyer, NOTHING_HELD, day="2026-03-09", subject=sent.request("tamar", "suedstern"), name="7"))
    assert sent.filed("<7@reply.example>")[0]["status"] == "review"


@pytest.mark.parametrize(("named", "status"), [("id", "filed"), ("reference", "review")])
def test_who_overheard_a_reference_cannot_forge_a_bounce(sent, named: str, status: str) -> None:
    letter = sent.letter("jana", "suedstern")
    returned = f"Message-ID: {letter.id}" if named == "id" else f"Subject: {sent.request('jana', 'suedstern')}"
    notice = f"""\
From: MAILER-DAEMON@elsewhere.example
To: campaign@mitmachen.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 9 Mar 2026 13:05:00 +0100
Message-ID: <bounce@reply.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; auskunft@suedstern.example
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

{returned}

--b--
"""
    sent.on("2026-03-09").arrives(notice.encode())
    assert sent.filed("<bounce@reply.example>")[0]["status"] == status
    assert (sent.fact("jana", "suedstern")[0] == "bounced") == (status == "filed")


def test_a_reply_that_names_another_member_waits(sent, reply) -> None:
    letter = sent.letter("jana", "suedstern")
    text = "Sehr geehrte Frau Petra Wiśniewska, " + NOTHING_HELD
    sent.on("2026-03-09").arrives(reply(SUEDSTERN, text, day="2026-03-09", answers=letter))
    assert sent.filed("<m1@reply.example>")[0]["status"] == "review"


def test_a_reference_in_an_attached_pdf_files(sent, reply) -> None:
    content = _pdf(f"Unser Schreiben zu {sent.request('jana', 'suedstern')}")
    sent.on("2026-03-09").arrives(reply(SUEDSTERN, NOTHING_HELD, day="2026-03-09", files=[("brief.pdf", content)]))
    (line,) = sent.filed("<m1@reply.example>")
    assert (line["request"], line["evidence"]) == (sent.request("jana", "suedstern"), "reference in attachment text")


@pytest.mark.parametrize(
    ("sender", "headers", "status"),
    [
        ("news@laden.example", [("List-Unsubscribe", "<mailto:x@laden.example>")], "ignored"),
        ("news@laden.example", [("Precedence", "bulk")], "ignored"),
        ("win@laden.example", [("X-Spam-Flag", "YES")], "ignored"),
        (SUEDSTERN, [("List-Unsubscribe", "<mailto:x@suedstern.example>")], "review"),
        ("someone@laden.example", [], "ignored"),
    ],
)
def test_mass_mail_that_names_nobody_is_kept_and_not_shown(sent, reply, sender: str, headers, status: str) -> None:
    text = "nur heute: Ihre Daten, unser Angebot. Antworten Sie bis Freitag."
    sent.on("2026-03-09").arrives(reply(sender, text, day="2026-03-09", subject="Angebot", headers=headers))
    assert sent.filed("<m1@reply.example>")[0]["status"] == status


def _id(campaign, message_id: str = "<fwd@reply.example>") -> str:
    from rightskit.vault import messages

    with campaign.vault().read() as connection:
        return next(m.id for m in messages.all_messages(connection) if m.message_id == message_id)


def _pdf(text: str) -> bytes:
    from weasyprint import HTML

    target = io.BytesIO()
    HTML(string=f"<p>{text}</p>").write_pdf(target)
    return target.getvalue()
