"""XML from outside as keys and lists: as a whole, or in a stream what stands at one path of it, item by item."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from rightskit.files import tables
from rightskit.files.jsonstream import below
from rightskit.files.problems import TooLargeError
from rightskit.files.xmlevents import parsed, refuse_deep

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.files.jsonstream import Parts

_ITEM = 64 * 1024 * 1024
"""Bytes that one item takes in memory, roughly."""
_ELEMENT, _ATTRIBUTE = 192, 64
"""Bytes that an element and an attribute take beside their texts, roughly."""


def xml_value(content: bytes) -> Any:
    """Read XML as a JSON-like value.

    An element is a mapping from the names of its children, each with the list of them, and from its attributes
    (``@unit``) to their values; one with neither is its text. Prefixes of names are left out.

    Raises:
        TooLargeError: it takes more than 64 MB in memory, or is nested too deep.
        UnsafeError: it declares entities or another document type; an honest export does neither.
        BrokenError: it is not well-formed.
    """
    ((_, value),) = at(io.BytesIO(content), ".", None)
    return value


def at(stream: IO[bytes], path: str, parts: Parts, *, names: bool = False) -> Iterator[tuple[str, Any]]:
    """What stands at a path, as :func:`rightskit.files.tables.at` gives it of :func:`xml_value`.

    Lists are read item by item as far as the path names each list; behind ``*`` an item is all of it.

    Args:
        stream: the document, from its start.
        path: as there.
        parts: which parts of an item are wanted; see :func:`rightskit.files.jsonstream.wanted`.
        names: whether the other keys of an item are wanted too, without what stands there.

    Yields:
        The place and the value there, of which no more than the wanted parts is sure to be there.

    Raises:
        FileProblemError: as :func:`xml_value`; an item takes more than 64 MB in memory, or a tag has more than 16 MB.
    """
    steps = tables.steps(path)
    lead = _lead(steps)
    rest = steps[2 * len(lead) :]
    reader = _Items(lead, _nested(rest, None if rest and names else parts), names=names and not rest)
    for place, item in parsed(stream, reader, reader.found):
        for where, value in tables.below(place, item, rest):
            yield where.lstrip(".") or "top", value


def _lead(steps: Sequence[str]) -> list[str]:
    """The names of the lists at the start of a path."""
    lead: list[str] = []
    for name, mark in zip(steps[::2], steps[1::2], strict=False):
        if mark != "[]" or name in {"*", "[]"}:
            break
        lead.append(name)
    return lead


def _nested(steps: Sequence[str], parts: Parts) -> Parts:
    """What is wanted of an item, where parts are wanted of what stands some steps below it."""
    found = None if steps and parts == {} else parts
    for step in reversed(steps):
        found = {step: found}
    return found


@dataclass(slots=True)
class _Frame:
    """An element of an item that has not ended.

    Attributes:
        parts: what is wanted of it.
        made: its attributes and children.
        is_mapping: whether it has any, wanted or not.
        words: its text so far, where it is wanted.
    """

    name: str
    parts: Parts
    made: dict[str, Any]
    is_mapping: bool
    words: list[str] = field(default_factory=list)

    @property
    def value(self) -> Any:
        if self.is_mapping:
            return self.made
        return "".join(self.words).strip() if self.parts is None else None


class _Items:
    """Makes the items of a list, one after the other; without the name of a list, one of the whole document.

    Attributes:
        found: those that were met.
    """

    def __init__(self, lead: Sequence[str], parts: Parts, *, names: bool) -> None:
        self.found: list[tuple[str, Any]] = []
        self._lead = lead
        self._parts = parts
        self._names = names
        self._depth = 0
        self._matched = 0
        self._counts = [-1] * len(lead)
        self._room = _ITEM
        # None: an element that is not wanted.
        self._frames: list[_Frame | None] = [] if lead else [_Frame("", parts, {}, is_mapping=True)]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        refuse_deep(self._depth)
        if self._frames:
            self._frames.append(self._child(self._frames[-1], name, attributes))
        elif self._depth == self._matched + 1 and name == self._lead[self._matched]:
            self._counts[self._matched] += 1
            self._matched += 1
            self._counts[self._matched :] = [-1] * (len(self._lead) - self._matched)
            if self._matched == len(self._lead):
                self._room = _ITEM
                self._frames.append(self._frame(name, self._parts, attributes))

    def _child(self, outer: _Frame | None, name: str, attributes: dict[str, str]) -> _Frame | None:
        if outer is None:
            return None
        outer.is_mapping, outer.words = True, []
        wanted = below(outer.parts, name)
        if wanted == {}:
            if self._names and len(self._frames) == 1:
                self._spend(_ATTRIBUTE + len(name))
                outer.made.setdefault(name, None)
            return None
        outer.made.setdefault(name, [])
        inner = None if wanted is None else wanted.get("[]", {})
        return None if inner == {} else self._frame(name, inner, attributes)

    def _frame(self, name: str, parts: Parts, attributes: dict[str, str]) -> _Frame:
        self._spend(_ELEMENT)
        made: dict[str, str | None] = {}
        for key, value in attributes.items():
            wanted = below(parts, key)
            if wanted != {} or (self._names and not self._frames):
                self._spend(_ATTRIBUTE + len(value))
                made[key] = value if wanted is None else None
        return _Frame(name, parts, made, bool(attributes))

    def end(self) -> None:
        if not self._frames:
            self._matched -= self._depth == self._matched
        elif frame := self._frames.pop():
            if self._frames and (outer := self._frames[-1]):
                outer.made[frame.name].append(frame.value)
            else:
                self._matched -= 1
                self.found.append((self._place(), frame.value))
        self._depth -= 1

    def _place(self) -> str:
        return "".join(f".{name}[{number}]" for name, number in zip(self._lead, self._counts, strict=True))

    def text(self, words: str) -> None:
        frame = self._frames[-1] if self._frames else None
        if frame and frame.parts is None and not frame.is_mapping:
            self._spend(len(words))
            frame.words.append(words)

    def finish(self) -> None:
        """The document has ended."""
        if not self._lead and (frame := self._frames.pop()):
            self.found.append(("", frame.value))

    def _spend(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise TooLargeError("part", _ITEM, "An item of the XML file holds too much")
