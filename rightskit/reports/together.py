"""What a published page counts moves in groups: a request takes a step only together with those of enough other people.

Two pages can be subtracted from each other: where 41 requests were answered and now 42 are, somebody who knows whose
answer came knows what it was. So a page counts each request as an earlier page did, until at least the threshold's
people have taken the same step from the same place: same controller, same facts before, same facts after. Then these
move at once. Whatever a page says is made from the rows that come out here, so each of its figures differs from the
last page's by whole groups: nobody, or at least the threshold, came to it, and nobody, or at least the threshold, left
it. From an even earlier page it differs by the sum of such steps, which tells nothing that the pages between did not.

Where too few took the whole step, they may take a part of it with others (:data:`_PARTS`), one part a page. Days are
shared within a group (:mod:`rightskit.reports.shareddays`). The first page of a campaign has nothing that it could be
subtracted from, and counts everything as it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import MISSING, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from rightskit.cases.model import Answer
from rightskit.reports.model import CaseRow
from rightskit.reports.shareddays import Step, shared_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Sign = tuple[object, ...]
"""What a row says, without whose it is: of days only whether there are any. Of a request that no page has counted,
whether its person is counted already."""

Steps = dict[tuple[Sign, Sign], list[str]]
"""From where to where → the requests that took that step."""

_NAMES = tuple(field.name for field in fields(CaseRow) if field.name not in {"member", "reference"})
_DAYS = frozenset(field.name for field in fields(CaseRow) if "dt.date" in str(field.type))
_FIXED = frozenset({"controller", "controller_id", "right", "country", "letter", "language", "channel", "arm"})
"""What a request has from its planning on."""

_PLANNED = {
    **{field.name: field.default for field in fields(CaseRow) if field.default is not MISSING},
    "sent": None,
    "received": False,
    "bounced": False,
    "first_answer": None,
    "final": None,
    "outcome": Answer.NONE,
}
"""A request of which nothing is known but that it was planned."""

_TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({"sent", "received", "bounced", "first_answer", "final", "outcome", "overdue", "late"})
    | {"withdrawn", "since", "machine"},
    frozenset({"readable", "pooled", "form", "items"}),
    frozenset({"identity_demanded", "identity", "demanded", "excessive", "justified"}),
    frozenset({"complained", "complaint"}),
)
_PARTS = (
    *_TOGETHER,
    *(frozenset({name}) for name in _NAMES if name not in _FIXED.union(*_TOGETHER)),
)
"""What can move alone, the most important first; inside a part nothing says anything without the rest."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows as a page may count them.

    Attributes:
        rows: request → its row.
        moved: the requests that count otherwise than on the last page.
        waiting: how many count otherwise than they are, until enough others take the same step.
    """

    rows: Mapping[str, CaseRow]
    moved: frozenset[str]
    waiting: int


def together(
    now: Mapping[str, CaseRow], before: Mapping[str, CaseRow], person: Mapping[str, int], least: int
) -> Counted:
    """Let those requests move of which enough take the same step.

    Args:
        now: request → its row as it is.
        before: request → its row as the last page counted it; empty before the first page. A request that ``now``
            lacks stays as counted.
        person: member → the number under which they are counted; whoever is missing counts as themselves.
        least: the people who must take a step together.
    """
    if not before:
        return Counted(dict(now), frozenset(now), 0)
    steps = _steps(now, before, person)
    stepping = [request for requests in steps.values() for request in requests]
    moved: dict[str, CaseRow] = {}
    for part in (None, *_PARTS):
        for target, requests in _taken(steps, part, now, person, least):
            taken = [_step(target, before.get(request), now[request]) for request in requests]
            moved |= zip(requests, shared_days(taken, person, least), strict=True)
    waiting = sum(request not in moved or _sign(moved[request]) != _sign(now[request]) for request in stepping)
    return Counted({**before, **moved}, frozenset(moved), waiting)


def _steps(now: Mapping[str, CaseRow], before: Mapping[str, CaseRow], person: Mapping[str, int]) -> Steps:
    known = {person.get(row.member, row.member) for row in before.values()}
    found: Steps = defaultdict(list)
    for request, row in now.items():
        old = before.get(request)
        start = _sign(old) if old else (person.get(row.member, row.member) in known,)
        if start != (end := _sign(row)):
            found[start, end].append(request)
    return found


def _sign(row: CaseRow) -> Sign:
    return tuple(_said(name, getattr(row, name)) for name in _NAMES)


def _said(name: str, value: Any) -> object:
    return bool(value) if name in _DAYS else value


def _taken(
    steps: Steps, part: frozenset[str] | None, now: Mapping[str, CaseRow], person: Mapping[str, int], least: int
) -> Iterator[tuple[Sign, list[str]]]:
    """Where enough can go now, and which requests go there; these are taken out of the steps."""
    groups: Steps = defaultdict(list)
    roads: dict[tuple[Sign, Sign], list[tuple[Sign, Sign]]] = defaultdict(list)
    for (start, end), requests in steps.items():
        target = end if part is None else _partly(start, end, part)
        if target != start:
            groups[start, target] += requests
            roads[start, target].append((start, end))
    for road, requests in groups.items():
        if len({person.get(now[request].member, now[request].member) for request in requests}) >= least:
            for step in roads[road]:
                del steps[step]
            yield road[1], requests


def _partly(start: Sign, end: Sign, part: frozenset[str]) -> Sign:
    """A step of which only a part is taken; who is new to the page is planned first."""
    if len(start) == len(end):
        return tuple(new if name in part else old for name, old, new in zip(_NAMES, start, end, strict=True))
    fixed = zip(_NAMES, end, strict=True)
    return tuple(
        new if name in _FIXED else bool(_PLANNED[name]) if name in _DAYS else _PLANNED[name] for name, new in fixed
    )


def _step(target: Sign, old: CaseRow | None, true: CaseRow) -> Step:
    """To a row that says what the target says; a day that a page has counted stays."""
    values = {name: _value(name, sign, old, true) for name, sign in zip(_NAMES, target, strict=True)}
    return Step(old, replace(true, **values), true)


def _value(name: str, sign: object, old: CaseRow | None, true: CaseRow) -> Any:
    for row in (old, true):
        if row and sign == _said(name, getattr(row, name)):
            return getattr(row, name)
    return _PLANNED[name]
