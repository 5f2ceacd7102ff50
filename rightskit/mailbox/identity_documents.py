"""A mail without the copies of identity documents that somebody attached: none of them enters the vault.

Only the holder may pass such a copy on (section 20(2) of the German Act on Identity Cards), and nobody here needs one.
"""

from __future__ import annotations

import email
import re
from email.policy import compat32
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message

_NAMED = re.compile(
    r"ausweis|reise_?-?pass|\bperso\b|passport|passeport|pi[eè]ce[ _-]?d.?identit|carte[ _-]?d.?identit|\bcni\b"
    r"|id[ _-]?card|identity[ _-]?(?:card|document)",
    re.IGNORECASE,
)
_KINDS = ("image/", "application/pdf")
_ENDINGS = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".webp", ".pdf")
_LEFT = "A copy of an identity document was attached here. It was not kept."
_MAY_BE = (
    "A picture or PDF was attached here that may be a copy of an identity document. It was not kept, and lies in the "
    "mailbox only. Where it is something else, save it there and add it: rightskit mandates scan, rightskit data add."
)


def has_files(raw: bytes) -> bool:
    """Whether a mail may have an attached picture or PDF: a look that costs nothing."""
    lower = raw.lower()
    return b"content-type: image/" in lower or b"application/pdf" in lower or b"octet-stream" in lower


def without(raw: bytes, *, every: bool, is_known: Callable[[bytes], bool] | None = None) -> bytes:
    """The mail without attachments that are named as identity documents, or without every picture and PDF in it.

    Args:
        raw: a mail; one that cannot be read stays as it is.
        every: the mail's own words say that it brings one.
        is_known: whether a picture or PDF is something else, where the mail may bring one without saying so: what is
            not known is left out. None where nothing of the kind is to be expected.
    """
    message = email.message_from_bytes(raw, policy=compat32)
    taken = [(part, why) for part in message.walk() if (why := _why(part, is_known, every=every))]
    for part, why in taken:
        for header in ("Content-Transfer-Encoding", "Content-Type", "Content-Disposition", "Content-ID"):
            del part[header]
        part["Content-Type"] = "text/plain; charset=us-ascii"
        part.set_payload(why)
    return message.as_bytes() if taken else raw


def _why(part: Message, is_known: Callable[[bytes], bool] | None, *, every: bool) -> str:
    """What stands in an attachment's place; empty where it stays."""
    if part.is_multipart():
        return ""
    name = str(part.get_filename() or "")
    if _NAMED.search(name):
        return _LEFT
    if not (part.get_content_type().startswith(_KINDS) or name.lower().endswith(_ENDINGS)):
        return ""
    if every:
        return _LEFT
    content = part.get_payload(decode=True)
    return _MAY_BE if is_known and isinstance(content, bytes) and not is_known(content) else ""
