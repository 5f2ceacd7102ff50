"""Where the time begins, once a controller's demands are counted.

GDPR Art. 12(2) and (6): a controller with reasonable doubts may ask for more to identify the person. A prompt and
justified demand suspends the time (EDPB Guidelines 01/2022 paras 159 and 163, likewise for recital 63) or lets it begin
anew (VG Osnabrück 7 A 6/24); an unjustified or late one does neither. In the United Kingdom the statute itself settles
it: the time begins with the identity information (Art. 12A(2) UK GDPR), and the days of a clarification do not count.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rightskit.cases.demands import days_waited
from rightskit.cases.model import EventKind, Step
from rightskit.cases.readings import Start
from rightskit.cases.wording import spoken

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rightskit.cases.demands import Demand
    from rightskit.cases.places import Place

_NAMES = {
    EventKind.IDENTITY_DEMANDED: "proof of identity",
    EventKind.MANDATE_DEMANDED: "the mandate",
    EventKind.CLARIFICATION_DEMANDED: "a clarification",
}


def in_effect(found: Sequence[Demand], received: dt.date, prompt_days: int) -> tuple[Demand, ...]:
    """The demands that may move the clock in some reading: prompt, and not contested."""
    return tuple(demand for demand in found if not demand.contested and not demand.late(received, prompt_days))


def is_settled_by_statute(demand: Demand, place: Place) -> bool:
    """Whether no person need judge what the demand does to the clock (United Kingdom)."""
    return place.country == "GB" and demand.kind is not EventKind.MANDATE_DEMANDED


def strict_starts(day: dt.date, place: Place, effective: Sequence[Demand]) -> tuple[Start, ...]:
    """The beginnings that remain where every demand that nobody judged counts as unjustified."""
    return kind_starts(day, place, [d for d in effective if d.justified or is_settled_by_statute(d, place)])


def kind_starts(day: dt.date, place: Place, effective: Sequence[Demand]) -> tuple[Start, ...]:
    """The beginnings that come into question where every demand counts as justified: pause, and restart."""
    if not effective:
        return (ordinary_start(day),)
    answered = [demand for demand in effective if demand.given]
    begin = _by_statute(ordinary_start(day), [d for d in answered if is_settled_by_statute(d, place)])
    others = [d for d in answered if not is_settled_by_statute(d, place)]
    return (_paused(begin, others), _restarted(begin, others)) if others else (begin,)


@lru_cache(maxsize=1 << 14)
def ordinary_start(day: dt.date) -> Start:
    """The ordinary beginning."""
    text = f"The request was received on {spoken(day)}; the time runs from that day."
    return Start(day, 0, (Step("receipt", "EDPB Guidelines 01/2022 para 159", day, text),))


def _by_statute(begin: Start, answered: Sequence[Demand]) -> Start:
    for demand in answered:
        if demand.kind is EventKind.IDENTITY_DEMANDED:
            begin = _restarted(begin, (demand,), "UK GDPR Art. 12A(2): the relevant time")
    clarified = [demand for demand in answered if demand.kind is EventKind.CLARIFICATION_DEMANDED]
    return _without_clarification(begin, clarified) if clarified else begin


def _without_clarification(begin: Start, clarified: Sequence[Demand]) -> Start:
    # Both the day of the question and the day of the answer fall out (DPA 2018 s. 54(3C) wording): hence one more each.
    days = days_waited(clarified) + len(clarified)
    text = f"The {days} days from the question to the clarification, both included, do not count."
    step = Step("clarification", "UK GDPR Art. 12A; DPA 2018 s. 54(3C)", None, text)
    return Start(begin.day, begin.extra + days, (*begin.steps, step))


def _paused(begin: Start, answered: Sequence[Demand]) -> Start:
    days = days_waited(answered)
    text = f"The time stood still for the {days} days between demand and answer ({_list(answered)})."
    step = Step("pause", "EDPB Guidelines 01/2022 paras 159, 163; in France by decree", None, text)
    return Start(begin.day, begin.extra + days, (*begin.steps, step))


def _restarted(
    begin: Start, answered: Sequence[Demand], source: str = "VG Osnabrück, 13 January 2026, 7 A 6/24"
) -> Start:
    day = max(begin.day, *(demand.given for demand in answered if demand.given))
    text = f"The time began anew on {spoken(day)}, when {_list(answered)} came."
    return Start(day, begin.extra, (*begin.steps, Step("restart", source, day, text)))


def _list(answered: Sequence[Demand]) -> str:
    return " and ".join(dict.fromkeys(_NAMES[demand.kind] for demand in answered))
