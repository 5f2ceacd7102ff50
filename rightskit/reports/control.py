"""Disclosure control over counts of requests: what may be shown is decided by the distinct members behind it.

Three means, from coarse to fine:

1. Steps (funnel, facts) are shown only where no sum of the step and up to three shown numbers tells of a few
   (:mod:`rightskit.reports.sums`): no subtraction gives a small group.
2. Outcomes that are too rare stand together until each group counts nobody or at least the threshold, and all do where
   a sum would tell of a few. So all totals of the page can be shown, and the table of controllers needs hidden cells
   only inside.
3. Inside that table cells are hidden with complements and an audit (:mod:`rightskit.disclosures.suppression`).

A zero is shown where the group of which it speaks counts the threshold: "none of 40 was refused" tells what the
controller did and singles out nobody. Of a smaller group a zero would tell something about each of its members, and
stays hidden like everything about that group.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rightskit.cases.model import Answer
from rightskit.reports.figures import STEPS, has_data, is_answered, is_out, is_overdue, is_received, is_refused
from rightskit.reports.sums import Sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow

Part = frozenset[int]
"""Some requests, by their place among the rows."""

# In this order, for what comes first is shown rather than what comes later. The pool's tables tell its size anyway.
_PRIORITY = ("out", "answered", "data", "sent", "planned", "received", "pooled", "readable")
_FACTS: Mapping[str, Callable[[CaseRow], bool]] = {
    "identity": lambda row: row.demands.identity_demanded,
    "extended": lambda row: row.extended,
    "late": lambda row: is_answered(row) and row.course.late,
    "overdue": is_overdue,
    "reminded": lambda row: row.reminded,
    "complained": lambda row: row.dispute.complained,
    "acknowledged": lambda row: row.acknowledged,
    "forced": lambda row: bool(row.forced),
    "withdrawn": lambda row: row.course.withdrawn is not None,
}


_LINE: Sequence[Callable[[CaseRow], bool]] = (is_out, is_answered, has_data, is_refused, _FACTS["identity"])


@dataclass(frozen=True, slots=True)
class Group:
    """Requests that stand in one line.

    Attributes:
        keys: the outcomes that stand together in it.
    """

    keys: tuple[str, ...]
    part: Part


@dataclass(frozen=True)
class Control:
    """Decides for the rows of one campaign.

    Attributes:
        threshold: the least number of members that a figure shows.
    """

    rows: Sequence[CaseRow]
    threshold: int

    def where(self, holds: Callable[[CaseRow], bool]) -> Part:
        """The requests of which something holds."""
        return frozenset(place for place, row in enumerate(self.rows) if holds(row))

    def members(self, part: Iterable[int]) -> int:
        """Distinct members behind some requests."""
        return len({self.rows[place].member for place in part})

    def is_safe(self, part: Part) -> bool:
        """Whether it counts nobody, or at least the threshold."""
        return not part or self.members(part) >= self.threshold

    def steps(self) -> dict[str, Part]:
        """The steps of the funnel that may be shown, in the funnel's order."""
        parts = {key: self.where(holds) for key, holds in STEPS.items()}
        shown: dict[str, Part] = {}
        sums = self.sums((), lines=False)
        for key in _PRIORITY:
            # A zero speaks of those who came less far.
            before = list(STEPS)[: list(STEPS).index(key)]
            if all(self.is_safe(parts[step]) for step in before) and sums.take(parts[key]):
                shown[key] = parts[key]
        return {key: shown[key] for key in STEPS if key in shown}

    def facts(self, steps: Mapping[str, Part], outcomes: Iterable[Group]) -> dict[str, Part | None]:
        """What happened along the way: the requests of each fact, None where it may not be shown.

        Args:
            steps: of the funnel that are shown.
            outcomes: that are shown.
        """
        shown = [*steps.values(), *(group.part for group in outcomes)]
        if "answered" in steps:
            shown.append(steps["out"] - steps["answered"])
        found: dict[str, Part | None] = {}
        for key, holds in _FACTS.items():
            sums = self.sums([*shown, *(part for part in found.values() if part)], lines=key != "identity")
            part = self.where(lambda row, holds=holds: is_out(row) and holds(row))  # type: ignore[misc]
            found[key] = part if "out" in steps and sums.take(part) else None
        return found

    def sums(self, shown: Iterable[Part], *, lines: bool = True) -> Sums:
        """What may be put together with the counts of a page.

        Args:
            shown: the counts.
            lines: whether it is compared with the lines of controllers, too. Totals of these lines are not: there the
                lines give way.
        """
        found = Sums([row.member for row in self.rows], self.threshold)
        for part in shown:
            found.add(part)
        for line in self._lines if lines else ():
            found.beside(line)
        return found

    @cached_property
    def _lines(self) -> list[tuple[int, ...]]:
        """What lines of controllers can tell: of each what few have is hidden there."""
        requests: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            if is_out(row):
                requests[row.request.controller].append(place)
        parts = (
            tuple(place for place in places if holds(self.rows[place]))
            for places in requests.values()
            for holds in _LINE
        )
        return [part for part in parts if self.members(part) >= self.threshold]

    def outcomes(self, steps: Mapping[str, Part]) -> list[Group]:
        """The outcomes of the requests that are out, rare ones together.

        They never divide more finely than the shown steps allow.

        Returns:
            Groups that add up to the step ``out``; none where that or the answers are hidden.
        """
        if "out" not in steps or "answered" not in steps:
            return []
        answered, sums = steps["answered"], self.sums(steps.values(), lines=False)
        found = self._answered(answered, steps.get("data"), sums)
        return [*found, *self._waiting(steps["out"] - answered, steps, sums)]

    def _answered(self, answered: Part, data: Part | None, sums: Sums) -> list[Group]:
        if data is None:
            return [Group(("answered",), answered)]
        kinds = (Answer.NO_DATA, Answer.CONFIRMED, Answer.REFUSED)
        others = [Group((kind.value,), answered & self._with_outcome(kind)) for kind in kinds]
        groups = self.joined(others)
        if not all(map(sums.take, (group.part for group in groups))):
            groups = [_joined(others)]
        return [Group(("data",), data), *groups]

    def _waiting(self, waiting: Part, steps: Mapping[str, Part], sums: Sums) -> list[Group]:
        dialogue = self._with_outcome(Answer.IN_DIALOGUE) & waiting
        # Where the funnel tells how many requests were received, its remainder must not be divided further.
        rest = (waiting & self.where(is_received)) - dialogue if "received" in steps else waiting - dialogue
        if self.is_safe(rest) and sums.take(dialogue):
            return [Group(("dialogue",), dialogue), Group(("open",), waiting - dialogue)]
        return [Group(("waiting",), waiting)]

    def joined(self, groups: list[Group]) -> list[Group]:
        """Put rare outcomes together, and with the next one where they are rare even so."""
        rare = [group for group in groups if not self.is_safe(group.part)]
        if not rare:
            return groups
        rest = [group for group in groups if group not in rare]
        while not self.is_safe(_union(rare)) and (more := [group for group in rest if group.part]):
            rare.append(more[0])
            rest.remove(more[0])
        return [*rest, _joined(rare)]

    def _with_outcome(self, outcome: Answer) -> Part:
        return self.where(lambda row: row.course.outcome is outcome)


def leftovers(parts: Iterable[Part], told: Part) -> list[Part]:
    """What is left to a reader who takes all parts that lie in a told count from it, or it from all that it lies in.

    Args:
        parts: of which none overlaps with another.
        told: requests whose number is told.
    """
    known = list(parts)
    inside = frozenset[int]().union(*(part for part in known if part <= told))
    around = frozenset[int]().union(*(part for part in known if part & told))
    return [*([told - inside] if inside else []), *([around - told] if told <= around else [])]


def _joined(groups: Sequence[Group]) -> Group:
    return Group(tuple(key for group in groups for key in group.keys), _union(groups))


def _union(groups: Iterable[Group]) -> Part:
    return frozenset().union(*(group.part for group in groups))
