"""Which members stand in which dossier: it is no dossier any more once one of them is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, String, Table, delete, select
from sqlalchemy.dialects.sqlite import insert

from rightskit.vault import outgoing
from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy import Connection

dossiers = Table(
    "dossiers",
    metadata,
    Column("path", String, primary_key=True),  # as in folders
    Column("member", ForeignKey("members.member"), primary_key=True, index=True),
)


def keep(connection: Connection, path: Path, people: Iterable[str], made: dt.datetime) -> None:
    """List a dossier's folder, and who stands in it."""
    outgoing.list_folder(connection, path, "dossier", made)
    rows = [{"path": outgoing.from_vault(connection, path), "member": member} for member in people]
    if rows:
        connection.execute(insert(dossiers).on_conflict_do_nothing(), rows)


def drop(connection: Connection, path: Path) -> None:
    """Forget a dossier that was removed."""
    connection.execute(delete(dossiers).where(dossiers.c.path == outgoing.from_vault(connection, path)))
    outgoing.unlist_folder(connection, path)


def showing(connection: Connection, member: str) -> list[Path]:
    """The dossiers in which a member stands."""
    inside = select(dossiers.c.path).where(dossiers.c.member == member)
    kept = {row.path for row in connection.execute(inside)}
    listed = map(Path, outgoing.listed_folders(connection, "dossier"))
    return [path for path in listed if outgoing.from_vault(connection, path) in kept]
