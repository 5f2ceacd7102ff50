"""Mails to members that we send ourselves: which have left, and of which nobody can tell."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from rightskit.vault import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection


def begin(connection: Connection, message_id: str, name: str) -> bool:
    """Keep that a mail leaves now; False where it was begun before."""
    table = schema.mailings
    if connection.execute(select(table.c.state).where(table.c.message_id == message_id)).first():
        return False
    connection.execute(insert(table).values(message_id=message_id, name=name, state="sending"))
    return True


def forget(connection: Connection, message_id: str) -> None:
    """Nothing of it left: it is as if it had never been begun."""
    table = schema.mailings
    connection.execute(delete(table).where(table.c.message_id == message_id))


def settle(connection: Connection, message_id: str, state: str, departed: dt.datetime | None) -> None:
    """Note what became of it: ``sent``, ``refused`` or ``doubt``."""
    table = schema.mailings
    moment = departed.astimezone(dt.UTC).replace(tzinfo=None) if departed else None
    connection.execute(update(table).where(table.c.message_id == message_id).values(state=state, departed=moment))


def begun(connection: Connection) -> set[str]:
    """The Message-IDs of all that were begun."""
    return {row.message_id for row in connection.execute(select(schema.mailings.c.message_id))}


def knows(connection: Connection, message_id: str) -> bool:
    """Whether such a mail was begun."""
    table = schema.mailings
    return connection.execute(select(table.c.name).where(table.c.message_id == message_id)).first() is not None


def sent(connection: Connection) -> set[str]:
    """The names of mails that left."""
    table = schema.mailings
    return {row.name for row in connection.execute(select(table.c.name).where(table.c.state == "sent"))}


def in_doubt(connection: Connection) -> dict[str, str]:
    """Name of the mail -> its Message-ID, of those of which nobody can tell whether they left."""
    table = schema.mailings
    query = select(table.c.name, table.c.message_id).where(table.c.state.in_(("sending", "doubt")))
    return {row.name: row.message_id for row in connection.execute(query)}


def left_since(connection: Connection, moment: dt.datetime) -> list[dt.datetime]:
    """When mails left since a moment."""
    table = schema.mailings
    since = moment.astimezone(dt.UTC).replace(tzinfo=None)
    query = select(table.c.departed).where(table.c.departed > since)
    return [row.departed.replace(tzinfo=dt.UTC) for row in connection.execute(query)]


def forget_member(connection: Connection, member: str) -> None:
    """Delete what was sent to a member: the names of mails begin with the member's id."""
    table = schema.mailings
    connection.execute(delete(table).where(table.c.name.startswith(f"{member}-", autoescape=True)))
