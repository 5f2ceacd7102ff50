"""Whose course a dossier tells: who agreed, and by name or under a number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.model import SCOPES
from rightskit.cases.history import standing
from rightskit.cases.model import EventKind
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import pool, status
from rightskit.vault import members

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rightskit.campaign.model import Member
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace

NAMED = "named"
MOST = 500
"""People whose course is told: more nobody reads, and a person can choose."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A member whose course is told, under a number from 1 on, and by name where they agreed to that."""

    number: int
    member: Member
    named: bool
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Subjects:
    """All whose course is told.

    Attributes:
        silent: how many more have a request that went to the controller, and did not agree or have left.
        chosen: whether some who agreed are not told of.
    """

    people: tuple[Subject, ...]
    silent: int
    chosen: bool


def subjects(workspace: Workspace, controller: str, picked: Collection[str], *, anonymous: bool) -> Subjects:
    """The members whose course may be told: the consent is to the campaign's present text, and they take part.

    Args:
        workspace: the campaign.
        controller: its present id.
        picked: ids of members; empty for all who agreed.
        anonymous: nobody by name.

    Raises:
        NotFoundError: nothing went to the controller, or not for a picked member.
        RefusedError: a picked member did not agree, or too many did.
    """
    went = _went(workspace, controller)
    if not went:
        raise NotFoundError(f"Nothing went to {controller} yet.", "See: rightskit status")
    agreed = went.keys() & set().union(*(pool.consents(workspace, scope) for scope in SCOPES))
    with workspace.vault.read() as connection:
        known = {one.member: one for one in members.taking_part(connection)}
    agreed &= known.keys()
    _check(picked, went, agreed)
    told = sorted(picked or agreed, key=lambda name: _first(went[name]))
    named = set() if anonymous else pool.consents(workspace, NAMED)
    people = tuple(Subject(n, known[name], name in named, tuple(went[name])) for n, name in enumerate(told, 1))
    return Subjects(people, len(went) - len(agreed), len(people) < len(agreed))


def _went(workspace: Workspace, controller: str) -> Mapping[str, Sequence[Case]]:
    """Member -> the requests that were sent to a controller."""
    found: dict[str, list[Case]] = defaultdict(list)
    for case in status.cases(workspace):
        if workspace.controller(case.request.controller).id == controller and _sent(case):
            found[case.request.member].append(case)
    return found


def _check(picked: Collection[str], went: Collection[str], agreed: Collection[str]) -> None:
    for name in picked:
        if name not in went:
            raise NotFoundError(f"Nothing went to this controller for {name}.", "See: rightskit status --list")
        if name not in agreed:
            raise RefusedError(f"{name} did not agree to be told of, or has left the campaign.")
    if len(picked or agreed) > MOST:
        raise RefusedError(
            f"{len(picked or agreed)} people could be told of; more than {MOST} nobody reads.",
            "Choose some of them: --members ID, as often as you like.",
        )


def _sent(case: Case) -> dt.date | None:
    return next((event.happened for event in standing(case.events) if event.kind is EventKind.SENT), None)


def _first(cases: Sequence[Case]) -> tuple[dt.date, str]:
    """By what the people are numbered: nothing about themselves."""
    return _sent(cases[0]) or dt.date.max, cases[0].request.reference
