"""The sheets of a workbook (XLSX), as tables of text."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from rightskit.files import archives, tables
from rightskit.files.limits import Limits
from rightskit.files.problems import BrokenError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PART = "xl/workbook.xml"
_MOST_PARTS = 2_000
_MOST_CELLS = 5_000_000
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
# What is unpacked before the reader sees it: it makes an object of each cell.
_LIMITS = Limits(entries=_MOST_PARTS, depth=1, size=128 * 1024 * 1024)


def is_workbook(content: bytes) -> bool:
    """Whether a file is an XLSX workbook, and no other kind of archive."""
    if not content.startswith(b"PK\x03\x04") or _PART.encode() not in content:
        return False
    if content.count(b"PK\x01\x02") > _MOST_PARTS:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _PART in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def sheets(content: bytes) -> tuple[tables.Table, ...]:
    """Read all sheets; numbers with a decimal point, days as YYYY-MM-DD.

    Raises:
        LockedError, UnsafeError: as :func:`rightskit.files.archives.entries`.
        TooLargeError: likewise, or a sheet has more than 5 million cells, empty ones included.
        BrokenError: the workbook is damaged.
    """
    import python_calamine  # noqa: PLC0415 (heavy: only where used)

    for entry in archives.entries(content, _LIMITS):  # The reader has no limits of its own.
        _refuse_vast(entry.content)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except (python_calamine.CalamineError, ValueError) as error:
        raise BrokenError("The workbook is damaged.", "Ask for it again.") from error
    return tuple(tables.headed("", tuple(_rows(sheet))) for sheet in sheets)


def _refuse_vast(part: bytes) -> None:
    """The reader makes a cell for each place up to the last one: one cell in the far corner would fill the memory."""
    rows, columns = 1, 1
    for letters, digits in _PLACE.findall(part):
        rows = max(rows, int(digits))
        columns = max(columns, sum((byte - 64) * 26**power for power, byte in enumerate(reversed(letters))))
    if rows * columns > _MOST_CELLS:
        raise TooLargeError("size", _MOST_CELLS, "A sheet of the workbook has too many cells")


def _rows(sheet: Sequence[Sequence[Any]]) -> Iterator[tables.Row]:
    for number, cells in enumerate(sheet, 1):
        yield tables.Row(number, tuple(_text(cell) for cell in cells))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell).strip()
