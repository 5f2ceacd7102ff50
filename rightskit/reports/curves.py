"""The time to an answer as it may be shown: a weekly grid, made wider until no step shows a small group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.reports.model import AtRisk, Curve, CurvePoint
from rightskit.reports.survival import at, median, survival

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightskit.reports.survival import Estimate, Spell

WEEK = 7
MARKS = (0, 30, 60, 90)
"""The days for which the number of those still waiting is told."""


def curve(key: str, waits: Sequence[Spell], least: int) -> Curve | None:
    """The curve of answers, or None where too few came to draw one.

    Args:
        key: ``first`` or ``final``.
        waits: one per request.
        least: members behind each step, and behind what comes after the last.
    """
    answered = [wait for wait in waits if wait.answered]
    if _members(answered) < least:
        return None
    exact = survival(waits)
    days = grid(waits, least)
    return Curve(key, tuple(_point(exact, day) for day in days), median(exact)) if len(days) > 1 else None


def grid(waits: Sequence[Spell], least: int) -> list[int]:
    """The days on which the curve moves: ends of weeks, with answers to enough members between them and after the last.

    The curve ends where too few are still waiting to tell anything.
    """
    answered = [wait for wait in waits if wait.answered]
    longest = max((wait.days for wait in waits), default=0)
    days = [0]
    for day in range(WEEK, longest + WEEK, WEEK):
        if _members(wait for wait in waits if wait.days >= day) < least:
            break
        step = [wait for wait in answered if _last(days) < wait.days <= day]
        if _members(step) >= least:
            days.append(day)
    while len(days) > 1 and 0 < _members(wait for wait in answered if wait.days > days[-1]) < least:
        days.pop()
    return days


def _last(days: Sequence[int]) -> int:
    # An answer on the day of sending belongs to the first step.
    return days[-1] if len(days) > 1 else -1


def _members(waits: Iterable[Spell]) -> int:
    return len({wait.member for wait in waits})


def _point(exact: Sequence[Estimate], day: int) -> CurvePoint:
    estimate = at(exact, day) if day else at((), day)
    return CurvePoint(day, *(round(1 - share, 2) for share in (estimate.share, estimate.high, estimate.low)))


def waiting(waits: Sequence[Spell], least: int) -> tuple[AtRisk, ...]:
    """How many were still waiting at each of :data:`MARKS`, unless they or those gone since the last are few."""
    found, before = [], list(waits)
    for day in MARKS:
        now = [wait for wait in waits if wait.days >= day]
        gone = _members(wait for wait in before if wait.days < day)
        is_shown = _members(before) >= least and not 0 < _members(now) < least and not 0 < gone < least
        found.append(AtRisk(day, len(now) if is_shown else None))
        before = now if is_shown else before
    return tuple(found)
