"""What a supervisory authority decided about a complaint, as a person notes it.

An authority handles complaints and informs of the outcome (Art. 57(1)(f), Art. 77(2) GDPR), may reprimand, order and
fine (Art. 58(2)(b) to (j), Art. 83), and need not act on what is manifestly unfounded or excessive (Art. 57(4)).
Against what it decides, or leaves undecided for three months, a court is open (Art. 78).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rightskit.cases.model import EventKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_FINE = re.compile(r"([1-9]\d{0,11}(?:\.\d{1,2})?) ([A-Z]{3})")


class Outcome(StrEnum):
    """How a complaint ended."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly-upheld"
    REJECTED = "rejected"
    INADMISSIBLE = "inadmissible"
    SETTLED = "settled"


class Measure(StrEnum):
    """What the authority did towards the controller; of several the gravest."""

    NO_MEASURE = "no-measure"
    REPRIMAND = "reprimand"
    ORDER = "order"
    FINE = "fine"


COLUMNS = ("outcome", "measure", "fine")
"""Of a list of events, and of an event's detail."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision, as it was typed; empty where nothing was told.

    Attributes:
        outcome: one of :class:`Outcome`; ``settled`` was closed without a decision.
        measure: one of :class:`Measure`.
        fine: amount and currency (ISO 4217), such as ``5000 EUR``.
    """

    outcome: str = ""
    measure: str = ""
    fine: str = ""

    @property
    def detail(self) -> dict[str, str]:
        """Of the event; a fine that has an amount is a fine."""
        measure = self.measure or (Measure.FINE.value if self.fine else "")
        values = {"outcome": self.outcome, "measure": measure, "fine": self.fine}
        return {name: value for name, value in values.items() if value}


NOTHING_TOLD = Ruling()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a ruling.

    Attributes:
        column: one of :data:`COLUMNS`.
        allowed: what can stand there; empty where the hint says it all.
    """

    column: str
    text: str
    hint: str
    allowed: tuple[str, ...] = ()


def wrong(kind: EventKind, ruling: Ruling) -> Wrong | None:
    """The first thing that is wrong with a ruling beside an event of a kind; None where it is right."""
    if kind is not EventKind.AUTHORITY_DECIDED:
        told = next((column for column in COLUMNS if getattr(ruling, column)), "")
        return Wrong(told, f"{kind} has no {told}", "only authority-decided has") if told else None
    for column, words in (("outcome", Outcome), ("measure", Measure)):
        value = getattr(ruling, column)
        if value and value not in set(words):
            return Wrong(column, f"no {column} of a complaint", "", tuple(word.value for word in words))
    if not ruling.outcome and (ruling.measure or ruling.fine):
        return Wrong("outcome", "a measure without an outcome", "say how the complaint ended", tuple(Outcome))
    return _wrong_fine(ruling)


def _wrong_fine(ruling: Ruling) -> Wrong | None:
    if ruling.fine and ruling.measure not in {"", Measure.FINE}:
        return Wrong("fine", f"a fine beside the measure {ruling.measure}", "write the gravest measure: fine")
    if ruling.fine and not _FINE.fullmatch(ruling.fine):
        return Wrong("fine", "no amount with a currency", "write it as 5000 EUR")
    return None


def fine(detail: Mapping[str, str]) -> tuple[float, str] | None:
    """Amount and currency of an event's fine; None without one."""
    found = _FINE.fullmatch(detail.get("fine", ""))
    return (float(found[1]), found[2]) if found else None


def only(detail: Mapping[str, str]) -> dict[str, str]:
    """What a detail says of a ruling; it concerns the controller, and names no member."""
    return {name: detail[name] for name in COLUMNS if name in detail}
