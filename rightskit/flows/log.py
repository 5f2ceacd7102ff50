"""``log``: what no message says: a phone call, a letter that came home, a member's report."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from rightskit.campaign.reference import normalise
from rightskit.cases.model import Event, EventKind
from rightskit.errors import Fault, FaultsError, NotFoundError, RefusedError
from rightskit.files.tables import decoded
from rightskit.vault import requests
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.flows.workspace import Workspace

COLUMNS = ("request", "event", "date", "note")
LOGGABLE = tuple(kind for kind in EventKind if kind not in {EventKind.PLANNED, EventKind.QUEUED, EventKind.CORRECTED})
"""What a person can say has happened; plans are made by ``plan``, corrections in ``review``."""


def log(workspace: Workspace, reference: str, kind: EventKind, happened: dt.date, note: str) -> Event:
    """Note one event of one request.

    Raises:
        NotFoundError: there is no such request.
        RefusedError: it lies ahead.
    """
    event = _event(workspace, reference, kind, happened, note)
    with workspace.vault.write() as connection:
        if requests.get(connection, event.reference) is None:
            raise NotFoundError(f"There is no request {reference}.", "See: rightskit status --list")
        requests.record(connection, [event])
    return event


def log_file(workspace: Workspace, path: Path) -> int:
    """Note the events of a CSV with the columns ``request,event,date,note``: all, or none; and give their number.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: with every fault of the file.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")
    rows, faults = _rows(path)
    events: list[Event] = []
    with workspace.vault.write() as connection:
        known = {request.reference for request in requests.all_requests(connection)}
        for line, row in rows:
            event, fault = _row(workspace, row, known, str(path), line)
            faults += [fault] if fault else []
            events += [event] if event else []
        if faults:
            raise FaultsError(faults, "Nothing was noted.")
        requests.record(connection, events)
    return len(events)


def _rows(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[Fault]]:
    """Line and cells of each row, in whatever dialect a spreadsheet saves; no rows where a column is missing."""
    text = decoded(path.read_bytes())
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    faults = [Fault(str(path), 1, "this column is missing", f"add a column {name}", name) for name in missing]
    return ([] if faults else [(reader.line_num, row) for row in reader]), faults


def _row(
    workspace: Workspace, row: dict[str, str], known: set[str], path: str, line: int
) -> tuple[Event | None, Fault | None]:
    reference = normalise(row["request"])
    if reference not in known or reference is None:
        return None, Fault(path, line, "there is no such request", "copy its reference from the letter", "request")
    if row["event"] not in LOGGABLE:
        return None, Fault(path, line, "no such kind of event", did_you_mean(row["event"], LOGGABLE), "event")
    try:
        happened = dt.date.fromisoformat(row["date"])
        event = _event(workspace, reference, EventKind(row["event"]), happened, row.get("note", ""))
    except ValueError:
        return None, Fault(path, line, "not a date", "write YYYY-MM-DD", "date")
    except RefusedError as error:
        return None, Fault(path, line, str(error), error.hint, "date")
    return event, None


def _event(workspace: Workspace, reference: str, kind: EventKind, happened: dt.date, note: str) -> Event:
    if happened > workspace.today:
        raise RefusedError(f"{happened} lies ahead of {workspace.today}.", "Note it when it has happened.")
    return Event(
        reference=normalise(reference) or reference,
        kind=kind,
        happened=happened,
        noted=workspace.now,
        received=workspace.today if happened != workspace.today else None,
        source="person",
        evidence=note,
    )
