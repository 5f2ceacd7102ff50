"""A person says in ``review`` that a mail to a member came back, where the machine was not sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.classification.model import ReplyKind
from rightskit.errors import NotFoundError
from rightskit.flows import deciding, replies, returned
from rightskit.vault import decisions
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace


def record(workspace: Workspace, message: str) -> str:
    """A person says that a mail to a member came back: as ``sync`` notes it where it is certain; the member's id.

    Raises:
        NotFoundError: there is no such message, or it names no mail that we wrote to a member.
    """
    with workspace.vault.write() as connection:
        stored = replies.get(connection, message)
        _, reply = replies.both(connection, stored.id)
        about = returned.mail(reply)
        if about is None or not returned.is_ours(connection, about):
            raise NotFoundError("It names no mail that was written to a member.", "See: rightskit replies show MESSAGE")
        own = Filing(stored.id, None, about.message_id, returned.EVIDENCE, proven=False, filed=False, strength=1.0)
        together = decisions.next_group(connection)
        deciding.file(workspace, connection, stored, ReplyKind.BOUNCE.value, [own], together)
        returned.note(connection, about, returned.notice(workspace, reply, "person"))
    return about.member
