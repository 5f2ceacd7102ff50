"""What was drawn by lot for which request, and with which seed and analysis plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, String, Table, delete, func, insert, select

from rightskit.campaign.lots import Lot, half
from rightskit.cases.model import EventKind
from rightskit.vault import schema
from rightskit.vault.schema import metadata

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from rightskit.campaign.trial import Stratum

trials = Table(
    "trials",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seed", String, nullable=False),
    Column("declared", JSON, nullable=False),  # strata and arms, as campaign.yaml said
    Column("analysis", String, nullable=False),  # the file's name
    Column("sha256", String, nullable=False),  # of the file, in hexadecimal
    Column("kept", Date, nullable=False),
    Column("sent", Integer, nullable=False),  # requests that had left before
)

lots = Table(
    "lots",
    metadata,
    Column("reference", ForeignKey("requests.reference"), primary_key=True),
    Column("arm", String, nullable=False),
    Column("stratum", JSON, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("among", Integer, nullable=False),  # so many were planned with it
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An analysis plan, as it stood on a day.

    Attributes:
        declared: strata and arms, as campaign.yaml said.
        analysis: the file's name.
        sha256: of the file, in hexadecimal.
        sent: how many requests had left before.
    """

    seed: str
    declared: Mapping[str, Any]
    analysis: str
    sha256: str
    kept: dt.date
    sent: int


def all_kept(connection: Connection) -> list[Kept]:
    """Every analysis plan that was kept, the first one first; none where nothing was ever drawn."""
    names = list(Kept.__slots__)
    query = select(*(trials.c[name] for name in names)).order_by(trials.c.id)
    return [Kept(*row) for row in connection.execute(query)]


def keep(connection: Connection, one: Kept) -> None:
    """Write down an analysis plan, for ever."""
    connection.execute(insert(trials).values({name: getattr(one, name) for name in Kept.__slots__}))


def sent(connection: Connection) -> int:
    """How many requests have left."""
    events = schema.events
    query = select(func.count(events.c.reference.distinct())).where(events.c.kind == EventKind.SENT.value)
    return int(connection.execute(query).scalar_one())


def add(connection: Connection, drawn: Iterable[Lot]) -> None:
    """Write down what was drawn."""
    rows = [{name: getattr(one, name) for name in Lot.__slots__} for one in drawn]
    if rows:
        connection.execute(insert(lots), rows)


def arms(connection: Connection) -> dict[str, str]:
    """Request → the arm that was drawn for it."""
    return {row.reference: row.arm for row in connection.execute(select(lots.c.reference, lots.c.arm))}


def halves(connection: Connection) -> dict[str, str]:
    """Request → in which half of the order it was to leave."""
    query = select(lots.c.reference, lots.c.rank, lots.c.among)
    return {reference: half(rank, among) for reference, rank, among in connection.execute(query)}


def counts(connection: Connection) -> dict[Stratum, Mapping[str, int]]:
    """Stratum → arm → how many were drawn."""
    found: dict[Stratum, Counter[str]] = defaultdict(Counter)
    query = select(lots.c.stratum, lots.c.arm, func.count()).group_by(lots.c.stratum, lots.c.arm)
    for stratum, arm, number in connection.execute(query):
        found[tuple(stratum)][arm] = number
    return dict(found)


def forget(connection: Connection, references: Sequence[str]) -> None:
    """What was drawn for some requests goes with them."""
    connection.execute(delete(lots).where(lots.c.reference.in_(references)))
