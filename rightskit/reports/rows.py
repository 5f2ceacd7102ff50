"""A request with its events → one row, of which all figures are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.demands import demands
from rightskit.cases.history import LINKED, called, happening, last, said
from rightskit.cases.model import Clock, Delivery, EventKind
from rightskit.cases.nextstep import member_asked
from rightskit.reports import demanded, forms
from rightskit.reports.caserow import Asked, CaseRow, Course, Data, Demands, Dispute

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from rightskit.campaign.model import Request
    from rightskit.cases.demands import Demand
    from rightskit.cases.model import Event, Status
    from rightskit.registry.model import Controller

HUMAN = frozenset(
    {
        EventKind.ACKNOWLEDGED,
        EventKind.IDENTITY_DEMANDED,
        EventKind.MANDATE_DEMANDED,
        EventKind.CLARIFICATION_DEMANDED,
        EventKind.FEE_DEMANDED,
        EventKind.EXTENDED,
        EventKind.REDIRECTED,
        EventKind.ANSWER_ANNOUNCED,
    }
)
"""Answers of a person that do not end the controller's time; a machine's receipt is none."""

FINAL = frozenset(
    {
        EventKind.DATA_RECEIVED,
        EventKind.NO_DATA,
        EventKind.REFUSED,
        EventKind.PARTLY_GRANTED,
        EventKind.CONFIRMED,
    }
)
"""Answers in substance."""

_DEMANDED = {
    EventKind.IDENTITY_DEMANDED: "identity",
    EventKind.MANDATE_DEMANDED: "mandate",
    EventKind.CLARIFICATION_DEMANDED: "clarification",
    EventKind.FEE_DEMANDED: "fee",
}
_DATA = frozenset({EventKind.DATA_RECEIVED, EventKind.PARTLY_GRANTED})
_COMPLAINT = {
    EventKind.COMPLAINED: "lodged",
    EventKind.AUTHORITY_REGISTERED: "registered",
    EventKind.AUTHORITY_ASKED: "asked",
    EventKind.AUTHORITY_ANSWERED: "registered",
    EventKind.AUTHORITY_REFERRED: "referred",
    EventKind.AUTHORITY_DECIDED: "decided",
}
COMPLAINTS = tuple(dict.fromkeys(_COMPLAINT.values()))
"""How far a complaint can come."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of the answer to one request beside its events.

    Attributes:
        forms: of the documents that came.
        items: of Art. 15(1) that they speak of; None where no recipe has read that.
        read: whether a recipe read one of them.
    """

    forms: tuple[str, ...] = ()
    items: frozenset[str] | None = None
    read: bool = False


NO_ANSWER = Answer()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of messages.

    Attributes:
        by_person: those about which a person has decided.
        words: message → the words with which it demands something.
    """

    by_person: Collection[str]
    words: Mapping[str, str]


NOTHING_SEEN = Seen(frozenset(), {})


def row(  # noqa: PLR0913 (what is known of a request, each by name)
    request: Request,
    controller: Controller,
    events: Sequence[Event],
    facts: Status,
    *,
    answer: Answer = NO_ANSWER,
    seen: Seen = NOTHING_SEEN,
    agreed: bool = False,
    arm: str = "",
    order: str = "",
) -> CaseRow:
    """The row of one request.

    Args:
        request: what was asked.
        controller: of whom.
        events: those that stand, in order.
        facts: folded from them on the day of the report.
        answer: what came back.
        seen: of the messages that the events rest on.
        agreed: whether the member's consent covers the pool.
        arm: what the lot drew for it; empty where nothing was drawn.
        order: the half of the order in which the lot placed it; likewise.
    """
    kinds = {event.kind for event in events}
    asked = demands([happening(event) for event in events]) if kinds & _DEMANDED.keys() else ()
    return CaseRow(
        member=request.member,
        reference=request.reference,
        request=_asked(request, controller, _channel(request, events), arm, order),
        course=_course(events, facts, seen),
        demands=_demands(events, asked, seen),
        data=Data(_form(events, answer.forms), answer.items, readable=answer.read, pooled=answer.read and agreed),
        dispute=_dispute(events),
        extended=EventKind.EXTENDED in kinds,
        reminded=EventKind.REMINDED in kinds,
        forced=_forced(events, seen),
        acknowledged=bool(kinds & (HUMAN - {EventKind.REDIRECTED})),
        owed=tuple((one.asked, one.given) for one in asked if not one.contested),
        asked=_open_question(events),
    )


def _asked(request: Request, controller: Controller, channel: str, arm: str, order: str) -> Asked:
    return Asked(
        controller=controller.name,
        right=request.right,
        controller_id=request.controller,
        country=controller.country,
        letter=request.letter,
        language=request.language,
        channel=channel,
        arm=arm,
        order=order,
    )


def _course(events: Sequence[Event], facts: Status, seen: Seen) -> Course:
    first, final = _first(events, HUMAN | FINAL), _first(_substance(events), FINAL)
    limit = facts.deadline.latest if facts.deadline else None
    return Course(
        sent=_day(_first(events, {EventKind.SENT})),
        received=facts.delivery is Delivery.RECEIVED,
        bounced=facts.delivery is Delivery.BOUNCED,
        first_answer=_day(first),
        final=_day(final),
        since=_since(events, final) if final else None,
        withdrawn=_day(_first(events, {EventKind.WITHDRAWN})),
        outcome=facts.answer,
        overdue=facts.clock is Clock.OVERDUE,
        late=bool(final and limit and final.happened > limit),
        machine=frozenset(_by_machine(events, seen, first, final)),
    )


def _demands(events: Sequence[Event], asked: Sequence[Demand], seen: Seen) -> Demands:
    kinds = {event.kind for event in events}
    return Demands(
        identity_demanded=EventKind.IDENTITY_DEMANDED in kinds,
        identity=_proof(events, seen),
        demanded=frozenset(name for kind, name in _DEMANDED.items() if kind in kinds),
        excessive=frozenset(_DEMANDED[one.kind] for one in asked if one.contested),
        justified=frozenset(_DEMANDED[one.kind] for one in asked if one.justified),
    )


def _dispute(events: Sequence[Event]) -> Dispute:
    """What the authority said of a complaint that nobody lodged here is none; its fine is no matter of one request."""
    if not any(event.kind is EventKind.COMPLAINED for event in events):
        return Dispute()
    stage = _COMPLAINT[[event.kind for event in events if event.kind in _COMPLAINT][-1]]
    place = last(events, EventKind.AUTHORITY_DECIDED)
    told = events[place].detail if place >= 0 else {}
    return Dispute(complained=True, complaint=stage, decision=told.get("outcome", ""), measure=told.get("measure", ""))


def _substance(events: Sequence[Event]) -> Sequence[Event]:
    """Without links to data that the member has not opened: these bring nothing yet."""
    opened = any(event.kind is EventKind.MEMBER_REPORTED and said(event, "opened") for event in events)
    return events if opened else [event for event in events if called(event) != LINKED]


def _first(events: Sequence[Event], kinds: Collection[EventKind]) -> Event | None:
    """The earliest; ``events`` are in the order of their days."""
    return next((event for event in events if event.kind in kinds), None)


def _day(event: Event | None) -> dt.date | None:
    return event.happened if event else None


def _channel(request: Request, events: Sequence[Event]) -> str:
    place = last(events, EventKind.SENT)
    return request.channel if place < 0 else events[place].detail.get("channel") or request.channel


def _redirected(event: Event) -> bool:
    return event.kind is EventKind.REDIRECTED and event.detail.get("to") != "controller"


def _said(event: Event, seen: Seen) -> str:
    """The words of an event: those of its message, or of the person who noted it."""
    return seen.words.get(event.evidence, "") if event.source == "message" else event.evidence


def _forced(events: Sequence[Event], seen: Seen) -> str:
    words = [_said(event, seen) for event in events if _redirected(event)]
    return demanded.channel(" ".join(words)) if words else ""


def _proof(events: Sequence[Event], seen: Seen) -> str:
    words = [_said(event, seen) for event in events if event.kind is EventKind.IDENTITY_DEMANDED]
    return demanded.proof(" ".join(words)) if words else ""


def _form(events: Sequence[Event], found: Sequence[str]) -> str:
    """The best form among the documents; without any, what the events tell."""
    data = _first(events, _DATA)
    if data is None or found:
        return forms.best(found)
    if any(called(event) == LINKED for event in events):
        return "portal"
    announced = any(event.kind is EventKind.ANSWER_ANNOUNCED for event in events)
    return "paper" if announced or data.source == "person" else "unknown"


def _open_question(events: Sequence[Event]) -> dt.date | None:
    return events[last(events, EventKind.MEMBER_ASKED)].happened if member_asked(events) else None


def _since(events: Sequence[Event], final: Event) -> dt.date | None:
    """The last day without the answer, where a person noted it without naming a day before that of noting."""
    if final.source != "person" or final.happened < final.noted.date():
        return None
    open_ = [e.happened for e in events if e.kind in {EventKind.SENT, EventKind.REMINDED} or _nothing_came(e)]
    return max((day for day in open_ if day < final.happened), default=None)


def _nothing_came(event: Event) -> bool:
    return event.kind is EventKind.MEMBER_REPORTED and event.detail.get("came") == "nothing"


def _by_machine(events: Sequence[Event], seen: Seen, first: Event | None, final: Event | None) -> Collection[str]:
    """Which facts rest on a message alone that no person has looked at."""
    facts = {
        "answer": [final] if final else [],
        "first": [first] if first else [],
        "identity": [event for event in events if event.kind is EventKind.IDENTITY_DEMANDED],
        "forced": [event for event in events if _redirected(event)],
        "bounced": [event for event in events if event.kind is EventKind.BOUNCED],
    }
    return [name for name, found in facts.items() if found and all(_unseen(event, seen) for event in found)]


def _unseen(event: Event, seen: Seen) -> bool:
    return event.source == "message" and event.evidence not in seen.by_person
