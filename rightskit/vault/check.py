"""Whether a vault is whole: its pages, and what its tables say about each other."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, select

from rightskit.cases.model import EventKind
from rightskit.mailbox.parse import message_hash
from rightskit.vault import disclosures, mandates, messages, migrations, pieces, retention, schema, signatures, strays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

STATES = {
    "intended": None,
    "queued": EventKind.QUEUED,
    "sending": None,
    "doubt": None,
    "refused": EventKind.BOUNCED,
    "sent": EventKind.SENT,
    "withdrawn": EventKind.WITHDRAWN,
}
"""What a letter's state may be, and the event that stands beside it where it is a request's first letter."""
STATUSES = ("filed", "review", "ignored")


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has; a copy of an earlier version may lack some of them."""
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in migrations.every_table()
        if table.name in there
    }


def pages(connection: Connection) -> list[str]:
    """What is wrong with the pages of the file, and with the tables as SQLite sees them."""
    sealed = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    if sealed:  # SQLite cannot read on from there
        return list(map(str, sealed))
    sound = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    tied = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    strangers = [f"{row[0]}: a row belongs to nothing in {row[2]}" for row in tied]
    return [*(line for line in sound if line != "ok"), *strangers]


def problems(connection: Connection) -> Iterator[str]:
    """Everything that cannot be right, one sentence each; references and ids, never names."""
    yield from pages(connection)
    yield from _letters(connection)
    yield from _messages(connection)
    yield from _documents(connection)
    yield from _signed(connection)
    yield from _orphans(connection)


def _letters(connection: Connection) -> Iterator[str]:
    letters, asked, events = schema.outgoing, schema.requests, schema.events
    unknown = select(letters.c.reference, letters.c.letter).where(letters.c.state.not_in(STATES))
    for row in connection.execute(unknown):
        yield f"{row.reference}: the letter {row.letter} is in a state that does not exist"
    for state, kind in STATES.items():
        if kind is None:
            continue
        told = exists().where(and_(events.c.reference == letters.c.reference, events.c.kind == kind.value))
        query = (
            select(letters.c.reference)
            .join(asked, and_(asked.c.reference == letters.c.reference, asked.c.letter == letters.c.letter))
            .where(letters.c.state == state, ~told)
        )
        for row in connection.execute(query):
            yield f"{row.reference}: its letter is {state}, and no event says so"


def _messages(connection: Connection) -> Iterator[str]:
    for message in list(messages.all_messages(connection)):
        name = f"the message {message.id[:12]}"
        raw = messages.fetch(connection, message.id)
        if message.status not in STATUSES:
            yield f"{name} is in a state that does not exist"
        if not message.redacted and len(raw) != message.size:
            yield f"{name} has {len(raw)} bytes instead of {message.size}"
        elif not message.redacted and message_hash(raw) != message.id:
            yield f"{name} has other bytes than those that came"
    filed = select(schema.messages.c.id).where(
        schema.messages.c.status == "filed",
        ~exists().where(
            schema.filings.c.message == schema.messages.c.id,
            schema.filings.c.filed,
            schema.filings.c.reference.is_not(None),
        ),
    )
    for row in connection.execute(filed):
        yield f"the message {row.id[:12]} is filed, and under no request"


def _documents(connection: Connection) -> Iterator[str]:
    table = schema.disclosures
    kept = (table.c.outcome != disclosures.REMOVED) & (table.c.reason != retention.GONE)
    query = select(table.c.id, table.c.reference).where(kept)
    for row in connection.execute(query).all():
        if pieces.digest(connection, row.id) != row.id:
            yield f"{row.reference}: the document {row.id[:12]} has other bytes than those that came"


def _signed(connection: Connection) -> Iterator[str]:
    table = schema.mandates
    query = select(table.c.id, table.c.member, table.c.document).where(table.c.document != "")
    for row in connection.execute(query).all():
        if hashlib.sha256(mandates.document(connection, row.document)).hexdigest() != row.document:
            yield f"{row.member}: the signed document of {row.id} has other bytes than those that were kept"


def _orphans(connection: Connection) -> Iterator[str]:
    owner = schema.parts.c.owner
    query = select(owner).distinct().where(owner.not_in(select(schema.messages.c.id)))
    signed = select(mandates.owner("") + schema.mandates.c.document)
    drawn = select(signatures.PREFIX + schema.members.c.member)
    others = (select(schema.disclosures.c.id), select(strays.strays.c.id), signed, drawn)
    for row in connection.execute(query.where(*(owner.not_in(known) for known in others))):
        yield f"bytes are kept under {row.owner[:12]}, and nothing of that name"
