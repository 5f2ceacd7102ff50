"""Who came to the campaign, agreed, stayed and left: figures of members, as far as they may be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.reports.memberrow import AGES
from rightskit.reports.model import Bar
from rightskit.reports.subtraction import Subtraction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rightskit.reports.memberrow import MemberRow
    from rightskit.reports.subtraction import People

UNKNOWN_AGE = "unknown"
Facts = dict[str, "Callable[[MemberRow], bool]"]

FACTS: Facts = {
    "joined": lambda _: True,
    "invited": lambda row: row.invited,
    "signed": lambda row: row.signed,
    "complete": lambda row: row.complete,
    "mandated": lambda row: row.mandate,
    "consented": lambda row: row.consent == "given",
    "no_consent": lambda row: row.consent == "none",
    "took_back": lambda row: row.consent == "withdrawn",
    "left": lambda row: row.left,
    "silent": lambda row: row.silent,
    "forgotten": lambda row: row.forgotten,
}
"""In the order of the page: how people came, what they agreed to, and how they were lost."""
_PRIORITY = ("joined", "signed", "complete", "consented", "took_back", "left", "forgotten", "no_consent")
_CONSENT = frozenset({"consented", "no_consent", "took_back"})


@dataclass(frozen=True, slots=True)
class Margin:
    """Members of some ages.

    Attributes:
        ages: one of :data:`rightskit.reports.memberrow.AGES` each, or ``unknown``; those of few stand together.
        joined: how many.
        joined_share: of all who joined.
        complete: how many of them take part, with all that their letters need.
        complete_share: of all who take part.
    """

    ages: tuple[str, ...]
    joined: int
    joined_share: float
    complete: int
    complete_share: float


@dataclass(frozen=True, slots=True)
class Recruitment:
    """What a page may say of the members.

    Attributes:
        bars: a count for each of :data:`FACTS`, with its share of all who joined; None is hidden. None at all where
            fewer than the threshold joined, and without consents where the campaign asks for none.
        ages: who takes part, against who joined; empty where that would tell of a few, or nothing.
    """

    bars: tuple[Bar, ...] = ()
    ages: tuple[Margin, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """Who takes part.

    Attributes:
        rows: one per person, as they may be counted.
        same: the id of an entry -> the id under which its person has a row, where that is another one.
    """

    rows: tuple[MemberRow, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)


NOBODY = Members()


def exact(rows: Iterable[MemberRow]) -> dict[str, int]:
    """All figures as they are, for the campaign's own eyes."""
    known = list(rows)
    asks = any(row.consent for row in known)
    return {key: sum(map(holds, known)) for key, holds in FACTS.items() if asks or key not in _CONSENT}


def recruitment(rows: Sequence[MemberRow], around: Iterable[People], least: int) -> Recruitment:
    """The figures that may be told, the most important first.

    Args:
        rows: one per person, as they may be counted.
        around: sets of people whose number the page tells elsewhere.
        least: the threshold, in people.
    """
    asks = any(row.consent for row in rows)
    parts = {key: _people(rows, holds) for key, holds in FACTS.items() if asks or key not in _CONSENT}
    margins = _margins(rows, least)
    every = [part for pair in margins.values() for part in pair]
    shown = Subtraction([*parts.values(), *every], around, least)
    joined = parts["joined"]
    if not joined or not shown.show(joined):
        return Recruitment()
    order = sorted(parts, key=lambda key: _PRIORITY.index(key) if key in _PRIORITY else len(_PRIORITY))
    told = {key for key in order if shown.show(parts[key])}
    bars = tuple(_bar(key, part if key in told else None, len(joined)) for key, part in parts.items())
    if len(margins) < 2 or "complete" not in told or not shown.show(*every):  # noqa: PLR2004 (one group tells nothing)
        return Recruitment(bars)
    return Recruitment(bars, tuple(_ages(margins, len(joined), len(parts["complete"]))))


def _people(rows: Iterable[MemberRow], holds: Callable[[MemberRow], bool]) -> People:
    return frozenset(row.member for row in rows if holds(row))


def _bar(key: str, part: People | None, joined: int) -> Bar:
    return Bar((key,), None, None) if part is None else Bar((key,), len(part), len(part) / joined)


def _margins(rows: Sequence[MemberRow], least: int) -> dict[tuple[str, ...], tuple[People, People]]:
    """Ages -> who joined, and who of them is complete; neighbours stand together until no part of them is a few."""
    groups: list[tuple[tuple[str, ...], list[MemberRow]]] = [
        ((age,), [row for row in rows if (row.age or UNKNOWN_AGE) == age]) for age in (*AGES, UNKNOWN_AGE)
    ]
    groups = [group for group in groups if group[1]]
    place = 0
    while place < len(groups):
        if len(groups) > 1 and _is_few(groups[place][1], least):
            other = place + 1 if place + 1 < len(groups) else place - 1
            first, last = sorted((place, other))
            groups[first : last + 1] = [(groups[first][0] + groups[last][0], groups[first][1] + groups[last][1])]
            place = 0
        else:
            place += 1
    return {ages: (_people(some, FACTS["joined"]), _people(some, FACTS["complete"])) for ages, some in groups}


def _is_few(rows: Sequence[MemberRow], least: int) -> bool:
    complete = sum(row.complete for row in rows)
    return any(0 < part < least for part in (complete, len(rows) - complete))


def _ages(margins: Mapping[tuple[str, ...], tuple[People, People]], joined: int, complete: int) -> Iterable[Margin]:
    for ages, (some, whole) in margins.items():
        share = len(whole) / complete if complete else 0.0
        yield Margin(ages, len(some), len(some) / joined, len(whole), share)
