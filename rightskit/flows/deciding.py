"""What a person decides about messages, and how it is undone: nothing is deleted, former events are overruled."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.cases.history import standing
from rightskit.cases.model import Event, EventKind
from rightskit.classification.classify import classify
from rightskit.classification.model import Classification, ReplyKind
from rightskit.flows import filing, replies
from rightskit.vault import decisions, disclosures, learning, membership, messages, requests
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.decisions import Before
    from rightskit.vault.messages import StoredMessage
    from rightskit.vault.store import Connection

BY_A_PERSON = "a person"
_NOT_OURS = "a person: not ours"
_OF_NOBODY = frozenset({ReplyKind.BOUNCE, ReplyKind.DELAY, ReplyKind.OTHER})
"""Kinds from which nothing is learnt about their sender: mail servers return letters to every controller."""
_SERVERS = ("mailer-daemon@", "postmaster@")


def decide(workspace: Workspace, message: str, kinds: Sequence[ReplyKind], references: Sequence[str]) -> None:
    """File a message as a person decides: under these requests, or under none of them as not ours.

    What it changed before is overruled. The sender is known from then on to write for these controllers.

    Raises:
        NotFoundError: there is no such message or request.
    """
    with workspace.vault.write() as connection:
        stored = replies.get(connection, message)
        known = [requests.named(connection, reference).reference for reference in references]
        _decide(workspace, connection, stored, kinds, known, decisions.next_group(connection))


def decide_all(workspace: Workspace, group: Sequence[tuple[str, Sequence[str]]], kind: ReplyKind) -> None:
    """Decide about many messages at once; one undo takes all of it back.

    Args:
        workspace: the campaign.
        group: message and its requests.
        kind: of all of them.
    """
    with workspace.vault.write() as connection:
        together = decisions.next_group(connection)
        for message, references in group:
            _decide(workspace, connection, replies.get(connection, message), [kind], references, together)


def confirm(workspace: Workspace, group: Sequence[str]) -> None:
    """Keep that a person found right what the machine decided about messages; nothing else changes.

    Raises:
        NotFoundError: there is no such message.
    """
    with workspace.vault.write() as connection:
        together = decisions.next_group(connection)
        for message in group:
            stored = replies.get(connection, message)
            former = messages.filings(connection, stored.id).get(stored.id, [])
            decisions.note(connection, stored, former, together, workspace.now)


def undo(workspace: Workspace) -> list[str]:
    """Take the last decision back, or the last one about a whole group.

    Returns:
        The messages that are as they were before.
    """
    with workspace.vault.write() as connection:
        former = decisions.take_last(connection)
        for before in former:
            _restore(workspace, connection, before)
    return [before.message for before in former]


def later(workspace: Workspace, group: Sequence[str]) -> None:
    """Put messages off: the next review shows them after all others."""
    with workspace.vault.write() as connection:
        decisions.postpone(connection, group)


def _decide(  # noqa: PLR0913, PLR0917 (a decision is all of this)
    workspace: Workspace,
    connection: Connection,
    stored: StoredMessage,
    kinds: Sequence[ReplyKind],
    references: Sequence[str],
    together: int,
) -> None:
    before = {one.reference: one for one in messages.filings(connection, stored.id).get(stored.id, [])}
    filings = [_filed(before.get(reference), stored.id, reference) for reference in dict.fromkeys(references)]
    primary = min(kinds, key=list(ReplyKind).index)
    reply = file(workspace, connection, stored, primary.value, filings, together)
    says = _as(classify(reply), kinds)
    filing.apply(workspace, connection, [(reply, says, filings)])
    if not _OF_NOBODY & set(kinds):
        _learn_writer(connection, reply, filings)


def file(  # noqa: PLR0913, PLR0917 (likewise)
    workspace: Workspace,
    connection: Connection,
    stored: StoredMessage,
    kind: str,
    filings: Sequence[Filing],
    together: int,
) -> Reply:
    """Write down what a message is and where it lies, overrule all that it changed before, and give it opened.

    Args:
        workspace: the campaign.
        connection: to the vault.
        stored: the message.
        kind: of reply, or of event where an authority wrote it.
        filings: where it lies; none: it is not ours.
        together: number of the decision.
    """
    former = messages.filings(connection, stored.id).get(stored.id, [])
    decisions.note(connection, stored, former, together, workspace.now)
    _, reply = replies.both(connection, stored.id)
    _retract(workspace, connection, reply, former)
    status = "filed" if filings else "ignored"
    messages.decide(connection, stored.id, status, kind, filings or [_nowhere(stored.id)])
    return reply


def _filed(former: Filing | None, message: str, reference: str) -> Filing:
    if former:
        return replace(former, proven=True, filed=True)
    return Filing(message, reference, None, BY_A_PERSON, proven=True, filed=True)


def _learn_writer(connection: Connection, reply: Reply, filings: Sequence[Filing]) -> None:
    """A rule for the next message: this address writes for these controllers. A member's own address never does."""
    if reply.sender.startswith(_SERVERS) or not reply.sender or membership.at_address(connection, reply.sender):
        return
    for one in filings:
        request = requests.get(connection, one.reference or "")
        if request:
            learning.learn_writer(connection, reply.sender, request.controller, reply.id)


def _retract(workspace: Workspace, connection: Connection, reply: Reply, filings: Sequence[Filing]) -> None:
    """Overrule what a message changed: its events stand corrected, its documents leave, its lessons are unlearnt."""
    references = [one.reference for one in filings if one.filed and one.reference]
    learning.unlearn(connection, reply.id)
    membership.take_back(connection, reply.id, workspace.today, workspace.now)
    history = requests.events_by_request(connection, references)
    for reference in references:
        wrong = [e for e in standing(history[reference]) if e.source == "message" and e.evidence == reply.id]
        requests.record(connection, [_correction(event, workspace) for event in wrong])
        for attachment in reply.attachments:
            disclosures.remove(connection, hashlib.sha256(attachment.content).hexdigest(), reference)


def _correction(event: Event, workspace: Workspace) -> Event:
    return Event(
        event.reference,
        EventKind.CORRECTED,
        workspace.today,
        workspace.now,
        source="person",
        evidence=event.evidence,
        detail={"corrects": str(event.id)},
    )


def _restore(workspace: Workspace, connection: Connection, before: Before) -> None:
    stored = replies.get(connection, before.message)
    now = messages.filings(connection, stored.id).get(stored.id, [])
    if (stored.status, stored.primary_kind, now) == (before.status, before.primary_kind, list(before.filings)):
        return  # a person had only looked at it: what was read from its documents stays
    _, reply = replies.both(connection, before.message)
    _retract(workspace, connection, reply, now)
    messages.decide(
        connection, before.message, before.status, before.primary_kind, before.filings, certain=before.certain
    )
    if before.primary_kind in set(ReplyKind):
        says = _as(classify(reply), [ReplyKind(before.primary_kind)])
        filing.apply(workspace, connection, [(reply, says, before.filings)])
    else:
        _reinstate(workspace, connection, reply, before)


def _reinstate(workspace: Workspace, connection: Connection, reply: Reply, before: Before) -> None:
    """What an authority wrote counts again as a person had recorded it: the correction of it is corrected."""
    references = [one.reference for one in before.filings if one.filed and one.reference]
    for events in requests.events_by_request(connection, references).values():
        own = {str(e.id) for e in events if e.evidence == reply.id and e.kind.value == before.primary_kind}
        last = [e for e in standing(events) if e.kind is EventKind.CORRECTED and e.detail.get("corrects") in own][-1:]
        requests.record(connection, [_correction(event, workspace) for event in last])


def _as(says: Classification, kinds: Sequence[ReplyKind]) -> Classification:
    """The machine's reading with the kinds that a person chose, one of its own with all that it found besides."""
    chosen = {*kinds, *says.kinds} if len(kinds) == 1 and kinds[0] in says.kinds else set(kinds)
    primary = min(kinds, key=list(ReplyKind).index)
    return replace(
        says,
        primary=primary,
        kinds=tuple(sorted(chosen, key=list(ReplyKind).index)),
        confidence=1.0,
        certain=True,
    )


def _nowhere(message: str) -> Filing:
    return Filing(message, None, None, _NOT_OURS, proven=False, filed=False)
