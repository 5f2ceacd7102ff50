"""Whether mail reaches a member, folded from what happened: a question that came back was asked of nobody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEventKind, standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rightskit.campaign.membership import MemberEvent

FORMER = "former"
"""``to`` of a mail that came back from an address which the member no longer has."""


def unreachable_since(events: Iterable[MemberEvent]) -> dt.date | None:
    """The day since which mail to a member comes back; None where nothing says so.

    A corrected address takes back what was said before, and so does a mail from the member of the same day or later.

    Args:
        events: of one member, in the order in which they were noted.
    """
    came_back: list[dt.date] = []
    wrote = dt.date.min
    for event in standing(events):
        if event.kind is MemberEventKind.MAIL_RETURNED:
            came_back += [event.happened] if event.detail.get("to") != FORMER and event.happened >= wrote else []
        elif event.kind is MemberEventKind.CHANGED and "email" in event.detail:
            came_back.clear()
        elif event.kind is MemberEventKind.WROTE:
            wrote = max(wrote, event.happened)
            came_back = [day for day in came_back if day > wrote]
    return min(came_back, default=None)


def arrived(events: Iterable[MemberEvent]) -> list[MemberEvent]:
    """What stands, without the mails to the member that came back."""
    known = standing(events)
    returned = MemberEventKind.MAIL_RETURNED
    gone = {event.detail["message_id"] for event in known if event.kind is returned and "message_id" in event.detail}
    return [event for event in known if event.kind is returned or event.detail.get("message_id") not in gone]
