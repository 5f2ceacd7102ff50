"""Letters on their way out: what makes sending twice impossible."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text, update

from rightskit.delivery.model import Outgoing
from rightskit.vault import schema
from rightskit.vault.requests import batched

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter on its way, without its bytes.

    Attributes:
        recipient: mail address; empty on paper.
        state: ``intended``, ``queued``, ``sending``, ``doubt``, ``refused``, ``sent`` or ``withdrawn``.
    """

    message_id: str
    reference: str
    letter: str
    recipient: str
    state: str


def intend(connection: Connection, items: Sequence[Outgoing], batch: str) -> None:
    """Keep letters with their Message-IDs before the first byte leaves."""
    rows = [
        {
            "message_id": item.message_id,
            "reference": item.reference,
            "letter": item.letter,
            "recipient": item.recipient,
            "raw": item.raw,
            "state": "intended",
            "batch": batch,
        }
        for item in items
    ]
    if rows:
        connection.execute(insert(schema.outgoing), rows)


def settle(connection: Connection, message_ids: Sequence[str], state: str) -> None:
    """Note that letters lie ready (``queued``) or were posted (``sent``)."""
    table = schema.outgoing
    connection.execute(update(table).where(table.c.message_id.in_(message_ids)).values(state=state))


def states(connection: Connection) -> dict[tuple[str, str], str]:
    """Reference and letter -> state, of every letter that was ever begun."""
    table = schema.outgoing
    query = select(table.c.reference, table.c.letter, table.c.state)
    return {(row.reference, row.letter): row.state for row in connection.execute(query)}


def batches(connection: Connection) -> set[str]:
    """The names of all batches."""
    return {row.batch for row in connection.execute(select(schema.outgoing.c.batch).distinct())}


def queued(connection: Connection) -> dict[str, int]:
    """Batch -> how many of its letters wait for a person to send them, in the order of their names."""
    table = schema.outgoing
    query = select(table.c.batch, func.count()).where(table.c.state == "queued").group_by(table.c.batch)
    return {str(batch): int(number) for batch, number in connection.execute(query.order_by(table.c.batch))}


_KEPT = [schema.outgoing.c[name] for name in Kept.__slots__]


def of_batch(connection: Connection, batch: str) -> list[Kept]:
    """Each letter of a batch."""
    return [Kept(*row) for row in connection.execute(select(*_KEPT).where(schema.outgoing.c.batch == batch))]


def left(connection: Connection, references: Sequence[str]) -> dict[str, list[Kept]]:
    """Request -> its letters that went out, in the order of their beginning."""
    table = schema.outgoing
    found: dict[str, list[Kept]] = {}
    for some in batched(references):
        query = select(*_KEPT).where(table.c.reference.in_(some), table.c.state == "sent").order_by(text("rowid"))
        for row in connection.execute(query):
            found.setdefault(row.reference, []).append(Kept(*row))
    return found


def in_state(connection: Connection, *states: str) -> list[Kept]:
    """Each letter in one of these states, in the order of their beginning."""
    query = select(*_KEPT).where(schema.outgoing.c.state.in_(states)).order_by(text("rowid"))
    return [Kept(*row) for row in connection.execute(query)]


def unfinished(connection: Connection) -> list[Outgoing]:
    """Letters that were begun and are not there, such as after an interruption."""
    table = schema.outgoing
    query = select(table).where(table.c.state == "intended")
    return [
        Outgoing(row.reference, row.letter, row.message_id, row.recipient, row.raw) for row in connection.execute(query)
    ]


def samples(connection: Connection, most: int) -> list[bytes]:
    """One letter of each kind to each recipient, at most so many: what of our words may come back in an answer."""
    table = schema.outgoing
    first = select(func.min(table.c.message_id)).group_by(table.c.letter, table.c.recipient).limit(most)
    return list(connection.execute(select(table.c.raw).where(table.c.message_id.in_(first))).scalars())


def message_ids(connection: Connection) -> dict[str, tuple[str, str]]:
    """Message-ID -> reference and letter, of every letter."""
    table = schema.outgoing
    query = select(table.c.message_id, table.c.reference, table.c.letter)
    return {row.message_id: (row.reference, row.letter) for row in connection.execute(query)}


def recipients(connection: Connection) -> dict[tuple[str, str], str]:
    """Reference and letter -> where it went; empty on paper."""
    table = schema.outgoing
    query = select(table.c.reference, table.c.letter, table.c.recipient)
    return {(row.reference, row.letter): row.recipient for row in connection.execute(query)}


def set_aside(connection: Connection, reference: str, letter: str) -> None:
    """Keep a letter that came back under another name, so that one to a better address can take its place."""
    table = schema.outgoing
    query = select(table.c.letter).where(table.c.reference == reference)
    former = sum(row.letter.startswith(f"{letter}~") for row in connection.execute(query))
    same = (table.c.reference == reference) & (table.c.letter == letter) & (table.c.state == "sent")
    connection.execute(update(table).where(same).values(letter=f"{letter}~{former + 1}"))


def letters_of(connection: Connection, references: Sequence[str]) -> list[Outgoing]:
    """Every letter of these requests that has left or lies ready, with its bytes."""
    table = schema.outgoing
    query = select(table).where(table.c.reference.in_(references), table.c.state != "intended")
    return [
        Outgoing(row.reference, row.letter, row.message_id, row.recipient, row.raw)
        for row in connection.execute(query.order_by(table.c.reference, table.c.letter))
    ]


def withdraw(connection: Connection, references: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Hold back for good the letters of these requests that have not gone out.

    Returns:
        Reference, letter, batch and former state (``intended``, or ``queued`` where it lies in a folder) of each.
    """
    table = schema.outgoing
    held = table.c.reference.in_(references) & table.c.state.in_(("intended", "queued"))
    query = select(table.c.reference, table.c.letter, table.c.batch, table.c.state).where(held)
    found = [(row.reference, row.letter, row.batch, row.state) for row in connection.execute(query)]
    connection.execute(update(table).where(held).values(state="withdrawn"))
    return found


def unwrite(connection: Connection, references: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Forget the letters of these requests that have not gone out, so that they are written anew.

    Returns:
        Reference, letter, batch and former state of each.
    """
    table = schema.outgoing
    held = table.c.reference.in_(references) & table.c.state.in_(("intended", "queued"))
    query = select(table.c.reference, table.c.letter, table.c.batch, table.c.state).where(held)
    found = [(row.reference, row.letter, row.batch, row.state) for row in connection.execute(query)]
    connection.execute(delete(table).where(held))
    return found


def list_folder(connection: Connection, path: Path, kind: str, made: dt.datetime) -> None:
    """Remember what holds members' data outside the vault, and when it was written last.

    What lies beside the vault is kept by its way from there: in a copied campaign it is the copy's own.

    Args:
        connection: to the vault.
        path: a folder of letters, or a file.
        kind: ``outbox``, ``print``, ``ask``, ``dossier``; ``report`` or ``release`` for what was published.
        made: now.
    """
    table, when, kept = schema.folders, made.replace(tzinfo=None), from_vault(connection, path)
    if connection.execute(update(table).where(table.c.path == kept).values(made=when)).rowcount == 0:
        connection.execute(insert(table).values(path=kept, kind=kind, made=when))


def unlist_folder(connection: Connection, path: Path) -> None:
    """Forget what was removed."""
    connection.execute(delete(schema.folders).where(schema.folders.c.path == from_vault(connection, path)))


def listed_folders(connection: Connection, *kinds: str) -> list[str]:
    """What holds members' data outside the vault, by its full path: all of it, or of some kinds."""
    query = select(schema.folders.c.path).order_by(schema.folders.c.made, schema.folders.c.path)
    if kinds:
        query = query.where(schema.folders.c.kind.in_(kinds))
    return [str(_campaign(connection) / row.path) for row in connection.execute(query)]


def shorten_folders(connection: Connection) -> None:
    """From version 1: full paths below the campaign's folder become those from the vault."""
    table = schema.folders
    for row in connection.execute(select(table.c.path)).all():
        kept = from_vault(connection, Path(row.path))
        connection.execute(update(table).where(table.c.path == row.path).values(path=kept))


def _campaign(connection: Connection) -> Path:
    """The folder in which the vault lies."""
    return Path(str(connection.engine.url.database)).absolute().parent


def from_vault(connection: Connection, path: Path) -> str:
    """How a path is listed: the way from the vault to what lies below its folder; else the full path."""
    here, there = _campaign(connection).resolve(), path.resolve()
    return str(there.relative_to(here)) if there.is_relative_to(here) else str(there)
