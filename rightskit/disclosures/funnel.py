"""How far what each controller returned came: the people of whom a document came, was read, and stands in the pool.

Each step holds for a part of those for whom the one before it holds, so the difference of two steps counts people too:
those who came no further. Whoever reads two releases can subtract four numbers. So a step is shown only where it, and
what lies between it and every shown step before it, counts nobody or at least the threshold's people, and differs from
each earlier release in nobody or in as many. The ledger keeps at which step each person stopped, which tells all these
groups. A person counts once a controller, with the document that came furthest.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from rightskit.disclosures.changes import Held, Mark
from rightskit.disclosures.tabulation import PoolTable, hidden_cells, hidden_note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rightskit.disclosures.changes import Earlier
    from rightskit.disclosures.pool import Pool
    from rightskit.disclosures.tabulation import Cell

NAME = "funnel"
TITLE = "From the document to the pool"
STEPS = {
    "received": "received",
    "opened": "opened",
    "recognised": "recognised",
    "read": "read",
    "values": "with values",
    "accepted": "accepted",
    "consented": "agreed",
    "pooled": "in the pool",
}
"""What is counted, as programs and as tables call it."""
COLUMNS = ("Controller", *STEPS.values())
_CLOSED = frozenset({"", "locked", "broken", "removed"})
_KNOWN = frozenset({"read", "drift", "conflict"})


@dataclass(frozen=True, slots=True)
class Came:
    """A document that came back.

    Attributes:
        outcome: of reading it; empty until then.
        doubtful: whether some of its values wait for a person.
        accepted: whether some value of it counts.
        tabled: whether some of these is of a variable of which the pool makes tables.
    """

    member: str
    controller: str
    outcome: str
    doubtful: bool
    accepted: bool
    tabled: bool


Reached = dict[str, dict[int, int]]
"""Controller → person → the place of the last step that holds for them."""


def reached(documents: Iterable[Came], people: Mapping[str, int], agreed: Collection[str]) -> Reached:
    """How far each person's documents came.

    Args:
        documents: of all members.
        people: member → the number under which they are counted.
        agreed: the members whose consent covers the pool.
    """
    found: Reached = {}
    for one in documents:
        persons, person = found.setdefault(one.controller, {}), people[one.member]
        persons[person] = max(persons.get(person, 0), _step(one, one.member in agreed))
    return found


def _step(one: Came, agreed: bool) -> int:  # noqa: FBT001 (a fact)
    read = one.outcome == "read"
    holds = (one.outcome not in _CLOSED, one.outcome in _KNOWN, read, one.doubtful or one.accepted, one.accepted)
    return sum(1 for _ in takewhile(bool, (*holds, agreed, one.tabled)))


def counts(persons: Mapping[int, int]) -> dict[str, int]:
    """People at each step, of one controller."""
    return {name: sum(last >= place for last in persons.values()) for place, name in enumerate(STEPS)}


@dataclass(frozen=True, slots=True)
class Line:
    """One controller.

    Attributes:
        now: at each step, those who came no further.
        before: likewise of each earlier release.
        least: the least number of people that is shown.
    """

    now: Sequence[Held]
    before: Sequence[Sequence[Held]]
    least: int

    @property
    def shown(self) -> tuple[int | None, ...]:
        """People at each step; None is hidden."""
        places: list[int] = []
        for step in range(len(STEPS)):
            # A zero speaks of those who came less far: it is shown beside them alone.
            there = self._number(step, None) or places
            if there and self._is_safe(step, None) and all(self._is_safe(other, step) for other in places):
                places.append(step)
        return tuple(self._number(step, None) if step in places else None for step in range(len(STEPS)))

    def _number(self, start: int, end: int | None) -> int:
        return len(_joined(self.now[start:end]).members) // 8

    def _is_safe(self, start: int, end: int | None) -> bool:
        """Whether those who stopped from one step on and before another are nobody or enough, then and now."""
        now = _joined(self.now[start:end])
        numbers = [len(now.members) // 8, *(now.differs(_joined(one[start:end])) for one in self.before)]
        return not any(0 < number < self.least for number in numbers)


def _joined(parts: Sequence[Held]) -> Held:
    return Held(b"".join(part.members for part in parts), b"", sum(part.gone for part in parts))


def with_funnel(pool: Pool, found: Reached, names: Mapping[str, str], earlier: Sequence[Earlier]) -> Pool:
    """The pool, with this table and what the ledger must know of it.

    It stays as it is where too few are in the pool to show any table, or no line of this one may be shown.

    Args:
        pool: of the same day.
        found: how far each controller's documents came.
        names: controller → its name.
        earlier: all that left the house.
    """
    marks = _marks(found)
    told = [one for one in earlier if NAME in one.edges]
    rows: list[tuple[Cell, ...]] = []
    for controller in sorted(found, key=names.__getitem__):
        line = Line(_stops(marks, controller), [_stops(one.held, controller) for one in told], pool.threshold)
        shown = line.shown
        if any(number is not None for number in shown):
            rows.append((names[controller], *shown))
    if not rows or (pool.members is not None and pool.members < pool.threshold):
        return pool
    note = hidden_note(rows, pool.threshold)
    table = PoolTable(NAME, TITLE, NAME, "", "", None, COLUMNS, tuple(rows), note)
    return replace(
        pool,
        tables=(*pool.tables, table),
        hidden=pool.hidden + hidden_cells(table),
        edges={**pool.edges, NAME: tuple(STEPS)},
        marks={**pool.marks, **marks},
        unchanged=pool.unchanged | ({NAME} if any(_is_same(marks, one.held) for one in told) else set()),
    )


def _marks(found: Reached) -> dict[Mark, Held]:
    marks = {}
    for controller, persons in found.items():
        for place, step in enumerate(STEPS):
            there = array("q", sorted(person for person, last in persons.items() if last == place))
            if there:
                marks[Mark("stop", NAME, controller, step)] = Held(there.tobytes())
    return marks


def _stops(held: Mapping[Mark, Held], controller: str) -> list[Held]:
    return [held.get(Mark("stop", NAME, controller, step), Held(b"")) for step in STEPS]


def _is_same(now: Mapping[Mark, Held], held: Mapping[Mark, Held]) -> bool:
    return now == {mark: one for mark, one in held.items() if mark.variable == NAME and (one.members or one.gone)}
