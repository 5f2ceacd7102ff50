"""Who approved which text of a letter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Column, Date, String, Table, select
from sqlalchemy.dialects.sqlite import insert

from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection


approvals = Table(
    "approvals",
    metadata,
    Column("letter", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("sha256", String, primary_key=True),  # of the letter's file: a changed text is another one
    Column("version", String, nullable=False),
    Column("name", String, nullable=False),  # of the person who approved it
    Column("date", Date, nullable=False),
)


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


def record(connection: Connection, given: Sequence[Approval]) -> None:
    """Keep approvals; the same text approved again keeps the later name and day."""
    if given:
        statement = insert(approvals)
        later = {"name": statement.excluded.name, "date": statement.excluded.date}
        keys = ["letter", "language", "sha256"]
        connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=later), [asdict(one) for one in given]
        )


def all_approvals(connection: Connection) -> list[Approval]:
    """All approvals, the latest of a letter last."""
    table = approvals
    rows = connection.execute(select(table).order_by(table.c.letter, table.c.language, table.c.date))
    return [Approval(**row._mapping) for row in rows]  # noqa: SLF001 (SQLAlchemy's public name for a row as a mapping)
