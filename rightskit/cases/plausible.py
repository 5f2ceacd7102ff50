"""Whether an event that a person tells can have happened on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.happenings import AFTER_RECEIPT, FIRST_DAY, LAST_DAY
from rightskit.cases.history import standing
from rightskit.cases.model import EventKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from rightskit.cases.model import Event

_AFTER_SENDING = AFTER_RECEIPT | {EventKind.DELIVERED, EventKind.BOUNCED, EventKind.DELAYED, EventKind.REDIRECTED}


def impossible(kind: EventKind, happened: dt.date, events: Iterable[Event]) -> str:
    """Why it cannot have happened then; empty where it can.

    Args:
        kind: what is said to have happened.
        happened: the day.
        events: what is known of the request.
    """
    if not FIRST_DAY <= happened <= LAST_DAY:
        return f"{happened} is outside {FIRST_DAY} to {LAST_DAY}."
    left = min((event.happened for event in standing(events) if event.kind is EventKind.SENT), default=None)
    if left and happened < left and kind in _AFTER_SENDING:
        return f"The letter left on {left}: nothing can have been {kind} on {happened}."
    return ""
