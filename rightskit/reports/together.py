"""What a published page counts moves in groups: a request takes a step only together with those of enough other people.

Two pages can be subtracted from each other: where 41 requests were answered and now 42 are, somebody who knows whose
answer came knows what it was. So a page counts each request as an earlier page did, until at least the threshold's
people have taken the same step from the same place: same controller, same facts before, same facts after. Then these
move at once. Whatever a page says is made from the rows that come out here, so each of its figures differs from the
last page's by whole groups: nobody, or at least the threshold, came to it, and nobody, or at least the threshold, left
it. From an even earlier page it differs by the sum of such steps, which tells nothing that the pages between did not.

Members are counted in the same way, by the steps that they take: they join, sign, agree, leave, are forgotten.

Where too few took the whole step, they may take a part of it with others (:mod:`rightskit.reports.rowkinds`), one part
a page. Days are shared within a group (:mod:`rightskit.reports.shareddays`). The first page of a campaign has nothing
that it could be subtracted from, and counts everything as it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

from rightskit.reports import rowparts
from rightskit.reports.rowkinds import Kind, Row
from rightskit.reports.rowparts import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Sign = tuple[object, ...]
"""What a row says, without whose it is: of days only whether there are any. Of one that no page has counted, whether
its person is counted already."""

Steps = dict[tuple[Sign, Sign], list[str]]
"""From where to where → the rows that took that step."""


@dataclass(frozen=True, slots=True)
class Counted(Generic[Row]):
    """The rows as a page may count them.

    Attributes:
        rows: reference → its row.
        moved: the references that count otherwise than on the last page.
        waiting: how many count otherwise than they are, until enough others take the same step.
    """

    rows: Mapping[str, Row]
    moved: frozenset[str]
    waiting: int


def together(
    kind: Kind[Row], now: Mapping[str, Row], before: Mapping[str, Row], person: Mapping[str, int], least: int
) -> Counted[Row]:
    """Let those rows move of which enough take the same step.

    Args:
        kind: requests or members.
        now: reference → its row as it is.
        before: reference → its row as the last page counted it; empty before the first page. One that ``now`` lacks
            stays as counted.
        person: member → the number under which they are counted; whoever is missing counts as themselves.
        least: the people who must take a step together.
    """
    if not before:
        return Counted(dict(now), frozenset(now), 0)
    steps = _steps(kind, now, before, person)
    stepping = [name for names in steps.values() for name in names]
    moved: dict[str, Row] = {}
    for part in (None, *kind.parts):
        for target, names in _taken(kind, steps, part, now, person, least):
            taken = [_step(kind, target, before.get(name), now[name]) for name in names]
            moved |= zip(names, kind.share(taken, person, least), strict=True)
    waiting = sum(name not in moved or _sign(kind, moved[name]) != _sign(kind, now[name]) for name in stepping)
    return Counted({**before, **moved}, frozenset(moved), waiting)


def _steps(kind: Kind[Row], now: Mapping[str, Row], before: Mapping[str, Row], person: Mapping[str, int]) -> Steps:
    known = {person.get(row.member, row.member) for row in before.values()}
    found: Steps = defaultdict(list)
    for name, row in now.items():
        old = before.get(name)
        start = _sign(kind, old) if old else (person.get(row.member, row.member) in known,)
        if start != (end := _sign(kind, row)):
            found[start, end].append(name)
    return found


def _sign(kind: Kind[Row], row: Row) -> Sign:
    return tuple(_said(kind, name, value) for name, value in zip(kind.names, kind.said(row), strict=True))


def _said(kind: Kind[Row], name: str, value: Any) -> object:
    return _are_any(value) if name in kind.days else value


def _are_any(days: Any) -> object:
    """Of a day whether there is one; of times that the member owed something, of each beginning and end."""
    return tuple(map(_are_any, days)) if isinstance(days, tuple) else bool(days)


def _taken(  # noqa: PLR0913, PLR0917 (what a step is chosen from)
    kind: Kind[Row],
    steps: Steps,
    part: frozenset[str] | None,
    now: Mapping[str, Row],
    person: Mapping[str, int],
    least: int,
) -> Iterator[tuple[Sign, list[str]]]:
    """Where enough can go now, and which rows go there; these are taken out of the steps."""
    groups: Steps = defaultdict(list)
    roads: dict[tuple[Sign, Sign], list[tuple[Sign, Sign]]] = defaultdict(list)
    for (start, end), names in steps.items():
        target = end if part is None else _partly(kind, start, end, part)
        if target != start:
            groups[start, target] += names
            roads[start, target].append((start, end))
    for road, names in groups.items():
        if len({person.get(now[name].member, now[name].member) for name in names}) >= least:
            for step in roads[road]:
                del steps[step]
            yield road[1], names


def _partly(kind: Kind[Row], start: Sign, end: Sign, part: frozenset[str]) -> Sign:
    """A step of which only a part is taken; who is new to the page begins with what nothing has happened to."""
    if len(start) == len(end):
        return tuple(new if name in part else old for name, old, new in zip(kind.names, start, end, strict=True))
    begun = _sign(kind, kind.start)
    return tuple(new if name in kind.fixed else old for name, old, new in zip(kind.names, begun, end, strict=True))


def _step(kind: Kind[Row], target: Sign, old: Row | None, true: Row) -> Taken[Row]:
    """To a row that says what the target says; a day that a page has counted stays."""
    known = [rowparts.values(row) for row in (old, true, kind.start) if row]
    new = {name: _value(kind, name, sign, known) for name, sign in zip(kind.names, target, strict=True)}
    return Taken(old, rowparts.changed(true, **new), true)


def _value(kind: Kind[Row], name: str, sign: object, known: Iterable[Mapping[str, Any]]) -> Any:
    return next(values[name] for values in known if _said(kind, name, values[name]) == sign)
