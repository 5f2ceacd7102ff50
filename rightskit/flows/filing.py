"""What a reply changes, whether the machine or a person decided: events, and returned documents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rightskit.cases import tickets
from rightskit.cases.effects import events_of
from rightskit.classification.model import ReplyKind
from rightskit.classification.quotes import own_words
from rightskit.disclosures.model import Disclosure
from rightskit.flows import judge
from rightskit.vault import disclosures, learning, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.campaign.model import Request
    from rightskit.cases.model import Event
    from rightskit.classification.model import Classification
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Attachment, Reply
    from rightskit.vault.messages import Filing
    from rightskit.vault.store import Connection

    Decided = tuple[Reply, Classification, Sequence[Filing]]

TO_A_PERSON = frozenset({ReplyKind.REFUSAL, ReplyKind.WRONG_CONTROLLER, ReplyKind.PARTIAL})
"""Kinds that wait for a person even when the machine is certain: what follows from them is a decision."""

_WITH_DOCUMENTS = frozenset({ReplyKind.DATA, ReplyKind.PARTIAL})


def apply(workspace: Workspace, connection: Connection, found: Sequence[Decided]) -> None:
    """Record what replies change about the requests under which they are filed, and keep what they brought.

    A batch of replies is written together: a statement for each would take longer than to read the reply.
    """
    named = {one.reference for *_, filings in found for one in filings if one.filed and one.reference}
    known = {request.reference: request for request in requests.some(connection, named)}
    requests.record(connection, [event for one in found for event in _events(workspace, connection, known, one)])
    for document in (document for one in found for document in _documents(known, one)):
        disclosures.add(connection, document)
    learning.learn_tickets(connection, [row for reply, _, filings in found for row in _tickets(known, reply, filings)])


def _events(
    workspace: Workspace, connection: Connection, known: Mapping[str, Request], decided: Decided
) -> Iterator[Event]:
    """What happened to each request by a reply, and what standing judgements answer to it."""
    reply, says, filings = decided
    for one in filings:
        if one.filed and (request := known.get(one.reference or "")):
            events = events_of(
                reply,
                says,
                reference=request.reference,
                happened=day_of(reply, workspace),
                noted=workspace.now,
                proven=one.proven,
            )
            yield from events
            yield from judge.met(workspace, connection, request.controller, events)


def _documents(known: Mapping[str, Request], decided: Decided) -> Iterator[Disclosure]:
    """What a reply from the controller itself brought as data."""
    reply, says, filings = decided
    if says.primary not in _WITH_DOCUMENTS:
        return
    for one in filings:
        request = known.get(one.reference or "")
        if one.filed and one.proven and request:
            yield from (_document(request, attachment) for attachment in reply.attachments)


def _document(request: Request, attachment: Attachment) -> Disclosure:
    return Disclosure(
        id=hashlib.sha256(attachment.content).hexdigest(),
        reference=request.reference,
        member=request.member,
        controller=request.controller,
        name=attachment.name,
        media_type=attachment.media_type,
        content=attachment.content,
    )


def _tickets(
    known: Mapping[str, Request], reply: Reply, filings: Sequence[Filing]
) -> Iterator[tuple[str, str, str, str]]:
    """Controller, ticket, request and message of each ticket number, by which later replies are filed."""
    for reference, names in tickets_of(reply, filings):
        if request := known.get(reference):
            yield from ((request.controller, name, reference, reply.id) for name in names)


def tickets_of(reply: Reply, filings: Sequence[Filing]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The request that a reply was filed under, with the ticket numbers in it; none where they cannot be told apart."""
    filed = [one.reference for one in filings if one.filed and one.proven and one.reference]
    if len(filed) == 1:
        yield filed[0], tickets.find(reply.subject, own_words(reply.text))


def day_of(reply: Reply, workspace: Workspace) -> dt.date:
    """The legal day of a reply; its Date header is the sender's own claim and never lies ahead."""
    return min(reply.date.date(), workspace.today) if reply.date else workspace.today
