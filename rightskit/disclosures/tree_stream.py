"""JSON and XML too large for the memory: what :class:`~rightskit.disclosures.tree_view.TreeView` says, in a stream.

It is read once for its shape, and once more for each rule and each of its paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Protocol

from rightskit.disclosures.layout import OR
from rightskit.disclosures.rows import DriftError
from rightskit.disclosures.tree_view import equal, row
from rightskit.files import jsonshape, jsonstream, markup, xmlshape
from rightskit.files.jsonshape import LIST, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rightskit.disclosures.layout import Layout, Rule
    from rightskit.disclosures.rows import Row
    from rightskit.files.jsonstream import Parts
    from rightskit.files.opening import Opener


class Form(Protocol):
    """A format that is read in a stream."""

    def shape(self, stream: IO[bytes], kind: Callable[[Any], str]) -> Shape:
        """What a document has; ``kind`` says what a single value is."""

    def at(self, stream: IO[bytes], path: str, parts: Parts, *, names: bool = False) -> Iterator[tuple[str, Any]]:
        """What stands at a path of it: the wanted parts, and the names of the others."""


class _Json:
    def shape(self, stream: IO[bytes], kind: Callable[[Any], str]) -> Shape:
        return jsonshape.shape(jsonstream.events(stream), kind)

    def at(self, stream: IO[bytes], path: str, parts: Parts, *, names: bool = False) -> Iterator[tuple[str, Any]]:
        return jsonstream.at(jsonstream.events(stream), path, parts, names=names)


class _Xml:
    def shape(self, stream: IO[bytes], kind: Callable[[Any], str]) -> Shape:
        return xmlshape.shape(stream, kind)

    def at(self, stream: IO[bytes], path: str, parts: Parts, *, names: bool = False) -> Iterator[tuple[str, Any]]:
        return markup.at(stream, path, parts, names=names)


JSON, XML = _Json(), _Xml()


@dataclass(frozen=True, slots=True)
class TreeStream:
    """A document that can be read from its start as often as is needed.

    Attributes:
        form: in which it is written.
        opened: opens it.
        shape: its keys.
    """

    form: Form
    opened: Opener
    shape: Shape
    confidence: float = 1.0

    @classmethod
    def of(cls, form: Form, opened: Opener) -> TreeStream:
        """Read it for the first time.

        Raises:
            FileProblemError: as :func:`rightskit.files.jsonstream.events`, :func:`rightskit.files.xmlshape.shape`.
        """
        with opened() as stream:
            return cls(form, opened, form.shape(stream, lambda _: "value"))

    @property
    def is_empty(self) -> bool:
        """Whether it is a list or mapping without anything in it."""
        return not self.shape.keys and not (self.shape.items and self.shape.items.kinds)

    def typed(self, kind: Callable[[Any], str]) -> Shape:
        """Its shape, with the kinds of single values told apart."""
        with self.opened() as stream:
            return self.form.shape(stream, kind)

    def found(self, layout: Layout) -> int:
        """How many of the required paths are there; in a list without items, all that its items would hold."""
        return sum(any(self._has(*path.partition("=")) for path in each.split(OR)) for each in layout.require)

    def _has(self, path: str, equals: str, wanted: str) -> bool:
        found = self.shape.at(path)
        if not found and "[]" in path:
            outer = self.shape.at(path.rpartition("[]")[0] or ".")
            return bool(outer) and all(_is_empty_list(each) for each in outer)
        return bool(found) and (not equals or self._holds(path, wanted))

    def _holds(self, path: str, wanted: str) -> bool:
        with self.opened() as stream:
            return any(equal(value, wanted) for _, value in self.form.at(stream, path, None))

    def rows(self, layout: Layout, rule: Rule) -> Iterator[Row]:  # noqa: ARG002 (the protocol's)
        """What stands at the rule's path."""
        parts = jsonstream.wanted(path for source in rule.sources for path in source.split(OR))
        for each in rule.each.split(OR):
            outer = each.removesuffix("[]") or "."
            if each.endswith("[]") and any(found.kinds.keys() != {LIST} for found in self.shape.at(outer)):
                raise DriftError(f"{outer} is no list")
            if self.shape.at(each):
                with self.opened() as stream:
                    for place, item in self.form.at(stream, each, parts, names=bool(rule.dropped)):
                        yield row(place, item, rule)


def _is_empty_list(found: Shape) -> bool:
    return found.kinds.keys() == {LIST} and not (found.items and found.items.kinds)
