"""What the organiser must do next: one thing, the most urgent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.demands import ABOUT_DEMANDS, demands
from rightskit.cases.history import happening, last, said
from rightskit.cases.model import Answer, Deadline, Delivery, Event, EventKind, NextStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.campaign.model import Followups
    from rightskit.cases.outcome import Outcome

# A member who has not answered after this many days is asked again.
ASK_AGAIN = 14
_ANSWERS = {
    EventKind.IDENTITY_DEMANDED: NextStep.ANSWER_IDENTITY,
    EventKind.MANDATE_DEMANDED: NextStep.ANSWER_MANDATE,
    EventKind.CLARIFICATION_DEMANDED: NextStep.ANSWER_CLARIFICATION,
}


@dataclass(frozen=True, slots=True)
class View:
    """What the next step depends on.

    Attributes:
        events: those that stand, in order.
        deadline: None where no clock ever ran.
    """

    events: Sequence[Event]
    delivery: Delivery
    outcome: Outcome
    deadline: Deadline | None
    today: dt.date
    followups: Followups
    waiting_review: bool


def next_step(view: View) -> NextStep:
    """The most urgent thing: address, demand, review, then what silence or the answer asks for."""
    if view.outcome.finished:
        return NextStep.NOTHING
    if view.delivery is Delivery.BOUNCED:
        return NextStep.FIX_ADDRESS
    if not view.outcome.stopped and view.deadline is not None:
        return _while_running(view, view.deadline)
    if view.waiting_review:
        return NextStep.REVIEW_REPLY
    if view.outcome.stopped:
        return _after_answer(view)
    return NextStep.NOTHING if view.delivery is Delivery.UNSENT else NextStep.WAIT


def _while_running(view: View, limit: Deadline) -> NextStep:
    demand = _open_demand(view.events)
    if demand and limit.latest is None:
        return demand
    if view.waiting_review:
        return NextStep.REVIEW_REPLY
    return _on_silence(view) or demand or _to_contest(view.events) or NextStep.WAIT


def member_asked(events: Sequence[Event]) -> bool:
    """Whether a question to the member is open."""
    return last(events, EventKind.MEMBER_ASKED) > last(events, EventKind.MEMBER_REPORTED)


def _after_answer(view: View) -> NextStep:
    complained = last(view.events, EventKind.COMPLAINED) >= 0
    match view.outcome.answer:
        case Answer.DATA:
            extracted = any(event.kind is EventKind.NOTED and said(event, "extracted") for event in view.events)
            return NextStep.NOTHING if extracted else NextStep.EXTRACT
        case Answer.NO_DATA:
            return _ask(view) or NextStep.NOTHING
        case Answer.REFUSED if "wrong-controller" in view.outcome.flags:
            return NextStep.REVIEW_REPLY
        case Answer.REFUSED:
            return NextStep.WAIT if complained else NextStep.COMPLAIN
        case Answer.PARTIAL:
            return NextStep.WAIT if complained else NextStep.CONTEST
    return NextStep.WAIT


def _on_silence(view: View) -> NextStep | None:
    """Reminder and complaint, never before the member was asked; None while nothing is due."""
    if last(view.events, EventKind.COMPLAINED) >= 0:
        return NextStep.WAIT
    announced = {"link", "by-post"} & view.outcome.flags
    due = _reminder_due(view)
    if (announced or (due and view.followups.ask_members)) and (asking := _ask(view, since_due=due)):
        return asking
    if not due:
        return None
    reminded = last(view.events, EventKind.REMINDED)
    if reminded < 0:
        return NextStep.REMIND
    patience = view.events[reminded].happened + dt.timedelta(days=view.followups.complain_after)
    return NextStep.COMPLAIN if view.today >= patience and _overdue(view) else None


def _reminder_due(view: View) -> bool:
    earliest = view.deadline.earliest if view.deadline else None
    if earliest is None:
        return False
    return view.today >= earliest + dt.timedelta(days=max(1, view.followups.remind_after))


def _overdue(view: View) -> bool:
    latest = view.deadline.latest if view.deadline else None
    return latest is not None and view.today > latest


def _ask(view: View, *, since_due: bool = False) -> NextStep | None:
    """Whether the member must be asked, or is being asked; None once they have reported.

    Where silence is the question, only a report from after the earliest date tells of it.
    """
    asked = last(view.events, EventKind.MEMBER_ASKED)
    since = last(view.events, EventKind.SENT, EventKind.NO_DATA, EventKind.DATA_RECEIVED, EventKind.ANSWER_ANNOUNCED)
    reported = last(view.events, EventKind.MEMBER_REPORTED)
    if reported > max(asked, since) and not (since_due and _is_before_due(view, view.events[reported])):
        return None
    if asked < 0 or asked < max(since, reported):
        return NextStep.ASK_MEMBER
    recent = view.today < view.events[asked].happened + dt.timedelta(days=ASK_AGAIN)
    return NextStep.WAIT if recent else NextStep.ASK_MEMBER


def _is_before_due(view: View, report: Event) -> bool:
    return view.deadline is not None and not (view.deadline.earliest or dt.date.min) < report.happened


def _open_demand(events: Sequence[Event]) -> NextStep | None:
    found = demands([happening(event) for event in events if event.kind in ABOUT_DEMANDS])
    waiting = [demand for demand in found if demand.given is None and not demand.contested]
    return _ANSWERS[waiting[0].kind] if waiting else None


def _to_contest(events: Sequence[Event]) -> NextStep | None:
    """A demand for money or for another channel that nobody has met or contested."""
    asked = last(events, EventKind.FEE_DEMANDED, EventKind.REDIRECTED)
    met = last(events, EventKind.DEMAND_CONTESTED, EventKind.DEMAND_JUSTIFIED, EventKind.SENT)
    return NextStep.CONTEST if asked > met else None
