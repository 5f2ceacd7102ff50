"""What a person is offered in ``review`` beside what every message is: who else may write, and of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.classification import authority_words
from rightskit.classification.quotes import own_words
from rightskit.flows import authorities, member_notes, replies, returned, unlodged
from rightskit.vault import messages

if TYPE_CHECKING:
    from rightskit.classification.authority_words import Proposal
    from rightskit.flows.returned import Returned
    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Clues:
    """About one message.

    Attributes:
        authority: id of the supervisory authority whose address it comes from; empty for none's.
        proposal: what an authority's words seem to say; None where no rule knows, or none writes.
        numbers: that may be the authority's file number.
        members: ids of those who may have written it.
        returned: the mail to a member that it seems to tell of.
        complaint: reference of the request whose complaint seems not to have arrived; empty for none's.
        proven: whether it is known to come from a controller that was written to.
    """

    authority: str
    proposal: Proposal | None
    numbers: tuple[str, ...]
    members: tuple[str, ...]
    returned: Returned | None
    complaint: str
    proven: bool


def clues(workspace: Workspace, message: str) -> Clues:
    """Look for what a message may be beside a controller's reply.

    Raises:
        NotFoundError: there is no such message.
    """
    with workspace.vault.read() as connection:
        stored = replies.get(connection, message)
        outer, reply = replies.both(connection, stored.id)
        members = member_notes.writers(connection, outer, reply)
        filings = messages.filings(connection, stored.id).get(stored.id, [])
    back = unlodged.about(stored, filings)
    authority = authorities.writer(workspace, reply, filings)
    return Clues(
        authority=authority,
        proposal=authority_words.read(own_words(reply.text)) if authority else None,
        numbers=authorities.numbers(reply),
        members=members,
        returned=None if members else returned.mail(reply),
        complaint=(back.reference or "") if back else "",
        proven=any(one.proven for one in filings),
    )
