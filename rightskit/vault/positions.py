"""How far the folders of mail accounts are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from rightskit.vault import schema

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Position:
    """How far a folder is read.

    Attributes:
        validity: UIDVALIDITY; another one means that all UIDs are new.
        uid: the last one whose message is kept, or known.
        reconciled: when the whole folder was last compared with what is kept.
    """

    validity: int
    uid: int
    reconciled: dt.date


def all_(connection: Connection, account: str) -> dict[str, Position]:
    """Folder -> how far it is read."""
    table = schema.positions
    return {
        row.folder: Position(row.validity, row.uid, row.reconciled)
        for row in connection.execute(select(table).where(table.c.account == account))
    }


def settle(connection: Connection, account: str, folder: str, position: Position) -> None:
    """Write down how far a folder is read, beside the messages that were read from it."""
    table = schema.positions
    connection.execute(delete(table).where(table.c.account == account, table.c.folder == folder))
    connection.execute(
        insert(table).values(
            account=account,
            folder=folder,
            validity=position.validity,
            uid=position.uid,
            reconciled=position.reconciled,
        )
    )
