"""``judge``: a person says whether what a controller demands is justified, for one request or for all of its."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.reference import normalise
from rightskit.cases.demands import KINDS, demands
from rightskit.cases.history import happening, standing
from rightskit.cases.model import Event, EventKind
from rightskit.errors import NotFoundError
from rightskit.flows import status
from rightskit.vault import judgements, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection

VERDICTS = {"justified": EventKind.DEMAND_JUSTIFIED, "excessive": EventKind.DEMAND_CONTESTED}
DEMANDS = {kind.value.removesuffix("-demanded"): kind for kind in sorted(KINDS)}
"""What can be judged: ``identity``, ``mandate``, ``clarification``."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judgement came to.

    Attributes:
        requests: references of those whose demand was judged.
        standing: whether demands of the same kind that still come are met by it.
        open_before: how many had no latest date.
        open_after: how many have none now.
    """

    requests: tuple[str, ...]
    standing: bool
    open_before: int
    open_after: int


def judge(workspace: Workspace, target: str, verdict: str, demand: str, words: str) -> Judged:
    """Note a person's judgement.

    Excessive keeps the clock running and the latest date finite (Art. 12(6) GDPR); the controller is told of it by the
    answer that ``followup`` then writes.

    Args:
        workspace: the campaign.
        target: a request's reference, or a controller's id: all of its requests, and those demands still to come.
        verdict: one of :data:`VERDICTS`.
        demand: one of :data:`DEMANDS`.
        words: why, for those who read it later.

    Raises:
        NotFoundError: there is no such request or controller, or one request without such a demand.
    """
    kind, judgement = DEMANDS[demand], VERDICTS[verdict]
    reference = normalise(target)
    cases = [status.case(workspace, reference)] if reference else _of_controller(workspace, target)
    found = [case for case in cases if _is_open(case, kind, judgement)]
    if reference and not found:
        raise NotFoundError(f"{reference} has no demand ({demand}) that is not judged {verdict}.", "See: status")
    events = [_event(workspace, case.request.reference, kind, judgement, workspace.today, words) for case in found]
    with workspace.vault.write() as connection:
        requests.record(connection, events)
        if not reference:
            judgements.keep(connection, target, kind, judgement, workspace.today)
    names = tuple(case.request.reference for case in found)
    looked_again = [status.case(workspace, reference)] if reference else _of_controller(workspace, target)
    judged = set(names)
    after = [case for case in looked_again if case.request.reference in judged]
    return Judged(names, not reference, _without_latest(found), _without_latest(after))


def met(workspace: Workspace, connection: Connection, controller: str, events: Iterable[Event]) -> Iterator[Event]:
    """What a standing judgement answers to demands that have just come."""
    known = None
    for event in events:
        if event.kind in KINDS:
            known = judgements.standing(connection, controller) if known is None else known
            if event.kind in known:
                verdict, day = known[event.kind]
                words = f"judged on {day} for all requests to {controller}"
                yield _event(workspace, event.reference, event.kind, verdict, event.happened, words)


def _of_controller(workspace: Workspace, target: str) -> list[Case]:
    found = [case for case in status.cases(workspace) if case.request.controller == target]
    if not found:
        raise NotFoundError(f"There is no request, and no controller with requests, called {target}.", "See: status")
    return found


def _is_open(case: Case, kind: EventKind, judgement: EventKind) -> bool:
    """Whether a demand of this kind stands that was not judged so."""
    found = demands([happening(event) for event in standing(case.events)])
    return any(demand.kind is kind and demand.verdict is not judgement for demand in found)


def _event(  # noqa: PLR0913, PLR0917 (what a judgement is)
    workspace: Workspace, reference: str, kind: EventKind, judgement: EventKind, day: dt.date, words: str
) -> Event:
    told = {"told": "no"} if judgement is EventKind.DEMAND_CONTESTED else {}
    return Event(
        reference,
        judgement,
        day,
        workspace.now,
        source="person",
        evidence=words,
        detail={"demand": kind.value, **told},
        rule="judge",
    )


def _without_latest(cases: Sequence[Case]) -> int:
    return sum(case.status.deadline is not None and case.status.deadline.latest is None for case in cases)
