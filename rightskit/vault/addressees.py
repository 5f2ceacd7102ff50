"""The controllers of requests as the registry had them: it may lose a record that open cases still need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, String, Table, select
from sqlalchemy.dialects.sqlite import insert

from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

addressees = Table(
    "addressees",
    metadata,
    Column("controller", String, primary_key=True),
    Column("record", String, nullable=False),  # as JSON
)


def keep(connection: Connection, records: Mapping[str, str]) -> None:
    """Keep records by the controllers' ids; a later one takes the place of the former."""
    if records:
        statement = insert(addressees)
        rows = [{"controller": name, "record": record} for name, record in records.items()]
        later = {"record": statement.excluded.record}
        connection.execute(statement.on_conflict_do_update(index_elements=["controller"], set_=later), rows)


def kept(connection: Connection) -> dict[str, str]:
    """Controller's id -> its record as JSON."""
    rows = connection.execute(select(addressees.c.controller, addressees.c.record))
    return {row.controller: row.record for row in rows}
