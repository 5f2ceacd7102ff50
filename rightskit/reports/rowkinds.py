"""What a page counts: requests and members, and what of their rows can move alone from one page to the next."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from rightskit.reports import rowparts
from rightskit.reports.caserow import PLANNED, Asked, CaseRow, Course, Data, Demands, Dispute
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.shareddays import shared_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rightskit.reports.rowparts import Taken

Row = TypeVar("Row", CaseRow, MemberRow)
WHOSE = frozenset({"member", "reference"})
"""Fields that say whose a row is."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[Row]):
    """How rows of one kind move.

    Attributes:
        start: a row before anything happened.
        names: of the fields that say something, those in parts of the row among them.
        said: gives the values of these fields, in their order.
        days: those of them that hold days; of these a sign says only whether there are any.
        fixed: those that a row has from its beginning on.
        parts: what can move alone, the most important first; inside a part nothing says anything without the rest.
        share: gives rows that step together the days of their groups: rows, member -> person, people of a group.
    """

    start: Row
    names: tuple[str, ...]
    said: Callable[[Row], tuple[Any, ...]]
    days: frozenset[str]
    fixed: frozenset[str]
    parts: tuple[frozenset[str], ...]
    share: Callable[[Sequence[Taken[Row]], Mapping[str, int], int], list[Row]]


def _without_days(taken: Sequence[Taken[MemberRow]], _person: Mapping[str, int], _least: int) -> list[MemberRow]:
    return [one.new for one in taken]


def _kind(
    start: Row,
    fixed: frozenset[str],
    joined: Sequence[frozenset[str]],
    share: Callable[[Sequence[Taken[Row]], Mapping[str, int], int], list[Row]],
) -> Kind[Row]:
    places = {name: place for name, place in rowparts.places(start).items() if name not in WHOSE}
    names = tuple(places)
    said: Callable[[Row], tuple[Any, ...]] = attrgetter(*places.values())
    return Kind(start, names, said, rowparts.days(start), fixed, _parts(names, fixed, joined), share)


def _parts(names: Sequence[str], fixed: frozenset[str], joined: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Those that move as one, then every other field alone."""
    return (*joined, *(frozenset({name}) for name in names if name not in fixed.union(*joined)))


def _names(part: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in fields(part))


REQUESTS = _kind(PLANNED, _names(Asked), [_names(part) for part in (Course, Data, Demands, Dispute)], shared_days)
"""A new one is planned, and nothing else is known of it. What stands in a part moves as one."""
_LIFE = frozenset({"signed", "complete", "mandate", "left"})
MEMBERS = _kind(MemberRow(""), frozenset(), [_LIFE], _without_days)
"""A new one has joined, and nothing else is known of them."""
