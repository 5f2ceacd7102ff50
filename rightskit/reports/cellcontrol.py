"""Lines × columns of requests, with the cells hidden that would show a small group, or let it be computed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.disclosures.suppression import hidden, recoverable
from rightskit.reports.figures import has_data, is_answered, is_refused, members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rightskit.disclosures.suppression import Fact, Line
    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.control import Group

    Lines = Sequence[Sequence[CaseRow]]
    MayTell = Callable[[Sequence[CaseRow]], bool]

Cells = dict[str, "Callable[[CaseRow], bool]"]
"""Columns of a table: each request falls into exactly one."""

IDENTITY: Cells = {
    "identity": lambda row: row.demands.identity_demanded,
    "no identity": lambda row: not row.demands.identity_demanded,
}
_OPEN: Cells = {"open": lambda row: not is_answered(row)}
# The columns stand in the order in which they are given up for another cell: the share of answers depends on the last.
_DIVISIONS: tuple[Cells, ...] = (
    {
        "refused": is_refused,
        "else": lambda row: is_answered(row) and not has_data(row) and not is_refused(row),
        "data": has_data,
        **_OPEN,
    },
    {"else": lambda row: is_answered(row) and not has_data(row), "data": has_data, **_OPEN},
    {"answered": is_answered, **_OPEN},
)
"""Ways to divide the requests of a controller, the finest first."""


@dataclass(frozen=True, slots=True)
class Division:
    """What a table may show.

    Attributes:
        columns: of the division that was chosen; none where no division may be shown.
        veiled: hidden cells, as line and column.
        limits: line → between which shares the answered ones lie, where their number is hidden.
    """

    columns: tuple[str, ...] = ()
    veiled: frozenset[tuple[int, str]] = frozenset()
    limits: Mapping[int, tuple[float, float]] = field(default_factory=dict)


def may_tell_all(_: Sequence[CaseRow]) -> bool:
    """Where nothing else is told beside the lines."""
    return True


def divide(lines: Lines, outcomes: Sequence[Group], least: int, *, may_tell: MayTell = may_tell_all) -> Division:
    """The division that shows the answered of most lines; of equal ones the finest.

    Args:
        lines: requests of each line.
        outcomes: that the page shows; no division is finer, so that all its sums may be known.
        least: the least number of members that a cell shows.
        may_tell: whether it may be told how many some requests of a line are, beside all else that the page tells.
    """
    if not outcomes:
        return Division()
    alone = {group.keys for group in outcomes}
    allowed = [cells for cells in _DIVISIONS if all((name,) in alone for name in ("data", "refused") if name in cells)]
    veils = [veil(lines, cells, least, sums=True, may_tell=may_tell) for cells in allowed]
    hides = [sum(name == "open" for _, name in veiled) for veiled in veils]
    best = hides.index(min(hides))
    cells, veiled = allowed[best], veils[best]
    return Division(tuple(cells), veiled, _limits(lines, cells, veiled, least))


def column(row: CaseRow, columns: Sequence[str]) -> str:
    """The column of a division into which a request falls."""
    cells = next(cells for cells in _DIVISIONS if tuple(cells) == tuple(columns))
    return next(name for name, holds in cells.items() if holds(row))


def veil(
    lines: Lines, cells: Cells, least: int, *, sums: bool, may_tell: MayTell = may_tell_all
) -> frozenset[tuple[int, str]]:
    """The hidden cells, where each line's sum is known, and each column's if ``sums``.

    A cell is hidden, too, where it or the others of its line may not be told (``may_tell``).

    Cells are judged by their members, and the audit is repeated for the requests, which are what is printed.
    """
    parts, names = _parts(lines, cells), list(cells)
    known = _known(len(lines), len(cells), sums=sums)
    people, requests = [members(part) for part in parts], [len(part) for part in parts]
    veiled = hidden(people, known, least, also=_untold(lines, parts, may_tell))
    if people != requests and recoverable(requests, known, veiled):
        veiled = frozenset(range(len(parts)))
    return frozenset((cell // len(cells), names[cell % len(cells)]) for cell in veiled)


def _untold(lines: Lines, parts: Lines, may_tell: MayTell) -> list[int]:
    """The cells that may not be told, or of whose line the others may not."""
    width, found = len(parts) // max(1, len(lines)), []
    for place, part in enumerate(parts):
        own = set(map(id, part))
        others = [row for row in lines[place // width] if id(row) not in own]
        if not may_tell(part) or not may_tell(others):
            found.append(place)
    return found


def _parts(lines: Lines, cells: Cells) -> list[list[CaseRow]]:
    return [[row for row in line if holds(row)] for line in lines for holds in cells.values()]


def _known(lines: int, width: int, *, sums: bool) -> list[Line]:
    """The cells of each line, and those of each column."""
    every = range(lines * width)
    across = [frozenset(every[start : start + width]) for start in range(0, len(every), width)]
    return across + [frozenset(every[start::width]) for start in range(width) if sums and lines]


def _limits(
    lines: Lines, cells: Cells, veiled: frozenset[tuple[int, str]], least: int
) -> dict[int, tuple[float, float]]:
    """What may be told of lines whose answered are hidden: that all but a few, or only a few, were answered.

    "A few" is fewer than the threshold. Where a reader who knows that of every line could compute a hidden cell,
    nothing is told.
    """
    width = len(cells)
    if len(veiled) == len(lines) * width:
        return {}
    hides = [place for place in range(len(lines)) if (place, "open") in veiled]
    sides = {place: _few(lines[place], least) for place in hides}
    facts = [_fact(place * width, width, len(lines[place]), sides[place], least) for place in hides]
    parts, names = _parts(lines, cells), list(cells)
    cellular = frozenset(place * width + names.index(name) for place, name in veiled)
    if recoverable([len(part) for part in parts], _known(len(lines), width, sums=True), cellular, facts):
        return {}
    return dict(_shares(lines, sides))


def _few(line: Sequence[CaseRow], least: int) -> tuple[str, int]:
    """Which side is small, and how many requests it has at most; no side where the line gives cover to another."""
    answered = [row for row in line if is_answered(row)]
    most = (least - 1) * max(Counter(row.member for row in line).values())
    if members(answered) < least:
        return "answered", min(most, len(line) - 1)
    if members(row for row in line if not is_answered(row)) < least:
        return "open", min(most, len(line) - 1)
    return "", 0


def _fact(start: int, width: int, requests: int, side: tuple[str, int], least: int) -> Fact:
    answered, unanswered = frozenset(range(start, start + width - 1)), frozenset({start + width - 1})
    match side:
        case "answered", most:
            return answered, 1, most
        case "open", most:
            return unanswered, 1, most
        case _:
            return unanswered, least, requests - least


def _shares(lines: Lines, sides: Mapping[int, tuple[str, int]]) -> Iterator[tuple[int, tuple[float, float]]]:
    for place, (side, most) in sides.items():
        few = (1 / len(lines[place]), most / len(lines[place]))
        if side:
            yield place, few if side == "answered" else (1 - few[1], 1 - few[0])
