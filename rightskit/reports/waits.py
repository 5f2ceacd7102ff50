"""How long it took, as a page may tell it: curves, who still waits, and which answer came by when.

Each number that a page tells with a day stands beside all others: what they come to put together, up to four of them,
is told of nobody or of enough (:mod:`rightskit.reports.sums`). So a curve lacks days on which it would tell of a few.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports import curves
from rightskit.reports.figures import is_out
from rightskit.reports.survival import spells

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.competing import Incidence
    from rightskit.reports.model import AtRisk, Curve
    from rightskit.reports.shown import Shown
    from rightskit.reports.survival import Spell


@dataclass(frozen=True, slots=True)
class Waited:
    """What a page tells of times.

    Attributes:
        curves: of first and of final answers.
        at_risk: requests without a final answer on some days.
        incidence: the share of each outcome by a day.
        parts: the places of the requests behind each number of these.
    """

    curves: tuple[Curve, ...] = ()
    at_risk: tuple[AtRisk, ...] = ()
    incidence: tuple[Incidence, ...] = ()
    parts: Sequence[Collection[int]] = ()


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
    drawn = told.curves()
    least, alone = shown.control.threshold, {_cause(group.keys[0]) for group in shown.outcomes if len(group.keys) == 1}
    at_risk = curves.waiting(told.last, least, may_tell=told.may_tell)
    outcomes = curves.outcomes(told.last, alone, least, may_tell=told.may_tell) if alone else ()
    return Waited(drawn, at_risk, tuple(outcomes), told.parts)


def _cause(outcome: str) -> str:
    return outcome.replace(" ", "-").replace("_", "-")


class _Told:
    """What a page tells so far, beside which times are told."""

    def __init__(self, rows: Sequence[CaseRow], shown: Shown, today: dt.date) -> None:
        self._places = [place for place, row in enumerate(rows) if is_out(row)]
        self._least = shown.control.threshold
        self._first, self.last = (spells(rows, today, final=final) for final in (False, True))
        self._sums = shown.control.sums(shown.every)
        self.parts: list[Collection[int]] = []

    def may_tell(self, waits: Iterable[int]) -> bool:
        """Whether it may be told how many some requests are, by the places of their waits; if so, it is."""
        part = array("l", (self._places[place] for place in waits))  # a set of so many takes ten times the memory
        fits = self._sums.take(part)
        self.parts += [part] if fits else []
        return fits

    def curves(self) -> tuple[Curve, ...]:
        """Of first answers, and of final ones, the latter told rather than the former."""
        final = self._drawn("final", self.last)
        return tuple(filter(None, (self._drawn("first", self._first), final)))

    def _drawn(self, key: str, waits: Sequence[Spell]) -> Curve | None:
        return curves.curve(key, waits, self._least, may_tell=lambda day: self.may_tell(_by(day, waits)))


def _by(day: int, waits: Iterable[Spell]) -> list[int]:
    """The requests that were answered by a day after sending."""
    return [place for place, wait in enumerate(waits) if wait.answered and wait.days <= day]
