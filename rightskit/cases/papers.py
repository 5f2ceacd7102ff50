"""A paper without its cover sheet: which requests it may answer, by what stands on it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.reference import find
from rightskit.cases.candidates import MISTYPED, mistyped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.campaign.model import Member, Request

REFERENCE, NAME, BIRTHDATE, ADDRESS, LETTERHEAD = "reference", "name", "birth date", "address", "letterhead"
_STRENGTH = {REFERENCE: 8, MISTYPED: 4, NAME: 3, BIRTHDATE: 3, ADDRESS: 2, LETTERHEAD: 1}
_LEAST = 3
_MOST = 5
_SURE = 5
_LEGAL_FORM = re.compile(r"\s+(gmbh|ag|se|kg|kgaa|ohg|ug|e\. ?v\.|ev|eg|sarl|sa|sas|ltd|limited|plc|inc|bv|nv)\b.*$")


@dataclass(frozen=True, slots=True)
class Likely:
    """A request that a paper may answer.

    Attributes:
        strength: the sum of what its reasons tell, the reference most of all.
        reasons: what of the request stands on the paper.
    """

    reference: str
    strength: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages of one paper.

    Attributes:
        first: from 0.
        last: included.
        member: whose they are; empty where nothing tells.
    """

    first: int
    last: int
    member: str


class Known:
    """What can stand on a paper: of each request its reference, its member, and the house that answers."""

    def __init__(
        self, requests: Iterable[Request], people: Iterable[Member], houses: Mapping[str, Sequence[str]]
    ) -> None:
        """Take all of a campaign; ``houses`` is controller id → its names and the domains of its addresses."""
        self._requests = {request.reference: request for request in requests}
        self._marks = {person.member: tuple(_marks(person)) for person in people}
        self._houses = {house: [_LEGAL_FORM.sub("", _plain(name)) for name in names] for house, names in houses.items()}

    def likely(self, text: str) -> tuple[Likely, ...]:
        """At most five requests, the likeliest first; none of them is more than likely."""
        told, words = frozenset(find(text)), _plain(text)
        near = frozenset(mistyped(text, lambda: self._requests)) - told
        seen = {
            member: [mark for mark, forms in marks if any(form in words for form in forms)]
            for member, marks in self._marks.items()
        }
        heads = {house for house, names in self._houses.items() if any(name in words for name in names)}
        made = []
        for one in self._requests.values():
            reasons = [REFERENCE] if one.reference in told else [MISTYPED] if one.reference in near else []
            reasons += seen.get(one.member, []) + ([LETTERHEAD] if one.controller in heads else [])
            made.append(Likely(one.reference, sum(_STRENGTH[reason] for reason in reasons), tuple(reasons)))
        strong = [one for one in made if one.strength >= _LEAST]
        return tuple(sorted(strong, key=lambda one: -one.strength)[:_MOST])

    def stretches(self, pages: Sequence[str], reference: str = "") -> list[Stretch]:
        """Where a pile of pages passes from one member's paper to another's.

        A page that names nobody surely belongs to the paper before it; so does one that names several members, among
        them that paper's. A name alone is not sure: a clerk may be called like a member.

        Args:
            pages: their texts.
            reference: of the request whose cover sheet lies before them; empty where there is none.
        """
        found: list[Stretch] = []
        member = self._requests[reference].member if reference else ""
        for number, text in enumerate(pages):
            named = [self._requests[one.reference].member for one in self.likely(text) if one.strength >= _SURE]
            other = bool(named) and member not in named
            if not found or (other and member):
                found.append(Stretch(number, number, ""))
            member = named[0] if other else member
            found[-1] = Stretch(found[-1].first, number, member)
        return found


def _marks(person: Member) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What of a member can stand on a paper, in all forms."""
    given, family = _plain(person.given_name), _plain(person.family_name)
    yield NAME, (f"{given} {family}", f"{family}, {given}")
    if person.birthdate:
        yield BIRTHDATE, _spellings(person.birthdate)
    if person.street:
        yield ADDRESS, (_plain(person.street),)


def _spellings(day: dt.date) -> tuple[str, ...]:
    return day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d/%m/%Y}"


def _plain(text: str) -> str:
    """Small letters without accents, which scans lose, and one space between words."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())
