"""The events of a request as they come from the vault: rows, of which events are made when somebody first asks for one.

Most that is told of a whole campaign is told of requests with the same history, and needs no event of its own.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, overload

from sqlalchemy import String, type_coerce

from rightskit.cases.model import Event, EventKind
from rightskit.vault import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

# A vault holds a hundred thousand events and only a few hundred different days: read as text and remembered, they
# take half the time that the columns' own types take.
COLUMNS = [type_coerce(schema.events.c[name], String) for name in Event.__slots__ if name != "id"] + [
    schema.events.c.id
]
"""What :class:`Events` is made of, in this order."""
_KINDS = {kind.value: kind for kind in EventKind}


class Events(Sequence[Event]):
    """The events of one request, in the order in which they were noted."""

    __slots__ = ("_made", "_rows")

    def __init__(self) -> None:
        self._rows: list[tuple[Any, ...]] = []
        self._made: tuple[Event, ...] | None = None

    def add(self, row: tuple[Any, ...]) -> None:
        """Append an event as it stands in :data:`COLUMNS`."""
        self._rows.append(row)

    def outlines(self) -> Iterator[tuple[str, str, str, str]]:
        """Kind, day, instant of noting and detail of each event, as the vault writes them."""
        return ((row[1], row[2], row[3], row[7]) for row in self._rows)

    def tell(self, *kinds: EventKind) -> bool:
        """Whether an event of one of these kinds is among them."""
        return any(row[1] in kinds for row in self._rows)

    def _events(self) -> tuple[Event, ...]:
        if self._made is None:
            self._made = tuple(_event(*row) for row in self._rows)
        return self._made

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events())

    @overload
    def __getitem__(self, place: int) -> Event: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Event]: ...

    def __getitem__(self, place: int | slice) -> Event | Sequence[Event]:
        return self._events()[place]


def _event(  # noqa: PLR0913, PLR0917 (the columns of a row)
    reference: str,
    kind: str,
    happened: str,
    noted: str,
    received: str | None,
    source: str,
    evidence: str,
    detail: str,
    rule: str,
    number: int,
) -> Event:
    return Event(
        reference,
        _KINDS[kind],
        day(happened),
        instant(noted),
        day(received) if received else None,
        source,
        evidence,
        json.loads(detail) if detail != "{}" else {},
        rule,
        number,
    )


@lru_cache(maxsize=1 << 12)
def day(text: str) -> dt.date:
    """A date as the vault writes it."""
    return dt.date.fromisoformat(text)


@lru_cache(maxsize=1 << 12)
def instant(text: str) -> dt.datetime:
    """An instant in UTC as the vault writes it."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
