"""Controllers in the order of how they honour rights, from rows that may be counted.

What a page tells of a controller: grades (:mod:`rightskit.reports.grading`), its line of the report's table where that
shows one, what it was shown before, and what it said. Whoever was written to by too few people is counted, not named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.reports.figures import is_sent, members
from rightskit.reports.grading import grades
from rightskit.reports.intervals import wilson

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.grading import Grade
    from rightskit.reports.model import ControllerLine
    from rightskit.reports.quality import Audit
    from rightskit.vault.statements import Preview, Statement

LEAST_GRADES = 3
"""So many of the five grades make a rank."""

LEAST_CHECKED = 50
"""So many decisions of the program persons must have checked before grades may rest on it."""

GOOD = 3
"""Points of a B."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was said between campaign and controllers about the figures.

    Attributes:
        shown: controller → when it saw its figures.
        said: replies and corrections, the earliest first.
    """

    shown: Mapping[str, Preview]
    said: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Place:
    """One controller.

    Attributes:
        id: of the controller; its pages are called so.
        rank: from 1 on; equal means share one. None where too few grades make a rank.
        mean: of the grades, from 0 (E) to 4 (A); None without a rank.
        line: of the report's table; None where that shows none.
        preview: None where the controller has not seen its figures.
    """

    id: str
    name: str
    rank: int | None
    mean: float | None
    grades: tuple[Grade, ...]
    line: ControllerLine | None
    preview: Preview | None
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Barometer:
    """The ranking.

    Attributes:
        places: ranked ones first, then the others by name.
        others: how many controllers were written to by too few people to be shown.
        began: the month since which requests went out; None where that is not told.
    """

    title: str
    organiser: str
    date: dt.date
    language: str
    threshold: int
    places: tuple[Place, ...]
    others: int
    audit: Audit
    began: dt.date | None

    @property
    def is_audited(self) -> bool:
        """Whether grades rest on what the program read, too."""
        return self.audit.checked >= LEAST_CHECKED

    @property
    def most_wrong(self) -> float:
        """The upper end of the 95 % interval of the share of the program's decisions that are wrong (Wilson)."""
        return wilson(self.audit.wrong, self.audit.checked)[1]

    @property
    def requests(self) -> int | None:
        """How many requests the controllers have, all together; None where that of one is not told."""
        lines = [place.line for place in self.places]
        return sum(line.requests for line in lines if line) if lines and all(lines) else None

    @property
    def ranked(self) -> int:
        """How many have a rank."""
        return sum(place.rank is not None for place in self.places)

    @property
    def good(self) -> int:
        """How many of them have no grade below B: a good mean must not hide that answers come late."""
        ranked = (place.grades for place in self.places if place.rank is not None)
        return sum(all(grade.points >= GOOD for grade in grades if grade.mark) for grades in ranked)


def places(
    rows: Iterable[CaseRow], lines: Iterable[ControllerLine], published: Published, audit: Audit, threshold: int
) -> tuple[tuple[Place, ...], int]:
    """The controllers in their order, and how many are too small to be shown.

    Args:
        rows: requests as they may be counted.
        lines: of the report's table of controllers.
        published: what was said about the figures.
        audit: how often the program errs.
        threshold: the least number of members that a figure shows.
    """
    known = {line.name: line for line in lines if line.name}
    found: dict[str, list[CaseRow]] = defaultdict(list)
    for row in filter(is_sent, rows):
        found[row.request.controller_id].append(row)
    shown = {name: some for name, some in found.items() if members(some) >= threshold}
    made = [_place(name, some, known, published, audit, threshold) for name, some in shown.items()]
    return _ranked(made), len(found) - len(shown)


def _place(  # noqa: PLR0913, PLR0917 (what is known of a controller)
    name: str,
    rows: Sequence[CaseRow],
    lines: Mapping[str, ControllerLine],
    published: Published,
    audit: Audit,
    threshold: int,
) -> Place:
    earned = grades(rows, threshold, audited=audit.checked >= LEAST_CHECKED)
    points = [grade.points for grade in earned if grade.mark]
    return Place(
        id=name,
        name=rows[0].request.controller,
        rank=None,
        mean=sum(points) / len(points) if len(points) >= LEAST_GRADES else None,
        grades=earned,
        line=lines.get(rows[0].request.controller),
        preview=published.shown.get(name),
        said=tuple(one for one in published.said if one.controller == name),
    )


def _ranked(found: Iterable[Place]) -> tuple[Place, ...]:
    order = sorted(found, key=lambda place: (place.mean is None, -(place.mean or 0), place.name.casefold(), place.id))
    means = [place.mean for place in order]
    return tuple(place if place.mean is None else replace(place, rank=1 + means.index(place.mean)) for place in order)
