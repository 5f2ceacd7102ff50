"""The report: figures that may be published, None where they may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports.codebook import VARIABLES, entry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from rightskit.disclosures.tabulation import PoolTable
    from rightskit.reports.arms import Trial
    from rightskit.reports.breakdown import Breakdown
    from rightskit.reports.competing import Incidence
    from rightskit.reports.funnels import Funnels
    from rightskit.reports.margins import Answers
    from rightskit.reports.recruitment import Recruitment
    from rightskit.vault.statements import Statement


@dataclass(frozen=True, slots=True)
class Bar:
    """A count beside what it is counted against.

    Attributes:
        keys: what is counted, as ends of catalogue keys; several where small groups stand together.
        count: requests (or members, for the key ``members``); None is hidden.
        share: of the base, from 0 to 1; None where count or base is hidden or the base is empty.
    """

    keys: tuple[str, ...]
    count: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share with its 95 % interval, all from 0 to 1."""

    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Median:
    """Days until half of the requests were answered.

    Attributes:
        days: None where fewer than half were answered.
        low, high: 95 % interval; None where it is open.
    """

    days: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The share of requests answered by a day after sending, with its 95 % interval, rounded to whole per cent."""

    day: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The time to an answer, coarsened so that no step shows a small group.

    Attributes:
        key: ``first`` (any answer of a person) or ``final``.
        points: from day 0 on; the share holds until the next point.
        median: None is hidden.
        between: of each point the share reckoned from the days between which answers came, where nobody knows the day
            of some; empty where all days are known, or too few are unknown to tell.
        undated: to so many members at least answers of unknown day came; 0 where ``between`` is empty.
    """

    key: str
    points: tuple[CurvePoint, ...]
    median: Median | None
    between: tuple[float, ...] = ()
    undated: int = 0

    @property
    def widest(self) -> tuple[CurvePoint, float]:
        """Where the two estimates differ most; only of a curve that has both."""
        return max(zip(self.points, self.between, strict=True), key=lambda pair: abs(pair[1] - pair[0].share))


@dataclass(frozen=True, slots=True)
class ControllerLine:
    """How one controller answered; None is hidden.

    Attributes:
        name: empty for the lines of a group and of all.
        controllers: how many stand in the line.
        requests: sent and not returned as undeliverable.
        limits: between which shares ``answered`` lies where it is hidden and that much may be told.
        on_time: share of those due that were answered by the latest reading of the deadline, rounded to steps that
            cover the threshold; None where too few were due.
        median: to the final answer.
        identity, data, refused: how many requests met with it.
    """

    name: str
    controllers: int
    requests: int
    answered: Proportion | None
    limits: tuple[float, float] | None
    on_time: float | None
    median: Median | None
    identity: int | None
    data: int | None
    refused: int | None


@dataclass(frozen=True, slots=True)
class AtRisk:
    """How many requests were still waiting for a final answer and watched that long; None is hidden."""

    day: int
    requests: int | None


@dataclass(frozen=True, slots=True)
class ByWhen:
    """The share of requests that had ended with an outcome after one month and after three, with 95 % intervals.

    Attributes:
        cause: ``data``, ``refused``, ``no-data``, ``confirmed``, ``withdrawn``; the rare ones together are ``other``.
        month, quarter: None where too few had ended so by then, or were watched that long.
    """

    cause: str
    month: CurvePoint | None
    quarter: CurvePoint | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a campaign that may be published.

    Attributes:
        requests: sent and not returned as undeliverable: the base of all shares; None is hidden.
        funnel: from members to pooled answers.
        curves: none where too few answers came.
        at_risk: beside the curve of final answers.
        incidence: the share of each outcome by a day, for outcomes compete.
        by_when: of these at one month and at three; none where the curves are none.
        controllers: the most written to first; a group of small ones at the end.
        every: all controllers together; None where too few members take part.
        columns: which of ``data`` and ``refused`` the table of controllers has: where they were too rare to be
            shown for any controller, the column is left out.
        outcomes: adds up to ``requests``; empty where hidden.
        facts: what happened along the way.
        breakdown: the forms in which data came, and what became of complaints.
    """

    requests: int | None
    funnel: tuple[Bar, ...]
    curves: tuple[Curve, ...]
    at_risk: tuple[AtRisk, ...]
    incidence: tuple[Incidence, ...]
    by_when: tuple[ByWhen, ...]
    controllers: tuple[ControllerLine, ...]
    every: ControllerLine | None
    columns: tuple[str, ...]
    outcomes: tuple[Bar, ...]
    facts: tuple[Bar, ...]
    breakdown: Breakdown


@dataclass(frozen=True, slots=True)
class Trait:
    """How good the answers were in one respect.

    Attributes:
        name: as in the codebook, with its title and definition in the language of the page.
        value: a share from 0 to 1; for ``completeness`` items from 0 to 8.
        low, high: 95 % interval; None where there is none.
        behind: at least so many requests, or decisions of the machine.
    """

    name: str
    title: str
    definition: str
    value: float
    low: float | None
    high: float | None
    behind: int


@dataclass(frozen=True, slots=True)
class Report:
    """One page that may be published.

    Attributes:
        headline: the sentence that says the most important.
        date: the cut-off: nothing later is counted.
        began: the month since which requests went out; None where that is not told.
        threshold: the least number of members that a figure shows.
        lines: how far the requests to each controller came, for each right.
        recruitment: how the members came, and how many left.
        answers: what members answered, beside people of whom the campaign speaks.
        languages: members by the language of their letters; empty where that would show few.
        traits: how good the answers were; without what is hidden.
        said: names of controllers, and what they said about their figures.
        pool: tables of the returned data, ready to print.
        pool_members: in the pool; None is hidden.
        missing: sentences about what the page lacks.
        notes: sentences about how the figures were made and what was hidden.
        trial: the arms that were drawn by lot; None where nothing was.
    """

    title: str
    organiser: str
    headline: str
    date: dt.date
    began: dt.date | None
    language: str
    threshold: int
    figures: Figures
    lines: Funnels
    recruitment: Recruitment
    answers: tuple[Answers, ...]
    languages: tuple[Bar, ...]
    traits: tuple[Trait, ...]
    said: tuple[tuple[str, Statement], ...]
    pool: tuple[PoolTable, ...]
    pool_members: int | None
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    trial: Trial | None

    @property
    def right_names(self) -> Mapping[str, str]:
        """Right -> its name in the language of the page."""
        return {code: told[self.language] for code, told in entry(VARIABLES, "right").values.items()}
