"""What members answered, beside the people of whom the campaign speaks: shares of members less shares of a population.

What is known of the members comes here as it may be told; the population's figures are public. So nothing is told that
was not told before.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.tabulation import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from rightskit.campaign.population import Population
    from rightskit.disclosures.tabulation import PoolTable


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """Members who gave one answer.

    Attributes:
        answer: as the campaign wrote it; :data:`rightskit.disclosures.tabulation.NO_VALUE` for those who gave none.
        members: how many; None is hidden.
        share: of the members with an answer that the population's figures know, and where there are no such figures of
            all with an answer; None where that is not known.
        population: share of the population; None where its figures do not know the answer.
    """

    answer: str
    members: int | None
    share: float | None
    population: float | None

    @property
    def is_given(self) -> bool:
        """Whether they answered."""
        return self.answer != NO_VALUE

    @property
    def difference(self) -> float | None:
        """By how much the share of the members is larger."""
        return difference(self.share, self.population)


@dataclass(frozen=True, slots=True)
class Answers:
    """What members answered to one question, beside a population.

    Attributes:
        question: its id.
        population: None where the campaign names none of this question.
        title: of the question.
        day: on which the counts were published, where that was before the page; else None.
        members: who answered one of the campaign's questions; None is hidden.
    """

    question: str
    population: Population | None
    title: str
    day: dt.date | None
    members: int | None
    lines: tuple[AnswerLine, ...]


def difference(share: float | None, population: float | None) -> float | None:
    """The share of members less that of the population; None where one of them is not known."""
    return None if share is None or population is None else share - population


def answered(populations: Iterable[Population], tables: Sequence[PoolTable]) -> Iterator[Answers]:
    """The questions of which a population is known, from the pool's tables as they may be shown."""
    known = {table.variable: table for table in tables if table.kind == "distribution"}
    found = (_answers(known[one.of], one) for one in populations if one.of in known)
    return (one for one in found if any(line.members is not None for line in one.lines))


def every(populations: Iterable[Population], tables: Iterable[PoolTable]) -> Iterator[Answers]:
    """All questions that tables tell of, beside a population where one is known."""
    known = {one.of: one for one in populations}
    return (_answers(table, known.get(table.variable)) for table in tables if table.kind == "distribution")


def _answers(table: PoolTable, population: Population | None) -> Answers:
    *counts, (_, whole) = ((str(row[0]), row[1] if isinstance(row[1], int) else None) for row in table.rows)
    shares = population.shares if population else {}
    known = shares or {answer for answer, _ in counts} - {NO_VALUE}
    base = _base(dict(counts), whole, known)
    lines = tuple(
        AnswerLine(answer, members, _share(members, base) if answer in known else None, shares.get(answer))
        for answer, members in counts
    )
    day = dt.date.fromisoformat(table.day) if table.day else None
    return Answers(table.variable, population, table.title, day, whole, lines)


def _base(counts: Mapping[str, int | None], whole: int | None, known: Container[str]) -> int | None:
    """How many gave an answer that is known, as far as the shown counts tell it."""
    inside = [members for answer, members in counts.items() if answer in known]
    outside = [members for answer, members in counts.items() if answer not in known]
    if None not in inside:
        return sum(members or 0 for members in inside)
    return None if whole is None or None in outside else whole - sum(members or 0 for members in outside)


def _share(members: int | None, base: int | None) -> float | None:
    return members / base if members is not None and base else None
