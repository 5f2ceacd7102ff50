"""What a rule of the registry is: the words that all rules share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from rightskit.registry.model import Authority, Controller, Registry
from rightskit.registry.search import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

Record = Controller | Authority
Subject = TypeVar("Subject")
Scope = TypeVar("Scope")


class Wrong(NamedTuple):
    """What a rule found: in which field, what is wrong, what to write instead."""

    field: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject, Scope]):
    """One rule of the registry.

    Attributes:
        id: its slug, as ``controllers check`` prints it.
        severity: ``error`` (the record misleads or cannot be used) or ``warning`` (somebody should look).
        reason: why it must hold.
        find: yields what is wrong with one subject, given what lies around it.
    """

    id: str
    severity: str
    reason: str
    find: Callable[[Subject, Scope], Iterator[Wrong]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides the record itself.

    Attributes:
        registry: all records.
        today: the day on which is checked.
        letters: languages in which letters exist; empty where that is not known.
        by_name: folded name → controllers of that name.
        by_brand: folded brand → controllers that name it under ``also``.
        by_email: mail address → controllers that are written to there.
    """

    registry: Registry
    today: dt.date
    letters: frozenset[str] = frozenset()
    by_name: dict[str, list[Controller]] = field(default_factory=dict)
    by_brand: dict[str, list[Controller]] = field(default_factory=dict)
    by_email: dict[str, list[Controller]] = field(default_factory=dict)


RecordRule = Rule[Record, Context]


def context(registry: Registry, today: dt.date, letters: Iterable[str] = ()) -> Context:
    """Look over a registry once, for the rules that compare records."""
    around = Context(registry, today, frozenset(letters))
    for controller in registry.controllers.values():
        around.by_name.setdefault(fold(controller.name), []).append(controller)
        for brand in {fold(brand) for brand in controller.also}:
            around.by_brand.setdefault(brand, []).append(controller)
        if controller.email:
            around.by_email.setdefault(controller.email.casefold(), []).append(controller)
    return around


def related(one: Controller, other: Controller) -> bool:
    """Whether one is a brand of the other, or both are brands of a third."""
    return other.part_of == one.id or one.part_of == other.id or bool(one.part_of and one.part_of == other.part_of)


def apart(one: Controller, other: Controller) -> bool:
    """Whether two controllers serve different countries, so that no member meets both."""
    return bool(one.serves and other.serves and not set(one.serves) & set(other.serves))


def texts_of(value: Any) -> Iterator[str]:
    """All texts in a value of lists, tuples and mappings, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts_of(inner)
