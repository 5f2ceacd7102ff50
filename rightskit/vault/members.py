"""Members, their mandates and their consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, text

from rightskit.campaign.model import Member
from rightskit.vault import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

_COLUMNS = [column.name for column in schema.members.columns]


def add(connection: Connection, members: Sequence[Member]) -> None:
    """Keep new members with what they signed."""
    if not members:
        return
    rows = [{name: getattr(member, name) for name in _COLUMNS} for member in members]
    connection.execute(insert(schema.members), rows)
    signed = [
        {"member": member.member, "kind": kind, "signed": date}
        for member in members
        for kind, date in (("act", member.mandate_date), ("receive", member.receive_date))
        if date
    ]
    agreed = [
        {"member": member.member, "version": member.consent_version, "scopes": list(member.consent_scope)}
        for member in members
        if member.consent_version
    ]
    if signed:
        connection.execute(insert(schema.mandates), signed)
    if agreed:
        connection.execute(insert(schema.consents), agreed)


def all_members(connection: Connection) -> list[Member]:
    """All members, in the order in which they came."""
    signed: dict[tuple[str, str], Any] = {
        (row.member, row.kind): row.signed for row in connection.execute(select(schema.mandates))
    }
    agreed = {
        row.member: row for row in connection.execute(select(schema.consents).order_by(schema.consents.c.version))
    }
    members = []
    for row in connection.execute(select(schema.members).order_by(text("rowid"))):
        consent = agreed.get(row.member)
        members.append(
            Member(
                **row._mapping,  # noqa: SLF001 (SQLAlchemy's public name for the row as a mapping)
                mandate_date=signed.get((row.member, "act")),
                receive_date=signed.get((row.member, "receive")),
                consent_version=consent.version if consent else "",
                consent_scope=tuple(consent.scopes) if consent else (),
            )
        )
    return members
