"""Letter -> the bytes of a mail (RFC 5322) that every client shows as it was meant."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

import idna

from rightskit.errors import RefusedError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rightskit.rendering.model import Letter


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, and where the answer goes.

    Attributes:
        sender_name: what stands before the address in From.
        sender: mail address in From.
        recipient: mail address in To.
        reply_to: mail address for the answer; empty for the sender's.
        in_reply_to: Message-ID of the message that this one answers or follows up; empty for a first letter.
        references: the thread before it, oldest first (RFC 5322 section 3.6.4); empty: ``in_reply_to`` alone.
        automatic: whether a machine's answer to it would only do harm, such as to a mail to every member (RFC 3834).
    """

    sender_name: str
    sender: str
    recipient: str
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = False

    @property
    def needs_utf8(self) -> bool:
        """Whether an address has letters beyond ASCII before the @, which only SMTPUTF8 carries (RFC 6531)."""
        return not all(local_part(address).isascii() for address in (self.sender, self.recipient, self.reply_to))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail.

    Attributes:
        media_type: such as ``application/pdf``.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)


def new_message_id(reference: str, letter: str, sender: str) -> str:
    """A Message-ID that carries the reference, in angle brackets (RFC 5322 section 3.6.4)."""
    domain = routable(sender).rpartition("@")[2]
    return f"<{reference or 'letter'}.{letter}.{secrets.token_hex(6)}@{domain}>"


def build(
    letter: Letter, envelope: Envelope, message_id: str, date: dt.datetime, attachments: Sequence[Attachment] = ()
) -> bytes:
    """The mail as bytes with CRLF line ends.

    Quoted-printable keeps every line under 76 octets, whatever a relay does to 8-bit lines (RFC 2045 section 6.7).

    Raises:
        RefusedError: an address ends in no domain name.
    """
    message = EmailMessage(policy=SMTPUTF8 if envelope.needs_utf8 else SMTP)
    message["From"] = formataddr((envelope.sender_name, routable(envelope.sender)))
    message["To"] = routable(envelope.recipient)
    if envelope.reply_to and envelope.reply_to != envelope.sender:
        message["Reply-To"] = routable(envelope.reply_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    if envelope.in_reply_to:
        message["In-Reply-To"] = envelope.in_reply_to
        message["References"] = " ".join(envelope.references or (envelope.in_reply_to,))
    if envelope.automatic:
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = letter.order.language
    for one in attachments:
        _attach(message, one)
    return message.as_bytes()


def _attach(message: EmailMessage, one: Attachment) -> None:
    """A file as it is; a text so that every client shows its letters (UTF-8)."""
    main, _, sub = one.media_type.partition("/")
    if main == "text":
        message.add_attachment(one.content.decode(), subtype=sub, filename=one.name, cte="quoted-printable")
    else:
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)


def local_part(address: str) -> str:
    """What stands before the last @."""
    return address.rpartition("@")[0]


def routable(address: str) -> str:
    """An address with its domain in punycode (RFC 5891): every server takes it.

    By the rules of 2008, under which straße.example and strasse.example are two domains, of two owners perhaps.

    Raises:
        RefusedError: what stands behind the @ is no domain name.
    """
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{idna.encode(domain, uts46=True).decode('ascii')}"
    except idna.IDNAError as error:
        raise RefusedError("An address ends in what is no domain name.", "Correct the address.") from error
