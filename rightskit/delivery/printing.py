"""Letters -> a bundle to print: one PDF and the list that goes with it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders
from rightskit.errors import Fault, FaultsError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

HEADING = (
    *("reference", "letter", "controller", "recipient", "address", "country"),
    *("page_from", "page_to", "sheets", "registered_number"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What the list says of one letter.

    Attributes:
        controller: id of the controller that it concerns.
        recipient: name of whoever gets it.
        address: lines of the recipient's address.
        country: of the recipient, ISO 3166-1 alpha-2: it decides the postage.
        pages: first and last page in the file, counted from 1, with what the letter encloses.
    """

    reference: str
    letter: str
    controller: str
    recipient: str
    address: tuple[str, ...]
    country: str
    pages: tuple[int, int]

    def cells(self) -> tuple[object, ...]:
        """As the list has them; the number of a registered letter is left to be filled in."""
        first, last = self.pages
        where = (self.recipient, ", ".join(self.address), self.country)
        return self.reference, self.letter, self.controller, *where, first, last, (last - first) // 2 + 1, ""


def write_bundle(folder: Path, pdf: bytes, rows: Sequence[Row], number: int = 1) -> Path:
    """Write ``letters.pdf`` and ``letters.csv``; a large bundle goes on in ``letters-2.pdf`` and ``letters-2.csv``.

    Args:
        folder: of this bundle alone.
        pdf: all letters, merged.
        rows: in the order of the PDF. A sheet has two pages.
        number: of the file in the bundle.
    """
    target = folders.prepare(folder)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(HEADING)
    writer.writerows(row.cells() for row in rows)
    name = _name(number)
    folders.write(target / f"{name}.csv", table.getvalue().encode())
    folders.write(target / f"{name}.pdf", pdf)
    return target


def registered(path: Path) -> dict[str, str]:
    """Reference -> number of the registered letter, from a list of :func:`write_bundle` that was filled in.

    Comma or semicolon, as spreadsheets save it.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: it is not such a list.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no file {path}.") from error
    except UnicodeDecodeError as error:
        raise FaultsError([Fault(str(path), None, "the list is not UTF-8", "save it as CSV, UTF-8")]) from error
    heading = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count))
    missing = {"reference", "registered_number"} - set(rows.fieldnames or ())
    if missing:
        hint = "take letters.csv of the bundle and fill in registered_number"
        raise FaultsError([Fault(str(path), 1, f"the column {name} is missing", hint) for name in sorted(missing)])
    found = ((row["reference"] or "", (row["registered_number"] or "").strip()) for row in rows)
    return {reference: number for reference, number in found if number}


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
