"""Messages from outside, raw, and under which requests they are filed."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, insert, select, text, update

from rightskit.vault import schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

PIECE = 4 * 1024 * 1024
"""Bytes of one stored piece: SQLite holds a row in memory, so a 3 GB package must be many rows."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """What is kept of a message beside its raw bytes.

    Attributes:
        id: SHA-256 of the raw bytes.
        message_id: as the sender wrote it.
        date: from its Date header, in UTC.
        read_from: file or folder and UID that it was read from.
        status: ``filed``, ``review`` or ``ignored``.
        evidence: kind -> the words that show it.
        redacted: whether traces of a forgotten member were taken out of the raw bytes.
    """

    id: str
    message_id: str
    date: dt.datetime | None
    read_from: str
    size: int
    status: str
    primary_kind: str
    confidence: float
    certain: bool
    evidence: list[list[str]]
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Filing:
    """A message under a request, or a candidate for it.

    Attributes:
        reference: None where no request was found.
        outbound: Message-ID of the own letter that it answers.
        proven: whether the sender is known to belong to the controller.
        filed: whether it counts; a candidate waits for a person.
        strength: of the evidence, from 0 to 1: candidates are ranked by it.
    """

    message: str
    reference: str | None
    outbound: str | None
    evidence: str
    proven: bool
    filed: bool
    strength: float = 1.0


class Known:
    """Which messages must not be taken again: those that are kept, and those that were forgotten."""

    def __init__(self, kept: set[str], forgotten: set[bytes], key: bytes) -> None:
        self._kept = kept
        self._forgotten = forgotten
        self._key = key

    def __contains__(self, message: str) -> bool:
        return message in self._kept or (bool(self._forgotten) and digest(self._key, message) in self._forgotten)

    def add(self, message: str) -> None:
        """Know one more."""
        self._kept.add(message)


def known_ids(connection: Connection) -> Known:
    """The messages that must not be taken again."""
    kept = {row.id for row in connection.execute(select(schema.messages.c.id))}
    forgotten = {row.digest for row in connection.execute(select(schema.forgotten.c.digest))}
    return Known(kept, forgotten, key(connection))


_KEY = "forgotten"


def key(connection: Connection) -> bytes:
    """The key of the hashes of forgotten messages; empty before anything was forgotten."""
    table = schema.secrets
    return connection.execute(select(table.c.value).where(table.c.name == _KEY)).scalar() or b""


def digest(key: bytes, message: str) -> bytes:
    """What stays of a forgotten message: enough to know it again, nothing to tell what it was (HMAC-SHA256)."""
    return hmac.digest(key, message.encode(), "sha256")


def keep_from_returning(connection: Connection, messages: Iterable[str]) -> None:
    """Remember forgotten messages by their keyed hashes alone; the key is drawn when the first one is forgotten."""
    secret = key(connection)
    if not secret:
        secret = secrets.token_bytes(32)
        connection.execute(insert(schema.secrets).values(name=_KEY, value=secret))
    rows = [{"digest": digest(secret, message)} for message in messages]
    if rows:
        connection.execute(insert(schema.forgotten), rows)


def add(connection: Connection, found: Sequence[tuple[StoredMessage, bytes]]) -> None:
    """Keep messages with their raw bytes, unread: without any filing."""
    if found:
        connection.execute(insert(schema.messages), [_row(message) for message, _ in found])
        connection.execute(insert(schema.parts), [row for message, raw in found for row in _pieces(message.id, raw)])


def unread_one(message: str, read_from: str, size: int) -> StoredMessage:
    """A message that nobody has read yet: it waits for a person unless the machine comes to read it."""
    return StoredMessage(message, "", None, read_from, size, "review", "other", 0.0, certain=False, evidence=[])


def sizes(connection: Connection) -> set[tuple[str, int]]:
    """Message-ID and size of all messages."""
    table = schema.messages
    return {(row.message_id, row.size) for row in connection.execute(select(table.c.message_id, table.c.size))}


_INTERRUPTED = "reading was interrupted"
_ATTEMPTS = 5


def unread(connection: Connection) -> list[str]:
    """The messages that were kept, and not read before the process ended; not those at which it ended five times."""
    table, filed = schema.messages, schema.filings
    given_up = exists().where(filed.c.message == table.c.id, filed.c.evidence == f"{_INTERRUPTED}, {_ATTEMPTS}")
    read = exists().where(filed.c.message == table.c.id, ~filed.c.evidence.startswith(_INTERRUPTED))
    query = select(table.c.id).where(~read, ~given_up).order_by(table.c.date, table.c.id)
    return [row.id for row in connection.execute(query)]


def attempt(connection: Connection, message: str) -> None:
    """Note that a message is read once more: it may be the message itself that ends the process."""
    table = schema.filings
    former = connection.execute(select(table.c.evidence).where(table.c.message == message)).scalar() or ""
    number = int(former.rpartition(" ")[2]) + 1 if former else 1
    connection.execute(delete(table).where(table.c.message == message))
    evidence = f"{_INTERRUPTED}, {number}"
    add_filings(connection, [Filing(message, None, None, evidence, proven=False, filed=False, strength=0)])


def settle(connection: Connection, read: Sequence[tuple[StoredMessage, Sequence[Filing]]]) -> None:
    """Write down what was read in messages that are kept, and where they are filed."""
    if not read:
        return
    table = schema.messages
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in StoredMessage.__slots__}
    rows = [{f"new_{name}": value for name, value in _row(message).items()} for message, _ in read]
    same = table.c.id == bindparam("new_id")
    connection.execute(update(table).where(same).values(columns), rows)
    former = schema.filings.c.message == bindparam("former")
    connection.execute(delete(schema.filings).where(former), [{"former": message.id} for message, _ in read])
    add_filings(connection, [filing for _, filings in read for filing in filings])


def store(connection: Connection, owner: str, raw: bytes) -> None:
    """Keep bytes in pieces under an owner's id."""
    connection.execute(insert(schema.parts), list(_pieces(owner, raw)))


def _pieces(owner: str, raw: bytes) -> Iterator[dict[str, Any]]:
    for number, start in enumerate(range(0, len(raw) or 1, PIECE)):
        yield {"owner": owner, "number": number, "content": raw[start : start + PIECE]}


def fetch(connection: Connection, owner: str) -> bytes:
    """The bytes kept under an owner's id."""
    query = select(schema.parts.c.content).where(schema.parts.c.owner == owner).order_by(schema.parts.c.number)
    return b"".join(row.content for row in connection.execute(query))


def get(connection: Connection, message: str) -> StoredMessage | None:
    """The message with this id, or the only one whose id begins so."""
    return _only(connection, schema.messages.c.id.startswith(message, autoescape=True))


def called(connection: Connection, message_id: str) -> StoredMessage | None:
    """The only message with this Message-ID."""
    return _only(connection, schema.messages.c.message_id == message_id)


def _only(connection: Connection, condition: ColumnElement[bool]) -> StoredMessage | None:
    rows = connection.execute(select(schema.messages).where(condition).limit(2)).all()
    return StoredMessage(**rows[0]._mapping) if len(rows) == 1 else None  # noqa: SLF001 (public in SQLAlchemy)


def all_messages(connection: Connection) -> Iterator[StoredMessage]:
    """All messages, oldest first."""
    query = select(schema.messages).order_by(schema.messages.c.date, schema.messages.c.id)
    for row in connection.execute(query):
        yield StoredMessage(**row._mapping)  # noqa: SLF001 (likewise)


def filings(connection: Connection, message: str = "") -> dict[str, list[Filing]]:
    """Message id -> its filings, of all messages or of one; the strongest first."""
    table = schema.filings
    query = select(table).order_by(table.c.strength.desc(), table.c.id)
    found: dict[str, list[Filing]] = {}
    for row in connection.execute(query.where(table.c.message == message) if message else query):
        filing = Filing(row.message, row.reference, row.outbound, row.evidence, row.proven, row.filed, row.strength)
        found.setdefault(row.message, []).append(filing)
    return found


def about(connection: Connection, reference: str) -> list[str]:
    """The messages that are filed under a request, or may come to be."""
    table = schema.filings
    query = select(table.c.message).where(table.c.reference == reference).order_by(table.c.id)
    return [row.message for row in connection.execute(query)]


def waiting_references(connection: Connection, least: float = 0.0) -> set[str]:
    """The requests to which a message that waits for a person may belong, by evidence of some strength at least."""
    table = schema.filings
    # The few that wait are sought first: to look each filing's message up would read the whole file, page by page.
    waiting = select(schema.messages.c.id).where(schema.messages.c.status == "review")
    known = table.c.reference.is_not(None) & (table.c.strength >= least)
    query = select(table.c.reference).where(table.c.message.in_(waiting), known).distinct()
    return {row.reference for row in connection.execute(query)}


def decide(  # noqa: PLR0913 (a message's state, each by name)
    connection: Connection,
    message: str,
    status: str,
    primary_kind: str,
    filings: Sequence[Filing],
    *,
    certain: bool = True,
) -> None:
    """Write down what holds about a message from now on."""
    table = schema.messages
    connection.execute(
        update(table).where(table.c.id == message).values(status=status, primary_kind=primary_kind, certain=certain)
    )
    connection.execute(delete(schema.filings).where(schema.filings.c.message == message))
    add_filings(connection, filings)


def add_filings(connection: Connection, filings: Sequence[Filing]) -> None:
    """Keep filings of messages."""
    rows = [
        {
            "message": filing.message,
            "reference": filing.reference,
            "outbound": filing.outbound,
            "evidence": filing.evidence,
            "proven": filing.proven,
            "filed": filing.filed,
            "strength": filing.strength,
        }
        for filing in filings
    ]
    if rows:
        connection.execute(insert(schema.filings), rows)


def rank_filings(connection: Connection) -> None:
    """From version 1: a filing has a strength."""
    connection.execute(text("ALTER TABLE filings ADD COLUMN strength FLOAT DEFAULT '1' NOT NULL"))


def _row(message: StoredMessage) -> dict[str, Any]:
    return {name: getattr(message, name) for name in StoredMessage.__slots__}
