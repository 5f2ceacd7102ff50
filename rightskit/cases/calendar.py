"""Working days: the day to which a last day rolls that falls on a weekend or a public holiday.

Regulation 1182/71 Art. 2(2) and 3(4): Saturdays, Sundays and public holidays are no working days; a period that would
end on one of them ends with the last hour of the following working day. Where the law is not settled, or the place is
not known, the answer is a range (:class:`Roll`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from rightskit.cases.overrides import VERSION, Disputed, disputed_in
from rightskit.cases.places import Place, regions

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A public holiday at a place.

    Attributes:
        certain: whether every reading counts it as a public holiday.
        source: what makes it doubtful; empty where it is certain.
    """

    name: str
    certain: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """Where a last day ends up.

    Attributes:
        first: in the strictest reading: only certain holidays, in the region where the day comes soonest.
        last: in the reading kindest to the controller: disputed holidays too, in the region where it comes last.
        by_place: whether the regions of an unknown place differ.
        by_dispute: whether the range is wider because of a disputed holiday.
        why: the holidays' names, in English; empty where only a weekend moved the day, or nothing did.
        sources: what makes holidays doubtful.
    """

    first: dt.date
    last: dt.date
    by_place: bool
    by_dispute: bool
    why: tuple[str, ...]
    sources: tuple[str, ...]


def tables_version() -> str:
    """Which holiday tables the deadlines were reckoned with."""
    from importlib.metadata import version  # noqa: PLC0415 (slow to import: only where it is asked for)

    return f"holidays {version('holidays')}, overrides {VERSION}"


@lru_cache(maxsize=1 << 16)
def roll(place: Place, day: dt.date, only: tuple[str, ...] = ()) -> Roll:
    """The last day after rolling, at a checked place (``Place("")``: weekends only).

    Args:
        place: a checked place.
        day: that would be the last one.
        only: the regions that still come into question; empty for all of the place.
    """
    if day.weekday() < _SATURDAY and day not in _anywhere(place, day.year):
        return Roll(day, day, by_place=False, by_dispute=False, why=(), sources=())
    codes = only or regions(place)
    strict = [_working_day(place.country, code, day, disputed=False) for code in codes]
    kind = [_working_day(place.country, code, day, disputed=True) for code in codes]
    reasons = _reasons(place.country, codes, day, max(kind))
    return Roll(
        first=min(strict),
        last=max(kind),
        by_place=len(set(strict)) > 1,
        by_dispute=max(kind) > max(strict),
        why=tuple(dict.fromkeys(free.name for free in reasons)),
        sources=tuple(dict.fromkeys(free.source for free in reasons if free.source)),
    )


def regions_open_until(place: Place, day: dt.date, until: dt.date) -> tuple[str, ...]:
    """The regions in which a last day rolls to a given day or beyond, in the kind reading."""
    codes = regions(place)
    return tuple(code for code in codes if _working_day(place.country, code, day, disputed=True) >= until)


@lru_cache(maxsize=1024)
def _anywhere(place: Place, year: int) -> frozenset[dt.date]:
    """The days that some region or some reading counts as holidays: the quick look before the long one."""
    return frozenset(day for region in regions(place) for day in _table(place.country, region, year))


def _working_day(country: str, region: str, day: dt.date, *, disputed: bool) -> dt.date:
    while _is_free(country, region, day, disputed=disputed):
        day += _DAY
    return day


def _is_free(country: str, region: str, day: dt.date, *, disputed: bool) -> bool:
    if day.weekday() >= _SATURDAY:
        return True
    free = _table(country, region, day.year).get(day)
    return free is not None and (disputed or free.certain)


def _reasons(country: str, codes: tuple[str, ...], day: dt.date, end: dt.date) -> list[FreeDay]:
    """The holidays that were passed on the way, weekends aside."""
    days = [day + i * _DAY for i in range((end - day).days) if (day + i * _DAY).weekday() < _SATURDAY]
    found = [_table(country, code, day.year).get(day) for day in days for code in codes]
    return [free for free in found if free]


@lru_cache(maxsize=4096)
def _table(country: str, region: str, year: int) -> dict[dt.date, FreeDay]:
    if not country:
        return {}
    days = {day: FreeDay(name) for day, name in _named(country, region, year, "public").items()}
    for rule in disputed_in(country, region):
        if rule.category:
            added = _named(country, region, year, rule.category)
            days = {
                day: FreeDay(name, certain=False, source=rule.source)
                for day, name in added.items()
                if name.startswith(rule.names or "")
            } | days
        else:
            doubtful = _doubtful(rule, country, region, year)
            days |= {day: FreeDay(days[day].name, certain=False, source=rule.source) for day in doubtful}
    return days


def _doubtful(rule: Disputed, country: str, region: str, year: int) -> set[dt.date]:
    """The public holidays that a rule takes down."""
    public = _named(country, region, year, "public")
    if not rule.regional:
        return {day for day, name in public.items() if name.startswith(rule.names)}
    if not region or region in rule.but_for:
        return set()
    return set(public) - set(_named(country, "", year, "public"))


def _named(country: str, region: str, year: int, category: str) -> dict[dt.date, str]:
    from holidays import country_holidays  # noqa: PLC0415 (heavy: only where used)

    table = country_holidays(country, subdiv=region or None, years=year, categories=(category,), language="en_US")
    return dict(table.items())
