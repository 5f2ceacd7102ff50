"""Kept letters and replies as files for an authority: as they were, or as pages that load and run nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.delivery.message import Attachment
from rightskit.files import pdftext
from rightskit.flows import enclosed, reading
from rightskit.mailbox.parse import parse
from rightskit.rendering import copies, merging
from rightskit.vault import departures, membership, messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.mailbox.model import Attachment as Attached
    from rightskit.mailbox.model import Reply
    from rightskit.rendering.model import Enclosure
    from rightskit.vault.store import Connection

MAIL, PAPER, REPLY = "mail", "paper", "reply"
LARGEST = 5_000_000
"""Bytes of one file that goes with a letter."""
_DRAFT = b"X-Unsent: 1\r\n"


def opened(connection: Connection, message: str) -> tuple[bytes, Reply]:
    """A kept message: its bytes, none where a member passed it on; and what its first sender wrote."""
    raw = messages.fetch(connection, message)
    outer = parse(raw)
    reply = reading.inner(outer, of_member=bool(membership.at_address(connection, outer.sender)))
    return raw if reply is outer else b"", reply


def words_of(reply: Reply) -> Iterator[str]:
    """All that can be read in a reply, the texts and names of its files too."""
    yield from (reply.subject, reply.text, reply.original)
    yield from (one.name for one in reply.attachments)
    yield from enclosed.texts(reply)


def as_file(connection: Connection, one: Enclosure, language: str) -> Attachment:
    """A letter or a reply for a mail: as it was sent or came, where all of it may be seen; else as pages."""
    if one.kind == MAIL:
        raw = departures.raw(connection, one.key).removeprefix(_DRAFT)
        return Attachment(f"{one.name}.eml", "application/octet-stream", raw)
    if one.kind == REPLY:
        raw, reply = opened(connection, one.key)
        if raw and len(raw) <= LARGEST and not any(why_not(file) for file in reply.attachments):
            return Attachment(f"{one.name}.eml", "application/octet-stream", raw)
    return Attachment(f"{one.name}.pdf", "application/pdf", as_pages(connection, one, language))


def as_pages(connection: Connection, one: Enclosure, language: str) -> bytes:
    """A letter or a reply as PDF, with the PDFs that came with it; what is left out is named on its first page."""
    if one.kind == PAPER:
        text = departures.raw(connection, one.key).decode()
        return copies.copy_of(language, one.title, (), (), text)
    if one.kind == MAIL:
        reply = parse(departures.raw(connection, one.key))
        return copies.copy_of(language, one.title, list(facts(reply, language)), (), reply.text)
    _, reply = opened(connection, one.key)
    notes = [note(file.name, why_not(file), language) for file in reply.attachments]
    page = copies.copy_of(language, one.title, list(facts(reply, language)), notes, reply.text)
    return merging.joined([page, *(file.content for file in reply.attachments if not why_not(file))])


def why_not(file: Attached) -> str:
    """Why a file of a reply does not go along: ``large``, ``broken`` or ``no_pdf``; empty where it does."""
    if not pdftext.is_pdf(file.content):
        return "no_pdf"
    return "large" if len(file.content) > LARGEST else merging.unfit(file.content)


def note(name: str, why: str, language: str) -> str:
    """The line about a file of a reply: that it follows, or why it is left out."""
    if why:
        reason = texts.text(language, f"enclosure.because_{why}")
        return texts.text(language, "enclosure.left_out", what=name, why=reason)
    return texts.text(language, "enclosure.follows", what=name)


def facts(reply: Reply, language: str) -> Iterator[tuple[str, str]]:
    """Who wrote to whom, when and about what."""
    values = {
        "from": f"{reply.sender_name} <{reply.sender}>" if reply.sender_name else reply.sender,
        "to": ", ".join(reply.recipients),
        "date": reply.date.strftime("%Y-%m-%d %H:%M %z") if reply.date else "",
        "subject": reply.subject,
    }
    for name, value in values.items():
        if value:
            yield texts.text(language, f"copy.{name}"), value
