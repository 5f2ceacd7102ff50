"""Of which version a vault is, which its file says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.vault import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection


def version_of(connection: Connection) -> int:
    """The version of a vault; 0 where no rightskit wrote the file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def stamp(connection: Connection) -> None:
    """Write down that the vault is of this version."""
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
