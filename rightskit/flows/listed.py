"""Lists that a person writes in a spreadsheet: rows with the line on which each stands."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from rightskit import paths
from rightskit.errors import Fault, FaultsError
from rightskit.files.tables import decoded
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_Row = TypeVar("_Row")


def rows(path: Path, columns: Sequence[str], required: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Line and cells of each row, in whatever dialect a spreadsheet saves.

    Args:
        path: the CSV.
        columns: that it may have.
        required: those that must be there.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: a column is missing, not known, or there twice, or a row is no CSV.
    """
    paths.demand_file(path)
    text = decoded(path.read_bytes())
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="", restkey="")
    heading = reader.fieldnames or ()
    faults = [
        Fault(str(path), 1, "this column is missing", f"add a column {name}", name)
        for name in required
        if name not in heading
    ]
    faults += [
        Fault(str(path), 1, "this column is not known", did_you_mean(name, columns), name)
        for name in heading
        if name not in columns and not faults
    ]
    faults += [
        Fault(str(path), 1, "this column stands here twice", "keep one of them", name)
        for name, times in Counter(heading).items()
        if times > 1 and name in columns
    ]
    if faults:
        raise FaultsError(faults, "Nothing was noted.")
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        fault = Fault(
            str(path), reader.reader.line_num, f"not a valid CSV row: {error}", "check the quotes on this line"
        )
        raise FaultsError([fault], "Nothing was noted.") from error


def parted(read: Iterable[_Row | Fault], *, keep_valid: bool, done: str) -> tuple[list[_Row], tuple[Fault, ...]]:
    """The rows without a fault, and the faults of the others.

    Args:
        read: what became of each row.
        keep_valid: take the rows without a fault although others have one.
        done: what is done with a row, such as ``noted``.

    Raises:
        FaultsError: a row has a fault, and ``keep_valid`` is not set.
    """
    every = list(read)
    faults = tuple(one for one in every if isinstance(one, Fault))
    valid = [one for one in every if not isinstance(one, Fault)]
    if faults and not keep_valid:
        hint = f"Nothing was {done}. Correct the file, or take the {len(valid)} valid rows: --keep-valid"
        raise FaultsError(faults, hint)
    return valid, faults
