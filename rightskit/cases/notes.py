"""Steps of a deadline that move no date, but that a person must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.calendar import roll
from rightskit.cases.model import EventKind, Step
from rightskit.cases.places import Place
from rightskit.cases.readings import add_months
from rightskit.cases.wording import spoken
from rightskit.rights import Right

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from rightskit.cases.demands import Demand
    from rightskit.cases.happenings import Happening

AUTHORITY_MONTHS = 3


def authority_day(complained: dt.date, place: Place) -> dt.date:
    """The last day on which the authority must have told of a complaint (Art. 78(2) GDPR).

    It rolls as every period under an act of the Union does (Reg. 1182/71 Art. 3(4)). Where in the controller's country
    the authority sits is not known here: the latest day of all regions is taken, so that nobody cries wolf.
    """
    return roll(Place(place.country), add_months(complained, AUTHORITY_MONTHS)).last


def notes(
    events: Sequence[Happening], found: Sequence[Demand], late: Sequence[Demand], right: Right | None, place: Place
) -> tuple[Step, ...]:
    """All that apply, in the order: demands, the right's own, the complaint."""
    return (*_on_demands(found, late), *_on_right(right), *_on_complaint(events, place))


def _on_demands(found: Sequence[Demand], late: Sequence[Demand]) -> Iterator[Step]:
    for demand in found:
        asked = spoken(demand.asked)
        if demand.contested:
            yield Step("contested", "GDPR Art. 12(6)", None, f"The demand of {asked} was contested: the time runs on.")
        elif demand in late:
            text = f"The demand of {asked} came with undue delay: the time runs on."
            yield Step("late-demand", "GDPR Art. 12(6); EDPB Guidelines 01/2022 para 159", None, text)
        elif demand.given is None:
            text = f"The demand of {asked} waits for the member; answer or contest it."
            yield Step("waiting", "GDPR Art. 12(6)", None, text)


def _on_right(right: Right | None) -> Iterator[Step]:
    if right is Right.OBJECTION:
        text = "An objection to direct marketing takes effect at once; the month is for telling the person only."
        yield Step("at-once", "GDPR Art. 21(3)", None, text)


def _on_complaint(events: Sequence[Happening], place: Place) -> Iterator[Step]:
    complaints = [one.date for one in events if one.kind is EventKind.COMPLAINED]
    if complaints:
        end = authority_day(max(complaints), place)
        text = f"The authority must report on the complaint by {spoken(end)}; after that a court can be asked."
        yield Step("authority", "GDPR Art. 78(2); Reg. 1182/71 Art. 3(4)", end, text)
