"""The fields of a row by their names, whether they stand in the row itself or in one of its parts."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Dataclass(Protocol):
    """Any row, or part of one."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Whole = TypeVar("Whole", bound=Dataclass)
_PLACES: dict[type, Mapping[str, str]] = {}
"""Of each type of row that was seen: all rows of a type have the same parts."""


@dataclass(frozen=True, slots=True)
class Taken(Generic[Whole]):
    """A row that steps with others.

    Attributes:
        old: as the last page counted it; None where none did.
        new: as it is to be counted, its days not shared yet.
        true: as it is.
    """

    old: Whole | None
    new: Whole
    true: Whole


def places(row: Dataclass) -> Mapping[str, str]:
    """Name of each field → where it stands: ``sent`` → ``course.sent``."""
    kind = type(row)
    if kind not in _PLACES:
        _PLACES[kind] = {path.rpartition(".")[2]: path for path, _ in _fields(row)}
    return _PLACES[kind]


def days(row: Dataclass) -> frozenset[str]:
    """Names of the fields that hold days."""
    return frozenset(path.rpartition(".")[2] for path, kind in _fields(row) if "dt.date" in kind)


def _fields(row: Dataclass) -> Iterator[tuple[str, str]]:
    """Path and type of each."""
    for field in fields(row):
        part = getattr(row, field.name)
        if is_dataclass(part) and not isinstance(part, type):
            yield from ((f"{field.name}.{path}", kind) for path, kind in _fields(part))
        else:
            yield field.name, str(field.type)


def values(row: Dataclass) -> dict[str, Any]:
    """Name of each field → its value."""
    found = places(row)
    return dict(zip(found, attrgetter(*found.values())(row), strict=True))


def changed(row: Whole, /, **new: Any) -> Whole:
    """A row with other values in the fields of these names.

    Raises:
        KeyError: it has no field of that name.
    """
    found, own = places(row), dict[str, dict[str, Any]]()
    for name, value in new.items():
        own.setdefault(found[name].rpartition(".")[0], {})[name] = value
    direct = own.pop("", {})
    return replace(row, **direct, **{part: replace(getattr(row, part), **inner) for part, inner in own.items()})
