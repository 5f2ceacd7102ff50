"""Pictures of members' signatures, which letters carry at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from rightskit.vault import messages, schema

if TYPE_CHECKING:
    from sqlalchemy import Connection

PREFIX = "signature-"
"""Stands before the member's id in the name under which the bytes lie."""


def keep(connection: Connection, member: str, picture: bytes) -> None:
    """Keep a member's signature as PNG, in the place of an earlier one."""
    forget(connection, member)
    messages.store(connection, PREFIX + member, picture)


def forget(connection: Connection, member: str) -> None:
    """Delete a member's signature."""
    connection.execute(delete(schema.parts).where(schema.parts.c.owner == PREFIX + member))


def by_reference(connection: Connection) -> dict[str, bytes]:
    """Reference -> the signature of the member whose request it is, where there is one."""
    parts, requests = schema.parts, schema.requests
    query = select(requests.c.reference, parts.c.content).join(parts, parts.c.owner == PREFIX + requests.c.member)
    return {row.reference: row.content for row in connection.execute(query)}
