"""Demands of a controller: for identity, for a mandate, for clarification; whether answered, and how judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.cases.happenings import GIVEN, JUDGEMENTS, Happening
from rightskit.cases.model import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KINDS = frozenset(GIVEN.values())
ABOUT_DEMANDS = frozenset({*KINDS, *GIVEN, *JUDGEMENTS})


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand.

    Attributes:
        kind: ``identity-demanded``, ``mandate-demanded`` or ``clarification-demanded``.
        given: when the member answered; None where they did not.
        verdict: how a person judged it; None where nobody did.
    """

    kind: EventKind
    asked: dt.date
    given: dt.date | None = None
    verdict: EventKind | None = None

    @property
    def contested(self) -> bool:
        """Whether a person contested it: it then changes nothing."""
        return self.verdict is EventKind.DEMAND_CONTESTED

    @property
    def justified(self) -> bool:
        """Whether a person judged it justified."""
        return self.verdict is EventKind.DEMAND_JUSTIFIED

    def late(self, received: dt.date, prompt_days: int) -> bool:
        """Whether it came with undue delay (EDPB Guidelines 01/2022 para 159; the number of days is our reading)."""
        return (self.asked - received).days > prompt_days


def demands(happenings: Sequence[Happening]) -> tuple[Demand, ...]:
    """All demands, oldest first. A demand repeated while the first is open is the same demand."""
    found: list[Demand] = []
    for one in sorted(happenings, key=lambda one: (one.date, _order(one))):
        if one.kind in KINDS and not any(d.kind is one.kind and d.given is None for d in found):
            found.append(Demand(one.kind, one.date))
        elif one.kind in GIVEN:
            found = [_answered(demand, one) for demand in found]
        elif one.kind in JUDGEMENTS:
            found = [_judged(demand, one) for demand in found]
    return tuple(found)


def days_waited(found: Iterable[Demand]) -> int:
    """The days from demand to answer, those that overlap once."""
    days = {demand.asked + dt.timedelta(days=i) for demand in found for i in range(_length(demand))}
    return len(days)


def _length(demand: Demand) -> int:
    return (demand.given - demand.asked).days if demand.given else 0


def _answered(demand: Demand, given: Happening) -> Demand:
    fits = demand.kind is GIVEN[given.kind] and demand.given is None
    return replace(demand, given=given.date) if fits else demand


def _judged(demand: Demand, judgement: Happening) -> Demand:
    fits = judgement.about is None or judgement.about is demand.kind
    return replace(demand, verdict=judgement.kind) if fits else demand


def _order(one: Happening) -> int:
    """On the same day a demand comes before its judgement, and that before the answer."""
    return 0 if one.kind in KINDS else 1 if one.kind in JUDGEMENTS else 2
