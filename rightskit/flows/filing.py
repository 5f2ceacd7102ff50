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
    from collections.abc import Iterator, Sequence

    from rightskit.classification.model import Classification
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.messages import Filing
    from rightskit.vault.store import Connection

TO_A_PERSON = frozenset({ReplyKind.REFUSAL, ReplyKind.WRONG_CONTROLLER, ReplyKind.PARTIAL})
"""Kinds that wait for a person even when the machine is certain: what follows from them is a decision."""

_WITH_DOCUMENTS = frozenset({ReplyKind.DATA, ReplyKind.PARTIAL})


def apply(  # noqa: PLR0913 (a reply, what it says, and for whom)
    workspace: Workspace,
    connection: Connection,
    reply: Reply,
    classification: Classification,
    reference: str,
    *,
    proven: bool,
) -> None:
    """Record what a reply changes about one request, and keep the documents that it brought."""
    request = requests.get(connection, reference)
    if request is None:
        return
    events = events_of(
        reply,
        classification,
        reference=reference,
        happened=day_of(reply, workspace),
        noted=workspace.now,
        proven=proven,
    )
    requests.record(connection, [*events, *judge.met(workspace, connection, request.controller, events)])
    if proven and classification.primary in _WITH_DOCUMENTS:
        for attachment in reply.attachments:
            name = hashlib.sha256(attachment.content).hexdigest()
            disclosures.add(
                connection,
                Disclosure(
                    id=name,
                    reference=reference,
                    member=request.member,
                    controller=request.controller,
                    name=attachment.name,
                    media_type=attachment.media_type,
                    content=attachment.content,
                ),
            )


def tickets_of(reply: Reply, filings: Sequence[Filing]) -> Iterator[tuple[str, list[str]]]:
    """The request that a reply was filed under, with the ticket numbers in it; none where they cannot be told apart."""
    filed = [one.reference for one in filings if one.filed and one.proven and one.reference]
    if len(filed) == 1:
        yield filed[0], tickets.find(reply.subject, own_words(reply.text))


def learn_tickets(connection: Connection, reply: Reply, filings: Sequence[Filing]) -> None:
    """Remember the ticket numbers of a reply, so that later ones without a reference are filed too."""
    for reference, names in tickets_of(reply, filings):
        request = requests.get(connection, reference)
        if request and names:
            learning.learn_tickets(connection, request.controller, names, reference, reply.id)


def day_of(reply: Reply, workspace: Workspace) -> dt.date:
    """The legal day of a reply; its Date header is the sender's own claim and never lies ahead."""
    return min(reply.date.date(), workspace.today) if reply.date else workspace.today
