"""``replies``: what came, and under which requests it lies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.cases.matching import CANDIDATE
from rightskit.classification.quotes import own_words
from rightskit.errors import NotFoundError
from rightskit.flows import reading
from rightskit.mailbox.parse import parse
from rightskit.vault import membership, messages, requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.messages import Filing, StoredMessage
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as it is kept, with its filings, the strongest first."""

    message: StoredMessage
    filings: tuple[Filing, ...]

    @property
    def likely(self) -> tuple[str, ...]:
        """The requests that the evidence names; candidates are none."""
        return tuple(one.reference for one in self.filings if one.reference and one.strength > CANDIDATE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A message, opened for a person.

    Attributes:
        reply: what a member passed on stands here as its first sender wrote it.
        words: the sender's own words, without quotes and signature.
        passed_on: whether a member forwarded it.
        controllers: reference -> controller id, of the candidates.
    """

    kept: Kept
    reply: Reply
    words: str
    passed_on: bool
    controllers: dict[str, str]


def list_(workspace: Workspace) -> list[Kept]:
    """All messages, oldest first."""
    with workspace.vault.read() as connection:
        filings = messages.filings(connection)
        return [Kept(message, tuple(filings.get(message.id, ()))) for message in messages.all_messages(connection)]


def open_(workspace: Workspace, message: str) -> Opened:
    """One message with the sender's own words.

    Raises:
        NotFoundError: there is no such message, or several begin so.
    """
    with workspace.vault.read() as connection:
        stored = get(connection, message)
        outer, reply = both(connection, stored.id)
        found = tuple(messages.filings(connection, stored.id).get(stored.id, ()))
        named = [requests.get(connection, one.reference) for one in found if one.reference]
    controllers = {request.reference: request.controller for request in named if request}
    return Opened(Kept(stored, found), reply, own_words(reply.text), reply is not outer, controllers)


def get(connection: Connection, message: str) -> StoredMessage:
    """The message whose id begins so, or that its sender called so (``inbound_message_id`` of the fixed form).

    Raises:
        NotFoundError: there is none, or several begin so.
    """
    found = messages.get(connection, message) or messages.called(connection, message)
    if found is None:
        raise NotFoundError(f"There is no single message {message}.", "See: rightskit replies list")
    return found


def both(connection: Connection, message: str) -> tuple[Reply, Reply]:
    """A kept message as it came, and what a member passed on with it; twice the same where nothing was passed on."""
    outer = replace(parse(messages.fetch(connection, message)), id=message)
    return outer, reading.inner(outer, of_member=bool(membership.at_address(connection, outer.sender)))


def lines(found: Sequence[Kept]) -> Iterator[dict[str, object]]:
    """The fixed form of ``replies list --json``: a line per message and request."""
    for kept in found:
        for one in kept.filings or (reading.nowhere(kept.message.id),):
            yield {
                "inbound_message_id": kept.message.message_id or kept.message.id,
                "outbound_message_id": one.outbound,
                "request": one.reference,
                "kind": kept.message.primary_kind,
                "status": kept.message.status,
                "evidence": one.evidence,
            }
