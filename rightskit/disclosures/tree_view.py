"""A document of keys and lists: JSON, or XML read as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.disclosures.layout import OR
from rightskit.disclosures.rows import DriftError, Row
from rightskit.files import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.disclosures.layout import Layout, Rule


@dataclass(frozen=True, slots=True)
class TreeView:
    """A JSON value."""

    value: Any
    confidence: float = 1.0

    @property
    def is_empty(self) -> bool:
        """Whether it is a list or mapping without anything in it."""
        return not self.value

    def found(self, layout: Layout) -> int:
        """How many of the required paths are there; in a list without items, all that its items would hold."""
        return sum(any(self._has(*path.partition("=")) for path in each.split(OR)) for each in layout.require)

    def _has(self, path: str, equals: str, wanted: str) -> bool:
        found = [value for _, value in tables.at(self.value, path)]
        if not found and "[]" in path:
            outer = [value for _, value in tables.at(self.value, path.rpartition("[]")[0] or ".")]
            return bool(outer) and all(value == [] for value in outer)
        return any(not equals or equal(value, wanted) for value in found)

    def rows(self, layout: Layout, rule: Rule) -> Iterator[Row]:  # noqa: ARG002 (the protocol's)
        """What stands at the rule's path."""
        for each in rule.each.split(OR):
            outer = each.removesuffix("[]") or "."
            if each.endswith("[]") and not all(isinstance(v, list) for _, v in tables.at(self.value, outer)):
                raise DriftError(f"{outer} is no list")
            for place, item in tables.at(self.value, each):
                yield row(place, item, rule)


def equal(value: Any, wanted: str) -> bool:
    """Whether a single value is printed like that."""
    return not isinstance(value, (dict, list)) and str(value) == wanted


def row(place: str, item: Any, rule: Rule) -> Row:
    """One item as a row.

    Raises:
        DriftError: it holds a key that is neither taken nor dropped.
    """
    _refuse_unknown(place, item, rule)
    return Row(place, {source: _single(item, source) for source in rule.sources})


def _single(item: Any, source: str) -> Any:
    """What stands at the first of its paths at which something stands."""
    found = (value for path in source.split(OR) for _, value in tables.at(item, path))
    return next((value for value in found if value is not None), None)


def _refuse_unknown(place: str, item: Any, rule: Rule) -> None:
    """A key that is neither taken nor dropped, where the recipe says what it drops."""
    if not rule.dropped or not isinstance(item, dict):
        return
    paths = (path for source in rule.sources for path in source.split(OR))
    known = {path.partition(".")[0].removesuffix("[]") for path in paths} | set(rule.dropped)
    if item.keys() - known:
        raise DriftError(f"{place} holds a key that the recipe does not know")
