"""A mail without the copies of identity documents that somebody attached: none of them enters the vault.

Only the holder may pass such a copy on (section 20(2) of the German Act on Identity Cards), and nobody here needs one.
"""

from __future__ import annotations

import email
import re
from email.policy import compat32
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message

_NAMED = re.compile(
    r"ausweis|reise_?-?pass|\bperso\b|passport|passeport|pi[eè]ce[ _-]?d.?identit|carte[ _-]?d.?identit|\bcni\b"
    r"|id[ _-]?card|identity[ _-]?(?:card|document)",
    re.IGNORECASE,
)
_KINDS = ("image/", "application/pdf")
_LEFT = "A copy of an identity document was attached here. It was not kept."


def has_files(raw: bytes) -> bool:
    """Whether a mail may have an attached picture or PDF: a look that costs nothing."""
    lower = raw.lower()
    return b"content-type: image/" in lower or b"application/pdf" in lower or b"octet-stream" in lower


def without(raw: bytes, *, every: bool) -> bytes:
    """The mail without attachments that are named as identity documents, or without every picture and PDF in it.

    Args:
        raw: a mail; one that cannot be read stays as it is.
        every: the mail's own words say that it brings one.
    """
    message = email.message_from_bytes(raw, policy=compat32)
    taken = [part for part in message.walk() if _is_document(part, every=every)]
    for part in taken:
        for header in ("Content-Transfer-Encoding", "Content-Type", "Content-Disposition", "Content-ID"):
            del part[header]
        part["Content-Type"] = "text/plain; charset=us-ascii"
        part.set_payload(_LEFT)
    return message.as_bytes() if taken else raw


def _is_document(part: Message, *, every: bool) -> bool:
    if part.is_multipart():
        return False
    name = str(part.get_filename() or "")
    if _NAMED.search(name):
        return True
    return every and part.get_content_type().startswith(_KINDS)
