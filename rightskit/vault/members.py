"""Members, their mandates and their consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.sqlite import insert

from rightskit.campaign.model import Member
from rightskit.errors import NotFoundError
from rightskit.vault import mandates, schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Row

_COLUMNS = [column.name for column in schema.members.columns if column.name != "withdrawn"]


def add(connection: Connection, members: Sequence[Member]) -> None:
    """Keep new members with what they signed."""
    if not members:
        return
    rows = [{name: getattr(member, name) for name in _COLUMNS} for member in members]
    connection.execute(insert(schema.members), rows)
    mandates.add(connection, ((member.member, mandate) for member in members for mandate in member.mandates))
    agree(connection, ((one.member, one.consent_version, one.consent_scope, one.consent_date) for one in members))


Consented = tuple[str, str, "Sequence[str]", "dt.date | None"]
"""A member, the version of the text they agreed to (empty: to none), the scopes, the day."""


def agree(connection: Connection, consents: Iterable[Consented]) -> None:
    """Keep consents; to the same text one takes the place of an earlier one, of a withdrawn one too."""
    rows = [
        {"member": member, "version": version, "scopes": list(scopes), "given": day, "withdrawn": None}
        for member, version, scopes, day in consents
        if version
    ]
    statement = insert(schema.consents)
    fresh = {name: statement.excluded[name] for name in ("scopes", "given", "withdrawn")}
    if rows:
        connection.execute(statement.on_conflict_do_update(index_elements=["member", "version"], set_=fresh), rows)


def unsigned(connection: Connection) -> list[Member]:
    """All members without their mandates and consents, for whoever asks only who they are: in a quarter of the time."""
    query = select(*(schema.members.c[name] for name in _COLUMNS)).order_by(text("rowid"))
    return [Member(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001 (as below)


def all_members(connection: Connection, only: Collection[str] | None = None) -> list[Member]:
    """All members, in the order in which they came; with ``only``, those of these ids."""
    signed = mandates.by_member(connection, only)
    agreed = standing_consents(connection, only)
    query = select(*(schema.members.c[name] for name in _COLUMNS)).order_by(text("rowid"))
    if only is not None:
        query = query.where(schema.members.c.member.in_(only))
    members = []
    for row in connection.execute(query):
        consent = agreed.get(row.member)
        members.append(
            Member(
                **row._mapping,  # noqa: SLF001 (SQLAlchemy's public name for the row as a mapping)
                mandates=signed.get(row.member, ()),
                consent_version=consent.version if consent else "",
                consent_scope=tuple(consent.scopes) if consent else (),
                consent_date=consent.given if consent else None,
            )
        )
    return members


def standing_consents(connection: Connection, only: Collection[str] | None = None) -> dict[str, Row[Any]]:
    """Member -> version, scopes and day of the consent that stands: the one to the latest version."""
    consents = schema.consents
    query = select(consents).where(consents.c.withdrawn.is_(None)).order_by(consents.c.version)
    if only is not None:
        query = query.where(consents.c.member.in_(only))
    return {row.member: row for row in connection.execute(query)}


def with_consent(connection: Connection, version: str) -> set[str]:
    """The members who have agreed to a text, whether or not they have withdrawn that since."""
    table = schema.consents
    return {row.member for row in connection.execute(select(table.c.member).where(table.c.version == version))}


def by_id(connection: Connection, only: Collection[str] | None = None) -> dict[str, Member]:
    """Member id -> member: all, or those of these ids that there are."""
    return {member.member: member for member in all_members(connection, only)}


def at_address(connection: Connection, address: str) -> set[str]:
    """The ids of the members who have a mail address today."""
    table = schema.members
    query = select(table.c.member).where(func.lower(table.c.email) == address.lower())
    return {row.member for row in connection.execute(query)} if address else set()


def one(connection: Connection, member: str) -> Member:
    """The member with this id.

    Raises:
        NotFoundError: there is none.
    """
    found = by_id(connection, [member]).get(member)
    if found is None:
        raise NotFoundError(f"There is no member {member}.", "See: rightskit members list")
    return found


def taking_part(connection: Connection) -> list[Member]:
    """The members for whom letters may be written."""
    gone = withdrawn(connection)
    return [member for member in all_members(connection) if member.member not in gone]


def change(connection: Connection, member: str, values: Mapping[str, object]) -> None:
    """Change what is known of a member; what stood there before is an event's affair."""
    table = schema.members
    if values:
        connection.execute(update(table).where(table.c.member == member).values(**values))


def withdrawn(connection: Connection) -> set[str]:
    """The members for whom nothing leaves any more."""
    table = schema.members
    return {row.member for row in connection.execute(select(table.c.member).where(table.c.withdrawn.is_not(None)))}


def took_back_consent(connection: Connection) -> set[str]:
    """The members who agreed once, and whose consent does not stand any more."""
    table = schema.consents
    standing = select(table.c.member).where(table.c.withdrawn.is_(None))
    gone = select(table.c.member).where(table.c.withdrawn.is_not(None), table.c.member.not_in(standing))
    return {row.member for row in connection.execute(gone)}


def withdraw_mandate(connection: Connection, member: str, day: dt.date) -> None:
    """From this day on nothing leaves for a member, and what they signed permits nothing."""
    table, signed = schema.members, schema.mandates
    connection.execute(update(table).where(table.c.member == member).values(withdrawn=day))
    connection.execute(update(signed).where(signed.c.member == member, signed.c.revoked.is_(None)).values(revoked=day))


def withdraw_consent(connection: Connection, member: str, day: dt.date) -> int:
    """Take a member's consents back, and give the number of those that stood."""
    table = schema.consents
    standing = (table.c.member == member) & table.c.withdrawn.is_(None)
    return connection.execute(update(table).where(standing).values(withdrawn=day)).rowcount
