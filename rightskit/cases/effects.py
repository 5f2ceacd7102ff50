"""What a classified reply makes happen: kinds become events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.classification.auto import proves_receipt
from rightskit.classification.extension import has_reasons
from rightskit.classification.model import ReplyKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from rightskit.classification.model import Classification
    from rightskit.mailbox.model import Reply

# The table of the data model: what each kind becomes, and the detail that tells its form. A machine's answer is looked
# at more closely below.
EFFECTS: dict[ReplyKind, tuple[EventKind, Mapping[str, str]]] = {
    ReplyKind.BOUNCE: (EventKind.BOUNCED, {}),
    ReplyKind.DELAY: (EventKind.DELAYED, {}),
    ReplyKind.AUTO_REPLY: (EventKind.NOTED, {}),
    ReplyKind.ACKNOWLEDGEMENT: (EventKind.ACKNOWLEDGED, {}),
    ReplyKind.IDENTITY_DEMAND: (EventKind.IDENTITY_DEMANDED, {}),
    ReplyKind.MANDATE_DEMAND: (EventKind.MANDATE_DEMANDED, {}),
    ReplyKind.CLARIFICATION_DEMAND: (EventKind.CLARIFICATION_DEMANDED, {}),
    ReplyKind.FEE_DEMAND: (EventKind.FEE_DEMANDED, {}),
    ReplyKind.WRONG_CHANNEL: (EventKind.REDIRECTED, {"to": "channel"}),
    ReplyKind.WRONG_CONTROLLER: (EventKind.REDIRECTED, {"to": "controller"}),
    ReplyKind.EXTENSION: (EventKind.EXTENDED, {}),
    ReplyKind.REFUSAL: (EventKind.REFUSED, {}),
    ReplyKind.NO_DATA: (EventKind.NO_DATA, {}),
    ReplyKind.DATA: (EventKind.DATA_RECEIVED, {}),
    ReplyKind.DATA_LINK: (EventKind.DATA_RECEIVED, {"link": "yes"}),
    ReplyKind.DATA_BY_POST: (EventKind.ANSWER_ANNOUNCED, {}),
    ReplyKind.CONFIRMED: (EventKind.CONFIRMED, {}),
    ReplyKind.PARTIAL: (EventKind.PARTLY_GRANTED, {}),
    ReplyKind.OTHER: (EventKind.NOTED, {}),
}
# Kinds that say nothing more once another kind of the same message has spoken.
_WEAK = frozenset({ReplyKind.ACKNOWLEDGEMENT, ReplyKind.AUTO_REPLY, ReplyKind.DELAY, ReplyKind.OTHER})
_ABOUT_DELIVERY = frozenset({ReplyKind.BOUNCE, ReplyKind.DELAY})


def events_of(  # noqa: PLR0913 (where it comes from, each by name)
    reply: Reply,
    classification: Classification,
    *,
    reference: str,
    happened: dt.date,
    noted: dt.datetime,
    proven: bool,
) -> tuple[Event, ...]:
    """The events that a reply makes for one request, the primary kind's last, so that it has the last word.

    A sender who is not known to belong to the controller cannot stop a clock or mark data as received: the reply is
    noted, with ``proven`` = ``no`` and the ``kind`` it would have been. Notices about delivery come from mail servers,
    not from the controller; they count where they return something of the letter itself.

    Args:
        reply: the message.
        classification: what it says.
        reference: of the request that it is filed under.
        happened: the legal day, in the controller's time zone.
        noted: when it is written into the vault (UTC).
        proven: whether the sender belongs to the controller (sender.py).
    """

    def event(kind: ReplyKind) -> Event:
        became, detail = _effect(kind, reply, proven=proven)
        return Event(
            reference,
            became,
            happened,
            noted,
            source="message",
            evidence=reply.id,
            detail=detail,
            rule=kind.value,
        )

    return tuple(map(event, reversed(_telling(classification))))


def _telling(classification: Classification) -> tuple[ReplyKind, ...]:
    """The kinds that say something of their own, the primary one first."""
    others = (kind for kind in classification.kinds if kind is not classification.primary and kind not in _WEAK)
    return (classification.primary, *others)


def _effect(kind: ReplyKind, reply: Reply, *, proven: bool) -> tuple[EventKind, dict[str, str]]:
    event, detail = _becomes(kind, reply)
    if not proven and not (kind in _ABOUT_DELIVERY and _returns_something(reply)):
        event, detail = EventKind.NOTED, {"proven": "no"}
    return event, {**detail, **({"kind": kind.value} if event is EventKind.NOTED else {})}


def _becomes(kind: ReplyKind, reply: Reply) -> tuple[EventKind, Mapping[str, str]]:
    if kind is ReplyKind.AUTO_REPLY and proves_receipt(reply):
        return EventKind.DELIVERED, {}
    if kind is ReplyKind.EXTENSION and not has_reasons(reply):
        return EventKind.EXTENDED, {"reasons": "no"}
    if any(report.action == "delivered" for report in reply.reports) and kind in _WEAK:
        return EventKind.DELIVERED, {}
    return EFFECTS[kind]


def _returns_something(reply: Reply) -> bool:
    return bool(reply.reports or reply.original)
