"""Scanned papers that no cover sheet names: kept as they are until a person says which request they answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, Date, DateTime, String, Table, delete, insert, select, update

from rightskit.cases.papers import LETTERHEAD, Likely
from rightskit.vault import messages, schema

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

strays = Table(
    "strays",
    schema.metadata,
    Column("id", String, primary_key=True),  # SHA-256 of its bytes
    Column("name", String, nullable=False),  # of the file, and its pages
    Column("media_type", String, nullable=False),
    Column("received", Date, nullable=False),
    Column("likely", JSON, nullable=False),  # reference, strength, reasons of each; empty once it is decided
    Column("decision", String, nullable=False),  # empty | filed | dropped
    Column("person", String, nullable=False),  # the name of who decided
    Column("decided", DateTime),
)

FILED, DROPPED = "filed", "dropped"


@dataclass(frozen=True, slots=True)
class Stray:
    """A paper that waits.

    Attributes:
        id: SHA-256 (hex) of its bytes.
        name: of the file it came in, and its pages.
        received: the day on which it came.
        likely: requests that it may answer, the likeliest first.
    """

    id: str
    name: str
    media_type: str
    received: dt.date
    likely: tuple[Likely, ...]

    @property
    def number(self) -> str:
        """By which a person calls it."""
        return f"S-{self.id[:8]}"


def keep(connection: Connection, stray: Stray, content: bytes) -> bool:
    """Keep a paper; False where it was kept before: then its likely requests are those of now, if it still waits."""
    known = connection.execute(select(strays.c.decision).where(strays.c.id == stray.id)).first()
    if known:
        if not known.decision:
            connection.execute(update(strays).where(strays.c.id == stray.id).values(likely=_json(stray.likely)))
        return False
    messages.store(connection, stray.id, content)
    connection.execute(
        insert(strays).values(
            id=stray.id,
            name=stray.name,
            media_type=stray.media_type,
            received=stray.received,
            likely=_json(stray.likely),
            decision="",
            person="",
        )
    )
    return True


def waiting(connection: Connection) -> list[Stray]:
    """Those that nobody has decided about, in the order of their files and pages."""
    query = select(strays).where(strays.c.decision == "").order_by(strays.c.name, strays.c.id)
    return [_stray(row) for row in connection.execute(query)]


def decide(connection: Connection, stray: str, decision: str, person: str, moment: dt.datetime) -> bytes:
    """Write down what a person decided, and give the bytes, which are kept here no longer."""
    content = messages.fetch(connection, stray)
    connection.execute(delete(schema.parts).where(schema.parts.c.owner == stray))
    connection.execute(
        update(strays)
        .where(strays.c.id == stray)
        .values(
            name="", likely=[], decision=decision, person=person, decided=moment.astimezone(dt.UTC).replace(tzinfo=None)
        )
    )
    return content


def forget(connection: Connection, references: Collection[str]) -> None:
    """Delete the papers that name a member of these requests, and take the requests out of the others."""
    for stray in waiting(connection):
        theirs = [one for one in stray.likely if one.reference in references]
        if any(one.reasons != (LETTERHEAD,) for one in theirs):
            connection.execute(delete(schema.parts).where(schema.parts.c.owner == stray.id))
            connection.execute(delete(strays).where(strays.c.id == stray.id))
        elif theirs:
            rest = [one for one in stray.likely if one not in theirs]
            connection.execute(update(strays).where(strays.c.id == stray.id).values(likely=_json(rest)))


def _json(likely: Sequence[Likely]) -> list[list[Any]]:
    return [[one.reference, one.strength, list(one.reasons)] for one in likely]


def _stray(row: Any) -> Stray:
    likely = tuple(Likely(reference, strength, tuple(reasons)) for reference, strength, reasons in row.likely)
    return Stray(row.id, row.name, row.media_type, row.received, likely)
