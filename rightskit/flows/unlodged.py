"""A person says in ``review`` that a complaint came back: it was not lodged, and can be written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.history import standing
from rightskit.cases.model import Event, EventKind
from rightskit.classification.model import ReplyKind
from rightskit.errors import NotFoundError
from rightskit.flows import deciding, reading, replies
from rightskit.vault import decisions, messages, outgoing, requests
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.flows.workspace import Workspace
    from rightskit.vault.messages import StoredMessage

EVIDENCE = "notice about a complaint"


def about(stored: StoredMessage, filings: Sequence[Filing]) -> Filing | None:
    """Where a message lies that seems to tell of a complaint which did not arrive; None where it tells of none."""
    if not any(text == reading.COMPLAINT_BACK for _, text in stored.evidence):
        return None
    return next((one for one in filings if one.reference and one.outbound), None)


def record(workspace: Workspace, message: str) -> str:
    """Take back that the complaint was lodged, and make room for the one that is written instead; its reference.

    Raises:
        NotFoundError: there is no such message, or it tells of no complaint.
    """
    with workspace.vault.write() as connection:
        stored = replies.get(connection, message)
        found = about(stored, messages.filings(connection, stored.id).get(stored.id, []))
        if found is None or found.reference is None:
            raise NotFoundError("It tells of no complaint.", "See: rightskit replies show MESSAGE")
        reference = found.reference
        own = Filing(stored.id, reference, found.outbound, EVIDENCE, proven=False, filed=True, strength=1.0)
        deciding.file(workspace, connection, stored, ReplyKind.OTHER.value, [own], decisions.next_group(connection))
        events = requests.events_by_request(connection, [reference])[reference]
        requests.record(connection, _taken_back(workspace, events, stored.id))
        outgoing.set_aside(connection, reference, "complaint")
    return reference


def _taken_back(workspace: Workspace, events: Sequence[Event], message: str) -> Iterator[Event]:
    for event in standing(events):
        if event.kind is EventKind.COMPLAINED:
            told = event.reference, EventKind.CORRECTED, workspace.today, workspace.now, None, "message", message
            yield Event(*told, {"corrects": str(event.id)}, "complaint-returned")
