"""One request, as the report counts it: what a row says, by subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Answer
from rightskit.rights import Right

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of whom, and in which words; this never changes.

    Attributes:
        controller: the controller's name, as it is printed.
        controller_id, country: as the registry has them.
        letter: id of the letter, with its language: answers to the same words are comparable.
        channel: by which the request went, or is to go.
        arm: what the lot drew for it in a trial; empty where nothing was drawn.
        order: in which half of the order of the lot it was to leave, ``early`` or ``late``; likewise.
    """

    controller: str
    right: Right
    controller_id: str = ""
    country: str = ""
    letter: str = ""
    language: str = ""
    channel: str = ""
    arm: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How far the request came, and when.

    Attributes:
        sent: the legal day of sending; None while it was not sent.
        received: whether something proves that the controller has it.
        bounced: whether it came back as undeliverable, and nothing better is known since.
        first_answer: when the first answer of a person came: an acknowledgement, a question, or an answer.
        final: when the answer came that ended the controller's time.
        since: the last day on which the answer had not come, where nobody knows the day on which it did; it then came
            between this day and ``final``.
        withdrawn: the day on which the request was withdrawn.
        outcome: what the controller has said in substance.
        overdue: unanswered after the latest reading of the deadline, on the day of the report.
        late: answered after the latest reading of the deadline.
        machine: what rests on a message that no person has looked at: ``answer``, ``first``, ``identity``, ``forced``,
            ``bounced``.
    """

    sent: dt.date | None = None
    received: bool = False
    bounced: bool = False
    first_answer: dt.date | None = None
    final: dt.date | None = None
    since: dt.date | None = None
    withdrawn: dt.date | None = None
    outcome: Answer = Answer.NONE
    overdue: bool = False
    late: bool = False
    machine: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Demands:
    """What was demanded before an answer.

    Attributes:
        identity_demanded: whether proof of identity was asked for.
        identity: which proof, one of :data:`rightskit.reports.demanded.PROOFS`; else empty.
        demanded: ``identity``, ``mandate``, ``clarification``, ``fee``.
        excessive, justified: those of them that a person judged so; the others nobody has judged.
    """

    identity_demanded: bool = False
    identity: str = ""
    demanded: frozenset[str] = frozenset()
    excessive: frozenset[str] = frozenset()
    justified: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Data:
    """What was returned.

    Attributes:
        form: in which data came, one of :data:`rightskit.reports.forms.FORMS`; empty where none came.
        items: the items (a) to (h) of Art. 15(1) that the answer speaks of, if only to say that one does not apply;
            None where no recipe has read that.
        readable: a recipe read what was returned.
        pooled: what was read stands in the pool, with consent.
    """

    form: str = ""
    items: frozenset[str] | None = None
    readable: bool = False
    pooled: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """What became of a complaint to the authority.

    Attributes:
        complained: whether one was lodged.
        complaint: how far it came, one of :data:`rightskit.reports.rows.COMPLAINTS`; empty without one.
        decision: what the authority decided, one of :class:`rightskit.cases.rulings.Outcome`; empty where not noted.
        measure: what it did beyond that, one of :class:`rightskit.cases.rulings.Measure`; likewise.
    """

    complained: bool = False
    complaint: str = ""
    decision: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One request, as the report counts it.

    The names of all fields, those of the parts among them, differ: the vault keeps the values under them.

    Attributes:
        member: the member's id, to count distinct members; it reaches no page.
        reference: of the request; it reaches no page.
        request: what was asked.
        course: how far it came.
        demands: what was demanded before an answer.
        data: what was returned.
        dispute: what became of a complaint.
        extended: whether the controller announced an extension.
        reminded: whether it was reminded.
        forced: the other channel that the controller demanded, one of :data:`rightskit.reports.demanded.CHANNELS`;
            empty where it demanded none.
        acknowledged: whether a receipt, an extension or a question confirmed that a person has it.
        owed: the times in which the member owed the controller something, from the demand to the answer to it; None
            where it is not answered yet. Contested demands are none.
        asked: the day of a question to the member that is still open: silence is then unknown.
    """

    member: str
    request: Asked
    reference: str = ""
    course: Course = Course()
    demands: Demands = Demands()
    data: Data = Data()
    dispute: Dispute = Dispute()
    extended: bool = False
    reminded: bool = False
    forced: str = ""
    acknowledged: bool = False
    owed: tuple[tuple[dt.date, dt.date | None], ...] = ()
    asked: dt.date | None = None


PLANNED = CaseRow("", Asked("", Right.ACCESS))
"""A request of which nothing is known."""
