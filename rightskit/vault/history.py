"""What happened, to requests and to members, is only ever added to: one way in for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Table

    from rightskit.campaign.membership import MemberEvent
    from rightskit.cases.model import Event


def append(connection: Connection, table: Table, events: Iterable[Event | MemberEvent]) -> None:
    """Add events to their table; nothing that stands is ever changed, and each gets its number from the vault."""
    rows = [_row(event) for event in events]
    if rows:
        connection.execute(insert(table), rows)


def _row(event: Event | MemberEvent) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(event, name) for name in event.__slots__ if name != "id"}
    return row | {
        "kind": event.kind.value,
        "noted": event.noted.replace(tzinfo=None),
        "detail": dict(event.detail),
    }
