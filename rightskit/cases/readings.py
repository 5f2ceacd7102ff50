"""One reading of the law: from the day that starts the clock to the last day, step by step.

A reading is a pure chain: start, one month, rolling, extension. The range of a deadline comes from two readings of the
same happenings, the one strictest for the controller and the one kindest to it; deadline.py puts them together.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rightskit.cases.calendar import Roll, regions_open_until, roll
from rightskit.cases.model import Step
from rightskit.cases.wording import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.cases.happenings import Happening
    from rightskit.cases.places import Place

_RULE_MONTH = "Reg. 1182/71 Art. 3(2)(c); EDPB Guidelines 01/2022 paras 160-161"
_RULE_EXTENSION = "GDPR Art. 12(3)"
_LONG_DAYS = 60


@dataclass(frozen=True, slots=True)
class Start:
    """Where a reading lets the time begin.

    Attributes:
        day: the first day.
        extra: days that do not count.
        steps: how the reading came there.
    """

    day: dt.date
    extra: int = 0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What one reading comes to.

    Attributes:
        last_day: the last day on which an answer is in time.
        rolled: how the last day got there.
        extension: ``none``, ``granted``, ``granted-without-reasons``, ``late`` or ``reasons-missing``.
        steps: in the order of reasoning.
    """

    last_day: dt.date
    rolled: Roll
    extension: str
    steps: tuple[Step, ...]


@lru_cache(maxsize=1 << 14)
def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding day, or the last day of a shorter month (Reg. 1182/71 Art. 3(2)(c))."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def strict_line(start: Start, place: Place, extensions: Sequence[Happening]) -> Line:
    """The reading strictest for the controller."""
    return _line(start, place, extensions, kind=False)


def kind_line(start: Start, place: Place, extensions: Sequence[Happening]) -> Line:
    """The reading kindest to the controller."""
    return _line(start, place, extensions, kind=True)


def _line(start: Start, place: Place, extensions: Sequence[Happening], *, kind: bool) -> Line:
    base = _base(start, place)
    steps = [*start.steps, _period_step(place, start.extra, base)]
    rolled = roll(place, base)
    last_day = rolled.last if kind else rolled.first
    steps += _roll_steps(place, base, rolled, last_day)
    extension, notice = _judge_extension(extensions, last_day, kind=kind)
    if notice is None:
        return Line(last_day, rolled, extension, tuple(steps))
    if not extension.startswith("granted"):
        return Line(last_day, rolled, extension, (*steps, _refused_step(extension, notice, last_day)))
    longer = _longer(start, place, kind=kind)
    # Where only some regions' holidays kept the notice in time, the longer period ends by the holidays of those.
    rolled = roll(place, longer, regions_open_until(place, base, notice.date) if rolled.by_place else ())
    last_day = rolled.last if kind else rolled.first
    steps += [_extension_step(place, notice, longer, kind=kind), *_roll_steps(place, longer, rolled, last_day)]
    return Line(last_day, rolled, extension, tuple(steps))


def _base(start: Start, place: Place) -> dt.date:
    if place.country == "CH":
        return start.day + dt.timedelta(days=30 + start.extra)
    return add_months(start.day, 1) + dt.timedelta(days=start.extra)


def _longer(start: Start, place: Place, *, kind: bool) -> dt.date:
    """The end of an extended period: three months from the start, or one month and then two."""
    if place.country == "CH":
        return start.day + dt.timedelta(days=30 + start.extra + (_LONG_DAYS if kind else 0))
    end = add_months(start.day, 3) if kind else add_months(add_months(start.day, 1), 2)
    return end + dt.timedelta(days=start.extra)


def _judge_extension(extensions: Sequence[Happening], last_day: dt.date, *, kind: bool) -> tuple[str, Happening | None]:
    """What becomes of the notices. Art. 12(3) allows one extension: the first one that holds decides.

    A notice must come by the last day and give its reasons; one without reasons holds only in the kind reading.
    """
    if not extensions:
        return "none", None
    in_time = [notice for notice in extensions if notice.date <= last_day]
    if reasoned := [notice for notice in in_time if notice.reasons]:
        return "granted", reasoned[0]
    if in_time:
        return ("granted-without-reasons" if kind else "reasons-missing"), in_time[0]
    return "late", extensions[0]


@lru_cache(maxsize=1 << 14)
def _period_step(place: Place, extra: int, base: dt.date) -> Step:
    added = f", and {extra} days that do not count," if extra else ""
    if place.country == "CH":
        text = f"Thirty days{added} end on {spoken(base)}."
        return Step("thirty-days", "DSV Art. 18(1) (Switzerland: days, not a month)", base, text)
    source = "UK GDPR Art. 12(3) and 12A; ICO guidance" if place.country == "GB" else _RULE_MONTH
    text = f"One month{added} runs until the end of {spoken(base)}."
    return Step("month", source, base, text)


@lru_cache(maxsize=1 << 14)
def _roll_steps(place: Place, day: dt.date, rolled: Roll, last_day: dt.date) -> tuple[Step, ...]:
    if rolled.last == day:
        return ()
    source = "; ".join((_roll_source(place), *rolled.sources))
    if last_day == day:
        text = f"{spoken(day)} is taken as a working day, though others may not ({', '.join(rolled.why)})."
    else:
        because = f" ({', '.join(rolled.why)})" if rolled.why else ""
        text = f"{spoken(day)} is not a working day; the next one is {spoken(last_day)}{because}."
    return (Step("roll", source, last_day, text),)


def _roll_source(place: Place) -> str:
    if place.country == "CH":
        return "OR Art. 78; SR 173.110.3 (Saturdays)"
    return "ICO guidance on time limits" if place.country == "GB" else "Reg. 1182/71 Art. 3(4)"


def _extension_step(place: Place, notice: Happening, longer: dt.date, *, kind: bool) -> Step:
    if place.country == "CH":
        text = f"The notice of {spoken(notice.date)} must name its own date; sixty more days are taken as the most."
        return Step("extension", "DSV Art. 18(2); the sixty days by analogy to GDPR Art. 12(3)", longer, text)
    how = "three months from the start" if kind else "one month and then two more"
    text = f"The notice of {spoken(notice.date)} came in time; {how} run until the end of {spoken(longer)}."
    return Step("extension", _RULE_EXTENSION, longer, text)


def _refused_step(extension: str, notice: Happening, last_day: dt.date) -> Step:
    if extension == "late":
        text = f"The notice of {spoken(notice.date)} came after {spoken(last_day)}: nothing is extended."
        return Step("late-extension", f"{_RULE_EXTENSION} third sentence", last_day, text)
    text = f"The notice of {spoken(notice.date)} gives no reasons: read strictly, nothing is extended."
    return Step("reasons-missing", f"{_RULE_EXTENSION} third sentence", last_day, text)
