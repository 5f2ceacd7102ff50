"""The time to an answer as it may be shown: a weekly grid, made wider until no step shows a small group."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.reports.competing import incidence, turnbull
from rightskit.reports.grading import at_least
from rightskit.reports.model import AtRisk, ByWhen, Curve, CurvePoint
from rightskit.reports.survival import at, median, survival

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from rightskit.reports.competing import Incidence
    from rightskit.reports.survival import Estimate, Spell

WEEK = 7
REST = "other"
"""Answers in substance that are too rare to be told apart."""
MARKS = (0, 30, 60, 90)
"""The days for which the number of those still waiting is told."""


def curve(
    key: str, waits: Sequence[Spell], least: int, *, may_tell: Callable[[int], bool] = lambda _: True
) -> Curve | None:
    """The curve of answers, or None where too few came to draw one.

    Args:
        key: ``first`` or ``final``.
        waits: one per request.
        least: members behind each step, and behind what comes after the last.
        may_tell: whether it may be told how many were answered by a day, beside all else that the page tells.
    """
    answered = [wait for wait in waits if wait.answered]
    if _members(answered) < least:
        return None
    exact = survival(waits)
    days = [day for day in grid(waits, least) if day == 0 or may_tell(day)]
    if len(days) == 1:
        return None
    between, undated = _between_days(waits, days, least)
    return Curve(key, tuple(_point(exact, day) for day in days), median(exact), between, undated)


def _between_days(waits: Sequence[Spell], days: Sequence[int], least: int) -> tuple[tuple[float, ...], int]:
    """Turnbull's shares, and to how many members at least answers of unknown day came.

    Nothing where those of unknown day are too few to be told, or those of known day are, since the other estimate
    counts both.
    """
    undated = _members(wait for wait in waits if wait.since is not None)
    dated = _members(wait for wait in waits if wait.answered and wait.since is None)
    if undated < least or 0 < dated < least:
        return (), 0
    return tuple(round(share, 2) for share in turnbull(waits, days)), at_least(undated, least)


def outcomes(
    waits: Sequence[Spell], alone: Collection[str], least: int, *, may_tell: Callable[[Sequence[int]], bool]
) -> list[Incidence]:
    """For each outcome its share by the ends of weeks, as they may be shown, rounded to whole per cent.

    Args:
        waits: for final answers.
        alone: the outcomes that the report tells apart; the others stand together as :data:`REST`.
        least: members behind each step. What too few have is not shown; withdrawals of too few count as censored.
        may_tell: whether it may be told how many some requests are, by their places, beside all else that the page
            tells.
    """
    withdrawn = _members(wait for wait in waits if wait.cause == "withdrawn") >= least
    named = [replace(wait, cause=_named(wait, alone, withdrawn=withdrawn)) for wait in waits]
    found = []
    for cause, every in _days_of_causes(named, grid(waits, least), least).items():
        days = [day for day in every if day == 0 or may_tell(_by(named, cause, day))]
        if len(days) > 1:
            found += [_rounded(one) for one in incidence(named, days) if one.cause == cause]
    return sorted(found, key=lambda one: (one.cause, one.day))


def _by(waits: Iterable[Spell], cause: str, day: int) -> list[int]:
    return [place for place, wait in enumerate(waits) if wait.cause == cause and wait.days <= day]


def _days_of_causes(waits: Sequence[Spell], every: Sequence[int], least: int) -> dict[str, list[int]]:
    """The days for which the share of each outcome may be told, beside that of all answers.

    What the curve of all answers says by a day, less all outcomes that are told of until then, is of nobody or of
    enough; else the outcome whose last step is the smallest is told of later.

    Args:
        waits: with the outcomes that may be told apart.
        every: days of the curve of all answers.
        least: members behind each step.
    """
    causes = {}
    for cause in dict.fromkeys(wait.cause for wait in waits if wait.cause):
        own = [replace(wait, answered=wait.cause == cause) for wait in waits]
        causes[cause] = grid(own, least) if _members(wait for wait in own if wait.answered) >= least else [0]
    for day in every[1:]:
        while 0 < _members(_untold(waits, causes, day)) < least:
            last = {cause: _last(days, day) for cause, days in causes.items() if cause != "withdrawn"}
            cause = min((one for one in last if last[one]), key=lambda one: (-last[one], one))
            causes[cause].remove(last[cause])
    return causes


def _last(days: Sequence[int], day: int) -> int:
    return max(one for one in days if one <= day)


def _untold(waits: Iterable[Spell], causes: Mapping[str, Sequence[int]], day: int) -> Iterator[Spell]:
    """The answers until a day that no outcome tells."""
    told = {cause: _last(days, day) for cause, days in causes.items()}
    for wait in waits:
        if (
            wait.answered
            and wait.days <= day
            and (not wait.cause or wait.days > told[wait.cause] or not told[wait.cause])
        ):
            yield wait


def by_when(shown: Iterable[Incidence]) -> tuple[ByWhen, ...]:
    """The shares at one month and at three: the last end of a week until then, where the curve goes on so long."""
    found: dict[str, list[Incidence]] = {}
    for one in shown:
        found.setdefault(one.cause, []).append(one)
    return tuple(
        ByWhen(cause, _at_mark(points, MARKS[1]), _at_mark(points, MARKS[3])) for cause, points in found.items()
    )


def _at_mark(points: Sequence[Incidence], mark: int) -> CurvePoint | None:
    last = [one for one in points if one.day <= mark][-1]
    if last.day == 0 or points[-1].day <= mark - WEEK:
        return None
    return CurvePoint(last.day, last.share, last.low, last.high)


def _named(wait: Spell, alone: Collection[str], *, withdrawn: bool) -> str:
    if wait.cause == "withdrawn":
        return wait.cause if withdrawn else ""
    return wait.cause if not wait.cause or wait.cause in alone else REST


def _rounded(one: Incidence) -> Incidence:
    return replace(one, share=round(one.share, 2), low=round(one.low, 2), high=round(one.high, 2))


def grid(waits: Sequence[Spell], least: int) -> list[int]:
    """The days of the curve: 0, ends of weeks with answers to enough members between them, and where it ends.

    A rest too small for a step of its own delays the last one. The curve ends where too few still wait; where a small
    number of answers came even later, it ends before its last step, so that these cannot be told from the sum.
    """
    answered = [wait for wait in waits if wait.answered]
    end = _horizon(waits, least)
    days = [0]
    for day in range(WEEK, end + 1, WEEK):
        if _members(_between(answered, days, day)) >= least:
            days.append(day)
    if len(days) > 1 and (rest := _between(answered, days, end)):
        days[-1] = -(-max(wait.days for wait in rest) // WEEK) * WEEK
    if 0 < _members(wait for wait in answered if wait.days > end) < least:
        return days[:-1] or days
    return [*days, end] if end > days[-1] > 0 else days


def _horizon(waits: Sequence[Spell], least: int) -> int:
    """The last end of a week by which enough members still wait."""
    lasts: dict[str, int] = {}
    for wait in waits:
        lasts[wait.member] = max(wait.days, lasts.get(wait.member, 0))
    longest = sorted(lasts.values(), reverse=True)
    return longest[least - 1] // WEEK * WEEK if len(longest) >= least else 0


def _between(answered: Sequence[Spell], days: Sequence[int], day: int) -> list[Spell]:
    """The answers of the step that ends on a day; one on the day of sending belongs to the first step."""
    last = days[-1] if len(days) > 1 else -1
    return [wait for wait in answered if last < wait.days <= day]


def _members(waits: Iterable[Spell]) -> int:
    return len({wait.member for wait in waits})


def _point(exact: Sequence[Estimate], day: int) -> CurvePoint:
    estimate = at(exact, day) if day else at((), day)
    return CurvePoint(day, *(round(1 - share, 2) for share in (estimate.share, estimate.high, estimate.low)))


def waiting(waits: Sequence[Spell], least: int, *, may_tell: Callable[[Sequence[int]], bool]) -> tuple[AtRisk, ...]:
    """How many were still waiting at each of :data:`MARKS`, unless something could be reckoned from it of a few.

    Those gone since the last mark must not be few; nor those answered before and after it, nor those no longer watched
    before and after it, since the page tells how many were answered in all.

    Args:
        waits: for final answers.
        least: members.
        may_tell: as for :func:`outcomes`.
    """
    found, before = [], list(waits)
    for day in MARKS:
        now = [wait for wait in waits if wait.days >= day]
        earlier = [wait for wait in waits if wait.days < day]
        gone = _members(wait for wait in before if wait.days < day)
        sides = [[wait for wait in part if wait.answered is done] for part in (earlier, now) for done in (True, False)]
        is_shown = (
            (not before or _members(before) >= least)
            and not any(0 < people < least for people in (_members(now), gone, *map(_members, sides)))
            and may_tell([place for place, wait in enumerate(waits) if wait.days >= day])
        )
        found.append(AtRisk(day, len(now) if is_shown else None))
        before = now if is_shown else before
    return tuple(found)
