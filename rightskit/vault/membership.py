"""What happened to members; only ever added to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from rightskit.campaign.membership import DECIDED, HOLDING, MemberEvent, MemberEventKind, is_held
from rightskit.campaign.model import Member
from rightskit.campaign.reach import unreachable_since
from rightskit.vault import history, requests, schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection


def record(connection: Connection, events: Iterable[MemberEvent]) -> None:
    """Append events; nothing that stands is ever changed."""
    history.append(connection, schema.member_events, events)


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


def held(connection: Connection, only: Collection[str] | None = None) -> set[str]:
    """The members whose wish to withdraw waits for a person.

    Args:
        connection: to the vault.
        only: look at the members of these requests alone.
    """
    table = schema.member_events
    query = select(table.c.member, table.c.kind).where(table.c.kind.in_(HOLDING)).order_by(table.c.id)
    if only is not None:
        asking = select(schema.requests.c.member).where(schema.requests.c.reference.in_(only))
        query = query.where(table.c.member.in_(asking))
    kinds: dict[str, list[MemberEventKind]] = defaultdict(list)
    for row in connection.execute(query):
        kinds[row.member].append(MemberEventKind(row.kind))
    return {member for member, told in kinds.items() if is_held(told)}


def barred(connection: Connection, only: Collection[str] | None = None) -> set[str]:
    """The requests for which nothing may leave now: those that have ended, and those of members who are held.

    Args:
        connection: to the vault.
        only: look at these requests alone.
    """
    ended, waiting = requests.ended(connection, only), held(connection, only)
    if not waiting:
        return ended
    table = schema.requests
    query = select(table.c.reference).where(table.c.member.in_(waiting))
    if only is not None:
        query = query.where(table.c.reference.in_(only))
    return ended | {row.reference for row in connection.execute(query)}


def take_back(connection: Connection, message: str, day: dt.date, noted: dt.datetime) -> None:
    """What a person decided about a message concerns its members no more."""
    table = schema.member_events
    query = select(table.c.member).where(table.c.evidence == message, table.c.kind.in_(DECIDED)).distinct()
    corrected = MemberEventKind.CORRECTED
    record(
        connection,
        [
            MemberEvent(row.member, corrected, day, noted, source="person", evidence=message)
            for row in connection.execute(query).all()
        ],
    )


def unreachable(connection: Connection) -> dict[str, dt.date]:
    """Member -> since when mail to them comes back."""
    table = schema.member_events
    returned = select(table.c.member).where(table.c.kind == MemberEventKind.MAIL_RETURNED).distinct()
    found = {}
    for (name,) in connection.execute(returned).all():
        if since := unreachable_since(events_by_member(connection, name)[name]):
            found[name] = since
    return found


def selves(connection: Connection, people: Iterable[Member]) -> Mapping[str, tuple[Member, ...]]:
    """Member id -> the member as they are, and as they were before each change, the latest first."""
    found: dict[str, tuple[Member, ...]] = {member.member: (member,) for member in people}
    table = schema.member_events
    query = select(table.c.member, table.c.detail).where(table.c.kind == MemberEventKind.CHANGED)
    for row in connection.execute(query.order_by(table.c.id.desc())):
        if row.member in found:
            known = found[row.member]
            found[row.member] = (*known, _before(known[-1], row.detail))
    return found


def at_address(connection: Connection, address: str) -> set[str]:
    """The ids of the members who have a mail address, or had it before."""
    table, events = schema.members, schema.member_events
    if not address:
        return set()
    now = select(table.c.member).where(func.lower(table.c.email) == address.lower())
    changes = select(events.c.member, events.c.detail).where(events.c.kind == MemberEventKind.CHANGED)
    former = [row for row in connection.execute(changes) if row.detail.get("email", "").lower() == address.lower()]
    return {row.member for row in (*connection.execute(now), *former)}


def _before(member: Member, former: Mapping[str, str]) -> Member:
    """A member with what stood in the columns that a change wrote over."""
    columns = {field.name for field in fields(Member)}
    values: dict[str, Any] = {column: value for column, value in former.items() if column in columns}
    if "birthdate" in values:
        values["birthdate"] = dt.date.fromisoformat(values["birthdate"]) if values["birthdate"] else None
    numbers = {name.removeprefix("id:"): value for name, value in former.items() if name.startswith("id:")}
    return replace(member, **values, identifiers={**member.identifiers, **numbers})
