"""The three independent facts about a request, folded from its events.

Delivery, clock and answer are reckoned apart, and none hides another: an out-of-office mail is only noted, so it takes
no request off the list of those overdue. The fold is total: any order, any repetition and any date give an answer, with
a flag where something is odd.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.campaign.model import Followups
from rightskit.cases.arrival import arrival, receipt_of
from rightskit.cases.deadline import PROMPT_DAYS, RELEVANT, reckon
from rightskit.cases.happenings import in_order
from rightskit.cases.history import happening, last, oddities, standing
from rightskit.cases.model import Answer, Clock, Deadline, Event, EventKind, Status
from rightskit.cases.nextstep import View, member_asked, next_step
from rightskit.cases.notes import authority_day
from rightskit.cases.outcome import Outcome, outcome
from rightskit.cases.places import Place, settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rightskit.cases.receipt import Receipt
    from rightskit.rights import Right

_BOUNCES = (EventKind.BOUNCED, EventKind.DELIVERED)  # arrival.py has already weighed them


def fold(  # noqa: PLR0913 (what a status depends on, each by name)
    events: Sequence[Event],
    place: Place,
    *,
    right: Right,
    today: dt.date,
    followups: Followups = Followups(),  # noqa: B008 (frozen)
    prompt_days: int = PROMPT_DAYS,
    waiting_review: bool = False,
) -> Status:
    """The status of one request.

    Args:
        events: of this request, at least one, in any order.
        place: where the controller must act; without known rules, weekends only and a flag.
        right: that the request uses.
        today: the day of looking.
        followups: when the campaign reminds and complains.
        prompt_days: a demand later than this after receipt is not prompt.
        waiting_review: whether a reply filed under the request waits for a person.
    """
    known = standing(events)
    here, place_flags = settled(place)
    way = arrival(known)
    receipt = receipt_of(way, here)
    result = outcome(known)
    limit = _deadline(known, receipt, here, prompt_days, right)
    report = _report_due(known, here)
    view = View(known, way.delivery, result, limit, today, followups, waiting_review, report)
    flags = {*oddities(events, today), *way.flags, *result.flags, *(limit.flags if limit else ())}
    return Status(
        reference=events[0].reference,
        delivery=way.delivery,
        clock=_clock(limit, result, today),
        answer=_answer(known, result),
        received=receipt.first if receipt else None,
        deadline=limit,
        next=next_step(view),
        flags=tuple(sorted({*flags, *(place_flags if limit else ()), *_authority_flag(report, result, today)})),
        waiting_review=waiting_review,
        due=_due(report, known, limit, result),
    )


def _deadline(
    events: Sequence[Event], receipt: Receipt | None, place: Place, prompt_days: int, right: Right
) -> Deadline | None:
    if receipt is None:
        return None
    relevant = (happening(event) for event in events if event.kind in RELEVANT and event.kind not in _BOUNCES)
    return reckon(receipt, place, in_order(relevant), prompt_days, right)


def _clock(limit: Deadline | None, result: Outcome, today: dt.date) -> Clock:
    if result.finished or result.stopped:
        return Clock.STOPPED
    if limit is None:
        return Clock.NOT_RUNNING
    if limit.latest is None:
        return Clock.PAUSED
    if today > limit.latest:
        return Clock.OVERDUE
    return Clock.EXTENDED if any(step.rule == "extension" for step in limit.steps) else Clock.RUNNING


def _answer(events: Sequence[Event], result: Outcome) -> Answer:
    """An open question to the member makes silence unknown, never none."""
    return Answer.UNKNOWN if result.answer is Answer.NONE and member_asked(events) else result.answer


def _report_due(events: Sequence[Event], place: Place) -> dt.date | None:
    """The day by which the authority must report; None without a complaint, or once it has decided."""
    complained = last(events, EventKind.COMPLAINED)
    if complained < 0 or last(events, EventKind.AUTHORITY_DECIDED) > complained:
        return None
    return authority_day(events[complained].happened, place)


def _due(report: dt.date | None, events: Sequence[Event], limit: Deadline | None, result: Outcome) -> dt.date | None:
    if result.finished or limit is None:
        return None
    if last(events, EventKind.COMPLAINED) >= 0:
        return report
    return None if result.stopped else limit.latest or limit.earliest


def _authority_flag(report: dt.date | None, result: Outcome, today: dt.date) -> tuple[str, ...]:
    late = report is not None and today > report and not result.finished
    return ("authority-overdue",) if late else ()
