"""Lists that a person writes in a spreadsheet: rows with the line on which each stands."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rightskit.errors import Fault, FaultsError, NotFoundError
from rightskit.files.tables import decoded
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def rows(path: Path, columns: Sequence[str], required: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Line and cells of each row, in whatever dialect a spreadsheet saves.

    Args:
        path: the CSV.
        columns: that it may have.
        required: those that must be there.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: a column is missing, or not known.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")
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
    if faults:
        raise FaultsError(faults, "Nothing was noted.")
    return [(reader.line_num, row) for row in reader]
