"""Tables → CSV as RFC 4180 has it (comma, CRLF, quotes doubled), in which no cell is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightskit.disclosures.tabulation import Cell

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula, or strips before it looks."""


def csv_bytes(columns: Iterable[str], rows: Iterable[Sequence[Cell]], hidden: str = "") -> bytes:
    """A file with one line of headings.

    Args:
        columns: headings.
        rows: cells.
        hidden: what stands for a cell that is None.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(plain, columns))
    writer.writerows([hidden if cell is None else plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def plain(cell: str | float) -> str:
    """A cell as it stands in the file: one that a spreadsheet would reckon with begins with an apostrophe."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return f"{cell + 0.0:g}" if isinstance(cell, float) else str(cell)  # no -0


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Headings of which no two are the same."""
    times: Counter[str] = Counter()
    found = []
    for name in names:
        times[name] += 1
        found.append(name if times[name] == 1 else f"{name} {times[name]}")
    return tuple(found)
