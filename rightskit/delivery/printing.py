"""Letters -> a bundle to print: one PDF and the list that goes with it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

HEADING = ("reference", "letter", "controller", "page_from", "page_to", "registered_number")


def write_bundle(folder: Path, pdf: bytes, rows: Sequence[tuple[str, str, str, int, int]], number: int = 1) -> Path:
    """Write ``letters.pdf`` and ``letters.csv``; a large bundle goes on in ``letters-2.pdf`` and ``letters-2.csv``.

    Args:
        folder: of this bundle alone.
        pdf: all letters, merged.
        rows: reference, letter, controller, first and last page, in the order of the PDF; the column for the number
            of a registered letter is left to be filled by hand.
        number: of the file in the bundle.
    """
    target = folders.prepare(folder)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(HEADING)
    writer.writerows((*row, "") for row in rows)
    name = _name(number)
    folders.write(target / f"{name}.csv", table.getvalue().encode())
    folders.write(target / f"{name}.pdf", pdf)
    return target


def finished(folder: Path, missing: Collection[tuple[str, str]]) -> int:
    """How many files of a bundle an interrupted writing left whole.

    Args:
        folder: of the bundle.
        missing: reference and letter of those that are still to be written.
    """
    number = 0
    while (path := folder / f"{_name(number + 1)}.csv").exists():
        with path.open(encoding="utf-8", newline="") as file:
            first = next(csv.DictReader(file), None)
        if first is None or (first["reference"], first["letter"]) in missing:
            break
        number += 1
    return number


def _name(number: int) -> str:
    return "letters" if number == 1 else f"letters-{number}"
