"""``status`` and ``due``: the three facts of each request, and what must be done next."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.matching import CANDIDATE
from rightskit.cases.model import EventKind, NextStep, Status
from rightskit.cases.places import Place
from rightskit.cases.status import fold
from rightskit.vault import messages, requests

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from rightskit.campaign.model import Request
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Controller
    from rightskit.vault.eventrows import Events

WAITING = frozenset({NextStep.NOTHING, NextStep.WAIT})
"""Steps on which the organiser has nothing to do."""


@dataclass(frozen=True, slots=True)
class Case:
    """A request with all that is known of it."""

    request: Request
    events: Events
    status: Status


def cases(workspace: Workspace) -> list[Case]:
    """All requests with their status on the day of the command, in the order of planning."""
    with _without_collecting():
        with workspace.vault.read() as connection:
            known = requests.all_requests(connection)
            events = requests.events_by_request(connection)
            waiting = messages.waiting_references(connection, CANDIDATE)
        alike: dict[Hashable, Status] = {}
        return [
            _case(workspace, request, events[request.reference], request.reference in waiting, alike)
            for request in known
        ]


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let no garbage be sought while half a million small things are made, none of which is garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def case(workspace: Workspace, reference: str) -> Case:
    """One request.

    Raises:
        NotFoundError: there is no such request.
    """
    with workspace.vault.read() as connection:
        request = requests.named(connection, reference)
        events = requests.events_by_request(connection, [request.reference])[request.reference]
        waiting = request.reference in messages.waiting_references(connection, CANDIDATE)
    return _case(workspace, request, events, waiting, {})


def place(controller: Controller) -> Place:
    """Where a controller must act."""
    return Place(controller.country, controller.subdivision)


def _case(
    workspace: Workspace,
    request: Request,
    events: Events,
    waiting: bool,  # noqa: FBT001 (a fact)
    alike: dict[Hashable, Status],
) -> Case:
    """A request with its status; one whose history was folded before for another request is not folded again."""
    shape = _shape(events)
    key = (request.controller, request.right, waiting, shape)
    if shape is None or key not in alike:
        alike[key] = _status(workspace, request, events, waiting=waiting)
    return Case(request, events, _of(alike[key], request.reference))


def _of(found: Status, reference: str) -> Status:
    """The same for another request; a third of the time that ``dataclasses.replace`` takes, thirty thousand times."""
    return Status(
        reference,
        found.delivery,
        found.clock,
        found.answer,
        found.received,
        found.deadline,
        found.next,
        found.flags,
        found.waiting_review,
        found.due,
    )


def _shape(events: Events) -> Hashable:
    """What a status depends on, without whose it is; None where it depends on which event is which."""
    shape: list[Hashable] = []
    before = ""
    for kind, day, noted, detail in events.outlines():
        if kind in _TOLD_APART or noted < before:
            return None
        shape.append((kind, day, detail))
        before = noted
    return tuple(shape)


_TOLD_APART = frozenset({EventKind.CORRECTED, EventKind.PARTLY_GRANTED})
"""Kinds that name another event, or the message that they came with."""


def _status(workspace: Workspace, request: Request, events: Events, *, waiting: bool) -> Status:
    return fold(
        events,
        place(workspace.controller(request.controller)),
        right=request.right,
        today=workspace.today,
        followups=workspace.campaign.followups,
        prompt_days=workspace.campaign.prompt_days,
        waiting_review=waiting,
    )
