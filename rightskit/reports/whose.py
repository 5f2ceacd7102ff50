"""The people behind counts of requests: where each request is another member's, their number is one of people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports.figures import has_data, is_answered, is_out, is_refused, is_sent
from rightskit.reports.funnels import BEFORE, STEPS
from rightskit.reports.people import OTHERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.control import Part
    from rightskit.reports.funnels import Funnels
    from rightskit.reports.model import Bar, ControllerLine
    from rightskit.reports.peoplecontrol import People

_CELLS: Mapping[str, Callable[[CaseRow], bool]] = {
    "requests": is_out,
    "answered": is_answered,
    "identity": lambda row: is_out(row) and row.demands.identity_demanded,
    "data": has_data,
    "refused": is_refused,
}
"""Of the table of controllers."""
_ON_THE_WAY: tuple[Callable[[CaseRow], bool], ...] = (lambda _: True, is_sent, is_out)


@dataclass(frozen=True, slots=True)
class Whose:
    """Requests, and whose they are.

    Attributes:
        rows: one per planned request, as they may be counted.
        same: the id of an entry -> the id that stands for its person, where that is another one.
    """

    rows: Sequence[CaseRow]
    same: Mapping[str, str]

    @property
    def everybody(self) -> People:
        """All who have a request."""
        return frozenset(map(self.person, range(len(self.rows))))

    def person(self, place: int) -> str:
        """Whose a request is."""
        member = self.rows[place].member
        return self.same.get(member, member)

    def people(self, parts: Iterable[Part]) -> Iterator[People]:
        """Whose the requests of each part are, where each is another member's."""
        for part in parts:
            found = frozenset(map(self.person, part))
            if len(found) == len(part):
                yield found

    def repeats_few(self, holds: Callable[[CaseRow], bool], least: int) -> bool:
        """Whether the number of some requests, less that of their people, is a few: those who have several of them."""
        found = [self.person(place) for place, row in enumerate(self.rows) if holds(row)]
        return 0 < len(found) - len(set(found)) < least

    def speakers(self, told: Sequence[Bar]) -> Iterator[People]:
        """The members of each language that is told of."""
        codes = {bar.keys[0] for bar in told}
        found: dict[str, set[str]] = defaultdict(set)
        for place, row in enumerate(self.rows):
            found[row.request.language if row.request.language in codes else OTHERS].add(self.person(place))
        return (frozenset(found[code]) for code in codes)

    def lines(self, table: Sequence[ControllerLine], funnels: Funnels) -> Iterator[tuple[str, Part]]:
        """Controller's name, and the requests behind a count of its line or of one of its funnels."""
        own: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            own[row.request.controller,].append(place)
            own[row.request.controller, row.request.right.value].append(place)
        for line in (one for one in table if one.name):
            for cell, holds in _CELLS.items():
                if getattr(line, cell) is not None:
                    yield line.name, self._where(own[line.name,], holds)
        places = {row.reference: place for place, row in enumerate(self.rows)}
        for one in funnels.lines:
            out = [places[reference] for reference in one.requests]
            for step, count in zip(funnels.steps, one.counts, strict=True):
                if count is not None:
                    some = own[one.controller, one.right] if step in BEFORE else out
                    yield one.controller, self._where(some, STEPS[step])

    def _where(self, places: Iterable[int], holds: Callable[[CaseRow], bool]) -> Part:
        return frozenset(place for place in places if holds(self.rows[place]))


def leaves_few(rows: Sequence[CaseRow], least: int) -> bool:
    """Whether the number of all members, less that of a line's requests, is one of a few.

    These have no request there, or theirs did not go out. Lines are all requests, those to each controller, and of
    these those for each right.
    """
    everybody = len({row.member for row in rows})
    for holds in _ON_THE_WAY:
        whose: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for row in filter(holds, rows):
            for line in ((), (row.request.controller,), (row.request.controller, row.request.right.value)):
                whose[line].append(row.member)
        if any(len(set(own)) == len(own) and 0 < everybody - len(own) < least for own in whose.values()):
            return True
    return False
