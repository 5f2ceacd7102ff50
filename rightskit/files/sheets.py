"""The sheets of a workbook (XLSX), as tables of text."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from rightskit.files import archives, tables, zipdirectory
from rightskit.files.entries import Entry
from rightskit.files.limits import Limits
from rightskit.files.problems import BrokenError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

_PART = "xl/workbook.xml"
_MOST_PARTS = 2_000
# Four million cells took 400 MB.
_MOST_CELLS = 3_000_000
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
AS_CSV = "Open it, save the sheets that are needed as CSV, and add those: they may be of any size."
# What is unpacked before the reader sees it.
_LIMITS = Limits(entries=_MOST_PARTS, depth=1, size=256 * 1024 * 1024)
_CHUNK = 1 << 20
_LONGEST_PLACE = 64


def is_workbook(content: bytes | IO[bytes]) -> bool:
    """Whether a file is an XLSX workbook, and no other kind of archive."""
    if isinstance(content, bytes) and (not content.startswith(b"PK\x03\x04") or _PART.encode() not in content):
        return False
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        with zipdirectory.opened(stream, _LIMITS, b"") as archive:
            return _PART in archive.namelist()
    except (TooLargeError, zipfile.BadZipFile, ValueError, OSError):
        return False


def sheets(content: bytes) -> tuple[tables.Table, ...]:
    """Read all sheets; numbers with a decimal point, days as YYYY-MM-DD.

    Raises:
        LockedError, UnsafeError: as :func:`rightskit.files.archives.entries`.
        TooLargeError: likewise, or the sheets have more than 3 million cells, empty ones included.
        BrokenError: the workbook is damaged.
    """
    import python_calamine  # noqa: PLC0415 (heavy: only where used)

    _refuse_vast(content)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            found = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except (python_calamine.CalamineError, ValueError) as error:
        raise BrokenError("The workbook is damaged.", "Ask for it again.") from error
    return tuple(tables.headed("", tables.Rows.of(partial(_rows, sheet))) for sheet in found)


def _refuse_vast(content: bytes) -> None:
    """The reader has no limits: it keeps a cell for each place up to the last one, which can be the far corner."""
    cells = 0
    for entry in archives.all_entries(content, _LIMITS):
        cells += _cells(io.BytesIO(entry.content) if isinstance(entry, Entry) else entry.stream)
        if cells > _MOST_CELLS:
            raise TooLargeError("size", _MOST_CELLS, "The sheets of the workbook have too many cells", AS_CSV)


def _cells(part: IO[bytes]) -> int:
    """How many cells the reader makes of a sheet."""
    rows, columns, tail = 1, 1, b""
    while chunk := part.read(_CHUNK):
        text = tail + chunk
        for letters, digits in _PLACE.findall(text):
            rows = max(rows, int(digits))
            columns = max(columns, sum((byte - 64) * 26**power for power, byte in enumerate(reversed(letters))))
        tail = text[-_LONGEST_PLACE:]
    return rows * columns


def _rows(sheet: CalamineSheet) -> Iterator[tables.Row]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield tables.Row(number, tuple(_text(cell) for cell in cells))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell).strip()
