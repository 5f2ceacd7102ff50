"""The end of a campaign: nothing of a person stays in its vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from rightskit.vault import forgetting, ledger, messages, migrations, schema

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STAYING = frozenset(
    {
        *("milestones", "approvals", "folders", "tallies", "trials", "secrets", "forgotten", "releases"),
        *("previews", "statements"),
    }
)
"""What holds no person: days, approved texts, where files lie, counts, keyed hashes, and what controllers said."""


def purge(connection: Connection) -> None:
    """Delete every row about a person; counts, approved texts and the list of releases stay.

    Keyed hashes of all messages stay, so that reading the same mailbox again does not bring them back.
    """
    ids = [row.id for row in connection.execute(select(schema.messages.c.id))]
    numbers = {
        "members": _number(connection, schema.members.name),
        "requests": _number(connection, schema.requests.name),
        "replies": len(ids),
        "documents": _number(connection, schema.disclosures.name),
    }
    messages.keep_from_returning(connection, ids)
    connection.execute(update(ledger.releases).values(forgotten=ledger.releases.c.members))
    for table in reversed(migrations.every_table()):
        if table.name not in _STAYING:
            connection.execute(delete(table))
    before = forgetting.tallies(connection)
    connection.execute(delete(schema.tallies).where(schema.tallies.c.name.in_(numbers)))
    rows = [{"name": name, "number": before.get(name, 0) + number} for name, number in numbers.items()]
    connection.execute(insert(schema.tallies), rows)


def _number(connection: Connection, table: str) -> int:
    return int(connection.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one())
