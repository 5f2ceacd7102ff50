"""What a supervisory authority writes: known by its address, proposed by rules, recorded as a person says (Art. 77).

The event is the one that ``log`` notes, with the letter as its evidence. No letter of an authority speaks for the
controller, and none is filed without a person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.cases import tickets
from rightskit.cases.history import last, standing
from rightskit.cases.model import EventKind
from rightskit.cases.rulings import NOTHING_TOLD
from rightskit.cases.sender import authority_of, desk
from rightskit.classification import authority_words
from rightskit.classification.quotes import own_words
from rightskit.errors import RefusedError, WrongUsageError
from rightskit.flows import deciding, log, replies
from rightskit.flows.filing import day_of
from rightskit.vault import decisions, learning, messages, requests
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.cases.model import Event
    from rightskit.cases.rulings import Ruling
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.store import Connection

KINDS: Mapping[EventKind, str] = {
    EventKind.AUTHORITY_REGISTERED: "it has the complaint, under its file number",
    EventKind.AUTHORITY_ASKED: "it asks the complainant something",
    EventKind.AUTHORITY_REFERRED: "it passed the complaint on, such as to the lead authority (Art. 56)",
    EventKind.AUTHORITY_DECIDED: "how the complaint ended: upheld, rejected, settled …",
}
"""What a letter of an authority can be, for a person."""
BY_AN_AUTHORITY = "a person: from an authority"


@dataclass(frozen=True, slots=True)
class Written:
    """What an authority wrote, as a person says.

    Attributes:
        kind: one of :data:`KINDS`.
        ruling: of a decision.
        number: under which the authority keeps the complaint; empty where none is told.
    """

    kind: EventKind
    ruling: Ruling = NOTHING_TOLD
    number: str = ""


def writer(workspace: Workspace, reply: Reply, filings: Iterable[Filing]) -> str:
    """The id of the authority that writes, unless a request of the campaign is to it; empty for none."""
    if any(one.proven for one in filings):
        return ""
    return authority_of(reply.sender, workspace.registry.authorities)


def proposed(workspace: Workspace, reply: Reply, filings: Iterable[Filing]) -> str:
    """What a letter of an authority seems to be; empty where no authority writes."""
    if not writer(workspace, reply, filings):
        return ""
    found = authority_words.read(own_words(reply.text))
    return found.says.value if found else "authority"


def numbers(reply: Reply) -> tuple[str, ...]:
    """The file numbers in a letter, the likeliest first."""
    return tickets.find(reply.subject, own_words(reply.text))


def record(workspace: Workspace, message: str, written: Written, references: Sequence[str]) -> tuple[Event, ...]:
    """Record what an authority wrote about complaints, and file its letter there; one undo takes all of it back.

    Raises:
        NotFoundError: there is no such message or request.
        WrongUsageError: no request is named, or the decision is told in words that are not known.
        RefusedError: no complaint was lodged about a request.
    """
    log.demand_ruling(written.kind, written.ruling)
    with workspace.vault.write() as connection:
        stored = replies.get(connection, message)
        named = [requests.named(connection, reference).reference for reference in references]
        if not named:
            raise WrongUsageError("There is no request whose complaint it is about.", "Name it: RK-7G2K-4Q9A")
        _, reply = replies.both(connection, stored.id)
        history = requests.events_by_request(connection, named)
        events = tuple(_event(workspace, reply, written, name, history[name]) for name in dict.fromkeys(named))
        filings = [_filing(connection, stored.id, event.reference) for event in events]
        together = decisions.next_group(connection)
        deciding.file(workspace, connection, stored, written.kind.value, filings, together)
        requests.record(connection, events)
        _learn(workspace, connection, reply, written.number, events)
    return events


def _event(workspace: Workspace, reply: Reply, written: Written, reference: str, before: Sequence[Event]) -> Event:
    if last(standing(before), EventKind.COMPLAINED) < 0:
        hint = f"Did the member lodge it? rightskit log {reference} complained"
        raise RefusedError(f"No complaint was lodged about {reference}.", hint)
    told = log.Told(reference, written.kind, day_of(reply, workspace), by="authority", ruling=written.ruling)
    event = log.event_of(workspace, told, before)
    number = {"number": written.number} if written.number else {}
    return replace(event, source="message", evidence=reply.id, detail={**event.detail, **number}, rule="review")


def _filing(connection: Connection, message: str, reference: str) -> Filing:
    former = messages.filings(connection, message).get(message, [])
    known = next((one for one in former if one.reference == reference), None)
    if known:
        return replace(known, filed=True)
    return Filing(message, reference, None, BY_AN_AUTHORITY, proven=False, filed=True)


def _learn(workspace: Workspace, connection: Connection, reply: Reply, number: str, events: Sequence[Event]) -> None:
    """Later letters of this authority are filed by the number."""
    name = authority_of(reply.sender, workspace.registry.authorities)
    if name and number:
        rows = [(desk(name), number.upper(), event.reference, reply.id) for event in events]
        learning.learn_tickets(connection, rows)
