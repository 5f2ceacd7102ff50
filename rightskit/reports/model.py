"""What a report is made from, and the report itself: figures that may be published, None where they may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports.codebook import VARIABLES, entry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from rightskit.cases.model import Answer
    from rightskit.disclosures.tabulation import PoolTable
    from rightskit.reports.arms import Trial
    from rightskit.reports.breakdown import Breakdown
    from rightskit.reports.funnels import Funnels
    from rightskit.reports.recruitment import Recruitment
    from rightskit.rights import Right
    from rightskit.vault.statements import Statement


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One request, as the report counts it.

    Attributes:
        member: the member's id, to count distinct members; it reaches no page.
        controller: the controller's name, as it is printed.
        sent: the legal day of sending; None while it was not sent.
        received: whether something proves that the controller has it.
        bounced: whether it came back as undeliverable, and nothing better is known since.
        first_answer: when the first answer of a person came: an acknowledgement, a question, or an answer.
        final: when the answer came that ended the controller's time.
        outcome: what the controller has said in substance.
        identity_demanded: whether proof of identity was asked for.
        extended: whether the controller announced an extension.
        overdue: unanswered after the latest reading of the deadline, on the day of the report.
        late: answered after the latest reading of the deadline.
        readable: a recipe read what was returned.
        pooled: what was read stands in the pool, with consent.
        reference: of the request; it reaches no page.
        controller_id, country: as the registry has them.
        letter: id of the letter, with its language: answers to the same words are comparable.
        channel: by which the request went, or is to go.
        arm: what the lot drew for it in a trial; empty where nothing was drawn.
        forced: the other channel that the controller demanded, one of :data:`rightskit.reports.demanded.CHANNELS`;
            empty where it demanded none.
        acknowledged: whether a receipt, an extension or a question confirmed that a person has it.
        demanded: what was demanded before an answer: ``identity``, ``mandate``, ``clarification``, ``fee``.
        excessive, justified: those of them that a person judged so; the others nobody has judged.
        identity: what proof of identity was demanded, one of :data:`rightskit.reports.demanded.PROOFS`; else empty.
        form: in which form data came, one of :data:`rightskit.reports.forms.FORMS`; empty where none came.
        items: the items (a) to (h) of Art. 15(1) that the answer speaks of; None where no recipe has read that.
        complaint: how far a complaint came, one of :data:`rightskit.reports.rows.COMPLAINTS`; empty without one.
        decision: what the authority decided, one of :class:`rightskit.cases.rulings.Outcome`; empty where not noted.
        measure: what it did beyond that, one of :class:`rightskit.cases.rulings.Measure`; likewise.
        owed: the times in which the member owed the controller something, from the demand to the answer to it; None
            where it is not answered yet. Contested demands are none.
        asked: the day of a question to the member that is still open: silence is then unknown.
        since: the last day on which the answer had not come, where nobody knows the day on which it did; it then came
            between this day and ``final``.
        withdrawn: the day on which the request was withdrawn.
        machine: what rests on a message that no person has looked at: ``answer``, ``first``, ``identity``, ``forced``,
            ``bounced``.
    """

    member: str
    controller: str
    right: Right
    sent: dt.date | None
    received: bool
    bounced: bool
    first_answer: dt.date | None
    final: dt.date | None
    outcome: Answer
    identity_demanded: bool = False
    extended: bool = False
    overdue: bool = False
    late: bool = False
    reminded: bool = False
    complained: bool = False
    readable: bool = False
    pooled: bool = False
    reference: str = ""
    controller_id: str = ""
    country: str = ""
    letter: str = ""
    language: str = ""
    channel: str = ""
    arm: str = ""
    forced: str = ""
    acknowledged: bool = False
    demanded: frozenset[str] = frozenset()
    excessive: frozenset[str] = frozenset()
    justified: frozenset[str] = frozenset()
    identity: str = ""
    form: str = ""
    items: frozenset[str] | None = None
    complaint: str = ""
    decision: str = ""
    measure: str = ""
    owed: tuple[tuple[dt.date, dt.date | None], ...] = ()
    asked: dt.date | None = None
    since: dt.date | None = None
    withdrawn: dt.date | None = None
    machine: frozenset[str] = frozenset()


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
        by_when: outcomes that compete; none where the curves are none.
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
        threshold: the least number of members that a figure shows.
        lines: how far the requests to each controller came, for each right.
        recruitment: how the members came, and how many left.
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
    language: str
    threshold: int
    figures: Figures
    lines: Funnels
    recruitment: Recruitment
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
