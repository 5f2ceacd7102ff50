"""What a dossier says: facts, law, figures, the course of each request, and its exhibits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Clock, EventKind
from rightskit.reports.figures import members
from rightskit.rights import Right

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from rightskit.reports.model import CaseRow


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened, with the numbers of the exhibits that show it."""

    date: dt.date
    text: str
    exhibits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What became of one request.

    Attributes:
        reference: empty for a person without a name.
        due: the last day that the law allows in the reading kindest to the controller; None where none is known.
        clock: whether that time runs, is over, or ended.
        kinds: of what happened.
        lines: in order.
    """

    right: Right
    reference: str
    channel: str
    due: dt.date | None
    clock: Clock
    kinds: frozenset[EventKind]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A member in a dossier.

    Attributes:
        number: from 1 on.
        name: empty for one who did not agree to be named.
    """

    number: int
    name: str
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One PDF.

    Attributes:
        number: from 1 on.
        mark: as it is stamped on each page.
        person: number of the only person whom it shows.
        sha256: of the file, in hexadecimal.
    """

    number: int
    mark: str
    file: str
    title: str
    person: int
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not there, about whom, and why, as a sentence."""

    person: int
    text: str


def facts(people: Iterable[Person]) -> Counter[EventKind]:
    """How many of the told requests met with what; each request counts once for a kind."""
    return Counter(kind for person in people for course in person.courses for kind in course.kinds)


def overdue(people: Iterable[Person]) -> int:
    """How many of the told requests are unanswered after the latest reading of the deadline."""
    return sum(course.clock is Clock.OVERDUE for person in people for course in person.courses)


_WHEN: tuple[tuple[str, frozenset[EventKind]], ...] = (
    ("art_12_3_extension", frozenset({EventKind.EXTENDED})),
    ("art_12_4", frozenset({EventKind.REFUSED, EventKind.PARTLY_GRANTED, EventKind.REDIRECTED})),
    ("art_12_5", frozenset({EventKind.FEE_DEMANDED})),
    ("art_12_6", frozenset({EventKind.IDENTITY_DEMANDED, EventKind.MANDATE_DEMANDED})),
)
_LAST = ("art_5_2", "art_77", "art_79")


def law(rights: Collection[Right], kinds: Collection[EventKind]) -> tuple[str, ...]:
    """The articles that a dossier explains, as ends of ``dossier.law.…``: those that what happened touches.

    Args:
        rights: that were used.
        kinds: of what happened.
    """
    touched = [key for key, some in _WHEN if some & set(kinds)]
    used = [f"art_{right.article}" for right in Right if right in rights]
    return ("art_12_2", "art_12_3", *touched, *used, *_LAST)


def base(rows: Sequence[CaseRow], shown: Collection[str], threshold: int) -> tuple[list[CaseRow], int]:
    """Which requests the figures count, and the least number of members that each shows.

    A reader knows the course of everybody who is shown and may take it from the figures. So these count all where the
    others are nobody, or many enough: then each figure must show so many more. Else they count those who are shown.

    Args:
        rows: all requests to the controller.
        shown: ids of the members whose course is told.
        threshold: the least number of members that a published figure shows.
    """
    inside = [row for row in rows if row.member in shown]
    others = members(row for row in rows if row.member not in shown)
    if others >= threshold and others >= len(shown):
        return list(rows), threshold + members(inside)
    return inside, threshold
