"""``log``: what no message says: a phone call, a letter that came home, a member's report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.reference import normalise
from rightskit.cases import assent, rulings
from rightskit.cases.model import Event, EventKind
from rightskit.cases.plausible import impossible
from rightskit.cases.rulings import NOTHING_TOLD, Ruling
from rightskit.errors import Fault, RefusedError, WrongUsageError
from rightskit.flows import listed
from rightskit.flows.assent import HOW
from rightskit.vault import requests
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from rightskit.flows.workspace import Workspace

COLUMNS = ("request", "event", "date", "received", "by", "evidence", *rulings.COLUMNS)
REQUIRED = COLUMNS[:3]
LOGGABLE = tuple(kind for kind in EventKind if kind not in {EventKind.PLANNED, EventKind.QUEUED, EventKind.CORRECTED})
"""What a person can say has happened; plans are made by ``plan``, corrections in ``review``."""
UNSEEN = "The member was not shown this text."
TELLERS = ("organiser", "member", "controller", "authority")
"""Who can have told it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of a request.

    Attributes:
        request: its reference, as typed.
        happened: the day of the event itself.
        received: the day on which the member or the campaign learned of it; None: today.
        by: one of :data:`TELLERS`.
        evidence: what proves it, in a few words; never a name.
        ruling: what an authority decided.
    """

    request: str
    kind: EventKind
    happened: dt.date
    received: dt.date | None = None
    by: str = TELLERS[0]
    evidence: str = ""
    ruling: Ruling = NOTHING_TOLD


@dataclass(frozen=True, slots=True)
class Noted:
    """What a file of events came to.

    Attributes:
        events: how many were noted.
        faults: of the rows that were left.
    """

    events: int
    faults: tuple[Fault, ...]


def log(workspace: Workspace, told: Told) -> Event:
    """Note one event of one request.

    Raises:
        NotFoundError: there is no such request.
        RefusedError: its days are not in order, or lie ahead.
        WrongUsageError: what the authority decided is told in words that are not known, or of another event.
    """
    demand_ruling(told.kind, told.ruling)
    with workspace.vault.write() as connection:
        reference = requests.named(connection, told.request).reference
        event = event_of(workspace, told, requests.events_by_request(connection, [reference])[reference])
        requests.record(connection, [event])
    return event


def log_file(workspace: Workspace, path: Path, *, keep_valid: bool = False) -> Noted:
    """Note the events of a CSV with the columns :data:`COLUMNS`, of which the first three must be there.

    Args:
        workspace: the campaign.
        path: the file.
        keep_valid: note the rows without a fault although others have one.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: rows have faults and ``keep_valid`` is not set, or a column is wrong; nothing was noted.
    """
    rows = listed.rows(path, COLUMNS, REQUIRED)
    with workspace.vault.write() as connection:
        events_of = requests.events_by_request(connection)
        known = {request.reference: events_of[request.reference] for request in requests.all_requests(connection)}
        read = (_row(workspace, row, known, str(path), line) for line, row in rows)
        events, faults = listed.parted(read, keep_valid=keep_valid, done="noted")
        requests.record(connection, events)
    return Noted(len(events), faults)


def _row(
    workspace: Workspace, row: dict[str, str], known: Mapping[str, Sequence[Event]], path: str, line: int
) -> Event | Fault:
    if wrong := _wrong_word(row, known, path, line):
        return wrong
    days: dict[str, dt.date | None] = {}
    for column in ("date", "received"):
        try:
            days[column] = dt.date.fromisoformat(row[column]) if row.get(column) or column == "date" else None
        except ValueError:
            return Fault(path, line, "not a date", "write YYYY-MM-DD", column)
    reference, by = normalise(row["request"]) or "", row.get("by") or TELLERS[0]
    happened, evidence = days["date"] or workspace.today, row.get("evidence", "")
    told = Told(reference, EventKind(row["event"]), happened, days["received"], by, evidence, _ruling(row))
    try:
        return event_of(workspace, told, known[reference])
    except RefusedError as error:
        column = "event" if str(error) == UNSEEN else "received" if "received" in str(error) else "date"
        return Fault(path, line, str(error), error.hint, column)


def _wrong_word(row: Mapping[str, str], known: Collection[str], path: str, line: int) -> Fault | None:
    """The first cell whose word is none that can stand there."""
    if normalise(row["request"]) not in known:
        return Fault(path, line, "there is no such request", "copy its reference from the letter", "request")
    if row["event"] not in LOGGABLE:
        return Fault(path, line, "no such kind of event", did_you_mean(row["event"], LOGGABLE), "event")
    if (by := row.get("by") or TELLERS[0]) not in TELLERS:
        return Fault(path, line, "nobody who can have told it", did_you_mean(by, TELLERS), "by")
    if found := rulings.wrong(EventKind(row["event"]), _ruling(row)):
        return Fault(path, line, found.text, _hint(found, _ruling(row)), found.column)
    return None


def _ruling(row: Mapping[str, str]) -> Ruling:
    return Ruling(*(row.get(column, "") for column in rulings.COLUMNS))


def _hint(found: rulings.Wrong, ruling: Ruling) -> str:
    value = getattr(ruling, found.column)
    return did_you_mean(value, found.allowed) if value and found.allowed else found.hint


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}{'' if words.endswith('?') else '.'}"


def demand_ruling(kind: EventKind, ruling: Ruling) -> None:
    """Demand that a decision is told in words that are known.

    Raises:
        WrongUsageError: it is not, or stands beside an event of another kind.
    """
    if found := rulings.wrong(kind, ruling):
        raise WrongUsageError(_sentence(found.text), _sentence(_hint(found, ruling)))


def event_of(workspace: Workspace, told: Told, before: Sequence[Event]) -> Event:
    """The event, with its three days in order: it happened, somebody learned of it, it is noted.

    Raises:
        RefusedError: its days are not in order, or lie ahead, or the member was not shown the text that it is about.
    """
    happened, received = told.happened, told.received or workspace.today
    workspace.demand_past(happened, "Note it when it has happened.")
    if why := impossible(told.kind, happened, before):
        raise RefusedError(why, "Look at the date again.")
    if received > workspace.today:
        raise RefusedError(
            f"It cannot have been received on {received}: that lies ahead of {workspace.today}.",
            "Note it when it has come.",
        )
    if received < happened:
        raise RefusedError(
            f"It cannot have been received on {received}, before it happened on {happened}.",
            "Were the two days swapped? --date is the day of the event, --received the day somebody learned of it.",
        )
    bound = _bound(told.kind, before)
    return Event(
        reference=normalise(told.request) or told.request,
        kind=told.kind,
        happened=happened,
        noted=workspace.now,
        received=received if received != happened else None,
        source="person",
        evidence=told.evidence,
        detail={"by": told.by, **bound, **told.ruling.detail},
        rule="log",
    )


def _bound(kind: EventKind, before: Sequence[Event]) -> dict[str, str]:
    """The text that a member's yes or no is about: the one that they were shown last."""
    matter = assent.matter_of(kind)
    if matter is None:
        return {}
    text = assent.shown(before, matter)
    if kind is matter.given and not text:
        raise RefusedError(UNSEEN, f"Show it to them first: {HOW[matter]}")
    return {assent.TEXT: text} if text else {}
