"""How far a member has come, folded from what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence


class MemberEventKind(StrEnum):
    """Something that happened to a member."""

    JOINED = "joined"
    INVITED = "invited"
    SIGNED = "signed"
    VERIFIED = "verified"
    CHANGED = "changed"
    ASKED = "asked"
    WROTE = "wrote"
    IDENTITY_GIVEN = "identity-given"
    REVOKED = "revoked"
    WISHED_TO_WITHDRAW = "wished-to-withdraw"
    STAYED = "stayed"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    DIED = "died"
    MAIL_RETURNED = "mail-returned"
    NOTED = "noted"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class MemberEvent:
    """Something that happened to a member; never changed, never deleted (except when a member is forgotten).

    Attributes:
        member: the member's id.
        kind: what happened.
        happened: the day.
        noted: when it was written into the vault (UTC).
        received: the day the campaign learned of it; None where it is the same day.
        source: ``message``, ``file``, ``person`` or ``rightskit``.
        evidence: id of a message or a document, or a person's words; never a name.
        detail: what the kind needs beyond that: ``of`` (signed, revoked: ``act`` or ``receive``), ``by`` (verified),
            ``version`` and ``scopes`` (agreed, declined), the former values (changed), ``about`` and ``message_id``
            (invited, asked, mail-returned), ``text`` (asked, agreed, declined: SHA-256 of the consent text that a mail
            showed), ``kind`` (wrote), ``to`` (mail-returned: ``former`` where the mail went to an address of before),
            ``words`` (noted: what the member wrote) and ``about`` (noted: the letter that they answered).
        id: its number in the vault; 0 before it is kept.
    """

    member: str
    kind: MemberEventKind
    happened: dt.date
    noted: dt.datetime
    received: dt.date | None = None
    source: str = "rightskit"
    evidence: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    id: int = 0


class Stage(StrEnum):
    """How far a member has come; ``new`` is somebody whom nobody has invited or who has not signed yet."""

    NEW = "new"
    INVITED = "invited"
    SIGNED = "signed"
    VERIFIED = "verified"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage with the day on which it was reached, and what shows it."""

    stage: Stage
    date: dt.date
    evidence: str


@dataclass(frozen=True, slots=True)
class Membership:
    """How far a member has come.

    Attributes:
        stage: the last one that holds.
        reached: each stage that holds, in order.
        held: whether a wish to withdraw waits for a person: until then nothing is sent for them.
    """

    stage: Stage
    reached: tuple[Reached, ...]
    held: bool


_GIVES = frozenset(
    {
        MemberEventKind.JOINED,
        MemberEventKind.SIGNED,
        MemberEventKind.VERIFIED,
        MemberEventKind.CHANGED,
        MemberEventKind.IDENTITY_GIVEN,
    }
)
"""Kinds by which a member becomes complete."""
DECIDED = frozenset({MemberEventKind.MAIL_RETURNED, MemberEventKind.NOTED})
"""Kinds that a person may decide about a message."""
HOLDING = (MemberEventKind.WISHED_TO_WITHDRAW, MemberEventKind.STAYED, MemberEventKind.WITHDREW)
"""Kinds of which the last one says whether a wish to withdraw waits."""


def membership(events: Sequence[MemberEvent], *, signs: bool, lacks: bool) -> Membership:
    """Fold the events of one member.

    Args:
        events: in the order in which they were noted.
        signs: whether the member's way to act needs a signed mandate; who acts alone has signed by joining.
        lacks: whether something is missing for a controller of the campaign.
    """
    found: list[Reached] = []
    if invited := _first(events, MemberEventKind.INVITED):
        found.append(_reached(Stage.INVITED, invited))
    if (signed := _signed(events, signs=signs)) and not _gone(events):
        found.append(_reached(Stage.SIGNED, signed))
        if verified := _last(events, MemberEventKind.VERIFIED):
            found.append(_reached(Stage.VERIFIED, verified))
            if not lacks:
                giving = max((event for event in events if event.kind in _GIVES), key=_learned)
                found.append(Reached(Stage.COMPLETE, _learned(giving), giving.evidence))
    if gone := _gone(events):
        found.append(_reached(Stage.WITHDRAWN, gone))
    stage = found[-1].stage if found else Stage.NEW
    return Membership(stage, tuple(found), is_held(event.kind for event in events))


def standing(events: Iterable[MemberEvent]) -> list[MemberEvent]:
    """The events that count: without what a person decided about a message, and took back."""
    found: list[MemberEvent] = []
    for event in events:
        if event.kind is MemberEventKind.CORRECTED:
            found = [one for one in found if one.kind not in DECIDED or one.evidence != event.evidence]
        else:
            found.append(event)
    return found


def is_held(kinds: Iterable[MemberEventKind]) -> bool:
    """Whether, of the kinds in their order, the last that counts is a wish to withdraw."""
    last = [kind for kind in kinds if kind in HOLDING][-1:]
    return last == [MemberEventKind.WISHED_TO_WITHDRAW]


def _signed(events: Sequence[MemberEvent], *, signs: bool) -> MemberEvent | None:
    if not signs:
        return _first(events, MemberEventKind.JOINED)
    acts = [event for event in events if event.detail.get("of") == "act"]
    return acts[-1] if acts and acts[-1].kind is MemberEventKind.SIGNED else None


def _gone(events: Sequence[MemberEvent]) -> MemberEvent | None:
    return _last(events, MemberEventKind.WITHDREW, MemberEventKind.DIED)


def _first(events: Sequence[MemberEvent], kind: MemberEventKind) -> MemberEvent | None:
    return next((event for event in events if event.kind is kind), None)


def _last(events: Sequence[MemberEvent], *kinds: MemberEventKind) -> MemberEvent | None:
    return next((event for event in reversed(events) if event.kind in kinds), None)


def _reached(stage: Stage, event: MemberEvent) -> Reached:
    return Reached(stage, event.happened, event.evidence)


def _learned(event: MemberEvent) -> dt.date:
    return event.received or event.happened
