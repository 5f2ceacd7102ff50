"""What filing has learnt: who writes for which controller, and which ticket is which request."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import sqlite

from rightskit.vault import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection


def writers(connection: Connection) -> dict[str, set[str]]:
    """Mail address -> the controllers that it writes for, as persons decided."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(select(schema.writers.c.address, schema.writers.c.controller)):
        found[row.address].add(row.controller)
    return dict(found)


def learn_writer(connection: Connection, address: str, controller: str, message: str) -> None:
    """An address writes for a controller: a person filed a message from it so."""
    table = schema.writers
    same = (table.c.address == address) & (table.c.controller == controller)
    if connection.execute(select(table.c.address).where(same)).first() is None:
        connection.execute(insert(table).values(address=address, controller=controller, message=message))


def tickets(connection: Connection) -> dict[tuple[str, str], list[str]]:
    """Controller and ticket -> the requests in whose replies it stood."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    table = schema.tickets
    for row in connection.execute(select(table).order_by(table.c.reference)):
        found[row.controller, row.ticket].append(row.reference)
    return dict(found)


def learn_tickets(connection: Connection, found: Iterable[tuple[str, str, str, str]]) -> None:
    """Tickets stand in replies: controller, ticket, request and message of each; the first message stays."""
    names = ("controller", "ticket", "reference", "message")
    rows = [dict(zip(names, row, strict=True)) for row in found]
    if rows:
        connection.execute(sqlite.insert(schema.tickets).on_conflict_do_nothing(), rows)


def unlearn(connection: Connection, message: str) -> None:
    """Take back what one message taught."""
    for table in (schema.writers, schema.tickets):
        connection.execute(delete(table).where(table.c.message == message))


def forget(
    connection: Connection, references: Sequence[str], messages: Sequence[str], addresses: Iterable[str]
) -> None:
    """Nothing of a member stays: tickets of their requests, their addresses, ids of their messages."""
    table = schema.writers
    connection.execute(delete(schema.tickets).where(schema.tickets.c.reference.in_(references)))
    connection.execute(delete(table).where(table.c.address.in_({address.lower() for address in addresses})))
    for known in (schema.writers, schema.tickets):
        connection.execute(update(known).where(known.c.message.in_(messages)).values(message=""))
