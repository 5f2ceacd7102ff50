"""Which requests stand behind the counts of a page: what may be shown, before it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rightskit.reports.breakdown import breakdown
from rightskit.reports.control import Control

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.reports.breakdown import Parted
    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.control import Group, Part
    from rightskit.reports.sums import Sums


@dataclass(frozen=True)
class Shown:
    """What may be shown of the rows.

    Attributes:
        control: that decided.
        steps: of the funnel.
        outcomes: groups that add up to the step ``out``.
        facts: None where hidden.
        breakdown: of answers and complaints.
    """

    control: Control
    steps: Mapping[str, Part]
    outcomes: Sequence[Group]
    facts: Mapping[str, Part | None]
    breakdown: Parted

    @property
    def parts(self) -> list[Part]:
        """The requests behind each count that is no part of a breakdown."""
        return _parts(self.steps, self.outcomes, self.facts)

    @property
    def every(self) -> list[Part]:
        """The requests behind each count."""
        return [*self.parts, *self.breakdown.parts]

    def may_tell(self, rows: Iterable[CaseRow]) -> bool:
        """Whether the line of a controller may tell how many some requests are, beside the totals of its columns."""
        return self._totals.fits([self._places[id(row)] for row in rows])

    @cached_property
    def _totals(self) -> Sums:
        asked = self.facts["identity"]
        known = [*self.steps.values(), *(group.part for group in self.outcomes), *([asked] if asked else [])]
        return self.control.sums(known, lines=False)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(row): place for place, row in enumerate(self.control.rows)}

    @property
    def requests(self) -> int | None:
        """How many are out; None where hidden."""
        return len(self.steps["out"]) if "out" in self.steps else None

    @property
    def cells(self) -> set[str]:
        """Of the line of all controllers."""
        alone = {group.keys for group in self.outcomes}
        known = {key for key in ("answered", "data") if key in self.steps}
        known |= {"refused"} if ("refused",) in alone else set()
        return known | ({"identity"} if self.facts["identity"] is not None else set())


def shown_of(rows: Sequence[CaseRow], threshold: int) -> Shown:
    """Decide what may be shown of some rows.

    Args:
        rows: one per planned request, as they may be counted.
        threshold: the least number of members that a figure shows.
    """
    control = Control(rows, threshold)
    steps = control.steps()
    outcomes = control.outcomes(steps)
    facts = control.facts(steps, outcomes)
    parts = _parts(steps, outcomes, facts)
    parted = breakdown(control, parts, steps.get("data"), facts["complained"])
    return Shown(control, steps, outcomes, facts, parted)


def _parts(steps: Mapping[str, Part], outcomes: Iterable[Group], facts: Mapping[str, Part | None]) -> list[Part]:
    told = [part for part in facts.values() if part is not None]
    return [*steps.values(), *(group.part for group in outcomes), *told]
