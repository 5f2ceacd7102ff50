"""The days of requests that step together on a page, shared so that none stands alone.

The requests are ordered by their waits and parted into groups of at least the threshold's people; each group gets its
median (microaggregation: Domingo-Ferrer and Mateo-Sanz, IEEE TKDE 14 (2002), 189-201). A curve that is drawn from them
rises by whole groups.
"""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from statistics import median_low
from typing import TYPE_CHECKING

from rightskit.reports import rowparts
from rightskit.reports.caserow import PLANNED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.rowparts import Taken

    Owed = tuple[tuple[dt.date, dt.date | None], ...]
    Step = Taken[CaseRow]  # all requests that step together have the same days, or lack them

Day = tuple[str, ...]
"""Name of a field that holds one day; or ``owed``, the place of a time in it, and whether it is its end."""

_GET: Mapping[Day, Callable[[CaseRow], dt.date | None]] = {
    (name,): attrgetter(place)
    for name, place in rowparts.places(PLANNED).items()
    if name in rowparts.days(PLANNED) and name != "owed"
}
"""Field of one day → what gives it."""
_SENT: Day = ("sent",)
_SIDES = ("start", "end")
Waits = dict[Day, int]
"""Days from sending; of the day of sending itself its ordinal."""
_NEVER = dt.date.min
"""From here the days of what was never sent are counted: an answer that came by itself."""


def shared_days(steps: Sequence[Step], person: Mapping[str, int], least: int) -> list[CaseRow]:
    """The new rows with the days of their groups, in the order of the steps.

    Args:
        steps: taken together, by at least ``least`` people.
        person: member → the number under which they are counted.
        least: the people of a group.
    """
    found, waits = [step.new for step in steps], [_waits(step) for step in steps]
    for group in _groups(steps, waits, person, least):
        shared = {day: median_low(waits[place][day] for place in group) for day in waits[group[0]]}
        for place in group:
            found[place] = _shifted(steps[place], shared)
    return found


def _days_of(row: CaseRow) -> dict[Day, dt.date]:
    """The days that a row has, in an order that is that of every row."""
    found: dict[Day, dt.date | None] = {day: get(row) for day, get in _GET.items()}
    for place, time in enumerate(row.owed):
        found |= {("owed", str(place), side): day for side, day in zip(_SIDES, time, strict=True)}
    return {day: value for day, value in found.items() if value}


def _fresh(step: Step) -> list[Day]:
    """The days that no page has counted yet; all times owed, where one of them is taken back."""
    known = _days_of(step.old) if step.old else {}
    if step.old and len(step.old.owed) > len(step.new.owed):
        known = {day: value for day, value in known.items() if day in _GET}
    return [day for day in _days_of(step.new) if day not in known]


def _waits(step: Step) -> Waits:
    """Of each day that is fresh."""
    days = _days_of(step.true)
    sent = days.get(_SENT, _NEVER)
    return {day: days[day].toordinal() if day == _SENT else (days[day] - sent).days for day in _fresh(step)}


def _order(step: Step, waits: Waits) -> tuple[tuple[int, ...], int]:
    """By waits, then by the day of sending."""
    sent = step.true.course.sent
    return tuple(wait for day, wait in waits.items() if day != _SENT), sent.toordinal() if sent else 0


def _groups(steps: Sequence[Step], waits: Sequence[Waits], person: Mapping[str, int], least: int) -> list[list[int]]:
    """Places of the steps; a rest that is too small joins the last group."""
    groups: list[list[int]] = [[]]
    people: set[int | str] = set()
    for place in sorted(range(len(steps)), key=lambda place: _order(steps[place], waits[place])):
        if len(people) >= least:
            groups.append([])
            people = set()
        groups[-1].append(place)
        people.add(person.get(steps[place].true.member, steps[place].true.member))
    if len(people) < least and len(groups) > 1:
        rest = groups.pop()
        groups[-1] += rest
    return groups


def _shifted(step: Step, shared: Waits) -> CaseRow:
    """The new row with the days of its group; those that a page has counted stay."""
    sent = dt.date.fromordinal(shared[_SENT]) if _SENT in shared else step.new.course.sent
    fresh = {day: (sent or _NEVER) + dt.timedelta(wait) for day, wait in shared.items() if day != _SENT}
    fields = {day[0]: fresh[day] for day in _GET if day in fresh}
    return rowparts.changed(step.new, sent=sent, owed=_owed(step, fresh), **fields)


def _owed(step: Step, fresh: Mapping[Day, dt.date]) -> Owed:
    """Beginnings and ends as they were counted, and those that are fresh."""
    days = {**(_days_of(step.old) if step.old else {}), **fresh}
    return tuple(
        (days["owed", str(place), "start"], days["owed", str(place), "end"] if end else None)
        for place, (_, end) in enumerate(step.new.owed)
    )
