"""``correct``: a person overrules what was noted; nothing is deleted, and a correction can be corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.history import standing
from rightskit.cases.model import Event, EventKind
from rightskit.errors import NotFoundError, RefusedError, WrongUsageError
from rightskit.flows import status
from rightskit.vault import requests

if TYPE_CHECKING:
    from rightskit.cases.model import Answer
    from rightskit.flows.workspace import Workspace


def correct(workspace: Workspace, reference: str, number: int | None, answer: Answer | None, words: str) -> Event:
    """Note that an event does not count, or which answer holds instead of all that was read from replies.

    Args:
        workspace: the campaign.
        reference: of the request.
        number: of the event, as ``status`` shows it; None: none is overruled.
        answer: what the controller has really said; ``none`` starts the clock again.
        words: why, for those who read it later.

    Raises:
        WrongUsageError: neither a number nor an answer.
        NotFoundError: there is no such request or event.
        RefusedError: the event does not count already, or without it there is no request.
    """
    if number is None and answer is None:
        raise WrongUsageError("Say which event does not count, or which answer holds.", "See: rightskit correct --help")
    case = status.case(workspace, reference)
    detail = {"by": "organiser", **({"answer": answer.value} if answer else {})}
    if number is not None:
        detail["corrects"] = str(_event(case, number).id)
    event = Event(
        case.request.reference,
        EventKind.CORRECTED,
        workspace.today,
        workspace.now,
        source="person",
        evidence=words,
        detail=detail,
        rule="correct",
    )
    with workspace.vault.write() as connection:
        requests.record(connection, [event])
    return event


def _event(case: status.Case, number: int) -> Event:
    if not 1 <= number <= len(case.events):
        raise NotFoundError(
            f"{case.request.reference} has no event {number}.", f"See: rightskit status {case.request.reference}"
        )
    found = case.events[number - 1]
    if found.kind is EventKind.PLANNED:
        raise RefusedError("That a request was planned cannot be corrected.", "End it: rightskit log REQUEST closed")
    if found not in standing(case.events):
        raise RefusedError(f"Event {number} does not count already.", "Correct the correction to let it count again.")
    return found
