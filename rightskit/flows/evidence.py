"""What a complaint encloses: the letters and replies of its request, numbered, and never another member's data.

A reply that lies under requests of several members, or that names another one, is left out, and the complaint says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.cases.assent import MATTERS
from rightskit.cases.history import called, standing
from rightskit.cases.model import EventKind
from rightskit.flows import correspondence
from rightskit.flows.lookup import Lookup
from rightskit.rendering.model import Enclosure
from rightskit.vault import messages, outgoing, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.cases.model import Event
    from rightskit.flows.dispatch import Draft
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.messages import Filing
    from rightskit.vault.outgoing import Kept
    from rightskit.vault.store import Connection

COMPLAINT = "complaint"
_OURS = {
    EventKind.REMINDED: "reminder",
    EventKind.COMPLAINED: COMPLAINT,
    EventKind.IDENTITY_GIVEN: "answer-identity",
    EventKind.MANDATE_GIVEN: "answer-mandate",
    EventKind.CLARIFICATION_GIVEN: "answer-clarification",
}
_CONTESTED = {EventKind.FEE_DEMANDED.value: "answer-fee", EventKind.REDIRECTED.value: "answer-portal"}
_TITLES = {EventKind.SENT: "request", EventKind.REMINDED: "reminder", EventKind.DELIVERED: "receipt"}
_OWN_AFFAIR = frozenset(
    {EventKind.PLANNED, EventKind.QUEUED, EventKind.NOTED, EventKind.MEMBER_ASKED, EventKind.MEMBER_REPORTED}
    | {EventKind.CORRECTED, *(kind for one in MATTERS for kind in (one.proposed, one.given, one.declined))}
)
"""Events that an authority is not told of: they are the campaign's own."""


@dataclass(frozen=True, slots=True)
class Known:
    """What enclosures are chosen from.

    Attributes:
        letters: request -> its letters that left.
        filings: message id -> under what it lies, or might lie.
        events: request -> all that happened.
    """

    connection: Connection
    lookup: Lookup
    letters: Mapping[str, Sequence[Kept]]
    filings: Mapping[str, Sequence[Filing]]
    events: Mapping[str, Sequence[Event]]


def known_of(workspace: Workspace, connection: Connection, references: Sequence[str]) -> Known:
    """What is kept about some requests."""
    return Known(
        connection,
        Lookup.read(workspace, connection),
        outgoing.left(connection, references),
        messages.filings(connection),
        requests.events_by_request(connection, references),
    )


def put(workspace: Workspace, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts; a complaint among them lists what it encloses, and its facts name the enclosures by number."""
    found = list(drafts)
    about = [draft.order.reference for draft in found if draft.order.letter == COMPLAINT]
    if not about:
        return found
    with workspace.vault.read() as connection:
        known = known_of(workspace, connection, about)
        return [_with(known, draft) if draft.order.letter == COMPLAINT else draft for draft in found]


def timeline(events: Iterable[Event], language: str, numbers: Mapping[int, int]) -> list[dict[str, object]]:
    """What happened and still stands, in order, with the number of the enclosure that shows it.

    Args:
        events: of one request.
        language: of the letter.
        numbers: id of an event -> number of an enclosure.
    """

    def said(event: Event) -> str:
        text = texts.text(language, f"event.{called(event)}")
        tracked = event.detail.get("tracking", "")
        shown = texts.text(language, "enclosure.number", number=numbers[event.id]) if event.id in numbers else ""
        more = ", ".join(filter(None, (tracked, shown)))
        return f"{text} ({more})" if more else text

    return [{"date": event.happened, "text": said(event)} for event in told(events)]


def told(events: Iterable[Event]) -> list[Event]:
    """What happened and still stands, in order, without what is the campaign's own affair."""
    return [event for event in standing(events) if event.kind not in _OWN_AFFAIR]


def _with(known: Known, draft: Draft) -> Draft:
    order, events = draft.order, known.events[draft.order.reference]
    listed: list[Enclosure] = []
    missing: list[Enclosure] = []
    numbers: dict[int, int] = {}
    places: dict[str, int] = {}
    for event, one, why in shown(known, order.reference, events, order.language):
        if why:
            missing.append(_left_out(one, why, order.language))
            continue
        if one.key not in places:
            places[one.key] = len(listed) + 1
            listed.append(_numbered(one, places[one.key], order.language))
        numbers[event.id] = places[one.key]
    signed = [_numbered(one, n, order.language) for n, one in enumerate(order.enclosures, len(listed) + 1)]
    facts = {**order.fields, "events": timeline(events, order.language, numbers)}
    enclosures = (*listed, *signed, *dict.fromkeys(missing))
    return replace(draft, order=replace(order, fields=facts, enclosures=enclosures))


def shown(
    known: Known, reference: str, events: Iterable[Event], language: str
) -> Iterator[tuple[Event, Enclosure, str]]:
    """Events with what shows them, and why it is left out; empty where it is not."""
    ours = {kept.letter: kept for kept in known.letters.get(reference, ())}
    own = known.lookup.requests[reference].letter
    for event in standing(events):
        title = f"enclosure.{_TITLES.get(event.kind, 'reply')}"
        if kept := ours.get(_letter(event, own)):
            title = f"enclosure.{_TITLES.get(event.kind, 'own_letter')}"
            kind = correspondence.MAIL if kept.recipient else correspondence.PAPER
            yield event, _copy(title, kind, kept.message_id, event, language), ""
        elif event.source == "message" and event.kind not in _OWN_AFFAIR and event.evidence in known.filings:
            one = _copy(title, correspondence.REPLY, event.evidence, event, language)
            yield event, one, _why_not(known, reference, event.evidence)


def _letter(event: Event, own: str) -> str:
    """The letter of ours whose leaving an event is; empty where it is something else."""
    if event.kind is EventKind.SENT:
        return own
    if event.kind is EventKind.DEMAND_CONTESTED:
        return _CONTESTED.get(event.detail.get("demand", ""), "")
    return _OURS.get(event.kind, "")


def _copy(title: str, kind: str, key: str, event: Event, language: str) -> Enclosure:
    words = texts.text(language, title, date=texts.longdate(language, event.happened))
    return Enclosure(words, kind, key, f"{event.happened}-{title.removeprefix('enclosure.').replace('_', '-')}")


def _numbered(one: Enclosure, number: int, language: str) -> Enclosure:
    mark = texts.text(language, "enclosure.number", number=number)
    return replace(one, title=f"{mark}: {one.title}", name=f"{number:02}-{one.name}")


def _left_out(one: Enclosure, why: str, language: str) -> Enclosure:
    reason = texts.text(language, f"enclosure.because_{why}")
    return Enclosure(texts.text(language, "enclosure.left_out", what=one.title, why=reason))


def _why_not(known: Known, reference: str, message: str) -> str:
    """``gone`` where a message was deleted after its time; ``others`` where it concerns another member too, or may."""
    if not messages.fetch(known.connection, message):
        return "gone"
    lookup = known.lookup
    member = lookup.requests[reference].member
    lies = {one.reference for one in known.filings[message] if one.reference}
    if any(lookup.requests[name].member != member for name in lies if name in lookup.requests):
        return "others"
    _, reply = correspondence.opened(known.connection, message)
    return "others" if lookup.others_in("\n".join(correspondence.words_of(reply)), member) else ""
