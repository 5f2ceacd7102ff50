"""Letters that we send ourselves, one by one: begun, gone, refused or in doubt."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, text, update

from rightskit.vault import mailings, schema
from rightskit.vault.requests import batched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from rightskit.delivery.model import Outgoing


def begin(connection: Connection, item: Outgoing, batch: str) -> bool:
    """Keep a letter that leaves now; False where one of its kind was begun before.

    A letter that the server refused never left: with another address it is sent anew.
    """
    table = schema.outgoing
    same = (table.c.reference == item.reference) & (table.c.letter == item.letter)
    former = connection.execute(select(table.c.state, table.c.recipient).where(same)).first()
    if former and (former.state != "refused" or former.recipient == item.recipient):
        return False
    if former:
        connection.execute(delete(table).where(same))
    row = {name: getattr(item, name) for name in item.__slots__}
    connection.execute(insert(table).values(**row, state="sending", batch=batch))
    return True


def forget(connection: Connection, message_id: str) -> None:
    """Nothing of the letter left: it is as if it had never been begun."""
    table = schema.outgoing
    connection.execute(delete(table).where(table.c.message_id == message_id, table.c.state.in_(_OPEN)))


def settle(connection: Connection, message_id: str, state: str, departed: dt.datetime | None, *, copy: bool) -> None:
    """Note what became of a letter.

    Args:
        connection: to the vault.
        message_id: of the letter.
        state: ``sent``, ``refused`` or ``doubt``.
        departed: when it left; None where it did not, or nobody can tell.
        copy: whether a copy of it is wanted in the account's folder.
    """
    table = schema.outgoing
    moment = departed.astimezone(dt.UTC).replace(tzinfo=None) if departed else None
    connection.execute(
        update(table)
        .where(table.c.message_id == message_id, table.c.state.in_(_OPEN))
        .values(state=state, departed=moment, copied=False if copy and departed else None)
    )


_OPEN = ("sending", "doubt")


def left_since(connection: Connection, moment: dt.datetime) -> list[tuple[dt.datetime, str]]:
    """When letters left since a moment, and for which address; mails to members count under none; oldest first."""
    table = schema.outgoing
    since = moment.astimezone(dt.UTC).replace(tzinfo=None)
    query = select(table.c.departed, table.c.recipient).where(table.c.departed > since).order_by(table.c.departed)
    letters = [(row.departed.replace(tzinfo=dt.UTC), row.recipient) for row in connection.execute(query)]
    return sorted([*letters, *((moment, "") for moment in mailings.left_since(connection, moment))])


def addresses_of_refused(connection: Connection) -> dict[tuple[str, str], str]:
    """Reference and letter -> the address at which the server refused it."""
    table = schema.outgoing
    query = select(table.c.reference, table.c.letter, table.c.recipient).where(table.c.state == "refused")
    return {(row.reference, row.letter): row.recipient for row in connection.execute(query)}


def answered(connection: Connection, message_ids: Sequence[str]) -> set[str]:
    """Those of our letters that a message answers by their Message-ID: they left, whatever we know else."""
    column = schema.filings.c.outbound
    return {row.outbound for row in connection.execute(select(column).where(column.in_(message_ids)).distinct())}


def message_ids_of(connection: Connection, references: Sequence[str]) -> dict[str, list[str]]:
    """Request -> the Message-IDs of our mails to its controller, oldest first."""
    table = schema.outgoing
    found: dict[str, list[str]] = defaultdict(list)
    for some in batched(references):
        to_them = table.c.reference.in_(some) & (table.c.recipient != "") & table.c.letter.not_in(("complaint",))
        mine = to_them & ~table.c.letter.startswith("ask-") & table.c.state.in_(("queued", "sent"))
        query = select(table.c.reference, table.c.message_id).where(mine).order_by(text("rowid"))
        for row in connection.execute(query):
            found[row.reference].append(row.message_id)
    return found


def replies_to(connection: Connection, references: Sequence[str]) -> dict[str, list[str]]:
    """Request -> the Message-IDs of what its controller wrote, oldest first; a stranger's mail is not among them."""
    filings, messages = schema.filings, schema.messages
    found: dict[str, list[str]] = defaultdict(list)
    for some in batched(references):
        query = (
            select(filings.c.reference, messages.c.message_id)
            .join(messages, messages.c.id == filings.c.message)
            .where(filings.c.reference.in_(some), filings.c.proven, filings.c.filed, messages.c.message_id != "")
            .order_by(messages.c.date)
        )
        for row in connection.execute(query):
            found[row.reference].append(row.message_id)
    return found


def raw(connection: Connection, message_id: str) -> bytes:
    """The bytes of a letter; none where there is no such letter."""
    table = schema.outgoing
    return connection.execute(select(table.c.raw).where(table.c.message_id == message_id)).scalar() or b""


def without_copy(connection: Connection, most: int) -> list[tuple[str, bytes]]:
    """Message-ID and bytes of letters of which a copy is still to be filed, oldest first."""
    table = schema.outgoing
    query = select(table.c.message_id, table.c.raw).where(table.c.copied.is_(False)).order_by(text("rowid")).limit(most)
    return [(row.message_id, row.raw) for row in connection.execute(query)]


def note_copies(connection: Connection, message_ids: Sequence[str]) -> None:
    """Copies lie in the account's folder."""
    table = schema.outgoing
    connection.execute(update(table).where(table.c.message_id.in_(message_ids)).values(copied=True))


def add_columns(connection: Connection) -> None:
    """Version 1 knew only letters that others sent."""
    connection.exec_driver_sql("ALTER TABLE outgoing ADD COLUMN departed DATETIME")
    connection.exec_driver_sql("ALTER TABLE outgoing ADD COLUMN copied BOOLEAN")
    connection.exec_driver_sql("CREATE INDEX when_letters_departed ON outgoing (departed, recipient)")
    connection.exec_driver_sql(
        "CREATE INDEX letters_by_state ON outgoing (state, reference, letter, recipient, message_id)"
    )
