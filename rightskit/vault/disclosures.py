"""Returned documents and the observations read from them."""

from __future__ import annotations

import secrets
from typing import IO, TYPE_CHECKING, Any, cast

from sqlalchemy import delete, func, insert, select, update

from rightskit.disclosures import questionnaire
from rightskit.disclosures.loading import PART
from rightskit.disclosures.model import Disclosure, Observation
from rightskit.errors import RefusedError
from rightskit.files.limits import LIMITS
from rightskit.vault import doubts, messages, pieces, schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import Connection


REMOVED = "removed"
"""The outcome of a document whose bytes are gone: another member, who was forgotten, stood in it too."""


def add(connection: Connection, disclosure: Disclosure) -> bool:
    """Keep a returned document; False where it is kept already.

    Raises:
        RefusedError: it is a stream whose bytes are not those that its id was made from.
    """
    table = schema.disclosures
    same = table.c.id == disclosure.id
    if connection.execute(select(table.c.id).where(same, table.c.reference == disclosure.reference)).first():
        return False
    if connection.execute(select(table.c.id).where(same)).first() is None:
        _store(connection, disclosure)
    connection.execute(
        insert(table).values(
            id=disclosure.id,
            reference=disclosure.reference,
            name=disclosure.name,
            media_type=disclosure.media_type,
            outcome="",
            reason="",
        )
    )
    return True


def _store(connection: Connection, disclosure: Disclosure) -> None:
    if isinstance(disclosure.content, bytes):
        messages.store(connection, disclosure.id, disclosure.content)
    elif pieces.store(connection, disclosure.id, disclosure.content) != disclosure.id:
        raise RefusedError("The file changed while it was read.", "Add it again.")


def pending(connection: Connection, *, again: bool = False) -> list[tuple[str, str]]:
    """Id and reference of the documents that no recipe has read yet.

    Args:
        connection: to the vault.
        again: also those on which an earlier reading failed, or of which values wait for a person.
    """
    table = schema.disclosures
    query = select(table.c.id, table.c.reference).order_by(table.c.reference, table.c.id)
    open_ = table.c.id.in_(doubts.open_documents()) & (table.c.outcome == "read")
    failed = table.c.outcome.not_in(("read", REMOVED))
    found = connection.execute(query.where(failed | open_ if again else table.c.outcome == ""))
    return [(row.id, row.reference) for row in found]


def locked(connection: Connection) -> list[tuple[str, str]]:
    """Id and reference of the documents that wait for their password."""
    table = schema.disclosures
    query = select(table.c.id, table.c.reference).where(table.c.outcome == "locked")
    return [(row.id, row.reference) for row in connection.execute(query.order_by(table.c.reference, table.c.id))]


def get(connection: Connection, key: tuple[str, str]) -> Disclosure:
    """The document with this id under this request; a large one as a stream, for as long as the connection is open."""
    table, requests = schema.disclosures, schema.requests
    query = (
        select(table, requests.c.member, requests.c.controller, requests.c.language)
        .join(requests, requests.c.reference == table.c.reference)
        .where(table.c.id == key[0], table.c.reference == key[1])
    )
    row = connection.execute(query).one()
    large = pieces.size(connection, row.id) > LIMITS.part
    content = cast("IO[bytes]", pieces.Pieces(connection, row.id)) if large else messages.fetch(connection, row.id)
    return Disclosure(
        row.id, row.reference, row.member, row.controller, row.name, row.media_type, content, (row.language,)
    )


def content(connection: Connection, document: str) -> tuple[str, bytes]:
    """Media type and bytes of a document, whatever request it came for."""
    table = schema.disclosures
    media_type = connection.execute(select(table.c.media_type).where(table.c.id == document).limit(1)).scalar_one()
    return str(media_type), messages.fetch(connection, document)


def references(connection: Connection, document: str) -> list[str]:
    """The requests for which a document came."""
    table = schema.disclosures
    query = select(table.c.reference).where(table.c.id == document).order_by(table.c.reference)
    return [row.reference for row in connection.execute(query)]


def settle(
    connection: Connection,
    disclosure: Disclosure,
    outcome: str,
    reason: str,
    observations: Sequence[Observation],
) -> None:
    """Write down what was read from a document; an earlier reading of it is replaced."""
    table, kept = schema.disclosures, schema.observations
    connection.execute(
        update(table)
        .where(table.c.id == disclosure.id, table.c.reference == disclosure.reference)
        .values(outcome=outcome, reason=reason)
    )
    connection.execute(delete(kept).where(kept.c.disclosure == disclosure.id, kept.c.member == disclosure.member))
    rows = [doubts.columns(observation) for observation in observations]
    if rows:
        connection.execute(insert(kept), rows)


def replace_answers(connection: Connection, member: str, observations: Sequence[Observation]) -> None:
    """Keep what a member answered in a questionnaire, in place of earlier answers."""
    kept = schema.observations
    connection.execute(delete(kept).where(kept.c.disclosure == questionnaire.NAME, kept.c.member == member))
    rows = [doubts.columns(observation) for observation in observations]
    if rows:
        connection.execute(insert(kept), rows)


def remove(connection: Connection, document: str, reference: str) -> None:
    """Take a document away from a request that it was filed under by mistake, with all that was read from it."""
    table, kept, parts = schema.disclosures, schema.observations, schema.parts
    owner = select(schema.requests.c.member).where(schema.requests.c.reference == reference).scalar_subquery()
    connection.execute(delete(table).where(table.c.id == document, table.c.reference == reference))
    theirs = select(table.c.id).join(schema.requests, schema.requests.c.reference == table.c.reference)
    if connection.execute(theirs.where(table.c.id == document, schema.requests.c.member == owner)).first() is None:
        for found in (kept, doubts.doubts):
            connection.execute(delete(found).where(found.c.disclosure == document, found.c.member == owner))
    if connection.execute(select(table.c.id).where(table.c.id == document)).first() is None:
        connection.execute(delete(parts).where(parts.c.owner == document))


def outcomes(connection: Connection) -> list[tuple[str, str, str]]:
    """Reference, outcome and reason of every document."""
    table = schema.disclosures
    query = select(table.c.reference, table.c.outcome, table.c.reason).order_by(table.c.reference)
    return [(row.reference, row.outcome, row.reason) for row in connection.execute(query)]


_SECRET = "observations"  # noqa: S105 (the name of one)


def secret(connection: Connection) -> bytes:
    """What keys the hashed values of this campaign; drawn when it is first asked for, and never leaves the vault."""
    table = schema.secrets
    found: bytes | None = connection.execute(select(table.c.value).where(table.c.name == _SECRET)).scalar()
    if found is None:
        found = secrets.token_bytes(32)
        connection.execute(insert(table).values(name=_SECRET, value=found))
    return found


def observations(connection: Connection) -> Iterator[Observation]:
    """All observations."""
    for row in connection.execute(select(schema.observations)):
        value = row.text if row.number is None else row.number
        yield Observation(
            row.member,
            row.controller,
            row.variable,
            value,
            row.unit,
            row.provenance,
            row.confidence,
            row.place,
            row.row,
            row.recipe,
            row.disclosure,
        )


_ENOUGH = 16
"""Characters of a disclosure's id, which is a SHA-256, that tell it from all others of a member."""


BATCH = 50_000
"""Observations that are read at a time."""


def batches(connection: Connection) -> int:
    """How many batches there are at most; nothing is read for that."""
    last = connection.execute(select(func.max(schema.observations.c.id))).scalar()
    return -(-(last or 0) // BATCH)


def columns(connection: Connection, size: int = BATCH) -> Iterator[tuple[Sequence[Any], ...]]:
    """All observations in batches, column by column, as :data:`rightskit.disclosures.loading.Columns`."""
    table = schema.observations.c
    source = table.recipe + PART + table.variable + PART + table.unit + PART + table.provenance
    disclosure = func.substr(table.disclosure, 1, _ENOUGH)
    found = connection.execute(select(table.member, disclosure, table.row, source, table.number, table.text))
    while found.cursor and (rows := found.cursor.fetchmany(size)):  # the driver's own tuples: half the time of rows
        # Not zip(*rows): its iterators, one for each row, keep the garbage collector busy for half of the time.
        yield tuple([row[place] for row in rows] for place in range(len(rows[0])))


def shared(connection: Connection, variables: Collection[str]) -> list[tuple[str, str]]:
    """Members, each with a keyed hash of what only one household has."""
    if not variables:
        return []  # else every observation would be looked at in vain
    table = schema.observations
    query = select(table.c.member, table.c.text).distinct().where(table.c.variable.in_(variables))
    return [(row.member, row.text) for row in connection.execute(query)]
