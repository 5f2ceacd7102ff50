"""Events, deadlines and the three independent facts about a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


class EventKind(StrEnum):
    """Something that happened to a request."""

    PLANNED = "planned"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    DELAYED = "delayed"
    ACKNOWLEDGED = "acknowledged"
    IDENTITY_DEMANDED = "identity-demanded"
    IDENTITY_GIVEN = "identity-given"
    MANDATE_DEMANDED = "mandate-demanded"
    MANDATE_GIVEN = "mandate-given"
    CLARIFICATION_DEMANDED = "clarification-demanded"
    CLARIFICATION_GIVEN = "clarification-given"
    FEE_DEMANDED = "fee-demanded"
    EXTENDED = "extended"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    NO_DATA = "no-data"
    DATA_RECEIVED = "data-received"
    CONFIRMED = "confirmed"
    PARTLY_GRANTED = "partly-granted"
    REMINDED = "reminded"
    LETTER_PROPOSED = "letter-proposed"
    LETTER_APPROVED = "letter-approved"
    LETTER_DECLINED = "letter-declined"
    COMPLAINT_PROPOSED = "complaint-proposed"
    COMPLAINT_AUTHORISED = "complaint-authorised"
    COMPLAINT_DECLINED = "complaint-declined"
    COMPLAINED = "complained"
    AUTHORITY_REGISTERED = "authority-registered"
    AUTHORITY_ASKED = "authority-asked"
    AUTHORITY_ANSWERED = "authority-answered"
    AUTHORITY_REFERRED = "authority-referred"
    AUTHORITY_DECIDED = "authority-decided"
    MEMBER_ASKED = "member-asked"
    MEMBER_REPORTED = "member-reported"
    DEMAND_JUSTIFIED = "demand-justified"
    DEMAND_CONTESTED = "demand-contested"
    ANSWER_ANNOUNCED = "answer-announced"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    CORRECTED = "corrected"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request; never changed, never deleted.

    Attributes:
        reference: of the request.
        kind: what happened.
        happened: the legal day, in the controller's time zone.
        received: the day the campaign or the member learned of it; None where it is the same day.
        noted: when it was written into the vault (UTC).
        source: ``message``, ``file``, ``person`` or ``rightskit``.
        evidence: id of the message or disclosure, or a person's words; never a name.
        detail: what the kind needs beyond that: ``channel`` (sent), ``reasons`` = ``no`` (extended),
            ``corrects`` = id of the event that a person overrules (corrected), ``to`` (redirected),
            ``answer`` (corrected: the answer that holds instead), ``told`` = ``no`` (demand-contested: the
            controller does not know of it yet), ``lead`` (complained: the first of many), ``continued`` = the
            reference under which a redirected request goes on (noted), ``text`` (letter and complaint -proposed,
            -approved, -authorised, -declined: the hash of the text that the member was shown), ``outcome``, ``measure``
            and ``fine`` (authority-decided: as :mod:`rightskit.cases.rulings` says), ``number``
            (of the file that an authority keeps).
        rule: what made it: a command, or the kind of reply that the message was read as.
        id: its number in the vault; 0 before it is kept.
    """

    reference: str
    kind: EventKind
    happened: dt.date
    noted: dt.datetime
    received: dt.date | None = None
    source: str = "rightskit"
    evidence: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    rule: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a deadline's reasoning.

    Attributes:
        rule: short slug, such as ``month`` or ``roll``.
        source: article, guideline paragraph or case.
        date: where this step leads.
        text: one sentence for a person.
    """

    rule: str
    source: str
    date: dt.date | None
    text: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The range of a request's last day.

    Attributes:
        earliest: the strictest reading in the member's favour; a reminder is due from the day after. None: no clock.
        latest: the reading kindest to the controller; overdue only after it. None: no clock, or waiting for the member.
        flags: those of the worked examples, sorted.
        steps: in the order of reasoning.
    """

    earliest: dt.date | None
    latest: dt.date | None
    flags: tuple[str, ...]
    steps: tuple[Step, ...]


class Delivery(StrEnum):
    """Whether the letter arrived."""

    UNSENT = "unsent"
    QUEUED = "queued"
    SENT = "sent"
    RECEIVED = "received"
    BOUNCED = "bounced"


class Clock(StrEnum):
    """Whether the controller's time runs."""

    NOT_RUNNING = "not running"
    RUNNING = "running"
    PAUSED = "paused"
    EXTENDED = "extended"
    OVERDUE = "overdue"
    STOPPED = "stopped"


class Answer(StrEnum):
    """What the controller has said in substance."""

    NONE = "none"
    UNKNOWN = "unknown"
    ACKNOWLEDGED = "acknowledged"
    IN_DIALOGUE = "in dialogue"
    PARTIAL = "partial"
    DATA = "data"
    NO_DATA = "no data"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class NextStep(StrEnum):
    """What the organiser must do next."""

    NOTHING = "nothing"
    WAIT = "wait"
    FIX_ADDRESS = "fix the address"
    ANSWER_IDENTITY = "answer an identity demand"
    ANSWER_MANDATE = "answer a mandate demand"
    ANSWER_CLARIFICATION = "answer a clarification demand"
    CONTEST = "contest"
    REVIEW_REPLY = "review a reply"
    ASK_MEMBER = "ask the member"
    EXTRACT = "extract"
    REMIND = "remind"
    COMPLAIN = "complain"
    ANSWER_AUTHORITY = "answer the authority"
    ASK_AUTHORITY = "ask the authority"


@dataclass(frozen=True, slots=True)
class Status:
    """The three facts about a request, folded from its events, and what follows.

    Attributes:
        received: the day from which the clock counts; None where nothing proves receipt.
        deadline: None where no clock ever ran; it stays after an answer, to tell whether that came in time.
        flags: the deadline's and those of the fold (``portal``, ``by-post``, ``link``, ``partial``).
        waiting_review: whether a reply filed under the request waits for a person.
        due: the day that matters next: the deadline's latest where there is one, else its earliest; after a
            complaint the day by which the authority must report. None where nothing is awaited.
    """

    reference: str
    delivery: Delivery
    clock: Clock
    answer: Answer
    received: dt.date | None
    deadline: Deadline | None
    next: NextStep
    flags: tuple[str, ...] = ()
    waiting_review: bool = False
    due: dt.date | None = None
