"""The pool's tables in the language of the report.

What a recipe calls its variables and values stays as the recipe's author wrote it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.disclosures import crosstable, funnel, minimum, origin, presence
from rightskit.disclosures.tabulation import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rightskit.disclosures.tabulation import Cell, PoolTable

_WORDS = {
    "all": "all",
    "members": "members",
    "mean": "mean",
    "lower quartile": "lower",
    "median": "median",
    "upper quartile": "upper",
    NO_VALUE: "no_value",
    crosstable.OTHER: "other",
    presence.TITLE: "presence",
    presence.COLUMNS[0]: "variable",
    presence.COLUMNS[1]: "with_document",
    presence.COLUMNS[2]: "with_value",
    funnel.TITLE: "funnel",
    minimum.GROUP: "group",
    origin.TITLE: "origin",
    origin.SEVERAL: "several",
    "together with": "together_with",
    "members with both": "with_both",
    "members with the first": "with_first",
    "members with the second": "with_second",
    "both by chance": "by_chance",
}
_STEPS = {funnel.COLUMNS[0]: "controller"} | {head: f"step_{step}" for step, head in funnel.STEPS.items()}
"""Headings of that table alone: in others such words may be values."""
_FORMS = (
    ("under", re.compile(r"under (?P<high>\S+)")),
    ("between", re.compile(r"(?P<low>\S+) to under (?P<high>\S+)")),
    ("from", re.compile(r"(?P<low>\S+) and more")),
    ("minimum", re.compile(r"(?P<title>.+): minimum (?P<amount>\S+) \((?P<source>.+)\)")),
    ("together", re.compile(r"(?P<title>.+): what stands together")),
)


def translated(tables: Iterable[PoolTable], language: str) -> tuple[PoolTable, ...]:
    """The tables with their headings and bands in a language."""
    return tuple(
        replace(
            table,
            title=_title(language, table.title),
            day=texts.longdate(language, dt.date.fromisoformat(table.day)) if table.day else "",
            columns=tuple(_heading(language, table.kind, column) for column in table.columns),
            rows=tuple(tuple(_cell(language, cell) for cell in row) for row in table.rows),
        )
        for table in tables
    )


def _heading(language: str, kind: str, word: str) -> str:
    if kind == funnel.NAME and word in _STEPS:
        return texts.text(language, f"report.pool.{_STEPS[word]}")
    return label(language, word)


def _title(language: str, title: str) -> str:
    what, by, whom = title.partition(crosstable.BY)
    if not by:
        return label(language, title)
    return texts.text(language, "report.pool.by", what=label(language, what), whom=label(language, whom))


def _cell(language: str, cell: Cell) -> Cell:
    return label(language, cell) if isinstance(cell, str) else cell


def label(language: str, word: str) -> str:
    """A heading or a band's name; what the pool did not name itself stays as it is."""
    if word.endswith(minimum.SHARE):
        return label(language, word.removesuffix(minimum.SHARE)) + minimum.SHARE
    if word in _WORDS:
        return texts.text(language, f"report.pool.{_WORDS[word]}")
    for key, form in _FORMS:
        if found := form.fullmatch(word):
            ends = {name: _number(language, value) for name, value in found.groupdict().items()}
            return texts.text(language, f"report.pool.{key}", **ends)
    return word


def _number(language: str, value: str) -> str:
    try:
        return texts.number(language, float(value), len(value.partition(".")[2]))
    except ValueError:
        return value
