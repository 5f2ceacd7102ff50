"""What a member has said about a text that leaves in their name: a yes holds for that very text alone.

A complaint (Art. 77 GDPR) and an objection from a particular situation (Art. 21(1) GDPR) tell of the person herself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.history import last, standing
from rightskit.cases.model import EventKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from rightskit.cases.model import Event

TEXT = "text"
"""Detail of an event: the SHA-256 of the text that the member was shown, or that they spoke of."""
MAIL = "message_id"
"""Detail of an event: the mail that showed it."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a member is asked to allow, and the kinds of event that tell of it.

    Attributes:
        proposed: the member was shown the text.
        given: they said yes.
        declined: they said no.
    """

    proposed: EventKind
    given: EventKind
    declined: EventKind


COMPLAINT = Matter(EventKind.COMPLAINT_PROPOSED, EventKind.COMPLAINT_AUTHORISED, EventKind.COMPLAINT_DECLINED)
OBJECTION = Matter(EventKind.LETTER_PROPOSED, EventKind.LETTER_APPROVED, EventKind.LETTER_DECLINED)
MATTERS = (COMPLAINT, OBJECTION)


def matter_of(kind: EventKind) -> Matter | None:
    """What a yes or a no is about; None for any other event."""
    return next((one for one in MATTERS if kind in {one.given, one.declined}), None)


def holds(events: Sequence[Event], matter: Matter, text: str) -> bool:
    """Whether the member's last word is a yes to this text.

    Of mails, the day alone is known: a yes and a no of one day are for a person.
    """
    word = _word(events, matter)
    if word is None or word.kind is not matter.given or word.detail.get(TEXT) != text:
        return False
    same_day = (one for one in standing(events) if one.happened == word.happened and one.kind is matter.declined)
    return word.source != "message" or not any(one.source == "message" for one in same_day)


def is_given(events: Sequence[Event], matter: Matter) -> bool:
    """Whether the member's last word is a yes, to whatever text they were shown."""
    word = _word(events, matter)
    return word is not None and word.kind is matter.given


def is_declined(events: Sequence[Event], matter: Matter, text: str = "") -> bool:
    """Whether the member's last word is a no: to this text, or where none is given, to whatever they spoke of."""
    word = _word(events, matter)
    if word is None or word.kind is not matter.declined:
        return False
    return not text or word.detail.get(TEXT, "") in {"", text}


def is_open(events: Sequence[Event], matter: Matter) -> bool:
    """Whether the member was shown a text and has said nothing since."""
    return last(standing(events), matter.proposed) > last(standing(events), matter.given, matter.declined)


def was_shown(events: Sequence[Event], matter: Matter, text: str, since: dt.date) -> bool:
    """Whether the member was shown this very text after a day."""
    return any(one.happened > since and one.detail.get(TEXT) == text for one in _shown(events, matter))


def shown(events: Sequence[Event], matter: Matter, mails: Collection[str] = ()) -> str:
    """The text that the member was shown last, or was shown in one of these mails; empty where there is none."""
    found = [one for one in _shown(events, matter) if not mails or one.detail.get(MAIL) in mails]
    return found[-1].detail[TEXT] if found else ""


def _shown(events: Sequence[Event], matter: Matter) -> list[Event]:
    return [one for one in standing(events) if one.kind is matter.proposed and one.detail.get(TEXT)]


def _word(events: Sequence[Event], matter: Matter) -> Event | None:
    known = standing(events)
    place = last(known, matter.given, matter.declined)
    return known[place] if place >= 0 else None
