"""What a shown count is made of: in which form data came, what authorities decided; rare kinds stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.rulings import Measure, Outcome
from rightskit.reports.control import Group, leftovers
from rightskit.reports.forms import FORMS, machine_readable
from rightskit.reports.model import Bar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.control import Control, Part

PENDING, UNTOLD = "pending", "untold"
"""A complaint that is not decided, or of which nobody noted how."""
DECISIONS = (*Outcome, UNTOLD, PENDING)
MEASURES = (*Measure, UNTOLD)
_IN_CLASSES = tuple(
    tuple(form for form in FORMS if machine_readable(form) is readable) for readable in (True, False, None)
)
"""The forms that a machine can read, those that it cannot, and those of which that is not known."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Counts of requests that add up to one that the page shows; empty where that is hidden.

    Attributes:
        forms: of the answers with data.
        decisions: of the complaints.
        measures: of the complaints that were decided.
    """

    forms: tuple[Bar, ...] = ()
    decisions: tuple[Bar, ...] = ()
    measures: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Parted:
    """The requests behind a breakdown: groups that add up to what they are parts of."""

    forms: Sequence[Group]
    decisions: Sequence[Group]
    measures: Sequence[Group]

    @property
    def parts(self) -> list[Part]:
        """The requests behind each count."""
        return [group.part for group in (*self.forms, *self.decisions, *self.measures)]

    @property
    def told(self) -> Breakdown:
        """What the page says."""
        return Breakdown(_bars(self.forms), _bars(self.decisions), _bars(self.measures))


def breakdown(control: Control, shown: Sequence[Part], data: Part | None, complained: Part | None) -> Parted:
    """The counts that may be told.

    Args:
        control: over the rows of the campaign.
        shown: the requests behind every count of the page.
        data: the requests with data; None where hidden.
        complained: those about which a complaint was lodged; likewise.
    """
    forms = _forms(control, data, shown)
    decisions = _parted(control, complained, DECISIONS, decision, shown)
    known = [*shown, *(group.part for group in (*forms, *decisions))]
    decided = control.where(lambda row: decision(row) not in {"", PENDING}) if decisions else frozenset()
    whole = decided if decided and control.sums(known).fits(decided) else None
    measures = _parted(control, whole, MEASURES, lambda row: row.dispute.measure or UNTOLD, known)
    return Parted(forms, decisions, measures)


def decision(row: CaseRow) -> str:
    """What became of a complaint, one of :data:`DECISIONS`; empty where there is none."""
    if not row.dispute.complained:
        return ""
    return row.dispute.decision or (UNTOLD if row.dispute.complaint == "decided" else PENDING)


def _forms(control: Control, data: Part | None, shown: Sequence[Part]) -> list[Group]:
    """Rare forms stand with those that a machine reads as well as them: the share of these is told too."""
    if not data:
        return []
    groups = _groups(control, data, FORMS, lambda row: row.data.form or "unknown")
    joined = [one for forms in _IN_CLASSES for one in control.joined([g for g in groups if g.keys[0] in forms])]
    return _fitting(control, control.joined(joined), shown)


def _parted(
    control: Control, whole: Part | None, names: Iterable[str], name: Callable[[CaseRow], str], shown: Sequence[Part]
) -> list[Group]:
    return _fitting(control, control.joined(_groups(control, whole, names, name)), shown) if whole else []


def _groups(control: Control, whole: Part, names: Iterable[str], name: Callable[[CaseRow], str]) -> list[Group]:
    found: Mapping[str, set[int]] = {key: set() for key in names}
    for place in whole:
        found[name(control.rows[place])].add(place)
    return [Group((key,), frozenset(part)) for key, part in found.items() if part]


def _fitting(control: Control, groups: list[Group], shown: Sequence[Part]) -> list[Group]:
    """All of them, or none where some of them, taken from a shown count or it from them, would tell of a few."""
    parts = [group.part for group in groups]
    left = [rest for told in shown for rest in leftovers(parts, told)]
    sums = control.sums(shown)
    return groups if all(map(control.is_safe, left)) and all(map(sums.take, parts)) else []


def _bars(groups: Sequence[Group]) -> tuple[Bar, ...]:
    whole = sum(len(group.part) for group in groups)
    return tuple(Bar(group.keys, len(group.part), len(group.part) / whole) for group in groups)
