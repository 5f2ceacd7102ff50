"""Requests and their events."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, insert, select, text, type_coerce

from rightskit.campaign.model import Request
from rightskit.campaign.reference import normalise
from rightskit.cases.history import standing
from rightskit.cases.model import EventKind
from rightskit.errors import NotFoundError
from rightskit.rights import Right
from rightskit.vault import eventrows, history, schema
from rightskit.vault.eventrows import Events

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from rightskit.cases.model import Event


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


_REQUEST = [
    type_coerce(schema.requests.c[name], String) if name in {"planned", "modules"} else schema.requests.c[name]
    for name in Request.__slots__
]


def all_requests(connection: Connection) -> list[Request]:
    """All requests, in the order of planning."""
    return [_request(row) for row in connection.execute(select(*_REQUEST).order_by(text("rowid")))]


def letters(connection: Connection) -> set[tuple[str, str]]:
    """Letter and language of all requests."""
    query = select(schema.requests.c.letter, schema.requests.c.language).distinct()
    return {(row.letter, row.language) for row in connection.execute(query)}


def get(connection: Connection, reference: str) -> Request | None:
    """The request with this reference, or None."""
    row = connection.execute(select(*_REQUEST).where(schema.requests.c.reference == reference)).first()
    return _request(row) if row else None


def named(connection: Connection, typed: str) -> Request:
    """The request with this reference, however a person types it.

    Raises:
        NotFoundError: there is none.
    """
    found = get(connection, normalise(typed) or typed)
    if found is None:
        raise NotFoundError(f"There is no request {typed}.", "See: rightskit status --list")
    return found


def some(connection: Connection, references: Collection[str]) -> list[Request]:
    """The requests with these references."""
    column = schema.requests.c.reference
    parts = batched(list(references))
    return [_request(row) for part in parts for row in connection.execute(select(*_REQUEST).where(column.in_(part)))]


def of_member(connection: Connection, member: str) -> list[Request]:
    """The requests of one member, in the order of planning."""
    query = select(*_REQUEST).where(schema.requests.c.member == member).order_by(text("rowid"))
    return [_request(row) for row in connection.execute(query)]


def _request(row: Any) -> Request:
    reference, member, controller, right, letter, language, channel, way, planned, modules = row
    day = eventrows.day(planned)
    return Request(reference, member, controller, _RIGHTS[right], letter, language, channel, way, day, _names(modules))


def record(connection: Connection, events: Iterable[Event]) -> None:
    """Append events; nothing that stands is ever changed."""
    history.append(connection, schema.events, events)


def events_by_request(connection: Connection, references: Collection[str] | None = None) -> dict[str, Events]:
    """The events of all requests, or of those named, each in the order in which they were noted."""
    query = select(*eventrows.COLUMNS).order_by(schema.events.c.id)
    if references is not None:
        query = query.where(schema.events.c.reference.in_(references))
    found: dict[str, Events] = defaultdict(Events)
    for row in connection.execute(query):
        found[row[0]].add(tuple(row))
    return found


_RIGHTS = {right.value: right for right in Right}


@lru_cache(maxsize=1 << 8)
def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def with_event(connection: Connection, kinds: Sequence[EventKind], only: Collection[str] | None = None) -> set[str]:
    """The requests of which an event of one of these kinds tells, whether it stands or not.

    Args:
        connection: to the vault.
        kinds: of the event.
        only: look at these requests alone.
    """
    column = schema.events.c.reference
    query = select(column).where(schema.events.c.kind.in_(kinds)).distinct()
    parts = [query] if only is None else [query.where(column.in_(part)) for part in batched(list(only))]
    return {row.reference for part in parts for row in connection.execute(part)}


def ended(connection: Connection, only: Collection[str] | None = None) -> set[str]:
    """The requests that are withdrawn or closed, as far as nobody has corrected it: nothing more is sent for them.

    Args:
        connection: to the vault.
        only: look at these requests alone.
    """
    kinds = (EventKind.WITHDRAWN, EventKind.CLOSED)
    query = select(schema.events.c.reference).where(schema.events.c.kind.in_(kinds)).distinct()
    if only is not None:
        query = query.where(schema.events.c.reference.in_(only))
    named = [row.reference for row in connection.execute(query)]
    found: set[str] = set()
    for some in batched(named):
        events = events_by_request(connection, some)
        found |= {name for name in some if any(event.kind in kinds for event in standing(events[name]))}
    return found


def batched(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """In portions that fit into one statement, whatever number of parameters a database takes."""
    return (names[start : start + 1000] for start in range(0, len(names), 1000))
