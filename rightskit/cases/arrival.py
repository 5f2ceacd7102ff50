"""The first fact: whether the letter arrived, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.cases.facts import fact_of
from rightskit.cases.model import Delivery, Event, EventKind
from rightskit.cases.receipt import CHANNELS, Receipt, receipt_from_sending

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rightskit.cases.places import Place


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where the letter is.

    Attributes:
        sent: the sending that counts: the first one since the last bounce.
        proof: the day on which delivery was recorded (tracking, a positive report, a ticket).
        reply: the day of the first word from the controller itself.
        flags: ``delayed``, ``bounced-later``.
    """

    delivery: Delivery = Delivery.UNSENT
    sent: Event | None = None
    proof: dt.date | None = None
    reply: dt.date | None = None
    flags: frozenset[str] = frozenset()


def arrival(events: Sequence[Event]) -> Arrival:
    """Folds ordered events to what is known of the letter's way."""
    state = Arrival()
    for event in events:
        state = _next(state, event)
    return state


def receipt_of(state: Arrival, place: Place) -> Receipt | None:
    """The day of receipt, by the strongest evidence there is; None where nothing arrived.

    Recorded delivery is exact. Any word of the controller proves receipt on its own day at the latest. Otherwise
    what follows from sending holds (receipt.py).
    """
    if state.sent is None or state.proof:
        return _recorded(state)
    sent = state.sent.happened
    channel = state.sent.detail.get("channel", "email")
    assumed = receipt_from_sending(sent, channel if channel in CHANNELS else "email", place)
    if not state.reply:
        return assumed
    reply = max(sent, state.reply)
    return Receipt(min(assumed.first, reply), min(assumed.last, reply), "reply")


def _recorded(state: Arrival) -> Receipt | None:
    """One day: of recorded delivery, or of the controller's first word where no sending is known."""
    known = [day for day in (state.proof, state.reply) if day]
    if not known:
        return None
    day = max(min(known), state.sent.happened) if state.sent else min(known)
    return Receipt(day, day, "delivery" if state.proof else "reply")


def proves_receipt(event: Event) -> bool:
    """Whether the controller itself speaks, so that the request must have reached it."""
    if event.kind is EventKind.REDIRECTED and event.detail.get("official") == "no":
        return False
    return fact_of(event.kind).receipt


def _next(state: Arrival, event: Event) -> Arrival:
    match event.kind:
        case EventKind.QUEUED if state.delivery in {Delivery.UNSENT, Delivery.BOUNCED}:
            state = replace(state, delivery=Delivery.QUEUED)
        case EventKind.SENT if state.sent is None:
            arrived = state.delivery is Delivery.RECEIVED
            state = replace(state, delivery=state.delivery if arrived else Delivery.SENT, sent=event)
        case EventKind.DELAYED:
            state = replace(state, flags=state.flags | {"delayed"})
        case EventKind.BOUNCED:
            state = _bounced(state)
        case EventKind.DELIVERED:
            state = replace(state, delivery=Delivery.RECEIVED, proof=state.proof or event.happened)
        case _ if proves_receipt(event):
            state = replace(state, delivery=Delivery.RECEIVED, reply=state.reply or event.happened)
    return state


def _bounced(state: Arrival) -> Arrival:
    """A bounce undoes the sending, unless the controller has already spoken: then it is about a later letter."""
    if state.reply:
        return replace(state, flags=state.flags | {"bounced-later"})
    return Arrival(Delivery.BOUNCED)
