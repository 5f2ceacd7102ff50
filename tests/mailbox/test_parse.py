"""Any bytes become a Reply; what stands in them is found."""

import datetime as dt
import hashlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rightskit.mailbox.model import DeliveryReport, Reply
from rightskit.mailbox.parse import parse, sender_of


def mail(text: str, charset: str = "utf-8") -> bytes:
    return text.lstrip("\n").replace("\n", "\r\n").encode(charset)


def test_an_ordinary_reply_fills_every_field() -> None:
    raw = mail("""
From: =?utf-8?q?Auskunftei_M=C3=BCller?= <Service@Auskunftei.example>
To: Kampagne <rechte+RK-1234-5678@kampagne.example>
Cc: zwei@kampagne.example
Delivered-To: rechte@kampagne.example
Subject: =?iso-8859-1?q?Ihre_Anfrage_f=FCr_?= =?iso-8859-1?q?Daten?=
Date: Fri, 12 Jan 2024 10:11:12 +0100
Message-ID: <antwort@auskunftei.example>
In-Reply-To: <eins@kampagne.example>
References: <null@kampagne.example>
  <eins@kampagne.example>
Auto-Submitted: no
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Guten Tag, schöne Grüße.
""")
    reply = parse(raw)
    assert reply == Reply(
        id=hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest(),
        message_id="<antwort@auskunftei.example>",
        in_reply_to=("<eins@kampagne.example>", "<null@kampagne.example>"),
        date=dt.datetime(2024, 1, 12, 10, 11, 12, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        sender="service@auskunftei.example",
        sender_name="Auskunftei Müller",
        recipients=("rechte+rk-1234-5678@kampagne.example", "zwei@kampagne.example", "rechte@kampagne.example"),
        subject="Ihre Anfrage für Daten",
        text="Guten Tag, schöne Grüße.",
        headers={
            "delivered-to": ("rechte@kampagne.example",),
            "auto-submitted": ("no",),
            "content-type": ("text/plain; charset=utf-8",),
        },
    )


def test_the_id_does_not_depend_on_line_ends() -> None:
    raw = mail("From: a@b.example\n\nHallo\nWelt\n")
    assert parse(raw).id == parse(raw.replace(b"\r\n", b"\n")).id
    assert parse(raw).id != parse(raw + b"!").id


@pytest.mark.parametrize(
    ("declared", "content", "expected"),
    [
        ("utf-8", "Straße".encode(), "Straße"),
        ("utf-8", "Straße".encode("cp1252"), "Straße"),
        ("iso-8859-1", "Straße".encode(), "Straße"),
        ("iso-8859-1", "5 € „gut“".encode("cp1252"), "5 € „gut“"),
        ("iso-8859-2", "żółw".encode("iso-8859-2"), "żółw"),
        ("us-ascii", "Réponse".encode(), "Réponse"),
        ("", "Réponse".encode("cp1252"), "Réponse"),
        ("x-unknown", "Réponse".encode(), "Réponse"),
        ("rot13", b"Hallo", "Hallo"),
        ("unicode_escape", rb"C:\Users\N", r"C:\Users\N"),
        ("utf-16", "Hallo".encode("utf-16"), "Hallo"),
        ("a\x00b", b"Hallo", "Hallo"),
        ("utf-8", b"\xef\xbb\xbfHallo\x00\x07", "Hallo"),
    ],
)
def test_text_is_decoded_whatever_charset_is_claimed(declared: str, content: bytes, expected: str) -> None:
    raw = b'From: a@b.example\r\nContent-Type: text/plain; charset="' + declared.encode() + b'"\r\n\r\n' + content
    assert parse(raw).text == expected


def test_an_unknown_charset_is_a_fault() -> None:
    raw = mail('From: a@b.example\nContent-Type: text/plain; charset="klingon-7"\n\nqapla\n')
    assert "unknown charset 'klingon-7'" in parse(raw).faults


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (b"Auskunft f\xfcr Sie", "Auskunft für Sie"),
        ("Auskunft für Sie".encode(), "Auskunft für Sie"),
        (b"=?utf-8?B?SGFsbG8=?= Welt", "Hallo Welt"),
        (b"=?utf-8?B?SGFsbG8?=", "Hallo"),
        (b"=?utf-8?B?$$$?=", ""),
        (b"=?utf-8?q?a=C3?= =?utf-8?q?=A9b?=", "aéb"),
        (b"=?no-such?q?a=E9?=", "aé"),
        (b"=?utf-8?q?broken", "=?utf-8?q?broken"),
        (b"a\r\n =?utf-8?q?b?=", "a b"),
    ],
)
def test_subjects(subject: bytes, expected: str) -> None:
    assert parse(b"Subject: " + subject + b"\r\n\r\nx").subject == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 12 Jan 2024 10:00:00 -0000", dt.datetime(2024, 1, 12, 10, tzinfo=dt.UTC)),
        ("Fri, 12 Jan 2024 10:00:00", dt.datetime(2024, 1, 12, 10, tzinfo=dt.UTC)),
        ("gestern", None),
        ("Fri, 99 Jan 2024 10:00:00 +0100", None),
        ("Fri, 12 Jan 2024 10:00:00 +9999999", None),
        ("", None),
    ],
)
def test_dates(date: str, expected: dt.datetime | None) -> None:
    reply = parse(f"From: a@b.example\r\nDate: {date}\r\n\r\nx".encode())
    assert reply.date == expected
    assert (expected is None) == ("the Date header is broken" in reply.faults)


def test_missing_headers_are_faults_and_nothing_more() -> None:
    reply = parse(b"\r\nNur Text")
    assert reply.text == "Nur Text"
    assert (reply.sender, reply.date, reply.message_id) == ("", None, "")
    assert set(reply.faults) >= {"no headers", "no From header", "no Date header", "no Message-Id header"}


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ('"Amt, Daten" <Amt@X.example>', ("amt@x.example", "Amt, Daten")),
        ("=?utf-8?q?M=C3=BCller=2C_Amt?= <amt@x.example>", ("amt@x.example", "Müller, Amt")),
        ('"evil@y.example" <amt@x.example>', ("amt@x.example", "evil@y.example")),
        ("MAILER-DAEMON (Mail System)", ("mailer-daemon", "Mail System")),
        ("<>", ("", "")),
        ("((((", ("", "")),
    ],
)
def test_senders(sender: str, expected: tuple[str, str]) -> None:
    reply = parse(f"From: {sender}\r\n\r\nx".encode())
    assert (reply.sender, reply.sender_name) == expected


def test_html_alone_becomes_text_without_scripts() -> None:
    raw = mail("""
From: a@b.example
Content-Type: text/html; charset=utf-8

<html><head><title>T</title><style>p {color: red}</style><script>alert("<p>x</p>")</script></head>
<body><p>Guten&nbsp;Tag,</p><!-- <p>versteckt</p> --><div style="display:none">Vorschau<div>!</div></div>
<p>Ihre Daten: <a href="https://portal.example/d?a=1&amp;b=2">hier</a><br>Gr&uuml;&szlig;e</p>
<ul><li>eins<li>zwei</ul><table><tr><td>Name</td><td>Muster</td></tr></table>
<blockquote><p>Alter Brief</p><blockquote>noch älter</blockquote></blockquote></body></html>
""")
    assert parse(raw).text.split("\n") == [
        "Guten Tag,",
        "",
        "Ihre Daten: hier <https://portal.example/d?a=1&b=2>",
        "Grüße",
        "",
        "- eins",
        "- zwei",
        "Name\tMuster",
        "> ",
        "> Alter Brief",
        "> ",
        "> > noch älter",
    ]


def test_the_plain_alternative_is_preferred_unless_it_is_a_stub() -> None:
    both = """
From: a@b.example
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain

{plain}
--x
Content-Type: text/html

<p>{html}</p>
--x--
"""
    assert parse(mail(both.format(plain="Hallo Welt", html="Hallo <b>Welt</b>"))).text == "Hallo Welt"
    long = "Wir haben keine Daten. " * 20
    assert parse(mail(both.format(plain="Bitte HTML einschalten", html=long))).text == long.strip()
    assert parse(mail(both.format(plain="  ", html="Nur hier"))).text == "Nur hier"


def test_flowed_text_is_joined() -> None:
    raw = mail(
        "From: a@b.example\nContent-Type: text/plain; format=flowed\n\nWir haben \nkeine Daten.\n> Alter \n> Brief\n-- \nX\n"
    )
    assert parse(raw).text == "Wir haben keine Daten.\n> Alter Brief\n-- \nX"


@pytest.mark.parametrize(
    ("disposition", "expected"),
    [
        ('filename="Auskunft.pdf"', "Auskunft.pdf"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="C:\\\\Users\\\\x\\\\daten.csv"', "daten.csv"),
        ("filename*=utf-8''Auskunft%20M%C3%BCller.pdf", "Auskunft Müller.pdf"),
        ('filename="=?utf-8?q?M=C3=BCller.pdf?="', "Müller.pdf"),
        ('filename="rechnung\u202efdp.exe"', "rechnungfdp.exe"),
        ('filename="a\tb\x07.pdf"', "a b.pdf"),
        ('filename="CON.pdf"', "_CON.pdf"),
        ('filename="..."', "attachment-1.pdf"),
        ('filename=""', "attachment-1.pdf"),
        ("filename*=no-such''%E9.pdf", "é.pdf"),
        (f'filename="{"a" * 300}.pdf"', "a" * 116 + ".pdf"),
    ],
)
def test_attachment_names_are_cleaned(disposition: str, expected: str) -> None:
    raw = mail(f"""
From: a@b.example
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Anbei.
--x
Content-Type: application/pdf
Content-Disposition: attachment; {disposition}
Content-Transfer-Encoding: base64

JVBERi0=
--x--
""")
    reply = parse(raw)
    assert reply.text == "Anbei."
    assert [(a.name, a.media_type, a.content) for a in reply.attachments] == [(expected, "application/pdf", b"%PDF-")]


def test_broken_base64_and_missing_boundaries_keep_what_they_can() -> None:
    broken = mail(
        "From: a@b.example\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0\n"
    )
    assert [a.content for a in parse(broken).attachments] == [b"%PDF-"]
    unbounded = mail("From: a@b.example\nContent-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nHallo\n")
    assert "Hallo" in parse(unbounded).text
    unclosed = mail("From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nHallo\n")
    assert parse(unclosed).text == "Hallo"


def test_an_enclosed_message_is_an_attachment_and_not_the_senders_text() -> None:
    raw = mail("""
From: mitglied@b.example
Content-Type: multipart/mixed; boundary=x

--x

Siehe unten.
--x
Content-Type: message/rfc822

From: amt@c.example
Subject: Ihre Auskunft

Wir haben keine Daten.
--x--
""")
    reply = parse(raw)
    assert reply.text == "Siehe unten."
    assert [(a.name, a.media_type) for a in reply.attachments] == [("Ihre Auskunft.eml", "message/rfc822")]
    assert parse(reply.attachments[0].content).text == "Wir haben keine Daten."


DSN = """
From: Mail Delivery System <MAILER-DAEMON@mx.example>
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Sorry.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; Amt@Gone.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such
 user

--x
Content-Type: {original}

Message-ID: <unser@kampagne.example>
Subject: Auskunft RK-1234-5678

Sehr geehrte Damen und Herren
--x--
"""


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_delivery_report_names_the_letter_it_is_about(original: str) -> None:
    reply = parse(mail(DSN.format(action="Failed", status="5.1.1 (bad)", original=original)))
    assert reply.reports == (DeliveryReport("failed", "5.1.1", "amt@gone.example", "<unser@kampagne.example>"),)
    assert reply.text == "Sorry."
    assert "RK-1234-5678" in reply.original
    assert reply.attachments == ()


def test_a_report_without_status_takes_it_from_the_diagnostic_code() -> None:
    report = parse(mail(DSN.format(action="delivery-failure", status="", original="message/rfc822"))).reports[0]
    assert (report.action, report.status) == ("failed", "5.1.1")


def test_a_read_receipt_says_delivered() -> None:
    raw = mail("""
From: amt@c.example
Content-Type: multipart/report; report-type=disposition-notification; boundary=x

--x

Gelesen.
--x
Content-Type: message/disposition-notification

Final-Recipient: rfc822;amt@c.example
Original-Message-ID: <unser@kampagne.example>
Disposition: manual-action/MDN-sent-manually; displayed
--x--
""")
    assert parse(raw).reports == (DeliveryReport("delivered", "", "amt@c.example", "<unser@kampagne.example>"),)


def test_a_plain_bounce_keeps_the_returned_letter_apart() -> None:
    raw = mail("""
From: mailer-daemon@mx.example

amt@gone.example: unknown user
------ This is a copy of your message, including all the headers. ------

Message-ID: <unser@kampagne.example>
Subject: Auskunft

Sehr geehrte Damen und Herren
""")
    reply = parse(raw)
    assert reply.text == "amt@gone.example: unknown user"
    assert reply.original.startswith("Message-ID: <unser@kampagne.example>")


RESULTS = 'mx.own.example 1; dkim=pass (2048-bit "ok; dkim=pass header.d=no.example") header.d=Firma.example; dmarc=pass header.from=firma.example'


@pytest.mark.parametrize(
    ("value", "authserv_id", "expected"),
    [
        (RESULTS, "mx.own.example", ("firma.example",)),
        (RESULTS, "MX.OWN.EXAMPLE", ("firma.example",)),
        (RESULTS, None, ()),
        (RESULTS, "", ()),
        (RESULTS, "own.example", ()),
        ("mx.own.example; dkim=fail header.d=x.example", "mx.own.example", ()),
        ("mx.own.example; spf=pass smtp.mailfrom=x.example", "mx.own.example", ()),
        (
            "mx.own.example; dkim=pass header.d=a.example; dmarc=pass header.from=b.example",
            "mx.own.example",
            ("a.example", "b.example"),
        ),
        ('mx.own.example; spf=fail smtp.mailfrom="x; dkim=pass header.d=x.example"@y', "mx.own.example", ()),
        ("mx.own.example; spf=fail (; dkim=pass header.d=x.example", "mx.own.example", ()),
        ("mx.own.example; dkim=fail (x) reason=dkim=pass header.d=x.example", "mx.own.example", ()),
        ("mx.own.example; none", "mx.own.example", ()),
    ],
)
def test_only_the_own_server_is_believed(value: str, authserv_id: str | None, expected: tuple[str, ...]) -> None:
    raw = f"Authentication-Results: {value}\r\nFrom: a@b.example\r\n\r\nx".encode()
    assert parse(raw, authserv_id).authenticated == expected


def test_a_huge_header_is_cut_and_named() -> None:
    reply = parse(b"From: a@b.example\r\nSubject: " + b"a" * 100_000 + b"\r\nTo: c@d.example\r\n\r\nx")
    assert len(reply.subject) == 4000
    assert reply.recipients == ("c@d.example",)
    assert "a huge header was cut" in reply.faults


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/plain" + b";" * 500_000 + b"\r\n\r\nx",
        b"From: " + b"(" * 500_000 + b"\r\n\r\nx",
        b"Content-Type: text/html\r\n\r\n" + b"<a " * 200_000,
        b"Content-Type: text/html\r\n\r\n" + b"<!--" * 200_000,
        b"Content-Type: text/html\r\n\r\n" + b"<blockquote>" * 100_000,
        b"\r\n" + b"-" * 500_000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nhi\r\n" * 10_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(1500)),
        b"Content-Type: message/rfc822\r\n\r\n" * 1500,
    ],
    ids=["parameters", "comments", "tags", "html-comments", "quotes", "dashes", "parts", "multiparts", "messages"],
)
def test_hostile_messages_are_read_in_time(raw: bytes) -> None:
    assert parse(raw).id


LINES = st.sampled_from(
    [
        b"From: a@b.example",
        b"From: =?utf-8?b?//",
        b"Content-Type: multipart/mixed; boundary=x",
        b"Content-Type: multipart/report; boundary=x; report-type=delivery-status",
        b"Content-Type: multipart/alternative; boundary=",
        b"Content-Type: message/delivery-status",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/html; charset=\xff",
        b"Content-Type: text/plain; charset*0*=utf-8''%ff; format=flowed; delsp=yes",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: uuencode",
        b"Content-Transfer-Encoding: quoted-printable",
        b"Content-Disposition: attachment; filename*=utf-8''%ff%00/..",
        b"Date: Mon, 99 Foo 99999 99:99:99 +9999",
        b"Message-ID: <",
        b"",
        b"--x",
        b"--x--",
        b"<p>Hallo <b",
        b"begin 644 x",
        b"=ZZ=",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.lists(st.one_of(LINES, st.binary(max_size=20)), max_size=25).map(b"\r\n".join)
    )
)
@example(b"")
@example(b"\x00")
@example(b"From \r\n\r\n")
@example(b"To: a@example.org\r\r\nFrom: b@example.org\r\n\r\n")
@example(b"To: a@example.org\r\rFrom: b@example.org\r\n\r\n")
def test_nothing_makes_it_raise(raw: bytes) -> None:
    reply = parse(raw, "mx.own.example")
    assert len(reply.id) == 64
    assert sender_of(raw) == reply.sender
    assert "\x00" not in reply.text + reply.subject
    assert all(a.name and "/" not in a.name for a in reply.attachments)
