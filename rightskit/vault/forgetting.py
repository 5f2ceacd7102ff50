"""Every row of one member is deleted, and every trace in what is kept for others is taken out.

``secure_delete`` writes zeros over what is freed, and the journal, in which the former pages still stand, is cut to
nothing afterwards (:meth:`rightskit.vault.store.Vault.settle_journal`), while nobody else has the vault open.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import String, delete, func, insert, or_, select, type_coerce, update

from rightskit.vault import (
    counted,
    decisions,
    disclosures,
    dossiers,
    doubts,
    learning,
    ledger,
    mailings,
    mandates,
    messages,
    schema,
    signatures,
    strays,
    trials,
)
from rightskit.vault.redaction import redacted
from rightskit.vault.traces import MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Column, Connection

    from rightskit.campaign.model import Member
    from rightskit.vault.holdings import Holdings
    from rightskit.vault.traces import Traces

_TEXTS: tuple[Column[str], ...] = (
    schema.events.c.evidence,
    schema.events.c.detail,
    schema.filings.c.evidence,
    schema.filings.c.outbound,
    schema.messages.c.message_id,
    schema.messages.c.read_from,
    schema.messages.c.evidence,
    schema.disclosures.c.name,
    schema.disclosures.c.reason,
    schema.observations.c.place,
    doubts.doubts.c.snippet,
    schema.members.c.note,
    schema.members.c.guardian,
    schema.members.c.reason,
    schema.member_events.c.evidence,
    schema.member_events.c.detail,
    schema.mandates.c.data,
    schema.mandates.c.paper,
)
"""The columns of rows about others in which words may stand."""


def erase(connection: Connection, found: Holdings) -> None:
    """Delete what is the member's alone, redact what is shared, and keep counts without a person.

    The keyed hashes of the deleted messages stay, so that reading the same mailbox again does not bring them back. A
    shared reply keeps its id for the same reason.
    """
    _redact_messages(connection, found)
    _remove_documents(connection, found)
    _delete_rows(connection, found)
    messages.keep_from_returning(connection, found.messages)
    _take_out(connection, found)
    _count(connection, found)


def tallies(connection: Connection) -> Mapping[str, int]:
    """How many members were forgotten, and how much with them."""
    return {row.name: row.number for row in connection.execute(select(schema.tallies))}


def _redact_messages(connection: Connection, found: Holdings) -> None:
    table, parts = schema.messages, schema.parts
    for message, alone in found.shared.items():
        raw = redacted(messages.fetch(connection, message), alone)
        connection.execute(delete(parts).where(parts.c.owner == message))
        messages.store(connection, message, raw)
        kept = connection.execute(select(table).where(table.c.id == message)).one()
        connection.execute(
            update(table)
            .where(table.c.id == message)
            .values(
                redacted=True,
                size=len(raw),
                message_id=alone.taken_from(kept.message_id),
                read_from=alone.taken_from(kept.read_from),
                evidence=[[alone.taken_from(word) for word in pair] for pair in kept.evidence],
            )
        )
        _redact_filings(connection, message, alone)


def _redact_filings(connection: Connection, message: str, alone: Traces) -> None:
    table = schema.filings
    for row in connection.execute(select(table.c.id, table.c.evidence).where(table.c.message == message)).all():
        connection.execute(update(table).where(table.c.id == row.id).values(evidence=alone.taken_from(row.evidence)))


def _remove_documents(connection: Connection, found: Holdings) -> None:
    table, parts = schema.disclosures, schema.parts
    lost = {document for document, _ in found.lost}
    connection.execute(delete(parts).where(parts.c.owner.in_({*found.documents, *lost})))
    connection.execute(
        update(table)
        .where(table.c.id.in_(lost))
        .values(outcome=disclosures.REMOVED, reason="it also held a member who was forgotten", name="removed")
    )
    for document, alone in found.kept.items():
        for row in connection.execute(select(table.c.reference, table.c.name).where(table.c.id == document)).all():
            same = (table.c.id == document) & (table.c.reference == row.reference)
            connection.execute(update(table).where(same).values(name=alone.taken_from(row.name)))


def _delete_rows(connection: Connection, found: Holdings) -> None:
    """In the order in which tables refer to each other."""
    name, references = found.member.member, found.references
    decisions.forget(connection, [*found.messages, *found.shared])
    learning.forget(connection, references, found.messages, (one.email for one in found.selves))
    mailings.forget_member(connection, name)
    ledger.forget(connection, name)
    counted.forget(connection, name)
    trials.forget(connection, references)
    for path in dossiers.showing(connection, name):
        dossiers.drop(connection, path)
    doubts.forget(connection, name)
    strays.forget(connection, references)
    connection.execute(delete(schema.observations).where(schema.observations.c.member == name))
    for table in (schema.disclosures, schema.filings, schema.events, schema.outgoing):
        connection.execute(delete(table).where(table.c.reference.in_(references)))
    connection.execute(delete(schema.filings).where(schema.filings.c.message.in_(found.messages)))
    connection.execute(delete(schema.messages).where(schema.messages.c.id.in_(found.messages)))
    connection.execute(delete(schema.parts).where(schema.parts.c.owner.in_(found.messages)))
    _delete_signed(connection, found.member)
    signatures.forget(connection, name)
    for table in (schema.requests, schema.consents, schema.mandates, schema.member_events, schema.members):
        connection.execute(delete(table).where(table.c.member == name))


def _delete_signed(connection: Connection, member: Member) -> None:
    """The signed documents; one that others signed too holds the member, and goes for them as well."""
    documents = {mandate.document for mandate in member.mandates if mandate.document}
    owners = {mandates.owner(document) for document in documents}
    table, parts = schema.mandates, schema.parts
    connection.execute(delete(parts).where(parts.c.owner.in_(owners)))
    connection.execute(update(table).where(table.c.document.in_(documents)).values(document=""))


def _take_out(connection: Connection, found: Holdings) -> None:
    """Replace what belongs to nobody else wherever it stands in rows of others."""
    words = {form for word in found.sought for form in (word, word.lower(), word.upper(), json.dumps(word)[1:-1])}
    for column in _TEXTS:
        text = type_coerce(column, String)
        for word in sorted(words, key=len, reverse=True):
            values = {column.name: func.replace(text, word, MARK)}
            connection.execute(update(column.table).where(func.instr(text, word) > 0).values(values))


def _count(connection: Connection, found: Holdings) -> None:
    table = schema.tallies
    more = {
        "members": 1,
        "requests": len(found.references),
        "replies": len(found.messages),
        "documents": len(found.documents),
    }
    before = tallies(connection)
    connection.execute(delete(table).where(or_(*(table.c.name == name for name in more))))
    connection.execute(
        insert(table), [{"name": name, "number": before.get(name, 0) + number} for name, number in more.items()]
    )
