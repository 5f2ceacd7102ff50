"""How a controller honours rights: five criteria, each a rounded share and a grade, none from too few people.

A share is rounded to steps that cover the threshold, so that no step tells of a small group; the grade follows from the
rounded share and tells no more. Of the people behind it only a lower end is told. The requests that a criterion speaks
of, and those of the controller that it leaves out, each count nobody or at least the threshold.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Answer
from rightskit.reports.controllers import rounding
from rightskit.reports.figures import has_data, is_due, is_on_time, is_out, is_sent, members
from rightskit.reports.forms import machine_readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rightskit.reports.caserow import CaseRow

MARKS = (("A", 0.9), ("B", 0.75), ("C", 0.5), ("D", 0.25), ("E", 0.0))
"""Grade and the least share that earns it, the best first."""

MOST_POINTS = len(MARKS) - 1
"""What an A is worth; each grade below it one less."""

_NEEDED = frozenset("abcdefgh")
"""Items of Art. 15(1); that (g) or (h) does not apply is an answer too, and silence is none."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is asked of a controller.

    Attributes:
        key: end of catalogue keys; its definition and the law behind it stand there.
        base: the requests that it speaks of.
        holds: of which of them it holds.
        waits: for which a person has to judge something first.
        rests_on: the facts of a row that must not rest on the machine alone, as ``CaseRow.machine`` names them.
    """

    key: str
    base: Callable[[CaseRow], bool]
    holds: Callable[[CaseRow], bool]
    rests_on: frozenset[str] = frozenset()
    waits: Callable[[CaseRow], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Grade:
    """What a controller earned in one criterion.

    Attributes:
        key: of the criterion.
        mark: one of :data:`MARKS`; empty where there is no grade.
        share: rounded, from 0 to 1; None without a grade.
        people: so many members at least stand behind it; None without a grade.
        unseen: whether there is no grade because persons have not looked at everything that it rests on.
    """

    key: str
    mark: str
    share: float | None
    people: int | None
    unseen: bool

    @property
    def points(self) -> int:
        """4 for an A, 0 for an E; only of a grade that there is."""
        return MOST_POINTS - [mark for mark, _ in MARKS].index(self.mark)


def _is_unjudged(row: CaseRow) -> bool:
    """A proof of identity was demanded, and no person has judged that; `judge` does it once for all of a controller."""
    return row.demands.identity_demanded and "identity" not in row.demands.excessive | row.demands.justified


def _is_known_form(row: CaseRow) -> bool:
    return has_data(row) and machine_readable(row.data.form) is not None


def _is_complete(row: CaseRow) -> bool:
    return row.course.outcome is Answer.DATA and (row.data.items is None or row.data.items >= _NEEDED)


CRITERIA = (
    # What came back as undeliverable is told by the form of the mail (RFC 3464), not by what a program makes of words.
    Criterion("reachable", is_sent, is_out),
    Criterion("on_time", is_due, is_on_time, frozenset({"answer"})),
    # A person's judgement stands above what the program read.
    Criterion("identity", is_out, lambda row: "identity" not in row.demands.excessive, waits=_is_unjudged),
    Criterion("readable", _is_known_form, lambda row: bool(machine_readable(row.data.form)), frozenset({"answer"})),
    Criterion("complete", has_data, _is_complete, frozenset({"answer"})),
)
"""In the order of the pages."""


def grades(rows: Sequence[CaseRow], threshold: int, *, audited: bool) -> tuple[Grade, ...]:
    """The grades of one controller.

    Args:
        rows: all requests to it.
        threshold: the least number of members behind a grade.
        audited: whether it is known how often the program errs. If not, only what persons have looked at is
            graded.
    """
    return tuple(_grade(criterion, rows, threshold, audited=audited) for criterion in CRITERIA)


def _grade(criterion: Criterion, rows: Sequence[CaseRow], threshold: int, *, audited: bool) -> Grade:
    base = list(filter(criterion.base, rows))
    rest, people = members(row for row in rows if not criterion.base(row)), members(base)
    # Leaving out what nobody has looked at would leave the silence in and the answers out.
    by_machine = not audited and any(row.course.machine & criterion.rests_on for row in base)
    unseen = by_machine or any(map(criterion.waits, base))
    step = rounding(people, threshold)
    if step is None or unseen or 0 < rest < threshold:
        return Grade(criterion.key, "", None, None, unseen)
    share = _rounded(sum(map(criterion.holds, base)) / len(base), step)
    return Grade(criterion.key, mark(share), share, at_least(people, threshold), unseen)


def _rounded(share: float, step: float) -> float:
    """To the nearest step; what lies in the middle speaks for the controller."""
    return min(1.0, round(math.floor(share / step + 0.5 + 1e-9) * step, 2))


def mark(share: float) -> str:
    """The grade that a share earns."""
    return next(name for name, least in MARKS if share >= least - 1e-9)


def at_least(people: int, threshold: int) -> int:
    """The lower end that is told of a number of people: the threshold, or 2, 5, 10, 20, 50, … times as many."""
    return max(rung for rung in _rungs(threshold, people) if rung <= people)


def _rungs(threshold: int, people: int) -> Iterator[int]:
    rung = threshold
    while rung <= people:
        yield from (rung, 2 * rung, 5 * rung)
        rung *= 10
