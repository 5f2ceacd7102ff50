"""Figures of a population as somebody wrote them: in campaign.yaml, or in a table beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.errors import Fault
from rightskit.files.delimited import csv_table
from rightskit.files.problems import BrokenError, FileProblemError

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.yamlfile import Section

_VALUE = "value"
_KINDS = ("count", "share")


@dataclass(frozen=True, slots=True)
class Figure:
    """One of them.

    Attributes:
        value: an age, or an answer.
        number: of people, or per cent; not a number where none can be read.
        line: where it stands.
    """

    value: str
    number: float
    line: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All of one margin.

    Attributes:
        path: the file in which they stand.
        line: where they begin.
        are_shares: whether they are per cent.
    """

    path: str
    line: int
    rows: tuple[Figure, ...]
    are_shares: bool

    def fault(self, one: Figure | None, message: str, suggestion: str) -> Fault:
        """What is wrong with one of them, or with all."""
        return Fault(self.path, one.line if one else self.line, message, suggestion)


def of_mapping(section: Section, key: str) -> Figures:
    """Those under ``counts`` or ``shares``: what has it → how many."""
    inner = section.section(key)
    rows = tuple(Figure(name, _number(inner.text(name)), inner.line_of(name)) for name in inner.keys())  # noqa: SIM118
    return Figures(section.path, section.line_of(key), rows, key == "shares")


def of_file(section: Section, path: Path) -> Figures:
    """Those of a CSV with a column ``value`` and one ``count``, or ``share``; a value may have several lines.

    What is wrong with the file as a whole goes into the section.
    """
    nothing = Figures(str(path), 1, (), are_shares=False)
    if not path.is_file():
        section.fault("file", f"there is no file {path.name}", "put it beside campaign.yaml")
        return nothing
    try:
        return _read(path)
    except FileProblemError as error:
        section.faults.append(nothing.fault(None, str(error), error.hint))
        return nothing


def _read(path: Path) -> Figures:
    table = csv_table(lambda: path.open("rb"))
    kind = next((name for name in _KINDS if name in table.header), "")
    if not kind or _VALUE not in table.header:
        raise BrokenError("Columns are missing.", "begin with a line `value,count` or `value,share`")
    value, number = table.header.index(_VALUE), table.header.index(kind)
    rows = tuple(Figure(row.cells[value], _number(row.cells[number]), row.line) for row in table.rows)
    return Figures(str(path), 1, rows, kind == "share")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
