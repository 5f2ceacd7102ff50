"""``followup --authorise``: members are asked whether a complaint may be lodged in their name, with its very text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.cases.nextstep import ASK_AGAIN
from rightskit.flows import complaints, evidence, questions
from rightskit.flows.questions import Kind, Question

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.flows.complaints import Ready
    from rightskit.flows.progress import Track
    from rightskit.flows.questions import Asked
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.model import LetterOrder

KIND = Kind("ask-complaint", days=14)


def authorise(workspace: Workspace, folder: Path, track: Track) -> Asked:
    """Write one mail per member with the text of each complaint, and note that it was proposed.

    Raises:
        RefusedError: nobody has approved the text of the question or of a complaint.
    """
    found = complaints.unasked(complaints.found(workspace), workspace.today, ASK_AGAIN)
    drafts = evidence.put(workspace, [one.due.draft for one in found])
    asked = [_question(workspace, one, draft.order) for one, draft in zip(found, drafts, strict=True)]
    return questions.ask(workspace, folder, KIND, asked, track)


def _question(workspace: Workspace, one: Ready, order: LetterOrder) -> Question:
    event = Event(order.reference, EventKind.COMPLAINT_PROPOSED, workspace.today, workspace.now, rule="followup")
    return Question(one.case, event, order, {"authority": order.recipient.name})
