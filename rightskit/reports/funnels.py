"""How far the requests to each controller came, for each right: the funnel of the campaign, line by line.

What is published is counted from the rows of an export (:mod:`rightskit.reports.microdata`): where a value was taken
from one of them, the count is hidden, so every count is one of whole groups of at least the threshold's members. What
was planned and did not go out stands in no such row; it is hidden where few of a line were left or came back, and in so
many lines more that what all of these hide is not few either. What went out is planned less what was left or came back,
and more than the rows of the line where some of them do not show their right; so it is hidden likewise where these are
few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.reports.attributes import YES
from rightskit.reports.figures import (
    has_data,
    is_answered,
    is_out,
    is_pooled,
    is_readable,
    is_received,
    is_sent,
    members,
)
from rightskit.reports.microdata import TAKEN
from rightskit.reports.rowlines import OTHERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.microdata import Microdata

Key = tuple[str, str]
"""A controller's name and a right."""

STEPS: Mapping[str, Callable[[CaseRow], bool]] = {
    "planned": lambda _: True,
    "sent": is_sent,
    "bounced": lambda row: is_sent(row) and not is_out(row),
    "out": is_out,
    "received": is_received,
    "acknowledged": lambda row: is_out(row) and row.acknowledged,
    "identity": lambda row: is_out(row) and row.demands.identity_demanded,
    "extended": lambda row: is_out(row) and row.extended,
    "answered": is_answered,
    "data": has_data,
    "readable": is_readable,
    "pooled": is_pooled,
    "withdrawn": lambda row: is_out(row) and row.course.withdrawn is not None,
}
"""In the order of the table; nothing is hidden here."""
BEFORE = ("planned", "sent", "bounced")
"""Steps that are told of requests which did not go out, too."""
_LEFT = {"unsent": lambda row: not is_sent(row), "bounced": STEPS["bounced"]}


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """The requests for one right to one controller.

    Attributes:
        controller: its name, or :data:`rightskit.reports.rowlines.OTHERS`.
        right: its value, or :data:`rightskit.reports.microdata.TAKEN` for rights that few used.
        counts: a number for each step of the table; None is hidden.
        requests: those that went out, by reference; they are never published.
    """

    controller: str
    right: str
    counts: tuple[int | None, ...]
    requests: frozenset[str]

    @property
    def is_named(self) -> bool:
        """Whether it is of one controller."""
        return self.controller != OTHERS

    @property
    def has_right(self) -> bool:
        """Whether it is of one right."""
        return self.right != TAKEN


@dataclass(frozen=True, slots=True)
class Funnels:
    """A line for each controller and right.

    Attributes:
        steps: what the counts are of, in order; some of :data:`STEPS`.
    """

    steps: tuple[str, ...] = ()
    lines: tuple[FunnelLine, ...] = ()

    @property
    def told(self) -> Funnels:
        """The same without the steps that are hidden in every line."""
        shown = [
            place for place in range(len(self.steps)) if any(line.counts[place] is not None for line in self.lines)
        ]
        lines = (replace(line, counts=tuple(line.counts[place] for place in shown)) for line in self.lines)
        return Funnels(tuple(self.steps[place] for place in shown), tuple(lines))


NO_FUNNELS = Funnels()


def exact(rows: Iterable[CaseRow]) -> dict[Key, dict[str, int]]:
    """Controller's id and right -> members, and requests for each step, as they are: for the campaign's own eyes."""
    found: dict[Key, list[CaseRow]] = defaultdict(list)
    for row in rows:
        found[row.request.controller_id, row.request.right.value].append(row)
    return {
        key: {"members": members(some), **{step: sum(map(holds, some)) for step, holds in STEPS.items()}}
        for key, some in sorted(found.items())
    }


def funnels(rows: Sequence[CaseRow], data: Microdata, least: int) -> Funnels:
    """The table that may be published, in the order of names and rights.

    Args:
        rows: all requests of the campaign, as they may be counted.
        data: made from them.
        least: the threshold, in members.
    """
    head, right = data.columns.index("controller"), data.columns.index("right")
    parts: dict[Key, list[dict[str, str]]] = defaultdict(list)
    whose: dict[Key, list[str]] = defaultdict(list)
    for row, reference in zip(data.rows, data.references, strict=True):
        parts[row[head], row[right]].append(dict(zip(data.columns, row, strict=True)))
        whose[row[head], row[right]].append(reference)
    before = _before(rows, {key: len(part) for key, part in parts.items()}, least)
    lines = (
        FunnelLine(*key, (*before.get(key, (None,) * len(BEFORE)), len(part), *_after(part)), frozenset(whose[key]))
        for key, part in sorted(parts.items())
    )
    return Funnels(tuple(STEPS), tuple(lines))


def _after(part: Sequence[Mapping[str, str]]) -> Iterable[int | None]:
    """What became of the requests of a line that went out."""
    outcomes = Counter(row["outcome"] for row in part)
    for column in ("received", "acknowledged", "identity", "extended"):
        yield _number(part, column)
    yield None if TAKEN in outcomes else len(part) - outcomes["open"]
    yield None if TAKEN in outcomes or outcomes["answered"] else outcomes["data"]
    for column in ("readable", "pooled", "withdrawn"):
        yield _number(part, column)


def _number(part: Sequence[Mapping[str, str]], column: str) -> int | None:
    values = Counter(row[column] for row in part)
    return None if TAKEN in values else values[YES]


def _before(rows: Iterable[CaseRow], shown: Mapping[Key, int], least: int) -> dict[Key, tuple[int, int, int]]:
    """Planned, sent and bounced, of the lines that may tell them."""
    lines: dict[Key, list[CaseRow]] = defaultdict(list)
    for row in rows:
        lines[row.request.controller, row.request.right.value].append(row)
    taken = {key: sum(map(is_out, line)) - shown.get(key, 0) for key, line in lines.items()}
    open_ = {key for key in lines if key in shown and not any(0 < n < least for n in (taken[key], *_left(lines[key])))}
    while extra := _extra(lines, open_, least) or _untaken(taken, open_, least):
        open_.remove(extra)
    return {key: _numbers(lines[key]) for key in open_}


def _untaken(taken: Mapping[Key, int], open_: Iterable[Key], least: int) -> Key | None:
    """The next line to be hidden, for those of its controller whose right is not shown are few without it."""
    shown, closed = set(open_), Counter[str]()
    for key, number in taken.items():
        closed[key[0]] += 0 if key in shown else number
    few = {controller for controller, number in closed.items() if 0 < number < least}
    return min(((taken[key], key) for key in shown if key[0] in few and taken[key]), default=(0, None))[1]


def _numbers(line: Sequence[CaseRow]) -> tuple[int, int, int]:
    planned, sent, bounced = (sum(map(STEPS[step], line)) for step in BEFORE)
    return planned, sent, bounced


def _left(line: Iterable[CaseRow]) -> list[int]:
    """The members of whom a request was not sent, and of whom one came back."""
    known = list(line)
    return [members(filter(holds, known)) for holds in _LEFT.values()]


def _extra(lines: Mapping[Key, Sequence[CaseRow]], open_: Iterable[Key], least: int) -> Key | None:
    """The next line to be hidden, for what the hidden ones hide is few together; None where it is not."""
    shown = set(open_)
    closed = _left(row for key, line in lines.items() if key not in shown for row in line)
    for place, number in enumerate(closed):
        if 0 < number < least:
            some = [(_left(lines[key])[place], key) for key in shown]
            return min(((size, key) for size, key in some if size), default=(0, None))[1]
    return None
