"""How good the answers are: machine-readable, complete, the same for all; and how often the machine was wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports.figures import has_data, is_answered, is_out, is_readable, members
from rightskit.reports.forms import machine_readable
from rightskit.reports.intervals import proportion, wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow

    _Counts = tuple[Callable[[CaseRow], bool], ...]

_WITHIN: _Counts = (is_out, is_answered, has_data)
_COUNTS: _Counts = (*_WITHIN, is_readable)
"""Of the page: a recipe read them, or items of Art. 15(1), or their form tells that a machine can."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What a second look of persons at decisions of the machine said.

    Attributes:
        checked: decisions, drawn at random, that a person has looked at again.
        wrong: of these, what the person changed.
    """

    checked: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Quality:
    """One figure with its 95 % interval; None where it has none, or the number behind it is hidden.

    Attributes:
        name: as in the codebook.
        n: requests behind it; decisions for ``machine_error``.
        value: a share from 0 to 1; items from 0 to 8 for ``completeness``.
    """

    name: str
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


def quality(rows: Sequence[CaseRow], audit: Audit, least: int) -> list[Quality]:
    """All of them; what too few members stand behind is hidden.

    Args:
        rows: requests of a campaign, or to some controllers.
        audit: of the whole campaign.
        least: the threshold, in members.
    """
    return [
        _share("machine_readable", rows, least),
        _completeness(rows, least),
        _consistency(rows, least),
        _share("excessive", rows, least),
        _error(audit),
    ]


def behind_shares(rows: Sequence[CaseRow], least: int) -> Iterator[Sequence[CaseRow]]:
    """The requests behind each share that is told: of which it speaks, and of which of these it holds.

    Args:
        rows: requests of a campaign.
        least: the threshold, in members.
    """
    for name, (base, holds) in _SHARES.items():
        if _share(name, rows, least).n is not None:
            part = list(filter(base, rows))
            yield from (part, list(filter(holds, part)))


_SHARES: Mapping[str, tuple[Callable[[CaseRow], bool], Callable[[CaseRow], bool]]] = {
    "machine_readable": (
        lambda row: has_data(row) and machine_readable(row.data.form) is not None,
        lambda row: machine_readable(row.data.form) is True,
    ),
    "excessive": (
        lambda row: is_out(row) and row.demands.identity_demanded,
        lambda row: "identity" in row.demands.excessive,
    ),
}
"""Of what a share speaks, and of which of it it holds."""


def _share(name: str, rows: Sequence[CaseRow], least: int) -> Quality:
    base, holds = _SHARES[name]
    part = list(filter(base, rows))
    sides = [[row for row in part if holds(row) is side] for side in (True, False)]
    found = proportion(part, holds)
    if found is None or not all(_may_be_told(some, rows, least) for some in (part, *filter(None, sides))):
        return Quality(name)
    return Quality(name, len(part), found.share, found.low, found.high)


def _may_be_told(part: Sequence[CaseRow], rows: Sequence[CaseRow], least: int, beside: _Counts = _COUNTS) -> bool:
    """Whether these are enough, and what is left beside each published count in or around them is nobody or enough."""
    there = {row.reference for row in part}
    whose = {row.reference: row.member for row in rows}
    for holds in beside:
        told = {row.reference for row in rows if holds(row)}
        left = told - there if there <= told else there - told if told and told <= there else set[str]()
        if 0 < len({whose[reference] for reference in left}) < least:
            return False
    return members(part) >= least


def _completeness(rows: Sequence[CaseRow], least: int) -> Quality:
    """The mean number of items; rounded, so that one more answer cannot be told from it."""
    read = [row for row in rows if is_answered(row) and row.data.items is not None]
    if not _may_be_told(read, rows, least):
        return Quality("completeness")
    return Quality("completeness", len(read), round(sum(len(row.data.items or ()) for row in read) / len(read), 1))


def _consistency(rows: Sequence[CaseRow], least: int) -> Quality:
    """Pairs of answers to the same letter with the same outcome, among all such pairs."""
    answered = [row for row in rows if is_answered(row)]
    groups: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in answered:
        one = row.request
        groups[one.controller, one.right, one.letter, one.language][row.course.outcome] += 1
    alike = sum(count * (count - 1) for found in groups.values() for count in found.values())
    pairs = sum(found.total() * (found.total() - 1) for found in groups.values())
    if not pairs or not _may_be_told(answered, rows, least, _WITHIN):
        return Quality("consistency")
    return Quality("consistency", len(answered), round(alike / pairs, 2))


def _error(audit: Audit) -> Quality:
    if not audit.checked:
        return Quality("machine_error")
    low, high = wilson(audit.wrong, audit.checked)
    return Quality("machine_error", audit.checked, audit.wrong / audit.checked, low, high)
