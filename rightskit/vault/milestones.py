"""What happened to a campaign as a whole, and on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Date, String, Table, select
from sqlalchemy.dialects.sqlite import insert

from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy import Connection

milestones = Table(
    "milestones",
    metadata,
    Column("name", String, primary_key=True),  # ended | purged | handed over | canary seen
    Column("date", Date, nullable=False),
)

ENDED = "ended"
PURGED = "purged"
HANDED_OVER = "handed over"
CANARY_SEEN = "canary seen"


def reach(connection: Connection, name: str, date: dt.date) -> None:
    """Write down that something happened; the later day counts."""
    statement = insert(milestones).values(name=name, date=date)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"date": date}))


def reached(connection: Connection) -> Mapping[str, dt.date]:
    """What happened -> on which day."""
    return {row.name: row.date for row in connection.execute(select(milestones))}
