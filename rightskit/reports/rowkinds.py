"""What a page counts: requests and members, and what of their rows can move alone from one page to the next."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from rightskit.cases.model import Answer
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.model import CaseRow
from rightskit.reports.shareddays import Step, shared_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Row = TypeVar("Row", CaseRow, MemberRow)
WHOSE = frozenset({"member", "reference"})
"""Fields that say whose a row is."""


@dataclass(frozen=True, slots=True)
class Taken(Generic[Row]):
    """A row that steps with others.

    Attributes:
        old: as the last page counted it; None where none did.
        new: as it is to be counted, its days not shared yet.
        true: as it is.
    """

    old: Row | None
    new: Row
    true: Row


@dataclass(frozen=True, slots=True)
class Kind(Generic[Row]):
    """How rows of one kind move.

    Attributes:
        names: of the fields that say something.
        days: those of them that hold days; of these a sign says only whether there are any.
        fixed: those that a row has from its beginning on.
        start: field -> its value before anything happened.
        parts: what can move alone, the most important first; inside a part nothing says anything without the rest.
        share: gives rows that step together the days of their groups: rows, member -> person, people of a group.
    """

    names: tuple[str, ...]
    days: frozenset[str]
    fixed: frozenset[str]
    start: Mapping[str, object]
    parts: tuple[frozenset[str], ...]
    share: Callable[[Sequence[Taken[Row]], Mapping[str, int], int], list[Row]]


def _share_days(taken: Sequence[Taken[CaseRow]], person: Mapping[str, int], least: int) -> list[CaseRow]:
    return shared_days([Step(one.old, one.new, one.true) for one in taken], person, least)


def _without_days(taken: Sequence[Taken[MemberRow]], _person: Mapping[str, int], _least: int) -> list[MemberRow]:
    return [one.new for one in taken]


def _names(row: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(row) if field.name not in WHOSE)


def _defaults(row: type[Any]) -> dict[str, object]:
    return {field.name: field.default for field in fields(row) if field.default is not MISSING}


def _parts(names: Sequence[str], fixed: frozenset[str], joined: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Those that move as one, then every other field alone."""
    return (*joined, *(frozenset({name}) for name in names if name not in fixed.union(*joined)))


_FIXED = frozenset({"controller", "controller_id", "right", "country", "letter", "language", "channel", "arm"})
_TOGETHER = (
    frozenset({"sent", "received", "bounced", "first_answer", "final", "outcome", "overdue", "late"})
    | {"withdrawn", "since", "machine"},
    frozenset({"readable", "pooled", "form", "items"}),
    frozenset({"identity_demanded", "identity", "demanded", "excessive", "justified"}),
    frozenset({"complained", "complaint", "decision", "measure"}),
)
REQUESTS: Kind[CaseRow] = Kind(
    names=_names(CaseRow),
    days=frozenset(field.name for field in fields(CaseRow) if "dt.date" in str(field.type)),
    fixed=_FIXED,
    start={
        **_defaults(CaseRow),
        "sent": None,
        "received": False,
        "bounced": False,
        "first_answer": None,
        "final": None,
        "outcome": Answer.NONE,
    },
    parts=_parts(_names(CaseRow), _FIXED, _TOGETHER),
    share=_share_days,
)
"""A new one is planned, and nothing else is known of it."""

_LIFE = (frozenset({"signed", "complete", "mandate", "left"}),)
MEMBERS: Kind[MemberRow] = Kind(
    names=_names(MemberRow),
    days=frozenset(),
    fixed=frozenset(),
    start=_defaults(MemberRow),
    parts=_parts(_names(MemberRow), frozenset(), _LIFE),
    share=_without_days,
)
"""A new one has joined, and nothing else is known of them."""
