"""The pool's tables in the language of the report.

Variables and values have the words of their recipe (:mod:`rightskit.disclosures.labels`); without one they stay as the
recipe's author wrote them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.disclosures import crosstable, funnel, minimum, origin, presence
from rightskit.disclosures.layout import NOT_APPLICABLE
from rightskit.disclosures.tabulation import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.disclosures.labels import Label
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
    "yes": "yes",
    "no": "no",
    NOT_APPLICABLE: "not_applicable",
}
_TITLED = {"minimum", "together"}
"""Forms that hold the title of a variable."""
NO_LABELS: Mapping[str, Label] = {}
_STEPS = {funnel.COLUMNS[0]: "controller"} | {head: f"step_{step}" for step, head in funnel.STEPS.items()}
"""Headings of that table alone: in others such words may be values."""
_FORMS = (
    ("under", re.compile(r"under (?P<high>\S+)")),
    ("between", re.compile(r"(?P<low>\S+) to under (?P<high>\S+)")),
    ("from", re.compile(r"(?P<low>\S+) and more")),
    ("minimum", re.compile(r"(?P<title>.+): minimum (?P<amount>\S+) \((?P<source>.+)\)")),
    ("together", re.compile(r"(?P<title>.+): what stands together")),
)
_MONTH = re.compile(r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])")


def translated(
    tables: Iterable[PoolTable], language: str, labels: Mapping[str, Label] = NO_LABELS
) -> tuple[PoolTable, ...]:
    """The tables in a language: their headings and bands, and variables and values where a recipe has words for them.

    Tables and columns that say nothing are left out.

    Args:
        tables: of the pool; they hold codes.
        language: de, fr or en.
        labels: title of a variable → what it and its values are called; without a word they stay as they are.
    """
    speech = _Speech(language, labels)
    return tuple(_translated(_without_empty(table), speech) for table in tables if not _is_same_of_all(table))


def _is_same_of_all(table: PoolTable) -> bool:
    """Whether everybody has each of several values: sectors of which every sheet gives a score."""
    if table.kind != "distribution" or table.members is None:
        return False
    counts = [row[1:] for row in table.rows if row[0] != "members"]
    return len(counts) > 1 and set(counts) == {(table.members,)}


def _without_empty(table: PoolTable) -> PoolTable:
    """A mean that no line has needs no column; a hidden one keeps it."""
    if not table.rows:
        return table
    kept = [place for place in range(len(table.columns)) if any(row[place] != "" for row in table.rows)]
    rows = (tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=tuple(rows))


def labelled(tables: Iterable[PoolTable], labels: Mapping[str, Label]) -> tuple[PoolTable, ...]:
    """The tables for the terminal: English words for variables and values; the pool's own words stay as they are."""
    return tuple(_translated(table, _Speech("en", labels, terse=True)) for table in tables)


def _translated(table: PoolTable, speech: _Speech) -> PoolTable:
    """The first heading is that of the lines' labels; what else the title names stands in the other headings."""
    first, named = table.columns[:1], table.title.split(crosstable.BY)
    heads = speech.of(first).of(name for name in named if name not in first)
    return replace(
        table,
        title=_title(speech, table.title),
        unit=speech.of(named[:1]).unit(table.unit),
        day=texts.longdate(speech.language, dt.date.fromisoformat(table.day)) if table.day else "",
        columns=tuple(_heading(heads, table.kind, column) for column in table.columns),
        rows=tuple(_row(heads.of(first), row) for row in table.rows),
    )


@dataclass(frozen=True, slots=True)
class _Speech:
    """What is said in one language, of one table or one row.

    Attributes:
        labels: title of a variable → what it is called, all that are known.
        about: those of the variables that the table or row is about, the nearest last.
        terse: whether the pool's own words stay as they are.
    """

    language: str
    labels: Mapping[str, Label]
    about: tuple[Label, ...] = ()
    terse: bool = False

    def of(self, words: Iterable[Cell]) -> _Speech:
        """The same, about what these words name too."""
        named = (self.labels.get(_subject(word)) for word in words if isinstance(word, str))
        return replace(self, about=(*self.about, *(one for one in named if one)))

    def word(self, word: str) -> str:
        """A value or a title in the language; the pool's own words likewise."""
        told = [self.labels[word].title] if word in self.labels else []
        told += [one.values[word] for one in self.about if word in one.values]
        found = next((one[self.language] for one in reversed(told) if self.language in one), None)
        return found or _said(self, word)

    def unit(self, unit: str) -> str:
        """The unit of the table's variable."""
        return next((one.unit[self.language] for one in self.about if self.language in one.unit), unit)


def _subject(word: str) -> str:
    """The title that stands inside a title."""
    found = (form.fullmatch(word) for name, form in _FORMS if name in _TITLED)
    return next((match["title"] for match in found if match), word)


def _heading(speech: _Speech, kind: str, word: str) -> str:
    if kind == funnel.NAME and word in _STEPS and not speech.terse:
        return texts.text(speech.language, f"report.pool.{_STEPS[word]}")
    return speech.word(word)


def _title(speech: _Speech, title: str) -> str:
    what, by, whom = title.partition(crosstable.BY)
    if not by:
        return speech.word(title)
    if speech.terse:
        return speech.word(what) + by + speech.word(whom)
    return texts.text(speech.language, "report.pool.by", what=speech.word(what), whom=speech.word(whom))


def _row(speech: _Speech, row: Sequence[Cell]) -> tuple[Cell, ...]:
    """A row that names a variable itself speaks of its values first."""
    speech = speech.of(row)
    return tuple(speech.word(cell) if isinstance(cell, str) else cell for cell in row)


def label(language: str, word: str) -> str:
    """A heading or a band's name; what the pool did not name itself stays as it is."""
    return _Speech(language, NO_LABELS).word(word)


def _said(speech: _Speech, word: str) -> str:
    """A word of the pool itself."""
    if speech.terse:
        subject = _subject(word)
        return word if subject == word else speech.word(subject) + word.removeprefix(subject)
    if word.endswith(minimum.SHARE):
        return speech.word(word.removesuffix(minimum.SHARE)) + minimum.SHARE
    if word in _WORDS:
        return texts.text(speech.language, f"report.pool.{_WORDS[word]}")
    for key, form in _FORMS:
        if found := form.fullmatch(word):
            ends = {name: _end(speech, name, value) for name, value in found.groupdict().items()}
            return texts.text(speech.language, f"report.pool.{key}", **ends)
    if month := _MONTH.fullmatch(word):
        return texts.month(speech.language, dt.date(int(month["year"]), int(month["month"]), 1))
    return word


def _end(speech: _Speech, name: str, value: str) -> str:
    return speech.word(value) if name == "title" else _number(speech.language, value)


def _number(language: str, value: str) -> str:
    try:
        return texts.number(language, float(value), len(value.partition(".")[2]))
    except ValueError:
        return value
