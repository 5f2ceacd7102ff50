"""What figures need of the answers: the documents that came, the words of demands, and what a person has looked at."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, select, type_coerce

from rightskit.disclosures.funnel import Came
from rightskit.disclosures.layout import NOT_APPLICABLE
from rightskit.vault import doubts, schema
from rightskit.vault.requests import batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Returned:
    """A document that came back for one request.

    Attributes:
        outcome: what reading it came to; empty until it was read.
        recipe: id and version of the recipe that read it; empty where none did.
    """

    id: str
    reference: str
    name: str
    media_type: str
    outcome: str
    recipe: str


def returned(connection: Connection) -> list[Returned]:
    """All documents, with the recipe that read each."""
    table, kept = schema.disclosures, schema.observations
    # One look into the index for each document: there may be millions of observations.
    recipe = select(kept.c.recipe).where(kept.c.disclosure == table.c.id).limit(1).scalar_subquery()
    columns = (table.c.id, table.c.reference, table.c.name, table.c.media_type, table.c.outcome, recipe)
    return [Returned(*row[:5], row[5] or "") for row in connection.execute(select(*columns))]


def came(connection: Connection, untabled: Collection[str]) -> list[Came]:
    """All documents, with how far each came.

    Args:
        connection: to the vault.
        untabled: variables of which the pool makes no tables.
    """
    table, requests, kept, waiting = schema.disclosures, schema.requests, schema.observations, doubts.doubts
    read = select(kept.c.id).where(kept.c.disclosure == table.c.id, kept.c.member == requests.c.member)
    doubtful = select(waiting.c.id).where(
        waiting.c.disclosure == table.c.id, waiting.c.member == requests.c.member, waiting.c.decision == ""
    )
    tabled = read.where(kept.c.variable.not_in(untabled))
    # One look into the indexes for each document: there may be millions of observations.
    query = select(
        *(requests.c.member, requests.c.controller, table.c.outcome),
        *(found.exists() for found in (doubtful, read, tabled)),
    )
    joined = query.join(requests, requests.c.reference == table.c.reference)
    return [Came(*row[:3], *map(bool, row[3:])) for row in connection.execute(joined)]


def spoken_of(connection: Connection, documents: Iterable[str]) -> dict[str, set[str]]:
    """Document -> the variables of which it speaks: it says "yes", or that they do not apply."""
    table = schema.observations
    found: dict[str, set[str]] = defaultdict(set)
    for some in batched(list(documents)):
        query = select(table.c.disclosure, table.c.variable)
        query = query.where(table.c.disclosure.in_(some), table.c.text.in_(("yes", NOT_APPLICABLE)))
        for document, variable in connection.execute(query):
            found[document].add(variable)
    return found


def looked_at(connection: Connection) -> set[str]:
    """The messages about which a person has decided."""
    return {row.message for row in connection.execute(select(schema.decisions.c.message).distinct())}


def words(connection: Connection, kinds: Collection[str]) -> dict[str, str]:
    """Message -> the words that show one of these kinds of reply, of those that show one."""
    table = schema.messages
    raw = type_coerce(table.c.evidence, String)
    found: dict[str, str] = {}
    for message, evidence in connection.execute(select(table.c.id, raw).where(table.c.status == "filed")):
        if any(kind in evidence for kind in kinds):
            found[message] = " ".join(text for kind, text in json.loads(evidence) if kind in kinds)
    return found


def looked_again(connection: Connection) -> set[str]:
    """The messages that the machine had filed when a person first decided about them."""
    table = schema.decisions
    first = {row.message: row.before["status"] for row in connection.execute(select(table).order_by(table.c.id.desc()))}
    return {message for message, status in first.items() if status == "filed"}


def audit(connection: Connection) -> tuple[int, int]:
    """How many messages of the drawn sample a person has decided again, and how many of these they changed.

    What somebody mends because they came upon it tells nothing of how often the machine is wrong. The first decision
    about each message counts: what is changed later was a person's.
    """
    table, kept, filed = schema.decisions, schema.messages, schema.filings
    drawn = table.c.message.in_(select(schema.drawn.c.message))
    checked: dict[str, tuple[str, set[str]]] = {}
    for message, before in connection.execute(
        select(table.c.message, table.c.before).where(drawn).order_by(table.c.id)
    ):
        if before["status"] == "filed" and message not in checked:
            references = {one["reference"] for one in before["filings"] if one["filed"]}
            checked[message] = (before["primary_kind"], references)
    now = dict(connection.execute(select(kept.c.id, kept.c.primary_kind).where(kept.c.id.in_(checked))).all())
    under: dict[str, set[str]] = defaultdict(set)
    for message, reference in connection.execute(
        select(filed.c.message, filed.c.reference).where(filed.c.message.in_(checked), filed.c.filed)
    ):
        under[message].add(reference)
    wrong = sum((now.get(message), under[message]) != before for message, before in checked.items())
    return len(checked), wrong
