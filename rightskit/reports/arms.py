"""The arms of a trial, compared as they were drawn: what a lot makes comparable, and nothing else does.

Each request counts in the arm that the lot drew for it, however it went out (intention to treat: CONSORT 2010, item
16). One member has many requests, so variances are those of sums per member. Shares are rounded to steps that cover the
threshold, as everywhere that a share crosses the counts of outcomes; differences are those of the rounded shares, and
their intervals are widened to whole steps. Of the people only a lower end is told.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports.controllers import rounding
from rightskit.reports.figures import is_answered, is_due, is_on_time, is_sent, members
from rightskit.reports.grading import at_least
from rightskit.reports.intervals import Z, difference
from rightskit.reports.restrictedmean import restricted
from rightskit.reports.survival import median, spells, survival

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.model import Median
    from rightskit.reports.survival import Spell

WITHIN = (90, 60, 30)
"""The longest of these times that enough members of each arm were watched is that of the mean wait, in days."""
CHANCE = ((0.001, "p001"), (0.01, "p01"), (0.05, "p05"))
"""Bounds of p with their codes; above them all it is ``chance``. An exact p would tell the counts behind it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the lot decided.

    Attributes:
        arms: the names of those that compete; one group for each rule of the campaign.
        sentences: how it was drawn, and what was written down before, in the language of the page.
    """

    arms: tuple[tuple[str, ...], ...] = ()
    sentences: tuple[str, ...] = ()


NOT_DRAWN = Drawn()


@dataclass(frozen=True, slots=True)
class Arm:
    """How the requests of one arm fared.

    Attributes:
        people: so many members at least.
        on_time: of the requests that are answered, overdue or came back, the share answered on time, rounded; None
            where too few are.
        median: to the final answer; None where too few answers came.
    """

    name: str
    people: int
    on_time: float | None
    median: Median | None


@dataclass(frozen=True, slots=True)
class Gap:
    """By how much one arm differs from the first, with its 95 % interval, and whether chance may have done it.

    Attributes:
        evidence: a code of :data:`CHANCE`, or ``chance``.
    """

    value: float
    low: float
    high: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """One arm instead of the first.

    Attributes:
        on_time: between the shares; None where one is not shown.
        days: between the mean waits for a final answer; None where too few were watched long enough.
    """

    first: str
    second: str
    on_time: Gap | None
    days: Gap | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Arms between which the lot decided.

    Attributes:
        within: days within which waits count for the mean; None where too few were watched that long.
    """

    arms: tuple[Arm, ...]
    contrasts: tuple[Contrast, ...]
    within: int | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a page tells of the lot.

    Attributes:
        comparisons: none where an arm has too few people.
        sentences: as in :class:`Drawn`.
    """

    comparisons: tuple[Comparison, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """The requests of one arm that have left.

    Attributes:
        due: those of which it can be said whether they were answered on time; what came back was not.
        waits: for final answers.
    """

    name: str
    rows: Sequence[CaseRow]
    due: Sequence[CaseRow]
    waits: Sequence[Spell]
    step: float | None

    @property
    def on_time(self) -> float | None:
        """The share answered on time, rounded."""
        if self.step is None:
            return None
        return round(round(sum(map(is_on_time, self.due)) / len(self.due) / self.step) * self.step, 2)


def trial(rows: Sequence[CaseRow], drawn: Drawn, today: dt.date, least: int) -> Trial | None:
    """What may be told of a trial; None where nothing was drawn.

    Args:
        rows: requests as they may be counted.
        drawn: what the lot decided.
        today: the cut-off.
        least: the threshold, in members.
    """
    if not drawn.arms:
        return None
    found = [[_part(name, rows, today, least) for name in names] for names in drawn.arms]
    shown = [parts for parts in found if all(members(part.rows) >= least for part in parts)]
    return Trial(tuple(_comparison(parts, least) for parts in shown), drawn.sentences)


def _part(name: str, rows: Sequence[CaseRow], today: dt.date, least: int) -> _Part:
    own = [row for row in rows if row.request.arm == name and is_sent(row)]
    due = [row for row in own if is_due(row) or row.course.bounced]
    return _Part(name, own, due, spells(own, today, final=True), rounding(members(due), least))


def _comparison(parts: Sequence[_Part], least: int) -> Comparison:
    within = next((days for days in WITHIN if all(_is_watched(part.waits, days, least) for part in parts)), None)
    return Comparison(
        arms=tuple(_arm(part, least) for part in parts),
        contrasts=tuple(_contrast(parts[0], part, within) for part in parts[1:]),
        within=within,
    )


def _is_watched(waits: Sequence[Spell], days: int, least: int) -> bool:
    """Whether the curve is known until then: enough still wait, or nobody was lost from sight before."""
    if all(wait.answered or wait.days >= days for wait in waits):
        return bool(waits)
    return len({wait.member for wait in waits if wait.days >= days}) >= least


def _arm(part: _Part, least: int) -> Arm:
    answered = members(filter(is_answered, part.rows)) >= least
    middle = median(survival(part.waits)) if answered else None
    return Arm(part.name, at_least(members(part.rows), least), part.on_time, middle)


def _contrast(first: _Part, second: _Part, within: int | None) -> Contrast:
    days = None if within is None else _days(first.waits, second.waits, within)
    return Contrast(first.name, second.name, _on_time(first, second), days)


def _on_time(first: _Part, second: _Part) -> Gap | None:
    """The difference of the rounded shares; its interval holds that of the exact one."""
    exact = difference(second.due, first.due, is_on_time)
    if exact is None or first.step is None or second.step is None:
        return None
    step, gap = max(first.step, second.step), (second.on_time or 0.0) - (first.on_time or 0.0)
    reach = math.ceil((Z * exact.error + abs(gap - exact.share)) / step - 1e-9) * step
    low, high = max(-1.0, gap - reach), min(1.0, gap + reach)
    return Gap(round(gap, 2), round(low, 2), round(high, 2), _evidence(exact.share, exact.error))


def _days(first: Sequence[Spell], second: Sequence[Spell], within: int) -> Gap:
    """The difference of the mean waits in whole days; its interval is widened to whole days."""
    means = [restricted(waits, within) for waits in (first, second)]
    pulls: dict[str, float] = defaultdict(float)
    for mean, sign in zip(means, (-1, 1), strict=True):
        for member, days in mean.pulls.items():
            pulls[member] += sign * days
    error = math.sqrt(sum(days * days for days in pulls.values()))
    gap = means[1].days - means[0].days
    return Gap(round(gap), math.floor(gap - Z * error), math.ceil(gap + Z * error), _evidence(gap, error))


def _evidence(value: float, error: float) -> str:
    """A two-sided test of the difference against none, by the normal distribution (Wald)."""
    if not value:
        return "chance"
    p = math.erfc(abs(value) / error / math.sqrt(2)) if error else 0.0
    return next((code for bound, code in CHANCE if p < bound), "chance")


def gaps(one: Contrast) -> Iterator[tuple[str, Gap]]:
    """The differences that may be shown, by name."""
    for name, gap in (("on_time", one.on_time), ("days", one.days)):
        if gap is not None:
            yield name, gap
