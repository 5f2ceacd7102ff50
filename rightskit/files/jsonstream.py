"""JSON too large for the memory, read in a stream: what stands at one path of it, item by item.

In memory are a piece of the text and one item. The same forms are read as by :func:`rightskit.files.tables.json_value`;
beyond a byte order mark the text must be UTF-8 (RFC 8259 section 8.1).
"""

from __future__ import annotations

import codecs
import json
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from rightskit.files import tables
from rightskit.files.problems import BrokenError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Event = tuple[str, Any]
    Parts = dict[str, "Parts"] | None

_CHUNK = 64 * 1024
_HEAD = 16
"""Chunks in which the first line of a value on each line must end."""
_TAIL = 64
"""Bytes at the end in which a semicolon after the value can stand."""
_LONGEST = 16 * 1024 * 1024
"""Bytes of one text."""
_ITEM = 64 * 1024 * 1024
"""Bytes that one item takes in memory, roughly."""
_VALUE = 64
"""Bytes that a value takes beside its text, roughly."""
DEEPEST = 200
_MOST_KEYS = 500_000
_DEPTH = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


def events(stream: IO[bytes]) -> Iterator[Event]:
    """What a parser meets from the start to the end of a document, as ``ijson.basic_parse`` calls it.

    Values on lines of their own (NDJSON) are met as a list.

    Raises:
        BrokenError: it is not JSON in UTF-8.
        TooLargeError: a text inside has more than 16 MB.
    """
    chunks = _utf8(stream)
    head = _start(b"".join(islice(chunks, _HEAD)))
    lines = _is_lines(head)
    if lines:
        yield "start_array", None
    first = (head[at : at + _CHUNK] for at in range(0, len(head), _CHUNK))  # a byte can become an event of a hundred
    yield from _parsed(_ended(chain(first, chunks)), several=lines)
    if lines:
        yield "end_array", None


def _parsed(chunks: Iterator[bytes], *, several: bool) -> Iterator[Event]:
    import ijson  # noqa: PLC0415 (heavy: only where used)

    library: Any = ijson
    found = library.sendable_list()
    parser = library.basic_parse_coro(found, multiple_values=several)
    quiet = 0
    try:
        for chunk in chunks:
            parser.send(chunk)
            quiet = 0 if found else quiet + len(chunk)
            if quiet > _LONGEST:
                raise TooLargeError("part", _LONGEST, "A text inside the JSON file has too many bytes")
            yield from found
            found.clear()
        parser.close()
    except (library.JSONError, ValueError):  # what it says quotes the document
        raise BrokenError("The file is not JSON in UTF-8.", "Ask for it again.") from None
    yield from found


def _utf8(stream: IO[bytes]) -> Iterator[bytes]:
    chunk = stream.read(_CHUNK)
    decoder = None
    if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoder = codecs.getincrementaldecoder("utf-16")("replace")
    chunk = chunk.removeprefix(codecs.BOM_UTF8)
    while chunk:
        yield decoder.decode(chunk).encode() if decoder else chunk
        chunk = stream.read(_CHUNK)


def _start(head: bytes) -> bytes:
    """The first bytes without the name to which JavaScript assigns the value."""
    text = head[:_CHUNK].decode("utf-8", errors="ignore")
    assigned = len(text) - len(tables.unassigned(text))
    return head[len(text[:assigned].encode()) :]


def _is_lines(head: bytes) -> bool:
    """Whether the first line is a whole value, and another one follows."""
    line, _, more = head.strip().partition(b"\n")
    if not more.strip():
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _ended(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks without a semicolon at the end, none of them empty: an empty one would end the parsing."""
    held = b""
    for chunk in chunks:
        held += chunk
        if len(held) > _TAIL:
            yield held[:-_TAIL]
            held = held[-_TAIL:]
    if last := held.rstrip().removesuffix(b";"):
        yield last


def at(found: Iterator[Event], path: str, parts: Parts, *, names: bool = False) -> Iterator[tuple[str, Any]]:
    """What stands at a path, as :func:`rightskit.files.tables.at` gives it of a whole document.

    Args:
        found: what :func:`events` meets.
        path: as there.
        parts: which parts of an item are wanted; see :func:`wanted`.
        names: whether the other keys of an item are wanted too, without what stands there.

    Yields:
        The place and the value there, of which no more than the wanted parts is sure to be there.

    Raises:
        BrokenError: as :func:`events`, or a mapping on the way has a key twice.
        TooLargeError: likewise, or an item is nested too deep or holds too much.
    """
    event, value = next(found)
    for place, item in _Reader(found, parts, names=names).found(event, value, tables.steps(path), ""):
        yield place.lstrip(".") or "top", item
    for _ in found:  # what is wrong behind the value is wrong too
        pass


def wanted(paths: Iterator[str]) -> Parts:
    """The parts that are reached by paths: step → what is wanted below it; None where all of it is."""
    parts: dict[str, Parts] = {}
    for path in paths:
        steps = tables.steps(path)
        if not steps:
            return None
        inner: Parts = parts
        for step in steps[:-1]:
            inner = inner.setdefault(step, {}) if inner is not None else None
        if inner is not None:
            inner[steps[-1]] = None
    return parts


class _Reader:
    """Goes through what is met, once."""

    def __init__(self, events: Iterator[Event], parts: Parts, *, names: bool) -> None:
        self._events = events
        self._parts = parts
        self._names = names
        self._room = 0

    def found(self, event: str, value: Any, steps: Sequence[str], place: str) -> Iterator[tuple[str, Any]]:
        """What stands at some steps below a value that begins."""
        if not steps:
            self._room = _ITEM
            yield place, self._item(event, value, self._parts, 0)
        elif event == "start_array" and steps[0] == "[]":
            for index, (inner, item) in enumerate(iter(self._events.__next__, ("end_array", None))):
                yield from self.found(inner, item, steps[1:], f"{place}[{index}]")
        elif event == "start_map" and steps[0] != "[]":
            yield from self._keyed(steps, place)
        else:
            self._skip(event)

    def _keyed(self, steps: Sequence[str], place: str) -> Iterator[tuple[str, Any]]:
        passed: set[str] = set()
        step = steps[0]
        for _, key in iter(self._events.__next__, ("end_map", None)):
            event, value = next(self._events)
            if step not in {"*", key}:
                self._skip(event)
                continue
            if key in passed:
                raise BrokenError("A key of the JSON file stands there twice.", "Ask for it again.")
            passed.add(key)
            if len(passed) > _MOST_KEYS:
                raise TooLargeError("values", _MOST_KEYS, "A mapping in the JSON file has too many keys")
            yield from self.found(event, value, steps[1:], f"{place}.{step}")

    def _skip(self, event: str) -> None:
        """Go to the end of a value that begins."""
        depth = _DEPTH.get(event, 0)
        while depth:
            depth += _DEPTH.get(next(self._events)[0], 0)

    def _item(self, event: str, value: Any, parts: Parts, depth: int) -> Any:
        """The value that begins; of a single one that is not wanted nothing."""
        self._room -= _VALUE + (len(value) if event == "string" else 0)
        if self._room < 0:
            raise TooLargeError("part", _ITEM, "An item of the JSON file holds too much")
        if depth > DEEPEST:
            raise TooLargeError("depth", DEEPEST, "The JSON file is nested too deep")
        if event == "start_map":
            return self._mapping(parts, depth)
        if event == "start_array":
            return self._list(parts, depth)
        if parts is not None:
            return None
        return float(value) if event == "number" and not isinstance(value, int) else value

    def _mapping(self, parts: Parts, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for _, key in iter(self._events.__next__, ("end_map", None)):
            event, value = next(self._events)
            inner = below(parts, key)
            if inner != {}:
                made[key] = self._item(event, value, inner, depth + 1)
            else:
                self._skip(event)
                if self._names and not depth:
                    self._room -= _VALUE + len(key)
                    made[key] = None
        return made

    def _list(self, parts: Parts, depth: int) -> list[Any]:
        inner = None if parts is None else parts.get("[]", {})
        made = []
        for event, value in iter(self._events.__next__, ("end_array", None)):
            if inner == {}:
                self._skip(event)
            else:
                made.append(self._item(event, value, inner, depth + 1))
        return made


def below(parts: Parts, key: str) -> Parts:
    """What is wanted below a key; an empty mapping where nothing is."""
    if parts is None:
        return None
    own, any_key = parts.get(key, {}), parts.get("*", {})
    if own == {} or any_key == {}:
        return any_key if own == {} else own
    return _both(own, any_key)


def _both(one: Parts, other: Parts) -> Parts:
    if one is None or other is None:
        return None
    return {step: _both(one.get(step, {}), other.get(step, {})) for step in {*one, *other}}
