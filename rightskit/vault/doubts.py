"""Values that wait for a person before they become observations, and what was decided about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, String, Table, delete, func, insert, select, update

from rightskit.disclosures.model import Doubtful, Observation
from rightskit.vault import schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Select

    from rightskit.disclosures.model import Disclosure

doubts = Table(
    "doubts",
    schema.metadata,
    Column("id", Integer, primary_key=True),
    Column("member", ForeignKey("members.member"), nullable=False, index=True),
    Column("controller", String, nullable=False),
    Column("variable", String, nullable=False),
    Column("number", Float),
    Column("text", String),  # both empty where nothing can be proposed
    Column("unit", String, nullable=False),
    Column("provenance", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("place", String, nullable=False),
    Column("row", Integer, nullable=False),
    Column("recipe", String, nullable=False),
    Column("disclosure", String, nullable=False, index=True),
    Column("why", String, nullable=False),
    Column("snippet", String, nullable=False),  # empty once it is decided
    Column("decision", String, nullable=False),  # empty | accepted | corrected | dropped
    Column("name", String, nullable=False),  # of the person who decided
    Column("decided", DateTime),
)

ACCEPTED, CORRECTED, DROPPED = "accepted", "corrected", "dropped"
CERTAIN = 1.0
"""The confidence of what a person has read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A value that waits.

    Attributes:
        reference: of the request under which its document came.
    """

    id: int
    reference: str
    doubtful: Doubtful


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says about a value.

    Attributes:
        decision: :data:`ACCEPTED`, :data:`CORRECTED` or :data:`DROPPED`.
        value: that becomes the observation; None where it is dropped.
        name: of the person.
        decided: when.
    """

    decision: str
    value: float | str | None
    name: str
    decided: dt.datetime


def replace_all(connection: Connection, disclosure: Disclosure, found: Sequence[Doubtful]) -> None:
    """Keep what is doubtful in a document, in place of what an earlier reading found.

    What a person decided about the same value at the same place, for the same reason, still holds.
    """
    table = doubts
    own = (table.c.disclosure == disclosure.id) & (table.c.member == disclosure.member)
    decided = {
        _key(_doubtful(row)): _verdict(row) for row in connection.execute(select(table).where(own)) if row.decision
    }
    connection.execute(delete(table).where(own))
    for one in found:
        made = connection.execute(insert(table).values(**_row(one)).returning(table.c.id)).scalar_one()
        if verdict := decided.get(_key(one)):
            decide(connection, made, verdict)


def waiting(connection: Connection) -> list[Waiting]:
    """All that wait, those of one variable and recipe together."""
    table, documents = doubts, schema.disclosures
    reference = (
        select(documents.c.reference)
        .join(schema.requests, schema.requests.c.reference == documents.c.reference)
        .where(documents.c.id == table.c.disclosure, schema.requests.c.member == table.c.member)
        .limit(1)
        .scalar_subquery()
    )
    query = select(table, func.coalesce(reference, "").label("reference")).where(table.c.decision == "")
    order = (table.c.recipe, table.c.variable, table.c.why, table.c.id)
    return [Waiting(row.id, row.reference, _doubtful(row)) for row in connection.execute(query.order_by(*order))]


def number_waiting(connection: Connection) -> int:
    """How many values wait."""
    query = select(func.count()).select_from(doubts).where(doubts.c.decision == "")
    return int(connection.execute(query).scalar_one())


def documents_waiting(connection: Connection) -> int:
    """Of how many documents values wait."""
    query = select(func.count(doubts.c.disclosure.distinct())).where(doubts.c.decision == "")
    return int(connection.execute(query).scalar_one())


def decide(connection: Connection, number: int, verdict: Verdict) -> None:
    """Write down a verdict; what is not dropped becomes an observation. The snippet goes.

    What somebody else decided meanwhile stays as it is.
    """
    table = doubts
    row = connection.execute(select(table).where(table.c.id == number, table.c.decision == "")).first()
    if row is None:
        return
    values: dict[str, Any] = {
        "decision": verdict.decision,
        "name": verdict.name,
        "decided": verdict.decided.astimezone(dt.UTC).replace(tzinfo=None),
        "snippet": "",
    }
    if verdict.value is not None:
        read = replace(_doubtful(row).observation, value=verdict.value, confidence=CERTAIN)
        connection.execute(insert(schema.observations).values(**columns(read)))
        values |= _value(verdict.value)
    connection.execute(update(table).where(table.c.id == number).values(**values))


def forget(connection: Connection, member: str) -> None:
    """Delete what is doubtful of a member."""
    connection.execute(delete(doubts).where(doubts.c.member == member))


def open_documents() -> Select[tuple[str]]:
    """The ids of the documents of which values wait."""
    return select(doubts.c.disclosure).where(doubts.c.decision == "")


def of_member(connection: Connection, member: str) -> list[Mapping[str, Any]]:
    """All that is kept of a member here."""
    query = select(doubts).where(doubts.c.member == member).order_by(doubts.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def columns(one: Observation) -> dict[str, object]:
    """An observation as the columns that it has here and in the table of observations."""
    return {name: getattr(one, name) for name in Observation.__slots__ if name != "value"} | _value(one.value)


def _value(value: float | str) -> dict[str, float | str | None]:
    return {"number": None, "text": value} if isinstance(value, str) else {"number": value, "text": None}


def _row(one: Doubtful) -> dict[str, object]:
    return {**columns(one.observation), "why": one.why, "snippet": one.snippet, "decision": "", "name": ""}


def _doubtful(row: Any) -> Doubtful:
    value = (row.text or "") if row.number is None else row.number
    fields = {name: getattr(row, name) for name in Observation.__slots__ if name != "value"}
    return Doubtful(Observation(**fields, value=value), row.why, row.snippet)


def _key(one: Doubtful) -> tuple[object, ...]:
    read = one.observation
    return read.recipe, read.variable, read.place, read.row, one.why


def _verdict(row: Any) -> Verdict:
    value = None if row.decision == DROPPED else row.text if row.number is None else row.number
    return Verdict(row.decision, value, row.name, row.decided.replace(tzinfo=dt.UTC))
