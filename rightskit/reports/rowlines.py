"""What rows are divided by first: the lines and cells of the report's table of controllers, and all its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports import controllers, waits
from rightskit.reports.cellcontrol import IDENTITY, Division, column, divide, veil
from rightskit.reports.figures import by_controller, is_answered, is_out
from rightskit.reports.quality import behind_shares
from rightskit.reports.rowcontrol import Beside
from rightskit.reports.shown import shown_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.shown import Shown

OTHERS = "others"
"""The controllers with few requests, together."""
ANSWERED = "answered"
"""An outcome of which the table hides what it was."""
Class = list[int]
"""Rows that are equal so far, by their place."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The outermost division.

    Attributes:
        classes: the requests of each line of the table of controllers.
        names: of the lines.
        outcomes: of each request, as the table tells them apart: ``answered`` where it hides how, empty where it hides
            even that.
        kinds: lines of which the table hides how some were answered.
        identity: lines of which the table hides who was asked for proof of identity.
        told: every count of the report.
    """

    classes: list[Class]
    names: list[str]
    outcomes: list[str]
    kinds: frozenset[int]
    identity: frozenset[int]
    told: Beside


def lines_of(rows: Sequence[CaseRow], out: Sequence[CaseRow], threshold: int, today: dt.date) -> Lines:
    """The lines of the report's table, with what it hides in each."""
    shown = shown_of(rows, threshold)
    told = _counts(rows, out, shown, today)
    if not shown.requests:
        return Lines([], [], [], frozenset(), frozenset(), told)
    entries = controllers.entries(by_controller(out), threshold)
    requests = [entry.figures.rows for entry in entries]
    division = divide(requests, shown.outcomes, threshold, may_tell=shown.may_tell)
    asked = veil(requests, IDENTITY, threshold, sums=shown.facts["identity"] is not None, may_tell=shown.may_tell)
    places = {row.reference: place for place, row in enumerate(out)}
    classes = [[places[row.reference] for row in part] for part in requests]
    outcomes = _cells(out, classes, division)
    for line, part in enumerate(classes):
        for counted in _of_line(out, part, outcomes, identity=(line, "identity") not in asked):
            told.add(counted, line)
    return Lines(
        classes=classes,
        names=[entry.name or OTHERS for entry in entries],
        outcomes=outcomes,
        kinds=frozenset(line for line, _ in division.veiled),
        identity=frozenset(line for line, _ in asked),
        told=told,
    )


def _of_line(out: Sequence[CaseRow], part: Class, outcomes: Sequence[str], *, identity: bool) -> Iterator[Class]:
    """What the line of one controller tells in the table."""
    yield part
    if identity:
        yield [place for place in part if out[place].demands.identity_demanded]
    for cell in sorted({outcomes[place] for place in part} - {""}):
        yield [place for place in part if outcomes[place] == cell]
    if all(outcomes[place] for place in part):
        yield [place for place in part if is_answered(out[place])]


def _counts(rows: Sequence[CaseRow], out: Sequence[CaseRow], shown: Shown, today: dt.date) -> Beside:
    """The report's counts of the requests that are out."""
    told = Beside([row.member for row in out], shown.control.threshold)
    places = {row.reference: place for place, row in enumerate(out)}
    for counted in (*shown.every, *waits.waited(rows, shown, today).parts):
        if all(is_out(rows[place]) for place in counted):
            told.add([places[rows[place].reference] for place in counted])
    told.add([place for place, row in enumerate(out) if is_answered(row) and row.data.items is not None])
    for some in behind_shares(out, shown.control.threshold):
        told.add([places[row.reference] for row in some])
    return told


def _cells(out: Sequence[CaseRow], classes: Sequence[Class], division: Division) -> list[str]:
    """The cell of each request in the table of controllers, where the table shows it."""
    found = [""] * len(out)
    for line, part in enumerate(classes):
        for place in part if division.columns else ():
            cell = column(out[place], division.columns)
            hidden = ANSWERED if (line, "open") not in division.veiled else ""
            found[place] = hidden if (line, cell) in division.veiled else cell
    return found
