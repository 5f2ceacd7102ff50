"""What persons decided about messages, so that it can be undone; and what they put off."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from rightskit.vault import schema
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from rightskit.vault.messages import StoredMessage


@dataclass(frozen=True, slots=True)
class Before:
    """A message as it was before a person decided about it."""

    message: str
    status: str
    primary_kind: str
    certain: bool
    filings: tuple[Filing, ...]


def next_group(connection: Connection) -> int:
    """The number of the next decisions that belong together."""
    return int(connection.execute(select(func.coalesce(func.max(schema.decisions.c.together), 0))).scalar_one()) + 1


def note(
    connection: Connection, message: StoredMessage, filings: Sequence[Filing], together: int, noted: dt.datetime
) -> None:
    """Remember a message as it is, before it is decided."""
    before = {
        "status": message.status,
        "primary_kind": message.primary_kind,
        "certain": message.certain,
        "filings": [asdict(filing) for filing in filings],
    }
    connection.execute(
        insert(schema.decisions).values(
            message=message.id, noted=noted.replace(tzinfo=None), together=together, before=before
        )
    )


def take_last(connection: Connection) -> list[Before]:
    """The messages of the last decisions as they were, the latest first; these decisions are forgotten."""
    table = schema.decisions
    last = connection.execute(select(func.max(table.c.together))).scalar()
    rows = connection.execute(select(table).where(table.c.together == last).order_by(table.c.id.desc())).all()
    connection.execute(delete(table).where(table.c.together == last))
    return [
        Before(
            row.message,
            row.before["status"],
            row.before["primary_kind"],
            row.before["certain"],
            tuple(Filing(**filing) for filing in row.before["filings"]),
        )
        for row in rows
    ]


def postpone(connection: Connection, messages: Sequence[str]) -> None:
    """Put messages off: they come last from now on."""
    times = postponed(connection)
    table = schema.postponed
    for message in messages:
        connection.execute(delete(table).where(table.c.message == message))
        connection.execute(insert(table).values(message=message, times=times.get(message, 0) + 1))


def postponed(connection: Connection) -> dict[str, int]:
    """Message -> how often it was put off."""
    return {row.message: row.times for row in connection.execute(select(schema.postponed))}


def draw(connection: Connection, messages: Iterable[str]) -> None:
    """Keep that these messages belong to the sample that tells how often the machine is wrong."""
    rows = [{"message": message} for message in messages]
    if rows:
        connection.execute(insert(schema.drawn).prefix_with("OR IGNORE"), rows)


def forget(connection: Connection, messages: Sequence[str]) -> None:
    """Nothing of these messages can be undone any more."""
    for table in (schema.decisions, schema.postponed, schema.drawn):
        connection.execute(delete(table).where(table.c.message.in_(messages)))
