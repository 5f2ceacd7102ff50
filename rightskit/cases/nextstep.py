"""What the organiser must do next: one thing, the most urgent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.assent import COMPLAINT, is_declined
from rightskit.cases.demands import ABOUT_DEMANDS, demands
from rightskit.cases.facts import FACTS
from rightskit.cases.happenings import GIVEN
from rightskit.cases.history import happening, last, said
from rightskit.cases.model import Answer, Deadline, Delivery, Event, EventKind, NextStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.campaign.model import Followups
    from rightskit.cases.outcome import Outcome

# A member who has not answered after this many days is asked again.
ASK_AGAIN = 14
# What a person notes once they have read a reply; what a member tells says nothing of that.
_LOOKED = frozenset(
    {EventKind.NOTED, EventKind.CORRECTED, EventKind.DEMAND_JUSTIFIED, EventKind.DEMAND_CONTESTED, *GIVEN}
)
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
        authority_due: when the authority must have reported; None without a complaint, or once it has decided.
    """

    events: Sequence[Event]
    delivery: Delivery
    outcome: Outcome
    deadline: Deadline | None
    today: dt.date
    followups: Followups
    waiting_review: bool
    authority_due: dt.date | None = None


def next_step(view: View) -> NextStep:
    """The most urgent thing: address, demand, review, then what silence or the answer asks for."""
    if view.outcome.finished:
        return NextStep.NOTHING
    return _with_authority(view) or _with_controller(view)


def _with_controller(view: View) -> NextStep:
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
    return _on_silence(view) or demand or _to_tell(view.events) or _to_contest(view.events) or NextStep.WAIT


def member_asked(events: Sequence[Event]) -> bool:
    """Whether a question to the member is open."""
    return last(events, EventKind.MEMBER_ASKED) > last(events, EventKind.MEMBER_REPORTED)


def _with_authority(view: View) -> NextStep | None:
    """What a complaint asks for once it was lodged; None where there is none, or the authority is at work.

    Art. 78(2) GDPR: an authority that has said nothing of the complaint for three months can be taken to court.
    """
    complained = last(view.events, EventKind.COMPLAINED)
    if complained < 0 or view.outcome.answer in {Answer.DATA, Answer.NO_DATA, Answer.CONFIRMED}:
        return None
    if last(view.events, EventKind.AUTHORITY_ASKED) > last(view.events, EventKind.AUTHORITY_ANSWERED):
        return NextStep.ANSWER_AUTHORITY
    if view.waiting_review:
        return NextStep.REVIEW_REPLY
    if view.authority_due is None:
        return NextStep.NOTHING
    return NextStep.ASK_AUTHORITY if view.today > view.authority_due else None


def _after_answer(view: View) -> NextStep:
    complained = last(view.events, EventKind.COMPLAINED) >= 0 or is_declined(view.events, COMPLAINT)
    match view.outcome.answer:
        case Answer.DATA:
            extracted = any(event.kind is EventKind.NOTED and said(event, "extracted") for event in view.events)
            return NextStep.NOTHING if extracted else NextStep.EXTRACT
        case Answer.NO_DATA:
            return _ask(view) or NextStep.NOTHING
        case Answer.REFUSED if "wrong-controller" in view.outcome.flags:
            return NextStep.NOTHING if _continued(view.events) else NextStep.REVIEW_REPLY
        case Answer.REFUSED:
            return NextStep.WAIT if complained else NextStep.COMPLAIN
        case Answer.PARTIAL:
            return NextStep.WAIT if complained else _after_part(view)
    return NextStep.WAIT


def _after_part(view: View) -> NextStep:
    """What was withheld is asked for; after the campaign's patience the authority is next."""
    asked = last(view.events, EventKind.REMINDED)
    if asked < last(view.events, EventKind.PARTLY_GRANTED, EventKind.DATA_RECEIVED):
        return NextStep.CONTEST
    patience = view.events[asked].happened + dt.timedelta(days=view.followups.complain_after)
    return NextStep.COMPLAIN if view.today >= patience else NextStep.WAIT


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
    if view.today < patience or not _overdue(view) or is_declined(view.events, COMPLAINT):
        return None
    return NextStep.REVIEW_REPLY if _unread_since(view.events, reminded) else NextStep.COMPLAIN


def _unread_since(events: Sequence[Event], reminded: int) -> bool:
    """Whether the controller said something of substance after the reminder that no person has looked at since.

    Escalating past an answer makes a campaign look foolish: a person reads it first, and notes that they did.
    """
    heard = last(events, *(kind for kind, fact in FACTS.items() if fact.answer))
    if heard < reminded or events[heard].source != "message":
        return False
    looked = (event for event in events if event.source == "person" and event.kind in _LOOKED)
    return not any(event.noted > events[heard].noted for event in looked)


def _continued(events: Sequence[Event]) -> bool:
    """Whether the request goes on at another controller."""
    return any(event.kind is EventKind.NOTED and said(event, "continued") for event in events)


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


def _to_tell(events: Sequence[Event]) -> NextStep | None:
    """A demand that a person judged excessive, of which the controller does not know yet."""
    judged = last(events, EventKind.DEMAND_CONTESTED)
    if judged < 0 or events[judged].detail.get("told") != "no" or last(events, *GIVEN) > judged:
        return None
    about = events[judged].detail.get("demand", "")
    return next((step for kind, step in _ANSWERS.items() if kind.value == about), None)


def _to_contest(events: Sequence[Event]) -> NextStep | None:
    """A demand for money or for another channel that nobody has met or contested."""
    asked = last(events, EventKind.FEE_DEMANDED, EventKind.REDIRECTED)
    met = last(events, EventKind.DEMAND_CONTESTED, EventKind.DEMAND_JUSTIFIED, EventKind.SENT)
    return NextStep.CONTEST if asked > met else None
