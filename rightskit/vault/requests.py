"""Requests and their events."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, text

from rightskit.campaign.model import Request
from rightskit.cases.model import Event, EventKind
from rightskit.rights import Right
from rightskit.vault import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection, Row


def add(connection: Connection, requests: Sequence[Request]) -> None:
    """Keep new requests."""
    rows = [
        {
            "reference": request.reference,
            "member": request.member,
            "controller": request.controller,
            "right": request.right.value,
            "letter": request.letter,
            "language": request.language,
            "channel": request.channel,
            "way": request.way,
            "planned": request.planned,
            "modules": list(request.modules),
        }
        for request in requests
    ]
    if rows:
        connection.execute(insert(schema.requests), rows)


def all_requests(connection: Connection) -> list[Request]:
    """All requests, in the order of planning."""
    return [_request(row) for row in connection.execute(select(schema.requests).order_by(text("rowid")))]


def get(connection: Connection, reference: str) -> Request | None:
    """The request with this reference, or None."""
    row = connection.execute(select(schema.requests).where(schema.requests.c.reference == reference)).first()
    return _request(row) if row else None


def _request(row: Row[tuple[object, ...]]) -> Request:
    values = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's public name for the row as a mapping)
    return Request(**{**values, "right": Right(values["right"]), "modules": tuple(values["modules"])})


def record(connection: Connection, events: Iterable[Event]) -> None:
    """Append events; nothing that stands is ever changed."""
    rows = [
        {
            "reference": event.reference,
            "kind": event.kind.value,
            "happened": event.happened,
            "received": event.received,
            "noted": event.noted.replace(tzinfo=None),
            "source": event.source,
            "evidence": event.evidence,
            "detail": dict(event.detail),
        }
        for event in events
    ]
    if rows:
        connection.execute(insert(schema.events), rows)


def events_by_request(connection: Connection, references: Collection[str] | None = None) -> dict[str, list[Event]]:
    """The events of all requests, or of those named, each in the order in which they were noted."""
    query = select(schema.events).order_by(schema.events.c.id)
    if references is not None:
        query = query.where(schema.events.c.reference.in_(references))
    found: dict[str, list[Event]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.reference].append(_event(row))
    return found


def _event(row: Row[tuple[object, ...]]) -> Event:
    values = dict(row._mapping)  # noqa: SLF001 (likewise)
    return Event(**{**values, "kind": EventKind(values["kind"])})
