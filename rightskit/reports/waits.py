"""The curves of a page, and the requests behind each of their days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports.curves import curve
from rightskit.reports.figures import is_out
from rightskit.reports.survival import spells

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.control import Part
    from rightskit.reports.model import Curve
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


def drawn(rows: Sequence[CaseRow], shown: Shown, today: dt.date) -> list[Drawn]:
    """The curves of first and of final answers, as far as they may be shown.

    Who has a first answer may have a final one, or a demand, or proves that the request was received: the page tells
    how many these are, and the curve of final answers when. So that of first ones lacks days on which it would tell of
    a few beside these.

    Args:
        rows: as they may be counted.
        shown: of them.
        today: the cut-off.
    """
    if "answered" not in shown.steps:
        return []
    places = [place for place, row in enumerate(rows) if is_out(row)]
    first, last = (spells(rows, today, final=final) for final in (False, True))
    final = _found(curve("final", last, shown.control.threshold), places, last)
    around = [*shown.parts, *(part for one in final for part in one.parts)]

    def may_tell(day: int) -> bool:
        return shown.control.fits(_by(day, places, first), around)

    return [*_found(curve("first", first, shown.control.threshold, may_tell=may_tell), places, first), *final]


def _found(curve: Curve | None, places: Sequence[int], waits: Sequence[Spell]) -> list[Drawn]:
    return [Drawn(curve, [_by(point.day, places, waits) for point in curve.points[1:]])] if curve else []


def _by(day: int, places: Sequence[int], waits: Sequence[Spell]) -> Part:
    """The requests that were answered by a day after sending."""
    pairs = zip(places, waits, strict=True)
    return frozenset(place for place, wait in pairs if wait.answered and wait.days <= day)
