"""Who came to the campaign, agreed, stayed and left: figures of members, as far as they may be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.campaign.ages import BANDS
from rightskit.campaign.population import AGES
from rightskit.reports.margins import difference
from rightskit.reports.model import Bar
from rightskit.reports.peoplecontrol import Subtraction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rightskit.campaign.population import Population
    from rightskit.reports.memberrow import MemberRow
    from rightskit.reports.peoplecontrol import People

UNKNOWN_AGE = "unknown"
Facts = dict[str, "Callable[[MemberRow], bool]"]

FACTS: Facts = {
    "joined": lambda _: True,
    "invited": lambda row: row.invited,
    "signed": lambda row: row.signed,
    "complete": lambda row: row.complete,
    "mandated": lambda row: row.mandate,
    "consented": lambda row: row.consent == "given",
    "said_no": lambda row: row.consent == "refused",
    "no_consent": lambda row: row.consent == "none",
    "took_back": lambda row: row.consent == "withdrawn",
    "delivered": lambda row: row.delivered,
    "left": lambda row: row.left,
    "silent": lambda row: row.silent,
    "forgotten": lambda row: row.forgotten,
}
"""In the order of the page: how people came, what they agreed to, and how they were lost."""
_PRIORITY = ("joined", "signed", "complete", "consented", "said_no", "took_back", "left", "forgotten", "no_consent")
_BESIDE_AGES = "delivered"
"""Told last, or together with how many they are of each age."""
_OF_AGES = (("joined", "complete", "delivered"), ("joined", "complete"), ("joined", "delivered"), ("joined",))
"""What is told of each age, the best first."""
_CONSENT = frozenset({"consented", "said_no", "no_consent", "took_back"})


@dataclass(frozen=True, slots=True)
class Margin:
    """Members of some ages.

    Attributes:
        ages: one of :data:`rightskit.campaign.ages.BANDS` each, or ``unknown``; those of few stand together.
        joined: how many.
        joined_share: of all of known age who joined; None for those of unknown age.
        complete: how many of them take part, with all that their letters need; None where it would tell of a few.
        complete_share: of all of known age who take part; likewise.
        population: which part of the people whom the campaign speaks of has these ages, from 0 to 1; None where the
            campaign names no such people, and for those of unknown age.
        delivered: how many of them received data; None where it would tell of a few.
        delivered_share: of all of known age who received data; likewise.
    """

    ages: tuple[str, ...]
    joined: int
    joined_share: float | None
    complete: int | None
    complete_share: float | None
    population: float | None = None
    delivered: int | None = None
    delivered_share: float | None = None

    @property
    def joined_difference(self) -> float | None:
        """By how much their share is larger among those who joined than in the population."""
        return difference(self.joined_share, self.population)

    @property
    def complete_difference(self) -> float | None:
        """Likewise, among those who take part."""
        return difference(self.complete_share, self.population)

    @property
    def delivered_difference(self) -> float | None:
        """Likewise, among those who received data."""
        return difference(self.delivered_share, self.population)

    @property
    def is_known(self) -> bool:
        """Whether they are members of known age."""
        return self.ages != (UNKNOWN_AGE,)

    @property
    def low(self) -> int:
        """The lowest age in years; 0 where it has no lower end."""
        return int(self.ages[0].partition("-")[0].rstrip("+"))

    @property
    def high(self) -> int | None:
        """The highest age in years; None where it has no upper end."""
        return int(self.ages[-1].partition("-")[2]) if "-" in self.ages[-1] else None


@dataclass(frozen=True, slots=True)
class Recruitment:
    """What a page may say of the members.

    Attributes:
        bars: a count for each of :data:`FACTS`, with its share of all who joined; None is hidden. None at all where
            fewer than the threshold joined, and without consents where the campaign asks for none.
        ages: who takes part and who received data, against who joined; empty where that tells of a few, or nothing.
        populations: whom the campaign speaks of.
    """

    bars: tuple[Bar, ...] = ()
    ages: tuple[Margin, ...] = ()
    populations: tuple[Population, ...] = ()

    @property
    def of_each_age(self) -> tuple[str, ...]:
        """What is told of each age."""
        return tuple(key for key in _OF_AGES[0] if self.ages and getattr(self.ages[0], key) is not None)

    @property
    def of_ages(self) -> Population | None:
        """Whose ages are known."""
        return _of_ages(self.populations)


@dataclass(frozen=True, slots=True)
class Members:
    """Who takes part.

    Attributes:
        rows: one per person, as they may be counted.
        same: the id of an entry -> the id under which its person has a row, where that is another one.
        populations: whom the campaign speaks of.
    """

    rows: tuple[MemberRow, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)
    populations: tuple[Population, ...] = ()


NOBODY = Members()


def exact(rows: Iterable[MemberRow]) -> dict[str, int]:
    """All figures as they are, for the campaign's own eyes."""
    known = list(rows)
    asks = any(row.consent for row in known)
    return {key: sum(map(holds, known)) for key, holds in FACTS.items() if asks or key not in _CONSENT}


def recruitment(
    members: Members,
    around: Iterable[People],
    least: int,
    lines: Iterable[People] = (),
    barred: frozenset[str] = frozenset(),
) -> Recruitment:
    """The figures that may be told, the most important first.

    Args:
        members: who takes part.
        around: sets of people whose number the page tells elsewhere.
        least: the threshold, in people.
        lines: likewise, in the lines of long tables: each is tried alone.
        barred: figures that would tell a few beside a number of requests.
    """
    rows, populations = members.rows, members.populations
    asks = any(row.consent for row in rows)
    parts = {key: _people(rows, holds) for key, holds in FACTS.items() if asks or key not in _CONSENT}
    choices = [some for facts in _OF_AGES if barred.isdisjoint(facts) and (some := _margins(rows, least, facts))]
    every = [part for margins in choices for margin in margins for part in margin.parts]
    shown = Subtraction([*parts.values(), *every], around, least, lines)
    joined = parts["joined"]
    if not joined or not shown.show(joined):
        return Recruitment(populations=populations)
    rest = sorted(parts.keys() - {"joined", _BESIDE_AGES}, key=_order)
    told = {"joined"} | {key for key in rest if key not in barred and shown.show(parts[key])}
    margins = next((some for some in choices if _tell(some, parts, told, shown)), ())
    if _BESIDE_AGES not in told | barred and shown.show(parts[_BESIDE_AGES]):
        told.add(_BESIDE_AGES)
    bars = tuple(_bar(key, part if key in told else None, len(joined)) for key, part in parts.items())
    return Recruitment(bars, tuple(_told(margins, _of_ages(populations))), populations)


def _tell(margins: Sequence[_Margin], parts: Mapping[str, People], told: set[str], shown: Subtraction) -> bool:
    """Show some figures of each age, where those of all members are told, and say whether they are shown."""
    more = {*margins[0].facts} - told
    every = (part for margin in margins for part in margin.parts)
    if not more <= {_BESIDE_AGES} or not shown.show(*(parts[key] for key in more), *every):
        return False
    told |= more
    return True


def _of_ages(populations: Iterable[Population]) -> Population | None:
    return next((one for one in populations if one.of == AGES), None)


def _order(key: str) -> tuple[int, int]:
    """The more important first, and the others as on the page."""
    return _PRIORITY.index(key) if key in _PRIORITY else len(_PRIORITY), list(FACTS).index(key)


def _people(rows: Iterable[MemberRow], holds: Callable[[MemberRow], bool]) -> People:
    return frozenset(row.member for row in rows if holds(row))


def _bar(key: str, part: People | None, joined: int) -> Bar:
    return Bar((key,), None, None) if part is None else Bar((key,), len(part), len(part) / joined)


@dataclass(frozen=True, slots=True)
class _Margin:
    """Some ages, before they are counted, and which facts of them."""

    ages: tuple[str, ...]
    rows: tuple[MemberRow, ...]
    facts: tuple[str, ...]

    @property
    def parts(self) -> list[People]:
        return [_people(self.rows, FACTS[fact]) for fact in self.facts]

    @property
    def is_known(self) -> bool:
        return self.ages != (UNKNOWN_AGE,)

    def told(self, bases: Sequence[int], population: Population | None) -> Margin:
        counts = dict(zip(self.facts, map(len, self.parts), strict=True))
        known = zip(self.facts, bases, strict=True) if self.is_known else ()
        shares = {fact: counts[fact] / base for fact, base in known if base}
        return Margin(
            ages=self.ages,
            joined=counts["joined"],
            joined_share=shares.get("joined"),
            complete=counts.get("complete"),
            complete_share=shares.get("complete"),
            population=population.share(self.ages) if population and self.is_known else None,
            delivered=counts.get("delivered"),
            delivered_share=shares.get("delivered"),
        )


def _told(margins: Sequence[_Margin], population: Population | None) -> Iterator[Margin]:
    """Shares are of those of known age: so they can be compared with a population, where every age is known."""
    known = [margin.parts for margin in margins if margin.is_known]
    bases = [sum(map(len, parts)) for parts in zip(*known, strict=True)]
    return (margin.told(bases, population) for margin in margins)


def _margins(rows: Sequence[MemberRow], least: int, facts: tuple[str, ...]) -> list[_Margin]:
    """Members by age; none where these facts leave one group alone, or half as many as who joined, or fewer."""
    joined = _grouped(rows, least, lambda some: [len(some)])
    found = _grouped(rows, least, lambda some: _sides(some, facts))
    return [_Margin(ages, tuple(some), facts) for ages, some in found if len(found) > max(1, len(joined) / 2)]


def _sides(rows: Sequence[MemberRow], facts: Iterable[str]) -> list[int]:
    counts = [sum(map(FACTS[fact], rows)) for fact in facts]
    return [number for count in counts for number in (count, len(rows) - count)]


def _grouped(
    rows: Sequence[MemberRow], least: int, counts: Callable[[Sequence[MemberRow]], Sequence[int]]
) -> list[tuple[tuple[str, ...], list[MemberRow]]]:
    """Neighbouring ages together until no count of them is a few; those of unknown age stand alone."""
    found = (((age,), [row for row in rows if row.age == age]) for age in BANDS)
    groups: list[tuple[tuple[str, ...], list[MemberRow]]] = [group for group in found if group[1]]
    place = 0
    while place < len(groups):
        if len(groups) > 1 and any(0 < number < least for number in counts(groups[place][1])):
            other = place + 1 if place + 1 < len(groups) else place - 1
            first, last = sorted((place, other))
            groups[first : last + 1] = [(groups[first][0] + groups[last][0], groups[first][1] + groups[last][1])]
            place = 0
        else:
            place += 1
    unknown = [row for row in rows if not row.age]
    return [*groups, ((UNKNOWN_AGE,), unknown)] if unknown else groups
