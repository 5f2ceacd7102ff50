"""A line per controller, with the cells hidden that would show a small group, or let it be computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.reports.cellcontrol import IDENTITY, divide, may_tell_all, veil
from rightskit.reports.figures import by_controller, is_answered, is_due, is_out, members, performance
from rightskit.reports.model import ControllerLine
from rightskit.reports.survival import median, spells, survival

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.cellcontrol import MayTell
    from rightskit.reports.control import Group
    from rightskit.reports.figures import Performance
    from rightskit.reports.model import Median

MOST_LINES = 100
"""Nobody reads more dots on one page, and the audit's work grows with the cube of the lines."""

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


def table(
    rows: Sequence[CaseRow],
    outcomes: Sequence[Group],
    limits: Limits,
    *,
    identity: bool,
    may_tell: MayTell = may_tell_all,
) -> Table:
    """The line of each controller.

    Args:
        rows: all requests of the campaign.
        outcomes: that the page shows; the table divides no more finely, so that its sums may all be known.
        limits: of what is shown.
        identity: whether the page shows how many identities were asked for in all.
        may_tell: whether it may be told how many some requests of a line are.
    """
    found = entries(by_controller(rows), limits.threshold)
    requests = [entry.figures.rows for entry in found]
    division = divide(requests, outcomes, limits.threshold, may_tell=may_tell)
    asked = veil(requests, IDENTITY, limits.threshold, sums=identity, may_tell=may_tell)
    lines = []
    for place, entry in enumerate(found):
        shown = {name for name in division.columns if (place, name) not in division.veiled}
        shown |= {"answered"} if "open" in shown else set()
        shown |= {"identity"} if (place, "identity") not in asked else set()
        lines.append(replace(line(entry, shown, limits), limits=division.limits.get(place)))
    return Table(tuple(lines), tuple(name for name in ("data", "refused") if name in division.columns))


def entries(found: Mapping[str, Performance], least: int) -> list[Entry]:
    """The controllers that stand alone, the most written to first, and the small ones in one line at the end.

    Small is under the threshold; or under twice the threshold where the answered or the unanswered are too few to be
    shown, since no other cell of such a line could hide them; or beyond the hundredth line. Where the small ones are
    small even together, the next smallest joins them.
    """
    order = sorted(found, key=lambda name: (-len(found[name].rows), name))
    small = [name for place, name in enumerate(order) if place >= MOST_LINES or _is_small(found[name].rows, least)]
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


def line(entry: Entry, shown: set[str], limits: Limits) -> ControllerLine:
    """A line with the cells that may be shown."""
    figures = entry.figures
    return ControllerLine(
        name=entry.name,
        controllers=entry.controllers,
        requests=len(figures.rows),
        answered=figures.answered if "answered" in shown else None,
        limits=None,
        on_time=_about(figures, limits.threshold),
        median=_median(figures, limits) if "answered" in shown else None,
        identity=figures.identity if "identity" in shown else None,
        data=figures.data if "data" in shown else None,
        refused=figures.refused if "refused" in shown else None,
    )


def rounding(people: int, least: int) -> float | None:
    """The first step, from 0.01 to 0.5, that covers the threshold among so many people; None where none does."""
    return next((step for step in _ROUNDING if step * people >= least), None)


def _about(figures: Performance, least: int) -> float | None:
    """The share of those due that were answered on time, rounded so that a step covers the threshold.

    The cells behind it (late answers, overdue ones) cross those of the outcomes; hiding them all would leave most lines
    empty, and a rounded share tells what matters.
    """
    step = rounding(members(filter(is_due, figures.rows)), least)
    return None if step is None else round(figures.on_time / figures.due / step) * step


def _median(figures: Performance, limits: Limits) -> Median | None:
    if members(filter(is_answered, figures.rows)) < limits.threshold:
        return None
    return median(survival(spells(figures.rows, limits.today, final=True)))


def together(rows: Sequence[CaseRow], shown: set[str], limits: Limits) -> ControllerLine:
    """The line of all controllers, with the cells that may be shown."""
    out = list(filter(is_out, rows))
    return line(Entry("", len({row.request.controller for row in out}), performance(out)), shown, limits)
