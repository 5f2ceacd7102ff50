"""The days of requests that step together on a page, shared so that none stands alone.

The requests are ordered by their waits and parted into groups of at least the threshold's people; each group gets its
median (microaggregation: Domingo-Ferrer and Mateo-Sanz, IEEE TKDE 14 (2002), 189-201). A curve that is drawn from them
rises by whole groups.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from operator import attrgetter
from statistics import median_low
from typing import TYPE_CHECKING

from rightskit.reports import rowparts
from rightskit.reports.caserow import PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.rowparts import Taken

    Step = Taken[CaseRow]  # all requests that step together have the same days, or lack them

_GET = {
    name: attrgetter(place)
    for name, place in rowparts.places(PLANNED).items()
    if name in rowparts.days(PLANNED) and name != "owed"
}
"""Field of one day → what gives it."""
_LATER = tuple(name for name in _GET if name != "sent")
_NEVER = dt.date.min
"""From here the days of what was never sent are counted: an answer that came by itself."""


def shared_days(steps: Sequence[Step], person: Mapping[str, int], least: int) -> list[CaseRow]:
    """The new rows with the days of their groups, in the order of the steps.

    Args:
        steps: taken together, by at least ``least`` people.
        person: member → the number under which they are counted.
        least: the people of a group.
    """
    found = [step.new for step in steps]
    for group in _groups(steps, person, least):
        days = dict(_days([steps[place] for place in group]))
        for place in group:
            found[place] = _with_times(_shifted(steps[place].new, days), steps[place])
    return found


def _is_fresh(step: Step, day: str) -> bool:
    """Whether no page has counted this day yet."""
    get = _GET[day]
    return get(step.new) is not None and (step.old is None or get(step.old) is None)


def _wait(step: Step, day: str) -> int:
    """Days from sending."""
    return int((_GET[day](step.true) - (step.true.course.sent or _NEVER)).days)


def _order(step: Step) -> tuple[tuple[int, ...], int]:
    """By waits, then by the day of sending."""
    sent = step.true.course.sent
    waits = tuple(_wait(step, day) for day in _LATER if _is_fresh(step, day))
    return waits, sent.toordinal() if sent else 0


def _groups(steps: Sequence[Step], person: Mapping[str, int], least: int) -> list[list[int]]:
    """Places of the steps; a rest that is too small joins the last group."""
    groups: list[list[int]] = [[]]
    people: set[int | str] = set()
    for place in sorted(range(len(steps)), key=lambda place: _order(steps[place])):
        if len(people) >= least:
            groups.append([])
            people = set()
        groups[-1].append(place)
        people.add(person.get(steps[place].true.member, steps[place].true.member))
    if len(people) < least and len(groups) > 1:
        rest = groups.pop()
        groups[-1] += rest
    return groups


def _days(group: Sequence[Step]) -> Iterator[tuple[str, int]]:
    """Each day that is fresh, and its median: of sending as an ordinal, of others as a wait."""
    first = group[0]
    if _is_fresh(first, "sent"):
        yield "sent", median_low(step.true.course.sent.toordinal() for step in group if step.true.course.sent)
    for day in _LATER:
        if _is_fresh(first, day):
            yield day, median_low(_wait(step, day) for step in group)


def _with_times(row: CaseRow, step: Step) -> CaseRow:
    """The times in which the member owed something lie as long after sending as they did."""
    sent, true = row.course.sent, step.true.course.sent
    if not row.owed or (step.old and step.old.owed == row.owed) or sent is None or true is None:
        return row
    by = sent - true
    return replace(row, owed=tuple((start + by, end and end + by) for start, end in row.owed))


def _shifted(row: CaseRow, days: Mapping[str, int]) -> CaseRow:
    sent = dt.date.fromordinal(days["sent"]) if "sent" in days else row.course.sent
    later = {day: (sent or _NEVER) + dt.timedelta(wait) for day, wait in days.items() if day != "sent"}
    return rowparts.changed(row, sent=sent, **later)
