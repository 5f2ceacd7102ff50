"""Who approved which text of a letter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from rightskit.vault import schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Approval:
    """A named person's yes to one text.

    Attributes:
        sha256: of the letter's file, in hexadecimal; a changed text needs a new yes.
        version: as the letter's front matter gave it.
        name: of the person.
    """

    letter: str
    language: str
    sha256: str
    version: str
    name: str
    date: dt.date


def record(connection: Connection, approvals: Sequence[Approval]) -> None:
    """Keep approvals; the same text approved again keeps the later name and day."""
    if approvals:
        statement = insert(schema.approvals)
        later = {"name": statement.excluded.name, "date": statement.excluded.date}
        keys = ["letter", "language", "sha256"]
        connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=later), [asdict(one) for one in approvals]
        )


def all_approvals(connection: Connection) -> list[Approval]:
    """All approvals, the latest of a letter last."""
    table = schema.approvals
    rows = connection.execute(select(table).order_by(table.c.letter, table.c.language, table.c.date))
    return [Approval(**row._mapping) for row in rows]  # noqa: SLF001 (SQLAlchemy's public name for a row as a mapping)
