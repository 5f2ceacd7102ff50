"""The figures of a campaign, each defined once; nothing is hidden here yet (:mod:`rightskit.reports.control`)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Answer
from rightskit.reports.intervals import proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.model import Proportion

FINAL = frozenset({Answer.PARTIAL, Answer.DATA, Answer.NO_DATA, Answer.CONFIRMED, Answer.REFUSED})
"""The answers in substance; an acknowledgement or a question is none."""
_SILENT = frozenset({Answer.NONE, Answer.UNKNOWN})


def is_sent(row: CaseRow) -> bool:
    """Whether the request left the campaign."""
    return row.course.sent is not None


def is_out(row: CaseRow) -> bool:
    """Sent and not returned as undeliverable: the base of all shares, for nobody can answer what never came."""
    return is_sent(row) and not row.course.bounced


def is_received(row: CaseRow) -> bool:
    """Whether the controller has it; whatever it says about the request proves that."""
    course = row.course
    return is_out(row) and (course.received or course.first_answer is not None or course.outcome not in _SILENT)


def is_answered(row: CaseRow) -> bool:
    """Whether an answer in substance came."""
    return is_out(row) and row.course.outcome in FINAL


def is_refused(row: CaseRow) -> bool:
    """Whether the whole request was refused."""
    return is_out(row) and row.course.outcome is Answer.REFUSED


def has_data(row: CaseRow) -> bool:
    """Whether data came, all of it or a part."""
    return is_out(row) and row.course.outcome in {Answer.DATA, Answer.PARTIAL}


def is_readable(row: CaseRow) -> bool:
    """Whether a recipe read the data."""
    return has_data(row) and row.data.readable


def is_pooled(row: CaseRow) -> bool:
    """Whether what was read stands in the pool."""
    return is_readable(row) and row.data.pooled


def is_overdue(row: CaseRow) -> bool:
    """Unanswered after the latest reading; while a question to the member is open, nobody knows whether it is."""
    return is_out(row) and row.course.overdue and not is_answered(row) and row.asked is None


def is_due(row: CaseRow) -> bool:
    """Whether it can be said that the controller kept the deadline or not: it answered, or its time is over."""
    return is_answered(row) or is_overdue(row)


def is_on_time(row: CaseRow) -> bool:
    """Answered by the latest reading of the legal deadline, not within 30 days (Art. 12(3) GDPR; Reg. 1182/71)."""
    return is_answered(row) and not row.course.late and not row.course.overdue


Steps = dict[str, "Callable[[CaseRow], bool]"]

STEPS: Steps = {
    "planned": lambda _: True,
    "sent": is_sent,
    "out": is_out,
    "received": is_received,
    "answered": is_answered,
    "data": has_data,
    "readable": is_readable,
    "pooled": is_pooled,
}
"""The funnel: each step holds for a part of those for whom the one before it holds."""


def funnel(rows: Sequence[CaseRow]) -> dict[str, int]:
    """How many requests came how far.

    Returns:
        Distinct ``members``; requests for each key of :data:`STEPS`; and those that ``bounced``.
    """
    counts = {key: sum(map(holds, rows)) for key, holds in STEPS.items()}
    return {"members": members(rows), **counts, "bounced": counts["sent"] - counts["out"]}


def members(rows: Iterable[CaseRow]) -> int:
    """Distinct members behind the requests."""
    return len({row.member for row in rows})


@dataclass(frozen=True, slots=True)
class Performance:
    """How one controller, or several together, answered.

    Attributes:
        rows: the requests that are out.
        answered: None where nothing is out.
        due: requests of which it can be said whether they were answered on time.
        on_time: of those.
        identity, data, refused: requests that met with it.
    """

    rows: tuple[CaseRow, ...]
    answered: Proportion | None
    due: int
    on_time: int
    identity: int
    data: int
    refused: int


def performance(rows: Iterable[CaseRow]) -> Performance:
    """The figures of some requests."""
    out = tuple(filter(is_out, rows))
    return Performance(
        rows=out,
        answered=proportion(out, is_answered),
        due=sum(map(is_due, out)),
        on_time=sum(map(is_on_time, out)),
        identity=sum(row.demands.identity_demanded for row in out),
        data=sum(map(has_data, out)),
        refused=sum(map(is_refused, out)),
    )


def by_controller(rows: Iterable[CaseRow]) -> dict[str, Performance]:
    """The figures of each controller that has a request out, by name."""
    found: dict[str, list[CaseRow]] = defaultdict(list)
    for row in filter(is_out, rows):
        found[row.request.controller].append(row)
    return {name: performance(found[name]) for name in sorted(found)}
