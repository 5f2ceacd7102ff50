"""What a dossier says: facts, law, figures, the course of each request, and its exhibits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.cases import rulings
from rightskit.cases.history import LINKED
from rightskit.cases.model import EventKind
from rightskit.reports.figures import members
from rightskit.rights import Right

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from rightskit.cases.model import Event
    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.model import Report


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened.

    Attributes:
        exhibits: numbers of those that show it.
        is_missing: whether something that would show it had to be left out.
    """

    date: dt.date
    text: str
    exhibits: tuple[int, ...]
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Course:
    """What became of one request.

    Attributes:
        reference: empty for a person without a name.
        due: the last day that the law allows in the reading kindest to the controller; None where none is known.
        overdue: unanswered after that day, as far as the campaign knows.
        asked: whether a question to the member is open, and so nobody knows whether an answer came.
        names: of what happened, as :func:`rightskit.cases.history.called` has them.
        lines: in order.
    """

    right: Right
    reference: str
    channel: str
    due: dt.date | None
    overdue: bool
    asked: bool
    names: frozenset[str]
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
    """What is not there, about whom, and why.

    Attributes:
        what: the piece.
        why: half a sentence.
        text: all of it as a sentence.
    """

    person: int
    what: str
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of a dossier.

    Attributes:
        controller, authority, organiser: a name, then the lines of the address; no authority where none is known.
        campaign: its title.
    """

    controller: tuple[str, ...]
    authority: tuple[str, ...]
    organiser: tuple[str, ...]
    campaign: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is printed.

    Attributes:
        figures: under disclosure control; every figure shows as many members as its threshold says.
        counts_all: whether the figures count all requests to the controller, as :func:`counts_all` says.
        facts: what happened -> to how many of the told requests.
        law: the articles that it explains, as ends of ``dossier.law.…``.
        left_out: pieces that are not there.
        silent: how many people have a request whose course is not told; None where these are too few to be counted.
        chosen: whether a person chose among those who agreed.
    """

    heading: Heading
    people: tuple[Person, ...]
    exhibits: tuple[Exhibit, ...]
    figures: Report
    counts_all: bool
    facts: tuple[tuple[str, int], ...]
    law: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    silent: int | None
    chosen: bool

    @property
    def named(self) -> int:
        """How many people stand in it by name."""
        return sum(bool(person.name) for person in self.people)

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of what is told; None where nothing is."""
        days = [line.date for person in self.people for course in person.courses for line in course.lines]
        return (min(days), max(days)) if days else None


_NAMES = tuple(name for kind in EventKind for name in ((LINKED, kind) if kind is EventKind.DATA_RECEIVED else (kind,)))


def facts(people: Iterable[Person], language: str, today: dt.date) -> tuple[tuple[str, int], ...]:
    """What happened, in the language, to how many of the told requests; each request counts once for a kind.

    Where a question to the member is open, silence is unknown: such a request is no late one.
    """
    courses = [course for person in people for course in person.courses]
    met = Counter(name for course in courses for name in course.names)
    told = [(texts.text(language, f"event.{name}"), met[name]) for name in _NAMES if name in met]
    unanswered = Counter("unknown" if course.asked else "overdue" for course in courses if course.overdue)
    day = texts.longdate(language, today)
    open_ = [(texts.text(language, f"dossier.facts.{key}", date=day), unanswered[key]) for key in sorted(unanswered)]
    return ((texts.text(language, "dossier.facts.every"), len(courses)), *told, *open_)


def with_ruling(text: str, event: Event, language: str) -> str:
    """What happened, and of an authority's decision how the complaint ended: "decided: upheld; fine of €5,000"."""
    told = rulings.only(event.detail)
    if event.kind is not EventKind.AUTHORITY_DECIDED or "outcome" not in told:
        return text
    words = [texts.text(language, f"dossier.ruling.{told['outcome']}")]
    if amount := rulings.fine(told):
        words.append(texts.text(language, "dossier.ruling.fine_of", amount=texts.money(language, *amount)))
    elif "measure" in told:
        words.append(texts.text(language, f"dossier.ruling.{told['measure']}"))
    return texts.text(language, "dossier.ruling.told", event=text, ruling="; ".join(words))


_WHEN: tuple[tuple[str, frozenset[EventKind]], ...] = (
    ("art_12_3_extension", frozenset({EventKind.EXTENDED})),
    ("art_12_4", frozenset({EventKind.REFUSED, EventKind.PARTLY_GRANTED, EventKind.REDIRECTED})),
    ("art_12_5", frozenset({EventKind.FEE_DEMANDED})),
    ("art_12_6", frozenset({EventKind.IDENTITY_DEMANDED, EventKind.MANDATE_DEMANDED})),
)
_LAST = ("art_5_2", "art_77", "art_79")


def law(people: Iterable[Person]) -> tuple[str, ...]:
    """The articles that a dossier explains, as ends of ``dossier.law.…``: those that what happened touches."""
    courses = [course for person in people for course in person.courses]
    rights = {course.right for course in courses}
    names = {name for course in courses for name in course.names}
    touched = [key for key, some in _WHEN if some & names]
    used = [f"art_{right.article}" for right in Right if right in rights]
    return ("art_12_2", "art_12_3", *touched, *used, *_LAST)


def counts_all(rows: Iterable[CaseRow], told: Collection[str], threshold: int) -> bool:
    """Whether the figures may count all requests to the controller, or only those whose course is told.

    A reader knows the course of everybody who is told of and may take it from the figures. So all are counted only
    where the others are many enough, and at least as many as those who are told of: each figure must then show the
    threshold's people beside them.

    Args:
        rows: all requests to the controller.
        told: ids of the members whose course is told.
        threshold: the least number of members that a published figure shows.
    """
    others = members(row for row in rows if row.member not in told)
    return others >= threshold and others >= len(told)
