"""One turn of a controller -> the bytes of a message (RFC 5322)."""

from __future__ import annotations

import datetime as dt
import html
import textwrap
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from rightskit.simulation.script import MACHINE, Turn
from rightskit.simulation.style import refer
from rightskit.simulation.wordings import wordings

if TYPE_CHECKING:
    import random

    from rightskit.simulation.style import Reference, Scene

_SPAMMER = "sichtbar-online.example.com"
_DOCUMENTS = {
    ("pdf", "de"): "PDF-Dokument",
    ("zip", "de"): "ZIP-Archiv",
    ("pdf", "en"): "PDF document",
    ("zip", "en"): "ZIP archive",
}
_TYPOGRAPHY = str.maketrans({"„": '"', "“": '"', "–": "-", "’": "'"})


@dataclass(frozen=True, slots=True)
class Body:
    """A message's text in its parts.

    Attributes:
        own: greeting, sentences, closing and desk.
        foot: disclaimer, empty for none.
        quote: of the letter that it answers, empty for none.
        language: BCP 47 code.
    """

    own: str
    language: str
    foot: str = ""
    quote: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join(part for part in (self.own, self.foot and f"-- \n{self.foot}", self.quote) if part)


def reply(scene: Scene, attachment: tuple[str, bytes] | None = None) -> bytes:
    """The message with which a controller answers a letter; ``attachment`` is a file's name and its bytes."""
    mail, rng = scene.mail, scene.rng
    language = "en" if mail.language == "en" or scene.chance(scene.profile.english) else "de"
    wording = wordings().choose(scene.turn, language, scene.profile.voice, rng)
    kind = attachment[0].rpartition(".")[2] if attachment else "pdf"
    fields = _fields(scene, wording.language) | {"document": _DOCUMENTS[kind, wording.language]}
    reference = refer(scene, wording.subject.format_map(fields), fields["ticket"])
    message = EmailMessage(policy=SMTP)
    _head(message, scene, reference)
    _fill(message, _body(scene, wording.text.format_map(fields), reference, wording.language), rng)
    if attachment:
        message.add_attachment(attachment[1], maintype="application", subtype=kind, filename=attachment[0])
    return _finish(message, rng)


def spam(when: dt.datetime, *, own: str, rng: random.Random) -> bytes:
    """An advertisement that has nothing to do with any request."""
    wording = wordings().choose(Turn.SPAM, "de", 0, rng)
    message = EmailMessage(policy=SMTP)
    sender = Address("Ihr Sichtbarkeitsteam", addr_spec=f"angebot@{_SPAMMER}")
    _route(message, sender, own, "none")
    message["To"] = own
    message["Subject"] = wording.subject
    message["Date"] = format_datetime(when)
    message["Message-ID"] = f"<{rng.getrandbits(64):016x}@{_SPAMMER}>"
    _fill(message, Body(f"Guten Tag,\n\n{wording.text}", language="de"), rng)
    return _finish(message, rng)


def _fields(scene: Scene, language: str) -> dict[str, str]:
    """What a wording's placeholders stand for."""
    mail, rng = scene.mail, scene.rng
    form = "%Y-%m-%d" if language == "en" else "%d.%m.%Y"
    extended = scene.turn in {Turn.EXTENSION, Turn.EXTENSION_BARE}
    until = mail.sent + dt.timedelta(days=88) if extended else scene.when + dt.timedelta(days=14)
    return {
        "name": mail.name,
        "controller": scene.profile.name,
        "ticket": f"{rng.randint(10000, 99999)}",
        "sent": mail.sent.strftime(form),
        "until": until.strftime(form),
        "link": f"https://portal.{mail.domain}/abruf/{rng.getrandbits(48):012x}",
    }


def _body(scene: Scene, sentences: str, reference: Reference, language: str) -> Body:
    words, rng = wordings(), scene.rng
    greeting = words.frame("greetings", language, rng)
    if not (reference.threaded or reference.line):
        greeting = words.frames["greetings"][language][0]  # nothing else may name the person
    desk = words.frame("desks", language, rng)
    parts = [
        reference.line,
        greeting.format(name=scene.mail.name),
        sentences,
        f"{words.frame('closings', language, rng)}\n\n{desk}\n{scene.profile.name}",
    ]
    own = "\n\n".join(part for part in parts if part)
    return Body(
        own=_wrapped(own) if scene.chance(0.6) else own,
        foot=words.frame("disclaimers", language, rng) if scene.chance(scene.profile.disclaimer) else "",
        quote=_quote(scene) if reference.quotes else "",
        language=language,
    )


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, 72, break_long_words=False) for line in text.split("\n"))


def _quote(scene: Scene) -> str:
    """The letter below the answer, with marks at each line or under a heading."""
    mail = scene.mail
    lines = mail.body.rstrip().split("\n")
    if scene.chance(0.5):
        heading = f"Am {mail.sent:%d.%m.%Y} um {mail.sent:%H:%M} schrieb {mail.name}:"
        return "\n".join([heading, *(f"> {line}".rstrip() for line in lines)])
    heading = f"""-----Ursprüngliche Nachricht-----
Von: {mail.name} <{mail.sender}>
Gesendet: {mail.sent:%d.%m.%Y %H:%M}
An: {mail.to}
Betreff: {mail.subject}
"""
    return "\n".join([heading, *lines])


def _head(message: EmailMessage, scene: Scene, reference: Reference) -> None:
    mail, rng = scene.mail, scene.rng
    sender = Address(
        rng.choice((scene.profile.name, f"{scene.profile.name} Datenschutz", "")), addr_spec=reference.sender
    )
    _route(message, sender, reference.to, "pass")
    message["To"] = reference.to
    message["Subject"] = " ".join(reference.subject.split())
    message["Date"] = format_datetime(scene.when)
    message["Message-ID"] = f"<{rng.getrandbits(80):020x}@{mail.domain}>"
    if reference.threaded:
        message["In-Reply-To"] = mail.message_id
        message["References"] = mail.message_id
    if scene.turn in MACHINE:
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"


def _route(message: EmailMessage, sender: Address, to: str, verdict: str) -> None:
    """What the campaign's own server writes above a message that it takes in (RFC 8601)."""
    message["Return-Path"] = f"<{sender.addr_spec}>"
    message["Delivered-To"] = to
    message["X-Simulation"] = "invented"  # whoever finds such a file alone shall not take it for real
    host = to.rpartition("@")[2]
    message["Authentication-Results"] = f"mx.{host}; dkim={verdict} header.d={sender.domain}; spf={verdict}"
    message["From"] = sender


def _fill(message: EmailMessage, body: Body, rng: random.Random) -> None:
    """Write the text as plain text, as both, or as HTML alone, in one of the encodings that are about."""
    charset = rng.choices(("utf-8", "iso-8859-1", "windows-1252"), (70, 20, 10))[0]
    text = body.text.translate(_TYPOGRAPHY) if charset == "iso-8859-1" else body.text
    if not _fits(text, charset):
        charset = "utf-8"
    cte = rng.choices(("quoted-printable", "base64"), (85, 15))[0]
    shape = rng.choices(("plain", "both", "html"), (55, 38, 7))[0]
    page = _page(text, body.language)
    if shape == "html":
        message.set_content(page, subtype="html", charset=charset, cte=cte)
        return
    message.set_content(text, charset=charset, cte=cte)
    if shape == "both":
        message.add_alternative(page, subtype="html", charset=charset, cte=cte)


def _fits(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _page(text: str, language: str) -> str:
    """The text as a mail program's HTML, quotes in a block of their own."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines = html.escape(paragraph).replace("\n", "<br>\n")
        quoted = paragraph.startswith(">") or "\n>" in paragraph
        paragraphs.append(f"<blockquote>{lines}</blockquote>" if quoted else f"<p>{lines}</p>")
    return f'<html lang="{language}"><body style="font-family:Arial">\n' + "\n".join(paragraphs) + "\n</body></html>\n"


def _finish(message: EmailMessage, rng: random.Random) -> bytes:
    """The bytes, with boundaries that depend on the seed alone."""
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary(f"=_{rng.getrandbits(96):024x}")
    return message.as_bytes()
