"""CSV, TSV and JSON from outside, as rows that know their place."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from rightskit.files.limits import LIMITS, Limits, refuse_large, refuse_many
from rightskit.files.problems import BrokenError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# Before the comma: a table with decimal commas looks regular when it is cut at them.
_DELIMITERS = (";", "\t", "|", ",")
_LOOKED_AT = 100
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the line on which it ends, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headings.

    Attributes:
        delimiter: what stood between the cells.
        header: headings, trimmed; a repeated one gets a number (``Datum``, ``Datum 2``).
        rows: the rows below, blank ones left out, filled up to the header's length.
        above: the lines above the headings, cells joined by semicolons.
    """

    delimiter: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    above: tuple[str, ...] = ()


def decoded(content: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def csv_table(content: bytes, limits: Limits = LIMITS) -> Table:
    """Read CSV or TSV of any dialect: delimiter, encoding, and lines above the headings.

    The delimiter is the one that gives most rows the same number of cells; the headings are the first row of that
    width.

    Raises:
        TooLargeError: more bytes or values than the limits.
        BrokenError: quotes that never close, or a cell of more than 128 KB.
    """
    refuse_large(content, limits, "table")
    text = decoded(content)
    try:
        delimiter = _delimiter(text)
        refuse_many(text, {delimiter: 1, "\n": 3}, limits, "table")
        rows = list(_rows(text, delimiter))
    except csv.Error as error:
        raise BrokenError("The file is no table that can be read.", "Ask for it again.") from error
    return headed(delimiter, rows)


def headed(delimiter: str, rows: Sequence[Row]) -> Table:
    """A table whose headings are the first row of the usual width."""
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        return Table(delimiter, (), ())
    width = _usual_width(rows)
    start = next(index for index, row in enumerate(rows) if len(row.cells) == width)
    below = (Row(row.line, row.cells + ("",) * (width - len(row.cells))) for row in rows[start + 1 :])
    return Table(delimiter, _distinct(rows[start].cells), tuple(below), tuple(_line(row.cells) for row in rows[:start]))


def _line(cells: Sequence[str]) -> str:
    return ";".join(cells)


def headed_by(table: Table, names: Collection[str]) -> Table:
    """The same table below the row that holds most of the names: lines above it can be as wide as the table."""
    best = max(table.rows, key=lambda row: len(set(names).intersection(row.cells)), default=None)
    if best is None or len(set(names).intersection(best.cells)) <= len(set(names).intersection(table.header)):
        return table
    start = table.rows.index(best)
    above = (*table.above, _line(table.header), *(_line(row.cells) for row in table.rows[:start]))
    return Table(table.delimiter, _distinct(best.cells), table.rows[start + 1 :], above)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield Row(reader.line_num, tuple(cell.strip() for cell in cells))


def _delimiter(text: str) -> str:
    # The last line may be cut in the middle of a quoted cell: the sample is whole lines, and this is a vote.
    sample = "".join(text.splitlines(keepends=True)[:_LOOKED_AT])
    return max(_DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))


def _regularity(sample: str, delimiter: str) -> float:
    rows = [row for row in _rows(sample, delimiter) if any(row.cells)]
    if not rows or (width := _usual_width(rows)) < 2:  # noqa: PLR2004 (one column: the delimiter is absent)
        return 0
    return sum(len(row.cells) == width for row in rows) / len(rows)


def _usual_width(rows: Sequence[Row]) -> int:
    return Counter(len(row.cells) for row in rows[:_LOOKED_AT]).most_common(1)[0][0]


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
    found: list[tuple[str, Any]] = [("", value)]
    for step in steps(path):
        found = [inner for place, outer in found for inner in _step(place, outer, step)]
    yield from ((place.lstrip(".") or "top", inner) for place, inner in found)


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
