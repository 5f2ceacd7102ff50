"""Tables and JSON from outside: rows that know their place, and what stands at a path."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from rightskit.files.limits import LIMITS, Limits, refuse_large, refuse_many
from rightskit.files.opening import BOMS
from rightskit.files.problems import BrokenError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

FIRST = 200
"""Rows among which the headings stand."""
_LOOKED_AT = 100
"""Rows by which the usual width is told."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the line on which it ends, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that can be gone through as often as is needed, however many they are; none of them is blank.

    Attributes:
        first: the first of them.
        every: gives all of them, where they are more than the first.
    """

    first: tuple[Row, ...] = ()
    every: Callable[[], Iterator[Row]] | None = None

    @classmethod
    def of(cls, every: Callable[[], Iterator[Row]]) -> Rows:
        """What something yields as often as it is called; blank rows are left out."""
        first = tuple(islice(_not_blank(every()), FIRST + 1))
        return cls(first[:FIRST], lambda: _not_blank(every())) if len(first) > FIRST else cls(first)

    def __iter__(self) -> Iterator[Row]:
        return self.every() if self.every else iter(self.first)

    def after(self, number: int) -> Rows:
        """Those that come after so many of the first."""
        return self._each(lambda rows: islice(rows, number, None))

    def filled(self, width: int) -> Rows:
        """The same rows, short ones filled up with empty cells."""
        return self._each(lambda rows: (Row(row.line, row.cells + ("",) * (width - len(row.cells))) for row in rows))

    def _each(self, change: Callable[[Iterable[Row]], Iterator[Row]]) -> Rows:
        every = self.every
        return Rows(tuple(change(self.first)), (lambda: change(every())) if every else None)


def _not_blank(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if any(row.cells))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headings.

    Attributes:
        delimiter: what stood between the cells.
        header: headings, trimmed; a repeated one gets a number (``Datum``, ``Datum 2``).
        rows: the rows below, filled up to the header's length.
        above: the lines above the headings, cells joined by semicolons.
    """

    delimiter: str
    header: tuple[str, ...]
    rows: Rows = Rows()
    above: tuple[str, ...] = ()


def decoded(content: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def headed(delimiter: str, rows: Rows) -> Table:
    """A table whose headings are the first row of the usual width."""
    if not rows.first:
        return Table(delimiter, ())
    width = usual_width(rows.first)
    start = next(index for index, row in enumerate(rows.first) if len(row.cells) == width)
    above = tuple(_line(row.cells) for row in rows.first[:start])
    return Table(delimiter, _distinct(rows.first[start].cells), rows.after(start + 1).filled(width), above)


def usual_width(rows: Sequence[Row]) -> int:
    """The number of cells that most of the first rows have."""
    return Counter(len(row.cells) for row in rows[:_LOOKED_AT]).most_common(1)[0][0]


def _line(cells: Sequence[str]) -> str:
    return ";".join(cells)


def headed_by(table: Table, names: Collection[str]) -> Table:
    """The same table below the row that holds most of the names: lines above it can be as wide as the table."""
    first = table.rows.first
    best = max(first, key=lambda row: len(set(names).intersection(row.cells)), default=None)
    if best is None or len(set(names).intersection(best.cells)) <= len(set(names).intersection(table.header)):
        return table
    start = first.index(best)
    above = (*table.above, _line(table.header), *(_line(row.cells) for row in first[:start]))
    return Table(table.delimiter, _distinct(best.cells), table.rows.after(start + 1), above)


def _distinct(cells: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    header = []
    for cell in cells:
        seen[cell] += 1
        header.append(cell if seen[cell] == 1 else f"{cell} {seen[cell]}")
    return tuple(header)


def json_value(content: bytes, limits: Limits = LIMITS) -> Any:
    """Read JSON; numbers must be finite.

    Two other forms are read too: a value that JavaScript assigns (``window.data = [...]``), and one value on each line
    (NDJSON), which gives the list of them.

    Raises:
        TooLargeError: more bytes or values than the limits.
        BrokenError: it is not JSON, or nested too deep.
    """
    refuse_large(content, limits, "JSON file")
    text = unassigned(decoded(content)).strip()
    refuse_many(text, {"{": 4, "[": 2, ",": 1}, limits, "JSON file")
    try:
        return _one_value(text)
    except (ValueError, RecursionError) as error:
        raise BrokenError("The file is not JSON, or is nested too deep.", "Ask for it again.") from error


_ASSIGNMENT = re.compile(r"\A\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.]*(?:\[[^\]\n]{1,100}\])*\s*=\s*(?=[\[{])")


def unassigned(text: str) -> str:
    """A text without the name to which JavaScript assigns its value."""
    return _ASSIGNMENT.sub("", text)


def starts_like_json(start: str) -> bool:
    """Whether the first characters of a text (1,000 or so) are those of JSON in one of its forms."""
    return unassigned(start).lstrip()[:1] in {"{", "["}


def _one_value(text: str) -> Any:
    try:
        return json.loads(text.removesuffix(";"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        return [json.loads(line, parse_constant=_refuse_constant) for line in text.splitlines() if line.strip()]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def at(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """What stands at a path of a JSON value, with its place.

    Args:
        value: a JSON value.
        path: keys joined by dots; ``[]`` after a key means each item: ``entries[].creditor.type``; ``*`` means each
            key, whatever it is. ``.`` is the value itself.

    Yields:
        The place (``entries[3].creditor.type``) and the value there; nothing where a key is missing.
    """
    yield from ((place.lstrip(".") or "top", inner) for place, inner in below("", value, steps(path)))


def below(place: str, value: Any, steps: Iterable[str]) -> list[tuple[str, Any]]:
    """What stands some steps below a value that stands at a place."""
    found = [(place, value)]
    for step in steps:
        found = [inner for where, outer in found for inner in _step(where, outer, step)]
    return found


def steps(path: str) -> Sequence[str]:
    """A path, step by step: keys, ``[]`` and ``*``."""
    return [] if path == "." else path.replace("[]", ".[]").strip(".").split(".")


def _step(place: str, value: Any, step: str) -> Iterator[tuple[str, Any]]:
    if step == "[]":
        yield from ((f"{place}[{index}]", item) for index, item in enumerate(value if isinstance(value, list) else ()))
    elif step == "*" and isinstance(value, dict):
        # The key stays out of the place: it may be a person's name.
        yield from ((f"{place}.*", item) for item in value.values())
    elif isinstance(value, dict) and step in value:
        yield f"{place}.{step}", value[step]
