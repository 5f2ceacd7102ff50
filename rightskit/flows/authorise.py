"""``followup --authorise`` and ``ask --objections``: members read the very text that would leave, and say yes or no."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.cases import assent as words
from rightskit.cases.assent import COMPLAINT, OBJECTION
from rightskit.cases.model import Event
from rightskit.cases.nextstep import ASK_AGAIN
from rightskit.errors import RightskitError
from rightskit.flows import assent, complaints, evidence, followup, member_answers, objections, questions
from rightskit.flows.questions import Kind, Question
from rightskit.flows.workspace import library_for
from rightskit.vault import outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rightskit.cases.assent import Matter
    from rightskit.flows.progress import Track
    from rightskit.flows.questions import Asked
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.model import LetterOrder

OF_COMPLAINT, OF_OBJECTION = Kind("ask-complaint", days=14), Kind("ask-objection", days=14)


@dataclass(frozen=True, slots=True)
class _Open:
    """A text that waits for the member's yes.

    Attributes:
        order: what is bound to the yes.
        shown: what the member reads: the same, with the list of what a complaint encloses.
    """

    case: Case
    order: LetterOrder
    shown: LetterOrder


def complain(workspace: Workspace, folder: Path, track: Track) -> Asked:
    """Write one mail per member with the text of each complaint, and note that it was proposed.

    Raises:
        RefusedError: nobody has approved the text of the question or of a complaint.
    """
    found = [one for one in complaints.found(followup.context(workspace)).ready if not one.authorised]
    drafts = evidence.put(workspace, [one.due.draft for one in found])
    waiting = [_Open(one.case, one.due.draft.order, draft.order) for one, draft in zip(found, drafts, strict=True)]
    return _ask(workspace, folder, OF_COMPLAINT, COMPLAINT, waiting, track)


def object_(workspace: Workspace, folder: Path, track: Track) -> Asked:
    """Write one mail per member with the text of each letter under Art. 21(1), and note that it was proposed.

    A letter that an interrupted sending has begun is written anew once the member has said yes.

    Raises:
        RefusedError: nobody has approved the text of the question or of a letter, or letters are being written now.
    """
    waiting = [_Open(one.case, one.order, one.order) for one in objections.held(workspace) if not one.declined]
    with workspace.vault.only_one("send"):
        asked = _ask(workspace, folder, OF_OBJECTION, OBJECTION, waiting, track)
        with workspace.vault.write() as connection:
            outgoing.unwrite(connection, [one.case.request.reference for one in waiting])
    return asked


def _ask(  # noqa: PLR0913, PLR0917 (who is asked, about what, and where the mails go)
    workspace: Workspace, folder: Path, kind: Kind, matter: Matter, waiting: Iterable[_Open], track: Track
) -> Asked:
    """Ask about each text that the member was not shown in the last days, unless their answer waits for a person."""
    with workspace.vault.read() as connection:
        answered = member_answers.waiting(connection, kind.letter)
    library, since = library_for(workspace.folder), workspace.today - dt.timedelta(days=ASK_AGAIN)
    asked: list[Question] = []
    stopped: dict[str, str] = {}
    for one in waiting:
        try:
            text = assent.digest(one.order, library)
        except RightskitError as error:
            stopped[one.order.reference] = str(error)
            continue
        if words.was_shown(one.case.events, matter, text, since):
            continue
        if one.case.request.member in answered:
            stopped[one.order.reference] = "its member answered in words of their own: rightskit review"
        else:
            asked.append(Question(one.case, _proposed(workspace, matter, one, text), one.shown, _fields(one)))
    return replace(questions.ask(workspace, folder, kind, asked, track), stopped=stopped)


def _proposed(workspace: Workspace, matter: Matter, one: _Open, text: str) -> Event:
    detail = {words.TEXT: text}
    return Event(one.order.reference, matter.proposed, workspace.today, workspace.now, detail=detail, rule="ask")


def _fields(one: _Open) -> dict[str, object]:
    return {"authority": one.shown.recipient.name}
