"""The text of what is attached to a reply, to look for references in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.files import pdftext
from rightskit.files.limits import Limits
from rightskit.files.problems import FileProblemError
from rightskit.mailbox import charset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.mailbox.model import Reply

_MOST = 10
_LIMITS = Limits(part=20 * 1024 * 1024, pages=30)
_HEAD = 200_000
_READABLE = ("text/", "message/")


def texts(reply: Reply) -> Iterator[str]:
    """The text of PDFs, of attached mails and of text files, one by one; what cannot be read is passed over."""
    for attachment in reply.attachments[:_MOST]:
        if pdftext.is_pdf(attachment.content):
            yield _pdf(attachment.content)
        elif attachment.media_type.startswith(_READABLE):
            yield charset.decode(attachment.content[:_HEAD])


def _pdf(content: bytes) -> str:
    try:
        return "\n".join(pdftext.pages(content, _LIMITS))
    except FileProblemError:
        return ""
