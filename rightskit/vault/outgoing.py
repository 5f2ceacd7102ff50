"""Letters on their way out: what makes sending twice impossible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from rightskit.delivery.model import Outgoing
from rightskit.vault import schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter on its way, without its bytes.

    Attributes:
        recipient: mail address; empty on paper.
        state: ``intended``, ``queued`` or ``sent``.
    """

    message_id: str
    reference: str
    letter: str
    recipient: str
    state: str


def intend(connection: Connection, items: Sequence[Outgoing], batch: str) -> None:
    """Keep letters with their Message-IDs before the first byte leaves."""
    rows = [
        {
            "message_id": item.message_id,
            "reference": item.reference,
            "letter": item.letter,
            "recipient": item.recipient,
            "raw": item.raw,
            "state": "intended",
            "batch": batch,
        }
        for item in items
    ]
    if rows:
        connection.execute(insert(schema.outgoing), rows)


def settle(connection: Connection, message_ids: Sequence[str], state: str) -> None:
    """Note that letters lie ready (``queued``) or were posted (``sent``)."""
    table = schema.outgoing
    connection.execute(update(table).where(table.c.message_id.in_(message_ids)).values(state=state))


def states(connection: Connection) -> dict[tuple[str, str], str]:
    """Reference and letter -> state, of every letter that was ever begun."""
    table = schema.outgoing
    query = select(table.c.reference, table.c.letter, table.c.state)
    return {(row.reference, row.letter): row.state for row in connection.execute(query)}


def batches(connection: Connection) -> set[str]:
    """The names of all batches."""
    return {row.batch for row in connection.execute(select(schema.outgoing.c.batch).distinct())}


def of_batch(connection: Connection, batch: str) -> list[Kept]:
    """Each letter of a batch."""
    table = schema.outgoing
    columns = (table.c.message_id, table.c.reference, table.c.letter, table.c.recipient, table.c.state)
    return [Kept(*row) for row in connection.execute(select(*columns).where(table.c.batch == batch))]


def unfinished(connection: Connection) -> list[Outgoing]:
    """Letters that were begun and are not there, such as after an interruption."""
    table = schema.outgoing
    query = select(table).where(table.c.state == "intended")
    return [
        Outgoing(row.reference, row.letter, row.message_id, row.recipient, row.raw) for row in connection.execute(query)
    ]


def message_ids(connection: Connection) -> dict[str, tuple[str, str]]:
    """Message-ID -> reference and letter, of every letter."""
    table = schema.outgoing
    query = select(table.c.message_id, table.c.reference, table.c.letter)
    return {row.message_id: (row.reference, row.letter) for row in connection.execute(query)}


def list_folder(connection: Connection, path: Path, kind: str, made: dt.datetime) -> None:
    """Remember a folder outside the vault that holds members' data."""
    known = select(schema.folders.c.path).where(schema.folders.c.path == str(path))
    if connection.execute(known).first() is None:
        connection.execute(insert(schema.folders).values(path=str(path), kind=kind, made=made.replace(tzinfo=None)))


def listed_folders(connection: Connection) -> list[str]:
    """The folders outside the vault that hold members' data."""
    return [row.path for row in connection.execute(select(schema.folders.c.path))]
