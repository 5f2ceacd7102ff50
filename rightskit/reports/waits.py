"""How long it took, as a page may tell it: curves, who still waits, and which answer came by when.

Each number that a page tells with a day stands beside all others: what they come to put together, up to four of them,
is told of nobody or of enough (:mod:`rightskit.reports.sums`). So a curve lacks days on which it would tell of a few.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports import curves
from rightskit.reports.figures import is_out
from rightskit.reports.survival import spells

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.competing import Incidence
    from rightskit.reports.control import Part
    from rightskit.reports.model import AtRisk, Curve
    from rightskit.reports.shown import Shown
    from rightskit.reports.survival import Spell


@dataclass(frozen=True, slots=True)
class Drawn:
    """A curve that may be shown.

    Attributes:
        parts: for each of its days the requests that were answered by then.
    """

    curve: Curve
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Waited:
    """What a page tells of times.

    Attributes:
        curves: of first and of final answers.
        at_risk: requests without a final answer on some days.
        incidence: the share of each outcome by a day.
    """

    curves: tuple[Curve, ...] = ()
    at_risk: tuple[AtRisk, ...] = ()
    incidence: tuple[Incidence, ...] = ()


def waited(rows: Sequence[CaseRow], shown: Shown, today: dt.date) -> Waited:
    """What may be told of times.

    Args:
        rows: as they may be counted.
        shown: of them.
        today: the cut-off.
    """
    if "answered" not in shown.steps:
        return Waited()
    told = _Told(rows, shown, today)
    drawn = tuple(one.curve for one in told.curves())
    least, alone = shown.control.threshold, {_cause(group.keys[0]) for group in shown.outcomes if len(group.keys) == 1}
    at_risk = curves.waiting(told.last, least, may_tell=told.may_tell)
    outcomes = curves.outcomes(told.last, alone, least, may_tell=told.may_tell) if alone else ()
    return Waited(drawn, at_risk, tuple(outcomes))


def drawn(rows: Sequence[CaseRow], shown: Shown, today: dt.date) -> list[Drawn]:
    """The curves of first and of final answers, as far as they may be shown, the latter told rather than the former."""
    return _Told(rows, shown, today).curves() if "answered" in shown.steps else []


def _cause(outcome: str) -> str:
    return outcome.replace(" ", "-").replace("_", "-")


class _Told:
    """What a page tells so far, beside which times are told."""

    def __init__(self, rows: Sequence[CaseRow], shown: Shown, today: dt.date) -> None:
        self._places = [place for place, row in enumerate(rows) if is_out(row)]
        self._least = shown.control.threshold
        self._first, self.last = (spells(rows, today, final=final) for final in (False, True))
        self._sums = shown.control.sums(shown.every)

    def may_tell(self, waits: Iterable[int]) -> bool:
        """Whether it may be told how many some requests are, by the places of their waits; if so, it is."""
        return self._sums.take([self._places[place] for place in waits])

    def curves(self) -> list[Drawn]:
        """Of first answers, and of final ones."""
        final = self._drawn("final", self.last)
        return [*self._drawn("first", self._first), *final]

    def _drawn(self, key: str, waits: Sequence[Spell]) -> list[Drawn]:
        found = curves.curve(key, waits, self._least, may_tell=lambda day: self.may_tell(_by(day, waits)))
        parts = (_by(point.day, waits) for point in found.points[1:]) if found else ()
        known = [frozenset(self._places[place] for place in part) for part in parts]
        return [Drawn(found, known)] if found else []


def _by(day: int, waits: Iterable[Spell]) -> list[int]:
    """The requests that were answered by a day after sending."""
    return [place for place, wait in enumerate(waits) if wait.answered and wait.days <= day]
