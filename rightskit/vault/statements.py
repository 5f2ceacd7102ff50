"""What controllers were shown before it was published, what they said to it, and what was corrected later."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Column, Date, Integer, String, Table, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

previews = Table(
    "previews",
    metadata,
    Column("controller", String, primary_key=True),
    Column("shown", Date, nullable=False),
    Column("reply_by", Date, nullable=False),
)
statements = Table(
    "statements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("controller", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("text", String, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A controller was shown its figures.

    Attributes:
        controller: its id.
        shown: the day of the sheet.
        reply_by: until when it was asked to reply.
    """

    controller: str
    shown: dt.date
    reply_by: dt.date


@dataclass(frozen=True, slots=True)
class Statement:
    """What is printed beside a controller's figures.

    Attributes:
        controller: its id.
        kind: ``reply`` of the controller, or ``correction`` by the campaign.
        text: to be published as it is; it names no person.
    """

    controller: str
    kind: str
    day: dt.date
    text: str


def show(connection: Connection, preview: Preview) -> None:
    """Keep that a controller was shown its figures; the last sheet counts."""
    statement = upsert(previews)
    later = {"shown": statement.excluded.shown, "reply_by": statement.excluded.reply_by}
    connection.execute(statement.on_conflict_do_update(index_elements=["controller"], set_=later), [asdict(preview)])


def say(connection: Connection, statement: Statement) -> None:
    """Keep a statement; earlier ones stay."""
    connection.execute(insert(statements), [asdict(statement)])


def shown(connection: Connection) -> dict[str, Preview]:
    """Controller → when it was shown its figures."""
    return {row.controller: Preview(**row._mapping) for row in connection.execute(select(previews))}  # noqa: SLF001 (SQLAlchemy's public name for a row as a mapping)


def said(connection: Connection) -> list[Statement]:
    """All statements, the earliest first."""
    table = statements
    columns = (table.c.controller, table.c.kind, table.c.day, table.c.text)
    return [Statement(*row) for row in connection.execute(select(*columns).order_by(table.c.day, table.c.id))]
