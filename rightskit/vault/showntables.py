"""The pool's tables as they were last published: a page shows them again where a newer one must wait."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, ForeignKey, String, Table, select
from sqlalchemy.dialects.sqlite import insert

from rightskit.disclosures.tabulation import PoolTable
from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

shown_tables = Table(
    "shown_tables",
    metadata,
    Column("variable", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("release", ForeignKey("releases.name"), nullable=False),
    Column("content", JSON, nullable=False),
)


def keep(connection: Connection, release: str, tables: Iterable[PoolTable]) -> None:
    """Write down what a release or a page shows, in place of what an earlier one showed."""
    rows = [
        {"variable": table.variable, "kind": table.kind, "release": release, "content": asdict(table)}
        for table in tables
    ]
    if rows:
        statement = insert(shown_tables)
        fresh = {name: statement.excluded[name] for name in ("release", "content")}
        connection.execute(statement.on_conflict_do_update(index_elements=["variable", "kind"], set_=fresh), rows)


def last(connection: Connection) -> list[tuple[str, PoolTable]]:
    """Each table as it was last published, with the release."""
    rows = connection.execute(select(shown_tables.c.release, shown_tables.c.content))
    return [(release, _table(content)) for release, content in rows]


def _table(content: Mapping[str, Any]) -> PoolTable:
    rows = tuple(map(tuple, content["rows"]))
    return PoolTable(**{**content, "columns": tuple(content["columns"]), "rows": rows})
