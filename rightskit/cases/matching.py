"""Under which requests a reply is filed, by evidence, strongest first.

What stays ambiguous is a candidate for a person, never a nearest guess; a reply without any match is kept all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rightskit.campaign.reference import find
from rightskit.cases import tickets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rightskit.mailbox.model import Reply

IN_REPLY_TO = "in-reply-to"
DSN = "original message-id in DSN"
PLUS = "plus-address"
SUBJECT = "reference in subject"
BODY = "reference in body"
ATTACHMENT_NAME = "reference in attachment name"
ATTACHMENT_TEXT = "reference in attachment text"
QUOTED = "quoted letter"
TICKET = "ticket number"
FORWARDED = "forwarded by the member"
SENDER = "sender domain and name"
STRENGTH: dict[str, float] = {
    IN_REPLY_TO: 1.0,
    DSN: 1.0,
    PLUS: 0.95,
    SUBJECT: 0.9,
    BODY: 0.85,
    ATTACHMENT_NAME: 0.8,
    ATTACHMENT_TEXT: 0.8,
    QUOTED: 0.75,
    TICKET: 0.7,
    FORWARDED: 0.6,
    SENDER: 0.5,
}
# Several requests fit the sender and the name alike: each is a candidate only.
CANDIDATE = 0.2
_MESSAGE_ID = re.compile(r"(?im)^(?:message-id|references|in-reply-to):\s*((?:<[^<>\s]{1,998}>\s*)+)")
_IDS = re.compile(r"<[^<>\s]{1,998}>")


class Index(Protocol):
    """What matching must look up; the vault answers."""

    def request_of_message_id(self, message_id: str) -> str | None:
        """The request whose letter has this Message-ID (with angle brackets)."""

    def knows(self, reference: str) -> bool:
        """Whether the campaign has this request."""

    def requests_of_ticket(self, sender: str, ticket: str) -> Sequence[str]:
        """The requests to controllers that this address writes for, in whose replies a ticket stood before."""

    def requests_by_sender_and_name(self, sender: str, text: str) -> Sequence[str]:
        """The requests to controllers that this address writes for, whose member's full name stands in the text."""


@dataclass(frozen=True, slots=True)
class Match:
    """A request that a reply belongs to.

    Attributes:
        outbound_message_id: of the letter that is answered, where the evidence names it.
        evidence: a few words for a person and for programs.
        strength: from 0 to 1.
    """

    reference: str
    outbound_message_id: str | None
    evidence: str
    strength: float

    @property
    def files(self) -> bool:
        """Whether the reply is filed under the request; otherwise the request is a candidate for ``review``."""
        return self.strength > CANDIDATE


def match(
    reply: Reply, index: Index, attachment_texts: Callable[[Reply], Iterable[str]] = lambda _: ()
) -> tuple[Match, ...]:
    """All requests that a reply belongs to, each with its strongest evidence, strongest first.

    Args:
        reply: the message.
        index: what the campaign knows.
        attachment_texts: reads the text of attachments; asked only where the message itself names no request.
    """
    found: dict[str, Match] = {}
    for one in (*_by_message_id(reply, index), *_by_reference(reply, index)):
        found.setdefault(one.reference, one)
    if not found:
        found = {one.reference: one for one in _known(ATTACHMENT_TEXT, attachment_texts(reply), index)}
    strongest = sorted(found.values(), key=lambda one: -one.strength)
    return tuple(strongest) or tuple(_by_ticket(reply, index)) or tuple(_by_sender(reply, index))


def _by_message_id(reply: Reply, index: Index) -> Iterator[Match]:
    for evidence, ids in ((IN_REPLY_TO, reply.in_reply_to), (DSN, returned_ids(reply))):
        for message_id in ids:
            if reference := index.request_of_message_id(message_id):
                yield Match(reference, message_id, evidence, STRENGTH[evidence])


def returned_ids(reply: Reply) -> list[str]:
    """The Message-IDs that a notification names: in its report, and in the headers it returns."""
    reported = [report.original_message_id for report in reply.reports if report.original_message_id]
    headers = (found for block in _MESSAGE_ID.findall(reply.original) for found in _IDS.findall(block))
    return list(dict.fromkeys([*reported, *headers]))


def _by_reference(reply: Reply, index: Index) -> Iterator[Match]:
    places: tuple[tuple[str, Iterable[str]], ...] = (
        (PLUS, _plus_parts(reply.recipients)),
        (SUBJECT, (reply.subject,)),
        (BODY, (reply.text,)),
        (ATTACHMENT_NAME, (attachment.name for attachment in reply.attachments)),
        (QUOTED, (reply.original,)),
    )
    for evidence, texts in places:
        yield from _known(evidence, texts, index)


def _known(evidence: str, texts: Iterable[str], index: Index) -> Iterator[Match]:
    for reference in dict.fromkeys(reference for text in texts for reference in find(text)):
        if index.knows(reference):
            yield Match(reference, None, evidence, STRENGTH[evidence])


def _plus_parts(recipients: Iterable[str]) -> Iterator[str]:
    for address in recipients:
        local, at, _ = address.rpartition("@")
        if at and "+" in local:
            yield local.partition("+")[2]


def _by_ticket(reply: Reply, index: Index) -> Iterator[Match]:
    """A number that stood in replies to several requests tells none of them apart."""
    for ticket in tickets.find(reply.subject, reply.text):
        found = index.requests_of_ticket(reply.sender, ticket)
        if len(found) == 1:
            yield Match(found[0], None, TICKET, STRENGTH[TICKET])
            return


def _by_sender(reply: Reply, index: Index) -> Iterator[Match]:
    text = f"{reply.subject}\n{reply.text}\n{reply.original}"
    found = tuple(dict.fromkeys(index.requests_by_sender_and_name(reply.sender, text)))
    strength = STRENGTH[SENDER] if len(found) == 1 else CANDIDATE
    yield from (Match(reference, None, SENDER, strength) for reference in found)
