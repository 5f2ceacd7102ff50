"""Which keys a JSON document has, and what stands there how often, found in one reading however large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rightskit.files import tables
from rightskit.files.jsonstream import DEEPEST
from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rightskit.files.jsonstream import Event

LIST, MAPPING = "list", "mapping"
_CONTAINERS = {"start_map": MAPPING, "start_array": LIST}
_MOST = 200_000


class Shape:
    """What stands at one place: all items of a list are at one place, each key of a mapping is one.

    Attributes:
        kinds: ``list``, ``mapping``, or the kind of a single value → how often; empty where nothing ever stood.
        keys: of the mappings that stood there.
        items: of the lists.
    """

    __slots__ = ("items", "keys", "kinds")

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self.keys: dict[str, Shape] = {}
        self.items: Shape | None = None

    def at(self, path: str) -> list[Shape]:
        """The shapes at a path as in :func:`rightskit.files.tables.at`; without those where nothing stood."""
        found = [self]
        for step in tables.steps(path):
            found = [inner for outer in found for inner in outer._below(step)]  # noqa: SLF001 (its own)
        return found

    def _below(self, step: str) -> list[Shape]:
        if step == "[]":
            return [self.items] if self.items and self.items.kinds else []
        return list(self.keys.values()) if step == "*" else [self.keys[step]] if step in self.keys else []


def shape(found: Iterator[Event], kind: Callable[[Any], str]) -> Shape:
    """The shape of a whole document.

    Args:
        found: what :func:`rightskit.files.jsonstream.events` meets.
        kind: says what a single value is.

    Raises:
        BrokenError, TooLargeError: as there, or it has more than 200,000 places, or is nested too deep.
    """
    top = inner = here = Shape()
    outer: list[tuple[Shape, Shape]] = []
    places = 0
    for event, value in found:
        if event == "map_key":
            if (at := inner.keys.get(value)) is None:
                at = inner.keys[value] = Shape()
                places += 1
                _refuse(places, _MOST, "values", "The JSON file has too many different keys")
            here = at
        elif event in {"end_map", "end_array"}:
            inner, here = outer.pop()
        elif event in _CONTAINERS:
            outer.append((inner, here))
            count(here, _CONTAINERS[event])
            inner = here
            if event == "start_array":
                inner.items = here = inner.items or Shape()
            _refuse(len(outer), DEEPEST, "depth", "The JSON file is nested too deep")
        else:
            count(here, kind(value))
    return top


def count(here: Shape, kind: str) -> None:
    """One more of a kind stands at a place."""
    here.kinds[kind] = here.kinds.get(kind, 0) + 1


def _refuse(number: int, most: int, limit: str, what: str) -> None:
    if number > most:
        raise TooLargeError(limit, most, what)
