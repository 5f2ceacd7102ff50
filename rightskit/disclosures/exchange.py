"""Observations as a table: what leaves a member's own machine instead of the document.

It is read as strictly as a document: a value that the recipe could not have given is refused, and unit and provenance
come from the recipe. What a recipe hashes stands in it sealed for one campaign (:mod:`rightskit.disclosures.keys`).
"""

from __future__ import annotations

import csv
import io
import math
import re
from typing import IO, TYPE_CHECKING, TypeGuard

from rightskit.disclosures import values
from rightskit.disclosures.model import Observation
from rightskit.files import opening
from rightskit.files.delimited import csv_table
from rightskit.files.problems import BrokenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.keys import Keys
    from rightskit.disclosures.layout import Recipe, Variable
    from rightskit.disclosures.model import Disclosure
    from rightskit.files.tables import Table

NAME = "observations"
COLUMNS = ("recipe", "variable", "value", "unit", "provenance", "confidence", "row", "place")
_HEADING = ",".join(COLUMNS).encode()
_PLACE = re.compile(r"[A-Za-z0-9\[\], .*_-]{0,200}")


def dumps(observations: Iterable[Observation]) -> str:
    """The table as CSV; neither member nor document stands in it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in observations:
        writer.writerow([getattr(one, column) for column in COLUMNS])
    return target.getvalue()


def is_exchange(content: bytes | IO[bytes]) -> TypeGuard[bytes]:
    """Whether a document is such a table."""
    return isinstance(content, bytes) and content.removeprefix(b"\xef\xbb\xbf").startswith(_HEADING)


def loads(disclosure: Disclosure, content: bytes, recipes: Sequence[Recipe], keys: Keys) -> tuple[Observation, ...]:
    """The observations of a table that :func:`dumps` wrote elsewhere.

    Args:
        disclosure: whose observations they are.
        content: its bytes.
        recipes: what could have been read.
        keys: of the campaign that reads it.

    Raises:
        BrokenError: a row holds what no recipe of this campaign gives, or what was sealed for another campaign.
    """
    known = {(recipe.name, variable.id): variable for recipe in recipes for variable in recipe.variables}
    return tuple(_rows(disclosure, csv_table(opening.held(content)), known, keys))


def _rows(
    disclosure: Disclosure, table: Table, known: Mapping[tuple[str, str], Variable], keys: Keys
) -> Iterator[Observation]:
    for row in table.rows:
        cells = dict(zip(COLUMNS, row.cells, strict=False))
        variable = known.get((cells["recipe"], cells["variable"]))
        value = _value(variable, cells["value"], keys) if variable and len(row.cells) == len(COLUMNS) else None
        confidence = _number(cells["confidence"]) if value is not None else None
        if variable is None or value is None or confidence is None or not _PLACE.fullmatch(cells["place"]):
            raise BrokenError(f"Line {row.line} holds what no recipe of this campaign gives.", "Extract it again.")
        yield Observation(
            member=disclosure.member,
            controller=disclosure.controller,
            variable=variable.id,
            value=value,
            unit=variable.unit,
            provenance=variable.provenance,
            confidence=max(0.0, min(1.0, confidence)),
            place=cells["place"],
            row=int(cells["row"]) if cells["row"].isdecimal() and len(cells["row"]) < 10 else 0,  # noqa: PLR2004
            recipe=cells["recipe"],
            disclosure=disclosure.id,
        )


def _value(variable: Variable, text: str, keys: Keys) -> float | str | None:
    """The value, or None where the recipe could not have given it."""
    if variable.type == "hashed":
        return keys.taken_over(variable.id, text)
    if variable.type == "number":
        return _ranged(variable, _number(text))
    return text if values.is_given(variable, text) or _is_text(variable, text) else None


def _is_text(variable: Variable, text: str) -> bool:
    if variable.type != "text" or not variable.pattern:
        return False
    return bool(variable.pattern.fullmatch(text)) or bool(variable.coarsen and len(text) <= int(variable.coarsen))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _ranged(variable: Variable, number: float | None) -> float | None:
    outside = number is not None and variable.range and not variable.range[0] <= number <= variable.range[1]
    return None if outside else number
