"""``replies`` and ``review``: what came, under which requests it lies, and what a person decides about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.campaign.reference import normalise
from rightskit.classification.classify import classify
from rightskit.classification.model import Classification, ReplyKind
from rightskit.classification.quotes import own_words
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import filing
from rightskit.mailbox.parse import parse
from rightskit.vault import messages, requests
from rightskit.vault.messages import Filing, StoredMessage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as it is kept, with its filings."""

    message: StoredMessage
    filings: tuple[Filing, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A message that waits, opened for a person.

    Attributes:
        words: the sender's own words, without quotes and signature.
        controllers: reference -> controller id, of the candidates.
    """

    kept: Kept
    reply: Reply
    words: str
    controllers: dict[str, str]


def list_(workspace: Workspace) -> list[Kept]:
    """All messages, oldest first."""
    with workspace.vault.read() as connection:
        filings = messages.filings(connection)
        return [Kept(message, tuple(filings.get(message.id, ()))) for message in messages.all_messages(connection)]


def waiting(workspace: Workspace) -> list[Kept]:
    """The messages that wait for a person, oldest first."""
    return [kept for kept in list_(workspace) if kept.message.status == "review"]


def groups(found: Sequence[Kept]) -> dict[str, list[Kept]]:
    """The waiting messages by proposed kind, the largest group first."""
    by_kind: dict[str, list[Kept]] = defaultdict(list)
    for kept in found:
        by_kind[kept.message.primary_kind].append(kept)
    return dict(sorted(by_kind.items(), key=lambda item: -len(item[1])))


def open_(workspace: Workspace, message: str) -> Opened:
    """One message with the sender's own words.

    Raises:
        NotFoundError: there is no such message, or several begin so.
    """
    with workspace.vault.read() as connection:
        stored = _stored(connection, message)
        reply = parse(messages.fetch(connection, stored.id))
        found = tuple(messages.filings(connection).get(stored.id, ()))
        named = [requests.get(connection, one.reference) for one in found if one.reference]
    controllers = {request.reference: request.controller for request in named if request}
    return Opened(Kept(stored, found), reply, own_words(reply.text), controllers)


def decide(workspace: Workspace, message: str, kind: ReplyKind, references: Sequence[str]) -> None:
    """File a waiting message as a person decided: under these requests, or under none of them as not ours.

    Raises:
        NotFoundError: there is no such message or request.
        RefusedError: the message does not wait.
    """
    with workspace.vault.write() as connection:
        _decide(workspace, connection, message, kind, references)


def accept(workspace: Workspace, kind: ReplyKind) -> tuple[int, int]:
    """Accept the proposed kind of every waiting message that has exactly one candidate request.

    Returns:
        How many were accepted, and how many of this kind still wait.
    """
    group = groups(waiting(workspace)).get(kind.value, [])
    single = [(kept.message.id, kept.filings[0].reference) for kept in group if _is_plain(kept)]
    with workspace.vault.write() as connection:
        for message, reference in single:
            _decide(workspace, connection, message, kind, [reference or ""])
    return len(single), len(group) - len(single)


def _is_plain(kept: Kept) -> bool:
    """Whether only the kind was in doubt: one request, and a sender who belongs to the controller or needs not."""
    return len(kept.filings) == 1 and kept.filings[0].reference is not None and kept.filings[0].proven


def _decide(
    workspace: Workspace, connection: Connection, message: str, kind: ReplyKind, references: Sequence[str]
) -> None:
    stored = _stored(connection, message)
    if stored.status != "review":
        raise RefusedError(f"The message {stored.id[:12]} does not wait: it is {stored.status}.")
    reply = parse(messages.fetch(connection, stored.id))
    before = {one.reference: one for one in messages.filings(connection).get(stored.id, ())}
    filings = [
        replace(before[reference], proven=True, filed=True)
        if reference in before
        else Filing(stored.id, reference, None, "a person", proven=True, filed=True)
        for reference in (_known(connection, given) for given in references)
    ]
    status = "filed" if filings else "ignored"
    messages.decide(connection, stored.id, status, kind.value, filings or [_nowhere(stored.id)])
    says = _as(classify(reply), kind)
    for one in filings:
        filing.apply(workspace, connection, reply, says, one.reference or "", proven=True)


def _as(says: Classification, kind: ReplyKind) -> Classification:
    """The machine's reading with the kind that a person chose."""
    kinds = tuple(sorted({kind, *says.kinds} if kind in says.kinds else {kind}, key=list(ReplyKind).index))
    return replace(says, primary=kind, kinds=kinds, confidence=1.0, certain=True)


def _known(connection: Connection, reference: str) -> str:
    plain = normalise(reference) or reference
    if requests.get(connection, plain) is None:
        raise NotFoundError(f"There is no request {reference}.", "See: rightskit status --list")
    return plain


def _nowhere(message: str) -> Filing:
    return Filing(message, None, None, "a person: not ours", proven=False, filed=False)


def _stored(connection: Connection, message: str) -> StoredMessage:
    found = messages.get(connection, message)
    if found is None:
        raise NotFoundError(f"There is no single message {message}.", "See: rightskit replies list")
    return found


def lines(found: Sequence[Kept]) -> Iterator[dict[str, object]]:
    """The fixed form of ``replies list --json``: a line per message and request."""
    for kept in found:
        for one in kept.filings or (_nowhere(kept.message.id),):
            yield {
                "inbound_message_id": kept.message.message_id or kept.message.id,
                "outbound_message_id": one.outbound,
                "request": one.reference,
                "kind": kept.message.primary_kind,
                "status": kept.message.status,
                "evidence": one.evidence,
            }
