"""A message from outside, opened once and without trust."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message.

    Attributes:
        name: cleaned: no path, no control characters; never empty.
        media_type: as declared, lower case.
        content: decoded bytes.
    """

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """The machine-readable part of a delivery status notification (RFC 3464).

    Attributes:
        action: ``failed``, ``delayed``, ``delivered``, ``relayed`` or ``expanded``.
        status: enhanced status code such as ``5.1.1``; empty where missing.
        recipient: the address that it is about.
        original_message_id: Message-ID of the message that it is about, with angle brackets; empty where missing.
    """

    action: str
    status: str
    recipient: str
    original_message_id: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A message from outside, whatever it is.

    Attributes:
        id: SHA-256 (hex) of the raw bytes with line ends normalised to LF.
        message_id: the header's value with angle brackets; empty where missing.
        in_reply_to: message ids of In-Reply-To and References, nearest first.
        date: the Date header as an aware datetime; None where missing or broken.
        sender: mail address in lower case.
        sender_name: display name.
        recipients: addresses of To, Cc, Delivered-To and X-Original-To in lower case.
        subject: decoded.
        text: the readable text: text/plain, else the HTML without its marks.
        headers: lower-case name → values, decoded, only those that classification reads.
        attachments: without the text itself.
        reports: of a delivery status notification.
        original: the headers and text of a returned own message inside a notification; empty otherwise.
        authenticated: domains that the account's own server found authentic (Authentication-Results).
        faults: what was broken in the message, for a person.
    """

    id: str
    message_id: str
    in_reply_to: tuple[str, ...]
    date: dt.datetime | None
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    reports: tuple[DeliveryReport, ...] = ()
    original: str = ""
    authenticated: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
