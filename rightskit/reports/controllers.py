"""A line per controller, with the cells hidden that would show a small group, or let it be computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.suppression import hidden, recoverable
from rightskit.reports.figures import (
    by_controller,
    has_data,
    is_answered,
    is_due,
    is_out,
    is_refused,
    members,
    performance,
)
from rightskit.reports.model import ControllerLine
from rightskit.reports.survival import median, spells, survival

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from rightskit.disclosures.suppression import Line
    from rightskit.reports.control import Group
    from rightskit.reports.figures import Performance
    from rightskit.reports.model import CaseRow, Median

Cells = dict[str, "Callable[[CaseRow], bool]"]
"""Columns of a table: each request falls into exactly one."""

_IDENTITY: Cells = {"identity": lambda row: row.identity_demanded, "no identity": lambda row: not row.identity_demanded}
_OPEN: Cells = {"open": lambda row: not is_answered(row)}
_LADDER: tuple[Cells, ...] = (
    {
        "data": has_data,
        "refused": is_refused,
        "else": lambda row: is_answered(row) and not has_data(row) and not is_refused(row),
        **_OPEN,
    },
    {"data": has_data, "else": lambda row: is_answered(row) and not has_data(row), **_OPEN},
    {"answered": is_answered, **_OPEN},
)
"""Ways to divide the requests of a controller, the finest first."""

# Shares are rounded to the first of these steps that covers the threshold.
_ROUNDING = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for every line.

    Attributes:
        threshold: the least number of members that a cell shows.
        today: the cut-off.
    """

    threshold: int
    today: dt.date


@dataclass(frozen=True, slots=True)
class Entry:
    """A line before its cells are hidden: one controller, or the small ones together."""

    name: str
    controllers: int
    figures: Performance


@dataclass(frozen=True, slots=True)
class Table:
    """The lines, and which of the columns ``data`` and ``refused`` they have."""

    lines: tuple[ControllerLine, ...]
    columns: tuple[str, ...]


def table(rows: Sequence[CaseRow], outcomes: Sequence[Group], limits: Limits, *, identity: bool) -> Table:
    """The line of each controller.

    Args:
        rows: all requests of the campaign.
        outcomes: that the page shows; the table divides no more finely, so that its sums may all be known.
        limits: of what is shown.
        identity: whether the page shows how many identities were asked for in all.
    """
    found = entries(by_controller(rows), limits.threshold)
    columns, veiled = _divide(found, outcomes, limits.threshold)
    asked = _veil(found, _IDENTITY, limits.threshold, sums=identity)
    lines = []
    for place, entry in enumerate(found):
        shown = {name for name in columns if (place, name) not in veiled}
        shown |= {"answered"} if "open" in shown else set()
        shown |= {"identity"} if (place, "identity") not in asked else set()
        lines.append(line(entry, shown, limits))
    return Table(tuple(lines), tuple(name for name in ("data", "refused") if name in columns))


def entries(found: Mapping[str, Performance], least: int) -> list[Entry]:
    """The controllers that stand alone, the most written to first, and the small ones in one line at the end.

    Small is under the threshold; or under twice the threshold where the answered or the unanswered are too few to be
    shown, since no other cell of such a line could hide them. Where the small ones are small even together, the next
    smallest joins them.
    """
    order = sorted(found, key=lambda name: (-len(found[name].rows), name))
    small = [name for name in order if _is_small(found[name].rows, least)]
    alone = [name for name in order if name not in small]
    while small and alone and _is_small(_rows(found, small), least):
        small.append(alone.pop())
    listed = [Entry(name, 1, found[name]) for name in alone]
    grouped = performance(_rows(found, small))
    if small and not _is_small(grouped.rows, least):
        listed.append(Entry("", len(small), grouped))
    return listed


def _is_small(rows: Sequence[CaseRow], least: int) -> bool:
    sides = (members(filter(is_answered, rows)), members(row for row in rows if not is_answered(row)))
    bar = 2 * least if any(0 < side < least for side in sides) else least
    return members(rows) < bar


def _rows(found: Mapping[str, Performance], names: Sequence[str]) -> list[CaseRow]:
    return [row for name in names for row in found[name].rows]


def _divide(found: Sequence[Entry], outcomes: Sequence[Group], least: int) -> tuple[list[str], set[tuple[int, str]]]:
    """The finest division of which something can be shown, and its hidden cells."""
    for cells in _LADDER:
        if not _is_allowed(cells, outcomes):
            continue
        veiled = _veil(found, cells, least, sums=True)
        if len(veiled) < len(found) * len(cells):
            return [name for name in cells if name != "else"], veiled
    return [], set()


def _is_allowed(cells: Cells, outcomes: Sequence[Group]) -> bool:
    alone = {group.keys for group in outcomes}
    return bool(outcomes) and all((name,) in alone for name in ("data", "refused") if name in cells)


def _veil(found: Sequence[Entry], cells: Cells, least: int, *, sums: bool) -> set[tuple[int, str]]:
    """The hidden cells of lines × columns, where each line's sum is known, and each column's if ``sums``.

    Cells are judged by their members, and the audit is repeated for the requests, which are what is printed.
    """
    parts = [[row for row in entry.figures.rows if holds(row)] for entry in found for holds in cells.values()]
    width, every = len(cells), range(len(parts))
    across: list[Line] = [frozenset(every[start : start + width]) for start in range(0, len(parts), width)]
    down: list[Line] = [frozenset(every[start::width]) for start in range(width)] if sums and parts else []
    veiled = hidden([members(part) for part in parts], across + down, least)
    if recoverable([len(part) for part in parts], across + down, veiled):
        veiled = frozenset(every)
    names = list(cells)
    return {(cell // width, names[cell % width]) for cell in veiled}


def line(entry: Entry, shown: set[str], limits: Limits) -> ControllerLine:
    """A line with the cells that may be shown."""
    figures = entry.figures
    return ControllerLine(
        name=entry.name,
        controllers=entry.controllers,
        requests=len(figures.rows),
        answered=figures.answered if "answered" in shown else None,
        on_time=_about(figures, limits.threshold),
        median=_median(figures, limits) if "answered" in shown else None,
        identity=figures.identity if "identity" in shown else None,
        data=figures.data if "data" in shown else None,
        refused=figures.refused if "refused" in shown else None,
    )


def _about(figures: Performance, least: int) -> float | None:
    """The share of those due that were answered on time, rounded so that a step covers the threshold.

    The cells behind it (late answers, overdue ones) cross those of the outcomes; hiding them all would leave most lines
    empty, and a rounded share tells what matters.
    """
    due = members(filter(is_due, figures.rows))
    step = next((step for step in _ROUNDING if step * due >= least), None)
    return None if step is None else round(figures.on_time / figures.due / step) * step


def _median(figures: Performance, limits: Limits) -> Median | None:
    if members(filter(is_answered, figures.rows)) < limits.threshold:
        return None
    return median(survival(spells(figures.rows, limits.today, final=True)))


def together(rows: Sequence[CaseRow], shown: set[str], limits: Limits) -> ControllerLine:
    """The line of all controllers, with the cells that may be shown."""
    out = list(filter(is_out, rows))
    return line(Entry("", len({row.controller for row in out}), performance(out)), shown, limits)
