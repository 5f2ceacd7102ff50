"""Letters -> a bundle to print: one PDF and the list that goes with it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADING = ("reference", "letter", "controller", "page_from", "page_to", "registered_number")


def write_bundle(folder: Path, pdf: bytes, rows: Sequence[tuple[str, str, str, int, int]]) -> Path:
    """Write ``letters.pdf`` and ``letters.csv``.

    Args:
        folder: of this bundle alone.
        pdf: all letters, merged.
        rows: reference, letter, controller, first and last page, in the order of the PDF; the column for the number
            of a registered letter is left to be filled by hand.
    """
    target = folders.prepare(folder)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(HEADING)
    writer.writerows((*row, "") for row in rows)
    folders.write(target / "letters.csv", table.getvalue().encode())
    folders.write(target / "letters.pdf", pdf)
    return target
