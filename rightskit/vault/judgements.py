"""How a person judged what a controller demands, once for all of its requests.

A form letter that demands proof of identity from everybody must not stop three thousand deadlines: the judgement
stands, and a demand of the same kind that comes later is met by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from rightskit.cases.model import EventKind
from rightskit.vault import schema

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection


def keep(connection: Connection, controller: str, demand: EventKind, verdict: EventKind, day: dt.date) -> None:
    """Let a judgement stand for a controller; it takes the place of an earlier one about the same demand."""
    table = schema.judgements
    connection.execute(delete(table).where((table.c.controller == controller) & (table.c.demand == demand.value)))
    connection.execute(
        insert(table).values(controller=controller, demand=demand.value, verdict=verdict.value, judged=day)
    )


def standing(connection: Connection, controller: str) -> dict[EventKind, tuple[EventKind, dt.date]]:
    """Demand -> verdict, and the day of judging, of one controller."""
    table = schema.judgements
    rows = connection.execute(select(table).where(table.c.controller == controller))
    return {EventKind(row.demand): (EventKind(row.verdict), row.judged) for row in rows}


def tell_rules(connection: Connection) -> None:
    """From version 1: an event tells what made it."""
    connection.exec_driver_sql("ALTER TABLE events ADD COLUMN rule VARCHAR NOT NULL DEFAULT ''")
