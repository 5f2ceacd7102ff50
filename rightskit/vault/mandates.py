"""What members signed, with the signed documents themselves."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, text, update

from rightskit.campaign.model import Mandate
from rightskit.vault import messages, schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Connection

_COLUMNS = Mandate.__slots__


def add(connection: Connection, signed: Iterable[tuple[str, Mandate]]) -> None:
    """Keep permissions, each with the id of the member who signed it."""
    rows = [
        {"member": member, **{name: _plain(getattr(mandate, name)) for name in _COLUMNS}} for member, mandate in signed
    ]
    if rows:
        connection.execute(insert(schema.mandates), rows)


def by_member(connection: Connection, only: Collection[str] | None = None) -> Mapping[str, tuple[Mandate, ...]]:
    """Member id -> all that they signed, in the order of signing; with ``only``, of these members."""
    table = schema.mandates
    found: dict[str, list[Mandate]] = defaultdict(list)
    query = select(table.c.member, *(table.c[name] for name in _COLUMNS)).order_by(table.c.signed, text("rowid"))
    if only is not None:
        query = query.where(table.c.member.in_(only))
    for member, *row in connection.execute(query):
        values = {name: _frozen(value) for name, value in zip(_COLUMNS, row, strict=True)}
        found[member].append(Mandate(**values))
    return {member: tuple(mandates) for member, mandates in found.items()}


def revoke(connection: Connection, ids: Iterable[str], day: dt.date) -> None:
    """From this day on these permit nothing."""
    table = schema.mandates
    connection.execute(update(table).where(table.c.id.in_(list(ids))).values(revoked=day))


def keep_document(connection: Connection, ids: Iterable[str], raw: bytes) -> str:
    """Keep a signed PDF or scan as the document of these permissions, and give its SHA-256."""
    document = hashlib.sha256(raw).hexdigest()
    kept = select(schema.parts.c.owner).where(schema.parts.c.owner == owner(document)).limit(1)
    if connection.execute(kept).first() is None:
        messages.store(connection, owner(document), raw)
    table = schema.mandates
    connection.execute(update(table).where(table.c.id.in_(list(ids))).values(document=document))
    return document


def note_paper(connection: Connection, ids: Iterable[str], place: str) -> None:
    """Note where the signed original lies."""
    table = schema.mandates
    connection.execute(update(table).where(table.c.id.in_(list(ids))).values(paper=place))


def document(connection: Connection, name: str) -> bytes:
    """The bytes of a signed document, by their SHA-256."""
    return messages.fetch(connection, owner(name))


def owner(document: str) -> str:
    """Under which name the bytes of a signed document lie: a controller may send back the very same ones."""
    return f"mandate-{document}"


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
