"""Raw replies and documents that have been read need not be kept for ever (Art. 5(1)(e) GDPR)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from rightskit.cases.model import EventKind
from rightskit.vault import doubts, messages, schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from sqlalchemy import Connection

GONE = "the raw bytes were deleted once they had been kept for long enough"
"""Why a document that was read has no bytes any more."""


def expired(connection: Connection, until: dt.date) -> set[str]:
    """The requests whose documents were all read, the last by that day, and leave no doubt; some are still kept raw."""
    table, events = schema.disclosures, schema.events
    unread = select(table.c.reference).where((table.c.outcome != "read") | table.c.id.in_(doubts.open_documents()))
    raw = select(table.c.reference).where(table.c.reason != GONE, table.c.reference.not_in(unread))
    extracted = func.json_extract(events.c.detail, "$.extracted") == "yes"
    query = (
        select(events.c.reference)
        .where(events.c.kind == EventKind.NOTED.value, extracted, events.c.reference.in_(raw))
        .group_by(events.c.reference)
        .having(func.max(events.c.happened) <= until)
    )
    return {row.reference for row in connection.execute(query)}


def documents(connection: Connection, references: Collection[str]) -> list[str]:
    """Ids of the documents that are kept for these requests and for no other one."""
    table = schema.disclosures
    others = select(table.c.id).where(table.c.reference.not_in(references))
    kept = table.c.reference.in_(references) & (table.c.reason != GONE)
    query = select(table.c.id).where(kept, table.c.id.not_in(others))
    return sorted({row.id for row in connection.execute(query)})


def replies(connection: Connection, references: Collection[str]) -> list[str]:
    """Ids of the messages that brought documents, and are filed under these requests alone."""
    table, filed = schema.messages, schema.filings
    others = select(filed.c.message).where(filed.c.reference.is_(None) | filed.c.reference.not_in(references))
    query = (
        select(table.c.id)
        .join(filed, filed.c.message == table.c.id)
        .where(
            table.c.status == "filed",
            table.c.size > 0,
            table.c.primary_kind.in_(("data", "partial")),
            filed.c.reference.in_(references),
            table.c.id.not_in(others),
        )
    )
    return sorted({row.id for row in connection.execute(query)})


def empty(connection: Connection, documents: Collection[str], replies: Collection[str]) -> None:
    """Delete the bytes; what was read from them, and that they came, stays."""
    parts = schema.parts
    connection.execute(delete(parts).where(parts.c.owner.in_([*documents, *replies])))
    for owner in (*documents, *replies):
        messages.store(connection, owner, b"")
    table, kept = schema.disclosures, schema.messages
    connection.execute(update(table).where(table.c.id.in_(documents)).values(reason=GONE, name="deleted"))
    connection.execute(update(kept).where(kept.c.id.in_(replies)).values(size=0, redacted=True, evidence=[]))
