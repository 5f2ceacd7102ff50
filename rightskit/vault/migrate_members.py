"""Version 1 -> 2, members: what they signed gets its terms, and what happened to them is kept as events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.campaign.reference import new_mandate_id
from rightskit.vault import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MIDNIGHT = "00:00:00.000000"
_TAKEN_OVER = "kept by an earlier version"


def mandates(connection: Connection) -> None:
    """A mandate of version 1 was for all that the campaign did; of a minor it was taken as the guardian's."""
    rows = connection.exec_driver_sql(
        "SELECT member, kind, signed, CASE guardian WHEN '' THEN 'member' ELSE 'guardian' END "
        "FROM mandates JOIN members USING (member) ORDER BY mandates.rowid"
    ).all()
    connection.exec_driver_sql("DROP TABLE mandates")
    schema.mandates.create(connection)
    for row in rows:
        connection.exec_driver_sql(
            "INSERT INTO mandates (id, member, kind, signed, signed_by, rights, controllers, data, document, paper) "
            "VALUES (?, ?, ?, ?, ?, '[]', '[]', '', '', '')",
            (new_mandate_id(), *row),
        )


def reasons(connection: Connection) -> None:
    """Version 1 knew no reasons of members."""
    connection.exec_driver_sql("ALTER TABLE members ADD COLUMN reason VARCHAR NOT NULL DEFAULT ''")


def addresses(connection: Connection) -> None:
    """A member is found by their address, however it is written."""
    connection.exec_driver_sql("CREATE INDEX members_by_address ON members (lower(email))")


def consents(connection: Connection) -> None:
    """Version 1 kept no day of a consent."""
    connection.exec_driver_sql("ALTER TABLE consents ADD COLUMN given DATE")


def events(connection: Connection) -> None:
    """The days that version 1 knew of members become events."""
    found = connection.exec_driver_sql(
        "SELECT member, 'signed', signed, json_object('of', kind) FROM mandates "
        "UNION ALL SELECT member, 'withdrew', withdrawn, '{}' FROM members WHERE withdrawn IS NOT NULL"
    ).all()
    for member, kind, day, detail in found:
        connection.exec_driver_sql(
            "INSERT INTO member_events (member, kind, happened, noted, source, evidence, detail) "
            "VALUES (?, ?, ?, ?, 'rightskit', ?, ?)",
            (member, kind, day, f"{day} {_MIDNIGHT}", _TAKEN_OVER, detail),
        )
