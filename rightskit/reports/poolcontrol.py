"""What the pool tells of people, beside what the same page tells of requests and members.

The pool's table "from the document to the pool" counts people as they are today; figures of requests count them as they
may be counted after the earlier pages. Thirty requests with data to a controller, and twenty-eight people of whom a
document of it came, tell of two who got theirs on paper.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.disclosures.changes import Mark
from rightskit.disclosures.funnel import NAME, STEPS
from rightskit.disclosures.tabulation import hidden_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.changes import Held
    from rightskit.disclosures.pool import Pool
    from rightskit.disclosures.tabulation import Cell, PoolTable
    from rightskit.reports.control import Part
    from rightskit.reports.peoplecontrol import People
    from rightskit.reports.whose import Whose

Steps = dict[tuple[str, str], "People"]
"""Controller's name and heading of a step -> of whom a document came that far."""


def beside_requests(pool: Pool, whose: Whose, parts: Iterable[Part], lines: Iterable[tuple[str, Part]]) -> Pool:
    """The pool, without numbers of people that leave a few beside a number of requests in them or around them.

    A table that stands there as it was last published was compared then.

    Args:
        pool: as it may be published.
        whose: the requests.
        parts: requests behind counts of all controllers.
        lines: controllers' names, and requests behind counts of their lines.
    """
    every = list(whose.people(parts))
    told: dict[str, list[People]] = defaultdict(list)
    for controller, part in lines:
        told[controller] += whose.people([part])
    found = _steps(pool, whose)
    tables = (_told(table, found, every, told, pool.threshold) if _is_fresh(table) else table for table in pool.tables)
    lined = [people for own in told.values() for people in own]
    is_few = pool.members is not None and _leaves_few(_pooled(pool, whose), [*every, *lined], pool.threshold)
    members = None if is_few else pool.members
    return replace(pool, tables=tuple(table for table in tables if table.rows or table.kind != NAME), members=members)


def documented(pool: Pool, whose: Whose) -> Iterator[People]:
    """The people of whom the pool's size and the steps of its table tell."""
    if pool.members is not None:
        yield _pooled(pool, whose)
    found = _steps(pool, whose)
    for table in filter(_is_fresh, pool.tables):
        for name, *cells in table.rows:
            for heading, cell in zip(table.columns[1:], cells, strict=True):
                if cell is not None:
                    yield found.get((str(name), heading), frozenset())


def _is_fresh(table: PoolTable) -> bool:
    return table.kind == NAME and not table.day


def _told(
    table: PoolTable, found: Steps, every: Sequence[People], told: Mapping[str, Sequence[People]], least: int
) -> PoolTable:
    rows: list[tuple[Cell, ...]] = []
    for name, *cells in table.rows:
        own = [found.get((str(name), heading), frozenset[str]()) for heading in table.columns[1:]]
        beside = [*every, *told.get(str(name), ())]
        shown = [None if _leaves_few(people, beside, least) else cell for people, cell in zip(own, cells, strict=True)]
        if any(cell is not None for cell in shown):
            rows.append((name, *shown))
    return replace(table, rows=tuple(rows), note=hidden_note(rows, least))


def _leaves_few(people: People, others: Iterable[People], least: int) -> bool:
    """Whether one lies in the other, and what is left is a few."""
    return any(0 < abs(len(people) - len(other)) < least and (people <= other or other <= people) for other in others)


def _steps(pool: Pool, whose: Whose) -> Steps:
    names = {row.request.controller_id: row.request.controller for row in whose.rows}
    member = _members(pool.returned, whose)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mark, held in pool.marks.items():
        if mark.kind == "stop" and mark.variable == NAME:
            for step in list(STEPS)[: list(STEPS).index(mark.label) + 1]:
                found[names.get(mark.key, mark.key), STEPS[step]].update(_of(held, member))
    return {step: frozenset(people) for step, people in found.items()}


def _pooled(pool: Pool, whose: Whose) -> People:
    held = pool.marks.get(Mark("pool"))
    return frozenset(_of(held, _members(pool.people, whose))) if held else frozenset()


def _members(numbers: Mapping[str, int], whose: Whose) -> dict[int, str]:
    """The number under which somebody is counted -> the id that stands for them among the members."""
    return {number: whose.same.get(name, name) for name, number in numbers.items()}


def _of(held: Held, member: Mapping[int, str]) -> Iterator[str]:
    numbers = array("q", held.members)
    return (member[number] for number in numbers if number in member)
