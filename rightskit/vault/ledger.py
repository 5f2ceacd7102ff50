"""What left the house: releases and published pages, who is in them, and who stands behind each of their cells.

Members stand in it as keyed hashes. Of a member who is forgotten only counts stay: how many were forgotten of a
release, and of each cell.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from rightskit.disclosures.changes import Earlier, Held, Mark
from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import Connection

releases = Table(
    "releases",
    metadata,
    Column("name", String, primary_key=True),  # R and a running number
    Column("kind", String, nullable=False),  # tables | research | report, and whatever page a flow publishes
    Column("made", DateTime, nullable=False),
    Column("sha256", String, nullable=False),  # of the manifest
    Column("threshold", Integer, nullable=False),
    Column("members", Integer, nullable=False),  # people who are counted in it
    Column("forgotten", Integer, nullable=False),  # members of it who were forgotten since
    Column("edges", JSON, nullable=False),  # variable -> what its tables tell apart
)

release_members = Table(
    "release_members",
    metadata,
    Column("release", ForeignKey("releases.name"), primary_key=True),
    Column("member", ForeignKey("members.member"), primary_key=True, index=True),
    Column("number", Integer, nullable=False),  # under which they are counted: a keyed hash
)

release_returned = Table(
    "release_returned",
    metadata,
    Column("release", ForeignKey("releases.name"), primary_key=True),
    Column("member", ForeignKey("members.member"), primary_key=True, index=True),
    Column("number", Integer, nullable=False),  # under which their documents are counted: another keyed hash
)

release_cells = Table(
    "release_cells",
    metadata,
    Column("release", ForeignKey("releases.name"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("variable", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("label", String, primary_key=True),
    Column("members", LargeBinary, nullable=False),  # numbers of 8 bytes each
    Column("prints", LargeBinary, nullable=False),  # beside them, of what is added up
    Column("gone", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Release:
    """A set of tables, a research copy, or a page, that left the house.

    Attributes:
        name: ``R`` and a running number.
        kind: ``tables``, ``research``, or of a page ``report`` and the like.
        made: UTC.
        sha256: of the manifest, in hexadecimal.
        members: how many people are counted in it.
        forgotten: how many of its members were forgotten since; its files still count them.
        edges: variable → what its tables tell apart.
    """

    name: str
    kind: str
    made: dt.datetime
    sha256: str
    threshold: int
    members: int
    forgotten: int
    edges: Mapping[str, tuple[str, ...]]


def next_name(connection: Connection) -> str:
    """The name of the next release."""
    return f"R{len(connection.execute(select(releases.c.name)).all()) + 1}"


def add(
    connection: Connection,
    release: Release,
    people: Mapping[str, int],
    cells: Mapping[Mark, Held],
    returned: Mapping[str, int],
) -> None:
    """Write down a release before its files are in their place.

    Args:
        connection: to the vault.
        release: what it is.
        people: its members, with the numbers under which they are counted.
        cells: who stands behind each cell.
        returned: the members whose documents it counts, whether they agreed or not, likewise.
    """
    values = {name: getattr(release, name) for name in Release.__slots__}
    connection.execute(insert(releases).values(values | {"made": release.made.replace(tzinfo=None)}))
    for table, counted in ((release_members, people), (release_returned, returned)):
        rows = [{"release": release.name, "member": member, "number": number} for member, number in counted.items()]
        if rows:
            connection.execute(insert(table), rows)
    for mark, held in cells.items():
        connection.execute(
            insert(release_cells).values(
                release=release.name, **mark._asdict(), members=held.members, prints=held.prints, gone=0
            )
        )


def all_releases(connection: Connection, member: str = "") -> list[Release]:
    """All releases, or those that hold a member, the first one first."""
    query = select(releases).order_by(releases.c.made, func.length(releases.c.name), releases.c.name)
    if member:
        query = query.join(release_members).where(release_members.c.member == member)
    return [
        Release(**{**row, "edges": {name: tuple(told) for name, told in row["edges"].items()}})
        for row in connection.execute(query).mappings()
    ]


def earlier(connection: Connection, *, research: bool = False) -> Iterator[Earlier]:
    """All that held tables, or the research copies, with who stood behind their cells."""
    for release in all_releases(connection):
        if (release.kind == "research") is research:
            yield Earlier(release.name, release.edges, _held(connection, release.name))


def _held(connection: Connection, release: str) -> dict[Mark, Held]:
    table = release_cells
    names = (*Mark._fields, *Held.__slots__)
    rows = connection.execute(select(*(table.c[name] for name in names)).where(table.c.release == release))
    return {Mark(*mark): Held(*held) for *mark, held in ((*row[:4], row[4:]) for row in rows)}


def days_of_whole(connection: Connection, agreed: Collection[str]) -> dict[str, dt.date]:
    """The releases of which nobody was forgotten and nobody has withdrawn since → their days.

    Args:
        connection: to the vault.
        agreed: the members whose consent stands.
    """
    gone = {row.release for row in connection.execute(select(release_members)) if row.member not in agreed}
    return {one.name: one.made.date() for one in all_releases(connection) if not one.forgotten and one.name not in gone}


def forget(connection: Connection, member: str) -> None:
    """Keep only counts of a member: in each release that holds them, and in each of its cells.

    Whoever is counted together with others of the same release stays counted: the number is theirs too.
    """
    holding: set[str] = set()
    for table in (release_members, release_returned):
        theirs = connection.execute(select(table.c.release, table.c.number).where(table.c.member == member)).all()
        connection.execute(delete(table).where(table.c.member == member))
        for release, number in theirs:
            same = (table.c.release == release) & (table.c.number == number)
            if connection.execute(select(table.c.member).where(same)).first() is None:
                _take_from_cells(connection, release, number)
            holding.add(release)
    counted = update(releases).where(releases.c.name.in_(holding))
    connection.execute(counted.values(forgotten=releases.c.forgotten + 1))


def _take_from_cells(connection: Connection, release: str, number: int) -> None:
    for mark, held in _held(connection, release).items():
        if not (left := _without(held, number)):
            continue
        place = [release_cells.c[name] == value for name, value in mark._asdict().items()]
        values = {"members": left.members, "prints": left.prints, "gone": left.gone}
        connection.execute(update(release_cells).where(release_cells.c.release == release, *place).values(values))


def _without(held: Held, number: int) -> Held | None:
    """A cell without one member; None where they do not stand in it."""
    members = array("q", held.members)
    if number not in members:
        return None
    place = members.index(number)
    del members[place]
    prints = array("q", held.prints)
    if prints:
        del prints[place]
    return Held(members.tobytes(), prints.tobytes(), held.gone + 1)
