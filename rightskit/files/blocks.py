"""The blocks that a page (HTML) of any size repeats, such as one for each activity: one of them is in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.files import opening
from rightskit.files.htmltables import LONGEST, PageReader, met
from rightskit.files.problems import BrokenError, TooLargeError

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from rightskit.files.opening import Opener

    Attributes = list[tuple[str, str | None]]

# A longer line is no date or name; it would only feed a slow regular expression.
_LONGEST_LINE = 1_000
_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6"})
# Elements that never end.
_VOID = frozenset({"base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_DEEPEST, _MOST_OPEN = 1_000, 50
_PIECE = 64
"""Bytes that a piece of text takes in memory beside its characters, roughly."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a block.

    Attributes:
        name: as recipes call it.
        classes: an element that has all of these belongs to it.
        line: what the whole of a line must match to be kept; None: every line is.
    """

    name: str
    classes: frozenset[str]
    line: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What marks a block and its parts.

    Attributes:
        each: an element that has all of these classes is a block.
    """

    each: frozenset[str]
    parts: tuple[Part, ...]


def blocks(opened: Opener, marks: Marks) -> Iterator[Mapping[str, str]]:
    """The blocks of a page, one after the other.

    Yields:
        Name of a part → its lines, white space made one; an empty text where there are none.

    Raises:
        TooLargeError: one block or tag has more than 16 million characters.
        BrokenError: the page ends inside a block.
    """
    reader = _BlockReader(marks)
    yield from met(reader, opened, opening.encoding(opened))
    if reader.is_open:
        raise BrokenError("The page ends in the middle of an entry.", "Ask for it again.")


@dataclass(slots=True)
class _Element:
    """An element that has not ended.

    Attributes:
        part: whose text it holds; empty for the block itself.
        depth: how many of its tag are open, itself among them.
    """

    tag: str
    part: str
    depth: int = 1


class _BlockReader(PageReader["Mapping[str, str]"]):
    """Collects blocks. A block that begins inside another one ends it: somebody forgot to."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._marks = marks
        self._open: list[_Element] = []  # the block, then those of its parts that are open
        self._texts: dict[str, list[str]] = {}
        self._room = LONGEST

    @property
    def is_open(self) -> bool:
        """Whether a block has not ended."""
        return bool(self._open)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        classes = classes_of(attrs)
        if self._marks.each <= classes:
            self._begin(tag)
            return
        if self._open and tag in _BREAKS:
            self._add("\n")
        if not self._open or tag in _VOID:
            return
        for element in self._open:
            element.depth += element.tag == tag
        self._open += [_Element(tag, part.name) for part in self._marks.parts if part.classes <= classes]
        _refuse_deep(len(self._open), _MOST_OPEN)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag in _BREAKS:
            self._add("\n")
        for element in self._open:
            element.depth -= element.tag == tag
        if self._open and not self._open[0].depth:
            self._end()
        self._open = [element for element in self._open if element.depth]

    def handle_data(self, data: str) -> None:
        if len(self._open) > 1:
            self._add(data.replace("\n", " "))

    def _begin(self, tag: str) -> None:
        if self._open:
            self._end()
        self._open = [_Element(tag, "")]
        self._texts = {part.name: [] for part in self._marks.parts}
        self._room = LONGEST

    def _add(self, text: str) -> None:
        for part in {element.part for element in self._open[1:]}:
            self._room -= len(text) + _PIECE
            self._texts[part].append(text)
        if self._room < 0:
            raise TooLargeError("part", LONGEST, "An entry of the page has too many characters")

    def _end(self) -> None:
        self.met.append({part.name: _kept(part, "".join(self._texts[part.name])) for part in self._marks.parts})


def _kept(part: Part, text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line and (not part.line or _fits(part.line, line)))


def _fits(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= _LONGEST_LINE and bool(pattern.fullmatch(line))


def _refuse_deep(depth: int, limit: int) -> None:
    if depth > limit:
        raise TooLargeError("depth", limit, "Elements of the page lie inside each other too deep")


def classes_of(attrs: Attributes) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(word for name, value in attrs if name == "class" and value for word in value.split())


def outline(opened: Opener) -> Iterator[tuple[frozenset[str], str | None]]:
    """What a page is made of, as far as classes tell it.

    Yields:
        The classes of an element and None, where one begins; those of the innermost element around it and a text.

    Raises:
        TooLargeError: elements lie inside each other too deep, or one tag has more than 16 million characters.
    """
    return met(_OutlineReader(), opened, opening.encoding(opened))


class _OutlineReader(PageReader[tuple[frozenset[str], "str | None"]]):
    """Tells elements that have classes, and the texts inside them."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, frozenset[str]]] = []  # each with its own classes, or those around it

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        classes = classes_of(attrs)
        if classes:
            self.met.append((classes, None))
        if tag not in _VOID:
            _refuse_deep(len(self._open), _DEEPEST)
            around = self._open[-1][1] if self._open else classes
            self._open.append((tag, classes or around))

    def handle_endtag(self, tag: str) -> None:
        """Ends what is open of that tag, and what nobody ended inside it."""
        last = next((at for at in range(len(self._open) - 1, -1, -1) if self._open[at][0] == tag), None)
        if last is not None:
            del self._open[last:]

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and self._open and self._open[-1][1]:
            self.met.append((self._open[-1][1], text))
