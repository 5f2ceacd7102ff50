"""HTML and XML from outside: the tables of a page, and a document as keys and lists."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

from rightskit.files import tables
from rightskit.files.limits import LIMITS, Limits, refuse_large, refuse_many
from rightskit.files.problems import BrokenError, TooLargeError, UnsafeError

_DEEPEST = 200
_WEIGHT = 3  # an element becomes a mapping and a list


def html_tables(content: bytes, limits: Limits = LIMITS) -> tuple[tables.Table, ...]:
    """Read the tables of a page, in the order in which they end.

    Raises:
        TooLargeError: more bytes or values than the limits.
    """
    refuse_large(content, limits, "page")
    text = tables.decoded(content)
    refuse_many(text, {"<": 1}, limits, "page")
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    return tuple(tables.headed("", tuple(rows)) for rows in reader.tables)


class _TableReader(HTMLParser):
    """Collects the cells of tables; a table inside another one is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[tables.Row]] = []
        self._open: list[list[list[str]]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the parser's)
        if tag == "table":
            self._end_cell()
            self._open.append([])
        elif tag == "tr" and self._open:
            self._open[-1].append([])
        elif tag in {"td", "th"} and self._open and self._open[-1]:
            self._end_cell()
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag == "table" and self._open:
            rows = self._open.pop()
            self.tables.append([tables.Row(number, tuple(cells)) for number, cells in enumerate(rows, 1)])

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            self._open[-1][-1].append(" ".join("".join(self._cell).split()))
        self._cell = None


def xml_value(content: bytes, limits: Limits = LIMITS) -> Any:
    """Read XML as a JSON-like value.

    An element is a mapping from the names of its children, each with the list of them, and from its attributes
    (``@unit``) to their values; one with neither is its text. Prefixes of names are left out.

    Raises:
        TooLargeError: more bytes or values than the limits, or nested too deep.
        UnsafeError: it declares entities or another document type; an honest export does neither.
        BrokenError: it is not well-formed.
    """
    refuse_large(content, limits, "XML file")
    if content.count(b"<") * _WEIGHT > limits.values:
        raise TooLargeError("values", limits.values, "The XML file holds too many values")
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise BrokenError("The file is not well-formed XML.", "Ask for it again.") from error
    return builder.value


class _Builder:
    """Makes the value while the parser runs."""

    def __init__(self) -> None:
        self.value: dict[str, Any] = {}
        self._open: list[tuple[dict[str, Any], list[str]]] = [(self.value, [])]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _DEEPEST:
            raise TooLargeError("depth", _DEEPEST, "The XML file is nested too deep")
        del name
        self._open.append(({f"@{_local(key)}": value for key, value in attributes.items()}, []))

    def end(self, name: str) -> None:
        inner, words = self._open.pop()
        outer = self._open[-1][0]
        outer.setdefault(_local(name), []).append(inner or "".join(words).strip())

    def text(self, words: str) -> None:
        self._open[-1][1].append(words)

    def refuse(self, *_: object) -> None:
        raise UnsafeError("The XML file declares a document type.")


def _local(name: str) -> str:
    return name.rpartition(":")[2]
