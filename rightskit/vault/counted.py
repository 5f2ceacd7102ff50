"""Requests and members as the last published page counted them: the next one differs from it by groups of people.

Of a member who is forgotten, rows stay that say what a page has counted, without whose they are.
"""

from __future__ import annotations

import secrets
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, String, Table, select, update
from sqlalchemy.dialects.sqlite import insert

from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection
    from sqlalchemy.dialects.sqlite import Insert

counted = Table(
    "counted",
    metadata,
    Column("reference", String, primary_key=True),  # of the request; random once its member is forgotten
    Column("member", String, nullable=False, index=True),  # likewise
    Column("row", JSON, nullable=False),  # what a page has counted of it
)

counted_members = Table(
    "counted_members",
    metadata,
    Column("member", String, primary_key=True),  # random once they are forgotten
    Column("row", JSON, nullable=False),  # what a page has counted of them
)

_BATCH = 1000
_RANDOM_BYTES = 8
_FORGOTTEN = "forgotten "


def all_counted(connection: Connection) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Request, its member, and what the last page counted of it; one after the other, for there are many."""
    query = select(counted.c.reference, counted.c.member, counted.c.row)
    for row in connection.execute(query.execution_options(yield_per=_BATCH)):
        yield row.reference, row.member, row.row


def keep(connection: Connection, rows: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Write down what a page counts of some requests: reference, member, row."""
    statement = insert(counted)
    same = {name: statement.excluded[name] for name in ("member", "row")}
    statement = statement.on_conflict_do_update(index_elements=["reference"], set_=same)
    values = ({"reference": reference, "member": member, "row": row} for reference, member, row in rows)
    _write(connection, statement, values)


def all_members(connection: Connection) -> dict[str, Mapping[str, Any]]:
    """Member, and what the last page counted of them."""
    return {row.member: row.row for row in connection.execute(select(counted_members))}


def keep_members(connection: Connection, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Write down what a page counts of some members: member, row."""
    statement = insert(counted_members)
    statement = statement.on_conflict_do_update(index_elements=["member"], set_={"row": statement.excluded["row"]})
    _write(connection, statement, ({"member": member, "row": row} for member, row in rows))


def _write(connection: Connection, statement: Insert, values: Iterable[Mapping[str, Any]]) -> None:
    """In batches, for there are many."""
    left = iter(values)
    while some := list(islice(left, _BATCH)):
        connection.execute(statement, some)


def forget(connection: Connection, member: str) -> None:
    """Let a member's rows belong to nobody; together they still count as one person."""
    nobody = somebody_forgotten()
    theirs = connection.execute(select(counted.c.reference).where(counted.c.member == member)).all()
    for row in theirs:
        values = {"reference": somebody_forgotten(), "member": nobody}
        connection.execute(update(counted).where(counted.c.reference == row.reference).values(values))
    table = counted_members
    connection.execute(update(table).where(table.c.member == member).values(member=nobody))


def somebody_forgotten() -> str:
    """A new name of somebody of whom nothing else is kept."""
    return f"{_FORGOTTEN}{secrets.token_hex(_RANDOM_BYTES)}"


def is_forgotten(member: str) -> bool:
    """Whether that is such a name."""
    return member.startswith(_FORGOTTEN)
