"""What makes an export again, byte for byte: the key of its rows' names, and its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Column, Date, ForeignKey, LargeBinary, String, Table, insert, select

from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

export_keys = Table(
    "export_keys",
    metadata,
    Column("release", ForeignKey("releases.name"), primary_key=True),
    Column("key", LargeBinary, nullable=False),  # never leaves the vault: who has it and a reference finds its row
    Column("day", Date, nullable=False),
    Column("version", String, nullable=False),  # of rightskit, which may reckon otherwise one day
)


@dataclass(frozen=True, slots=True)
class Key:
    """Of one export.

    Attributes:
        key: of its rows' names.
        day: up to which its figures reach.
        version: of the rightskit that made it.
    """

    key: bytes
    day: dt.date
    version: str


def keep(connection: Connection, release: str, key: Key) -> None:
    """Keep the key beside the ledger's entry."""
    connection.execute(insert(export_keys).values(release=release, key=key.key, day=key.day, version=key.version))


def get(connection: Connection, release: str) -> Key | None:
    """The key of an export; None where the ledger has no export of that name."""
    table = export_keys
    row = connection.execute(select(table).where(table.c.release == release)).first()
    return Key(row.key, row.day, row.version) if row else None
