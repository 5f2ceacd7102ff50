"""Letter -> the bytes of a mail (RFC 5322) that every client shows as it was meant."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

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
        in_reply_to: Message-ID of the letter that this one follows up; empty for a first letter.
    """

    sender_name: str
    sender: str
    recipient: str
    reply_to: str = ""
    in_reply_to: str = ""


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
    domain = _ascii(sender).rpartition("@")[2]
    return f"<{reference or 'letter'}.{letter}.{secrets.token_hex(6)}@{domain}>"


def build(
    letter: Letter, envelope: Envelope, message_id: str, date: dt.datetime, attachments: Sequence[Attachment] = ()
) -> bytes:
    """The mail as bytes with CRLF line ends.

    Quoted-printable keeps every line under 76 octets, whatever a relay does to 8-bit lines (RFC 2045 section 6.7).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((envelope.sender_name, _ascii(envelope.sender)))
    message["To"] = _ascii(envelope.recipient)
    if envelope.reply_to and envelope.reply_to != envelope.sender:
        message["Reply-To"] = _ascii(envelope.reply_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    if envelope.in_reply_to:
        message["In-Reply-To"] = envelope.in_reply_to
        message["References"] = envelope.in_reply_to
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = letter.order.language
    for one in attachments:
        main, _, sub = one.media_type.partition("/")
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    return message.as_bytes()


def _ascii(address: str) -> str:
    """An address with its domain in punycode (RFC 5891), which servers without SMTPUTF8 need."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.encode('idna').decode('ascii') if domain else ''}"
