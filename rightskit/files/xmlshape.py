"""Which elements and attributes an XML document has, and what stands there how often, found in one reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from rightskit.files.jsonshape import LIST, MAPPING, Shape, count
from rightskit.files.problems import TooLargeError
from rightskit.files.xmlevents import parsed, refuse_deep

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 16 * 1024 * 1024
"""Characters of one text."""
_MOST_KEYS = 200_000


def shape(stream: IO[bytes], kind: Callable[[Any], str]) -> Shape:
    """The shape of a whole document.

    Args:
        stream: the document, from its start.
        kind: says what a text is.

    Raises:
        FileProblemError: as :func:`rightskit.files.xmlevents.parsed`; a text has more than 16 million characters, or
            there are more than 200,000 different keys.
    """
    reader = _Shapes(kind)
    for _ in parsed(stream, reader, list[None]()):
        pass
    return reader.top


@dataclass(slots=True)
class _Place:
    """An element that has not ended, of which the shape alone is wanted."""

    shape: Shape
    is_mapping: bool
    words: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


class _Shapes:
    """Finds the shape of a document.

    Attributes:
        top: of the document as a whole.
    """

    def __init__(self, kind: Callable[[Any], str]) -> None:
        self.top = Shape()
        count(self.top, MAPPING)
        self._kind = kind
        self._open = [_Place(self.top, is_mapping=True)]
        self._keys = 0
        self._held = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        refuse_deep(len(self._open))
        outer = self._open[-1]
        outer.is_mapping, outer.words, self._held = True, [], 0
        listed = self._key(outer.shape, name)
        if name not in outer.seen:
            outer.seen.add(name)
            count(listed, LIST)
        listed.items = listed.items or Shape()
        for key, value in attributes.items():
            count(self._key(listed.items, key), self._kind(value))
        self._open.append(_Place(listed.items, bool(attributes)))

    def end(self) -> None:
        place = self._open.pop()
        count(place.shape, MAPPING if place.is_mapping else self._kind("".join(place.words).strip()))
        self._held = 0

    def text(self, words: str) -> None:
        place = self._open[-1]
        if not place.is_mapping:
            self._held += len(words)
            if self._held > _LONGEST:
                raise TooLargeError("part", _LONGEST, "A text inside the XML file has too many characters")
            place.words.append(words)

    def finish(self) -> None:
        """Nothing is left to be counted."""

    def _key(self, outer: Shape, name: str) -> Shape:
        if name not in outer.keys:
            self._keys += 1
            if self._keys > _MOST_KEYS:
                raise TooLargeError("values", _MOST_KEYS, "The XML file has too many different keys")
            outer.keys[name] = Shape()
        return outer.keys[name]
