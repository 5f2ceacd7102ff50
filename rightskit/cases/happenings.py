"""What can happen to a running period, as the deadline engine reads it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import EventKind
from rightskit.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WITHOUT_REASONS = "extended-without-reasons"
# The GDPR applies from 25 May 2018 (Art. 99(2)); whole years keep the sentence short.
FIRST_DAY = dt.date(2018, 1, 1)
LAST_DAY = dt.date(2099, 12, 31)

GIVEN: dict[EventKind, EventKind] = {
    EventKind.IDENTITY_GIVEN: EventKind.IDENTITY_DEMANDED,
    EventKind.MANDATE_GIVEN: EventKind.MANDATE_DEMANDED,
    EventKind.CLARIFICATION_GIVEN: EventKind.CLARIFICATION_DEMANDED,
}
JUDGEMENTS = (EventKind.DEMAND_JUSTIFIED, EventKind.DEMAND_CONTESTED)
# What a controller or a member can do only once the request has arrived.
AFTER_RECEIPT = frozenset(
    {*GIVEN, *GIVEN.values(), *JUDGEMENTS, EventKind.EXTENDED, EventKind.ACKNOWLEDGED, EventKind.REFUSED}
    | {EventKind.FEE_DEMANDED, EventKind.NO_DATA, EventKind.DATA_RECEIVED, EventKind.CONFIRMED}
    | {EventKind.PARTLY_GRANTED, EventKind.REMINDED, EventKind.COMPLAINED, EventKind.ANSWER_ANNOUNCED}
)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a request, reduced to what a period needs.

    Attributes:
        date: the legal day, in the controller's time zone.
        reasons: whether a notice of extension gave reasons (Art. 12(3)).
        about: the demand that a person judged; None for all that were open or answered by then.
    """

    date: dt.date
    kind: EventKind
    reasons: bool = True
    about: EventKind | None = None


def in_order(happenings: Iterable[Happening]) -> tuple[Happening, ...]:
    """By date, and on one day always in the same order, whatever order they came in."""
    return tuple(sorted(happenings, key=lambda one: (one.date, one.kind, one.reasons, one.about or "")))


def parse_event(text: str) -> Happening:
    """The happening that ``KIND=DATE`` names.

    Raises:
        WrongUsageError: no such kind, or no such date.
    """
    kind, _, date = (part.strip() for part in text.partition("="))
    known = [*EventKind, WITHOUT_REASONS]
    if kind not in known:
        raise WrongUsageError(f"no such kind of event: {kind!r}", f"known are: {', '.join(sorted(known))}")
    if kind == WITHOUT_REASONS:
        return Happening(parse_date(date), EventKind.EXTENDED, reasons=False)
    return Happening(parse_date(date), EventKind(kind))


def parse_date(text: str) -> dt.date:
    """The date that ``YYYY-MM-DD`` names.

    Raises:
        WrongUsageError: no such date.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise WrongUsageError(f"no date: {text!r}", "write it as YYYY-MM-DD, such as 2026-03-05")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise WrongUsageError(f"there is no such day: {text}") from None


def parse_moment(text: str) -> dt.datetime | dt.date:
    """The day, or the instant, that ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM`` names, with or without a zone.

    Raises:
        WrongUsageError: no such moment, or one that no deadline can be reckoned from.
    """
    if len(text) <= len("2026-03-05"):
        return parse_day(text)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsageError(f"no moment: {text!r}", "write 2026-03-05T18:30, or 2026-03-05T18:30+01:00") from None
    _within(moment.date(), text)
    return moment


def parse_day(text: str) -> dt.date:
    """The date that ``YYYY-MM-DD`` names, as long as a deadline can be reckoned from it.

    Raises:
        WrongUsageError: no such date, or one out of reach.
    """
    return _within(parse_date(text), text)


def _within(day: dt.date, text: str) -> dt.date:
    if _is_out(day):
        raise WrongUsageError(f"{text} is outside {FIRST_DAY} to {LAST_DAY}", "rights under the GDPR began in 2018")
    return day


def misfits(received: dt.date, happenings: Sequence[Happening]) -> list[str]:
    """What cannot have happened that way, one sentence each."""
    found = [f"{received} is outside {FIRST_DAY} to {LAST_DAY}"] if _is_out(received) else []
    for one in happenings:
        if _is_out(one.date):
            found.append(f"{one.kind} on {one.date} is outside {FIRST_DAY} to {LAST_DAY}")
        elif one.kind in AFTER_RECEIPT and one.date < received:
            found.append(f"{one.kind} on {one.date} comes before the receipt on {received}")
        elif (missing := _missing_demand(one, happenings)) is not None:
            found.append(missing)
    return found


def _missing_demand(one: Happening, happenings: Sequence[Happening]) -> str | None:
    if one.kind in GIVEN:
        wanted = {GIVEN[one.kind]}
    elif one.kind in JUDGEMENTS:
        wanted = {one.about} if one.about else {*GIVEN.values(), EventKind.FEE_DEMANDED, EventKind.REDIRECTED}
    else:
        return None
    if any(other.kind in wanted and other.date <= one.date for other in happenings):
        return None
    names = " or ".join(sorted(kind for kind in wanted if kind))
    return f"{one.kind} on {one.date} has no {names} on or before that day"


def _is_out(day: dt.date) -> bool:
    return not FIRST_DAY <= day <= LAST_DAY
