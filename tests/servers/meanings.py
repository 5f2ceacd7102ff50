"""What the numbers of pages and tables count, for somebody who has read their definitions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.cases.model import Answer
from rightskit.reports.breakdown import DECISIONS, MEASURES, PENDING, decision
from rightskit.reports.caserow import CaseRow
from rightskit.reports.control import _FACTS
from rightskit.reports.figures import STEPS, has_data, is_answered, is_out, is_refused
from rightskit.reports.forms import FORMS, machine_readable
from rightskit.reports.funnels import STEPS as FUNNEL
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.microdata import TAKEN
from rightskit.reports.survival import spells

if TYPE_CHECKING:
    import datetime as dt

NAMES = {"suedstern": "Südstern Versand AG", "nordlicht": "Auskunftei Nordlicht GmbH"}
"""Controllers, by id."""

Holds = Callable[[CaseRow], bool]
Is = Callable[[MemberRow], bool]


@dataclass(frozen=True)
class Cell:
    """A number that somebody reads.

    Attributes:
        holds: of which requests it is the number.
        shown: column -> what the row of a request shows that is counted; none where the number is not one of rows.
        day: of these rows.
    """

    name: str
    number: int
    holds: Holds = lambda _: True
    shown: Mapping[str, Collection[str]] = field(default_factory=dict)
    day: dt.date | None = None

    def counts(self, row: CaseRow, shown: Mapping[str, str]) -> bool:
        """Whether a request is one of them, of which a row of the day shows something."""
        return self.holds(row) and all(shown.get(column) in values for column, values in self.shown.items())


Cells = Iterator[Cell]


def _is_decided(row: CaseRow) -> bool:
    return is_out(row) and decision(row) not in {"", PENDING}


OUTCOMES: Mapping[str, Holds] = {
    "data": has_data,
    "no_data": lambda row: is_out(row) and row.course.outcome is Answer.NO_DATA,
    "confirmed": lambda row: is_out(row) and row.course.outcome is Answer.CONFIRMED,
    "refused": is_refused,
    "answered": is_answered,
    "dialogue": lambda row: is_out(row) and row.course.outcome is Answer.IN_DIALOGUE,
    "open": lambda row: is_out(row) and not is_answered(row) and row.course.outcome is not Answer.IN_DIALOGUE,
    "waiting": lambda row: is_out(row) and not is_answered(row),
}
GROUPS: Mapping[str, Mapping[str, Holds]] = {
    "funnel": STEPS | {"bounced": lambda row: bool(row.course.sent) and not is_out(row)},
    "outcomes": OUTCOMES,
    "facts": {name: lambda row, holds=holds: is_out(row) and holds(row) for name, holds in _FACTS.items()},
    "forms": {name: lambda row, name=name: has_data(row) and (row.data.form or "unknown") == name for name in FORMS},
    "decisions": {
        name.replace("-", "_"): lambda row, name=name: is_out(row) and decision(row) == name for name in DECISIONS
    },
    "measures": {
        name.replace("-", "_"): lambda row, name=name: _is_decided(row) and (row.dispute.measure or "untold") == name
        for name in MEASURES
    },
}
LINE: Mapping[str, Holds] = {
    "requests": is_out,
    "answered": is_answered,
    "identity": lambda row: is_out(row) and row.demands.identity_demanded,
    "data": has_data,
    "refused": is_refused,
}
QUALITY: Mapping[str, tuple[Holds, Holds | None]] = {
    "machine_readable": (
        lambda row: has_data(row) and machine_readable(row.data.form) is not None,
        lambda row: bool(machine_readable(row.data.form)),
    ),
    "excessive": (LINE["identity"], lambda row: "identity" in row.demands.excessive),
    "completeness": (lambda row: is_answered(row) and row.data.items is not None, None),
    "consistency": (is_answered, None),
}
"""Of what a figure speaks, and of which of it it is the share."""


def any_of(group: str, keys: Collection[str]) -> Holds:
    return lambda row: any(GROUPS[group][key](row) for key in keys)


def of(controller: str, holds: Holds, right: str = "") -> Holds:
    return lambda row: row.request.controller == controller and right in {"", row.request.right.value} and holds(row)


def both(first: Holds, second: Holds) -> Holds:
    return lambda row: first(row) and second(row)


def still(day: int, today: dt.date) -> Holds:
    """Still waiting, and watched, on a day after sending."""
    return lambda row: any(wait.days >= day for wait in spells([row], today, final=True))


def ended(day: int, today: dt.date, *, final: bool, cause: str = "") -> Holds:
    """Answered by a day after sending, or ended as it says."""

    def holds(row: CaseRow) -> bool:
        waits = spells([row], today, final=final)
        return any(wait.days <= day and (wait.cause == cause if cause else wait.answered) for wait in waits)

    return holds


def line(controller: str, right: str, step: str, number: int, day: dt.date) -> Cells:
    """A number of the funnel of a controller and right; where rows are counted, none of them hides what they show."""
    if step in {"planned", "sent", "bounced"}:
        yield Cell(f"{controller} {right} {step}", number, of(controller, FUNNEL[step], right))
    elif step == "out":
        yield counted(number, day, controller, right)
    elif step == "answered":
        yield counted(number, day, controller, right, "outcome", ("refused", "else", "data", "answered"))
        yield counted(0, day, controller, right, "outcome", (TAKEN,))
    elif step == "data":
        yield counted(number, day, controller, right, "outcome", ("data",))
        yield counted(0, day, controller, right, "outcome", ("answered", TAKEN))
    else:
        yield counted(number, day, controller, right, step, ("yes",))
        yield counted(0, day, controller, right, step, (TAKEN,))


def counted(  # noqa: PLR0913, PLR0917 (where and what)
    number: int, day: dt.date, controller: str = "", right: str = "", column: str = "", values: Collection[str] = ()
) -> Cell:
    """A number of rows."""
    where = {"controller": {controller}} if controller else {}
    where |= {"right": {right}} if right else {}
    where |= {column: set(values)} if column else {}
    name = " ".join(filter(None, (f"{day} rows", controller, right, column, "+".join(values))))
    return Cell(name, number, shown=where, day=day)
