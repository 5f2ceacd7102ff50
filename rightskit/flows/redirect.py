"""``redirect``: what was sent to the wrong controller goes on at the right one, with a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign import plan as planning
from rightskit.campaign.model import RequestRule
from rightskit.campaign.reference import normalise
from rightskit.cases.history import said
from rightskit.cases.model import Event, EventKind
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import plan as plans
from rightskit.flows import status
from rightskit.registry import load as registry_load
from rightskit.vault import members, requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.campaign.model import LeftOut, Member, Request
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Controller
    from rightskit.vault.store import Connection

WRONG = "wrong-controller"


@dataclass(frozen=True, slots=True)
class Redirected:
    """Where requests go on.

    Attributes:
        planned: old reference -> the new request.
        joined: old reference -> a request to that controller that was there already.
        left_out: who gets none, because.
    """

    planned: dict[str, Request]
    joined: dict[str, str]
    left_out: tuple[LeftOut, ...]


def redirect(workspace: Workspace, target: str, to: str) -> Redirected:
    """Plan requests to the controller that another one named, and link the old ones to them.

    The time of the new request runs from its own receipt (Art. 12(3) GDPR); the old one is at an end.

    Args:
        workspace: the campaign.
        target: a request's reference, or a controller's id: all that it has passed on.
        to: id of the right controller.

    Raises:
        NotFoundError: there is no such request or controller, or nothing was passed on.
        RefusedError: both are the same.
    """
    controller = registry_load.get(workspace.registry, to)
    found = _demand_passed_on(workspace, target, controller)
    rights = {case.request.right: planning.Aim(case.request.right, controller, _rule(case)) for case in found}
    languages = plans.languages(workspace, list(rights.values()))
    with workspace.vault.write() as connection:
        known = requests.all_requests(connection)
        there = {(one.member, one.controller, one.right): one.reference for one in known}
        drawn = plans.draw({one.reference for one in known})
        new = planning.plan(
            _asking(connection, found),
            list(rights.values()),
            workspace.campaign,
            existing=there,
            languages=languages,
            today=workspace.today,
            new_reference=lambda: next(drawn),
        )
        planned, joined = _linked(found, controller, new.requests, there)
        requests.add(connection, list(planned.values()))
        plans.remember(workspace, connection, planned.values())
        requests.record(connection, _events(workspace, found, planned, joined))
    asked = {(case.request.member, case.request.right) for case in found}
    return Redirected(planned, joined, tuple(one for one in new.left_out if (one.member, one.right) in asked))


def _demand_passed_on(workspace: Workspace, target: str, controller: Controller) -> list[Case]:
    found = list(_passed_on(workspace, target))
    if not found:
        raise NotFoundError(f"Nothing that {target} has passed on waits.", "See: rightskit due --list")
    if any(case.request.controller == controller.id for case in found):
        raise RefusedError(f"{controller.id} is the controller that was asked.", "Name the one that it points to.")
    return found


def _asking(connection: Connection, found: list[Case]) -> list[Member]:
    """Whose requests they are, of those who still take part."""
    people = {member.member: member for member in members.taking_part(connection)}
    return [people[name] for name in dict.fromkeys(case.request.member for case in found) if name in people]


def _passed_on(workspace: Workspace, target: str) -> Iterator[Case]:
    """The requests that a controller has passed on and that go on nowhere yet; one that a person names, in any case."""
    reference = normalise(target)
    if reference:
        yield status.case(workspace, reference)
        return
    for case in status.cases(workspace):
        if case.request.controller == target and WRONG in case.status.flags and not _continues(case):
            yield case


def _continues(case: Case) -> bool:
    return any(said(event, "continued") for event in case.events)


def _rule(case: Case) -> RequestRule:
    return RequestRule((case.request.right,), letter=case.request.letter, modules=case.request.modules)


def _linked(
    found: list[Case], controller: Controller, new: tuple[Request, ...], there: dict[planning.Key, str]
) -> tuple[dict[str, Request], dict[str, str]]:
    """Old reference -> new request, and old reference -> one that was there; no right is planned that nobody used."""
    by_key = {(one.member, one.right): one for one in new}
    planned, joined = {}, {}
    for case in found:
        old = case.request
        if (old.member, old.right) in by_key:
            planned[old.reference] = by_key[old.member, old.right]
        elif (old.member, controller.id, old.right) in there:
            joined[old.reference] = there[old.member, controller.id, old.right]
    return planned, joined


def _events(
    workspace: Workspace, found: list[Case], planned: dict[str, Request], joined: dict[str, str]
) -> Iterator[Event]:
    for case in found:
        old = case.request.reference
        new = planned[old].reference if old in planned else joined.get(old)
        if new is None:
            continue
        if WRONG not in case.status.flags:
            yield _event(workspace, old, EventKind.REDIRECTED, {"to": "controller"})
        yield _event(workspace, old, EventKind.NOTED, {"continued": new})
        if old in planned:
            yield _event(workspace, new, EventKind.PLANNED, {"continues": old})


def _event(workspace: Workspace, reference: str, kind: EventKind, detail: dict[str, str]) -> Event:
    return Event(reference, kind, workspace.today, workspace.now, source="person", detail=detail, rule="redirect")
