"""What a member answers beside a plain yes or no, such as "yes, but": their note, from which nothing follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent, MemberEventKind, standing
from rightskit.classification.quotes import own_words
from rightskit.errors import NotFoundError, WrongUsageError
from rightskit.flows import deciding, member_answers, member_stream, replies
from rightskit.flows.filing import day_of
from rightskit.vault import decisions, membership
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from rightskit.classification.model import ReplyKind
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.store import Connection

EVIDENCE = "a member's note"
_LONGEST = 4000
"""Characters of a note; the mail itself stays."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a member wrote.

    Attributes:
        about: the letter that they answered; empty where none is known.
    """

    day: dt.date
    about: str
    words: str


def notes(events: Iterable[MemberEvent]) -> list[Note]:
    """The notes among a member's events that stand."""
    noted = (event for event in standing(events) if event.kind is MemberEventKind.NOTED)
    return [Note(event.happened, event.detail["about"], event.detail["words"]) for event in noted]


def writers(connection: Connection, outer: Reply, reply: Reply) -> tuple[str, ...]:
    """Which members may have written a message themselves; none where it comes from elsewhere, or was passed on."""
    if reply is not outer:
        return ()
    return tuple(sorted(member_stream.people(reply, tuple(membership.at_address(connection, reply.sender)))))


def keep(workspace: Workspace, message: str, kind: ReplyKind, member: str = "") -> str:
    """Keep a member's mail as their note: it waits no longer, it allows nothing, and it refuses nothing.

    Args:
        workspace: the campaign.
        message: its id.
        kind: that it was read as, which stays.
        member: id of who wrote it; empty where one member alone may have.

    Returns:
        The member's id.

    Raises:
        NotFoundError: there is no such message, or no such member writes from its address.
        WrongUsageError: several members may have written it, and none is named.
    """
    with workspace.vault.write() as connection:
        stored = replies.get(connection, message)
        found = writers(connection, *replies.both(connection, stored.id))
        if member not in {"", *found} or not found:
            raise NotFoundError("No such member writes from that address.", "See: rightskit members list")
        if not member and len(found) > 1:
            raise WrongUsageError(f"It may be of {' or '.join(found)}.", "Say whose note it is.")
        name = member or found[0]
        own = Filing(stored.id, None, None, EVIDENCE, proven=False, filed=False, strength=1.0)
        reply = deciding.file(workspace, connection, stored, kind.value, [own], decisions.next_group(connection))
        membership.record(connection, [_noted(workspace, reply, name)])
    return name


def _noted(workspace: Workspace, reply: Reply, member: str) -> MemberEvent:
    day = day_of(reply, workspace)
    received = workspace.today if day != workspace.today else None
    words = (own_words(reply.text) or reply.text).strip()[:_LONGEST]
    detail = {"about": member_answers.answered(reply), "words": words}
    return MemberEvent(member, MemberEventKind.NOTED, day, workspace.now, received, "person", reply.id, detail)
