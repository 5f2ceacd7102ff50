"""What happened to members; only ever added to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from rightskit.campaign.membership import HOLDING, MemberEvent, MemberEventKind, is_held
from rightskit.vault import requests, schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection


def record(connection: Connection, events: Iterable[MemberEvent]) -> None:
    """Append events; nothing that stands is ever changed."""
    rows = [
        {
            "member": event.member,
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
        connection.execute(insert(schema.member_events), rows)


def events_by_member(connection: Connection, member: str = "") -> Mapping[str, Sequence[MemberEvent]]:
    """The events of all members, or of one, in the order in which they were noted."""
    table = schema.member_events
    query = select(*(table.c[name] for name in MemberEvent.__slots__)).order_by(table.c.id)
    if member:
        query = query.where(table.c.member == member)
    found: dict[str, list[MemberEvent]] = defaultdict(list)
    for name, kind, happened, noted, *rest in connection.execute(query):
        event = MemberEvent(name, MemberEventKind(kind), happened, noted.replace(tzinfo=dt.UTC), *rest)
        found[name].append(event)
    return found


def held(connection: Connection) -> set[str]:
    """The members whose wish to withdraw waits for a person."""
    table = schema.member_events
    query = select(table.c.member, table.c.kind).where(table.c.kind.in_(HOLDING)).order_by(table.c.id)
    kinds: dict[str, list[MemberEventKind]] = defaultdict(list)
    for row in connection.execute(query):
        kinds[row.member].append(MemberEventKind(row.kind))
    return {member for member, told in kinds.items() if is_held(told)}


def barred(connection: Connection, only: str = "") -> set[str]:
    """The requests for which nothing may leave now: those that have ended, and those of members who are held.

    Args:
        connection: to the vault.
        only: look at this request alone.
    """
    waiting = held(connection)
    table = schema.requests
    query = select(table.c.reference).where(table.c.member.in_(waiting))
    if only:
        query = query.where(table.c.reference == only)
    return requests.ended(connection, only) | {row.reference for row in connection.execute(query)}


def former(connection: Connection, column: str) -> Mapping[str, set[str]]:
    """Member id -> what stood in a column before it was changed."""
    table = schema.member_events
    query = select(table.c.member, table.c.detail).where(table.c.kind == MemberEventKind.CHANGED)
    found: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        if before := row.detail.get(column):
            found[row.member].add(before)
    return found
