"""The days of requests that step together on a page, shared so that none stands alone.

The requests are ordered by their waits and parted into groups of at least the threshold's people; each group gets its
median (microaggregation: Domingo-Ferrer and Mateo-Sanz, IEEE TKDE 14 (2002), 189-201). A curve that is drawn from them
rises by whole groups.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from operator import attrgetter
from statistics import median_low
from typing import TYPE_CHECKING

from rightskit.reports import rowparts
from rightskit.reports.caserow import PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow

_GET = {
    name: attrgetter(place)
    for name, place in rowparts.places(PLANNED).items()
    if name in rowparts.days(PLANNED) and name != "owed"
}
"""Field of one day → what gives it."""
_LATER = tuple(name for name in _GET if name != "sent")
_NEVER = dt.date.min
"""From here the days of what was never sent are counted: an answer that came by itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """A request that steps with others: all of them have the same days, or lack them.

    Attributes:
        old: as the last page counted it; None where none did.
        new: as it is to be counted, its days not shared yet.
        true: as it is.
    """

    old: CaseRow | None
    new: CaseRow
    true: CaseRow

    def is_fresh(self, day: str) -> bool:
        """Whether no page has counted this day yet."""
        get = _GET[day]
        return get(self.new) is not None and (self.old is None or get(self.old) is None)

    def wait(self, day: str) -> int:
        """Days from sending."""
        return int((_GET[day](self.true) - (self.true.course.sent or _NEVER)).days)

    @property
    def order(self) -> tuple[tuple[int, ...], int]:
        """By waits, then by the day of sending."""
        waits = tuple(self.wait(day) for day in _LATER if self.is_fresh(day))
        return waits, self.true.course.sent.toordinal() if self.true.course.sent else 0


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


def _groups(steps: Sequence[Step], person: Mapping[str, int], least: int) -> list[list[int]]:
    """Places of the steps; a rest that is too small joins the last group."""
    groups: list[list[int]] = [[]]
    people: set[int | str] = set()
    for place in sorted(range(len(steps)), key=lambda place: steps[place].order):
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
    if first.is_fresh("sent"):
        yield "sent", median_low(step.true.course.sent.toordinal() for step in group if step.true.course.sent)
    for day in _LATER:
        if first.is_fresh(day):
            yield day, median_low(step.wait(day) for step in group)


def _with_times(row: CaseRow, step: Step) -> CaseRow:
    """The times in which the member owed something lie as long after sending as they did."""
    if (
        not row.owed
        or (step.old and step.old.owed == row.owed)
        or row.course.sent is None
        or step.true.course.sent is None
    ):
        return row
    by = row.course.sent - step.true.course.sent
    return replace(row, owed=tuple((start + by, end and end + by) for start, end in row.owed))


def _shifted(row: CaseRow, days: Mapping[str, int]) -> CaseRow:
    sent = dt.date.fromordinal(days["sent"]) if "sent" in days else row.course.sent
    later = {day: (sent or _NEVER) + dt.timedelta(wait) for day, wait in days.items() if day != "sent"}
    return rowparts.changed(row, sent=sent, **later)
