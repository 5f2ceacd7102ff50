"""The codebook: each figure and each column that leaves the house, with its one name and its one definition.

It stands in ``letters/pages/codebook.yaml``, in German, French and English.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.errors import FaultsError
from rightskit.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LANGUAGES = ("de", "fr", "en")
FIGURES, VARIABLES, COLUMNS = "figures", "variables", "columns"
Told = dict[str, str]
"""Language → text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one figure or column means.

    Attributes:
        kind: ``figures``, ``variables`` (columns of the rows) or ``columns`` (of the tables).
        title: its name.
        definition: in a sentence or two.
        unit: of what it counts or measures; empty for codes.
        base: the figure that a share is reckoned from.
        source: article, guideline paragraph or paper; empty where the definition is our own.
        values: code → what it means; empty where any text may stand.
        codes: of a column: whose ids or values stand there: ``figures``, ``variables``, or a variable.
    """

    id: str
    kind: str
    title: Told
    definition: Told
    unit: str
    base: str
    source: str
    values: Mapping[str, Told]
    codes: str = ""

    @property
    def missing(self) -> str:
        """What stands where there is no value; of a column of the tables an empty cell, told as such."""
        return {VARIABLES: "*", COLUMNS: "(empty)"}.get(self.kind, "")


@cache
def codebook() -> tuple[Entry, ...]:
    """All entries, in the order of the file.

    Raises:
        FaultsError: the file is wrong.
    """
    top = yamlfile.read(shipped("letters") / "pages" / "codebook.yaml")
    found: list[Entry] = []
    for kind in (FIGURES, VARIABLES, COLUMNS):
        section = top.section(kind)
        names = section.keys()
        found += [_entry(kind, name, section.section(name)) for name in names]
    if top.faults:
        raise FaultsError(top.faults)
    return tuple(found)


def entry(kind: str, name: str) -> Entry:
    """One entry.

    Raises:
        KeyError: there is none of that name.
    """
    return {(one.kind, one.id): one for one in codebook()}[kind, name]


def column(table: str, name: str) -> Entry:
    """What a column of a table is: as that table alone means it, as all tables do, or a figure.

    Raises:
        KeyError: there is no such column.
    """
    known = {(one.kind, one.id): one for one in codebook()}
    return known.get((COLUMNS, f"{table}.{name}")) or known.get((COLUMNS, name)) or known[FIGURES, name]


def _entry(kind: str, name: str, section: yamlfile.Section) -> Entry:
    values = section.section("values")
    codes = values.keys()
    return Entry(
        id=name,
        kind=kind,
        title=section.mapping("title"),
        definition=section.mapping("definition"),
        unit=section.text("unit"),
        base=section.text("base"),
        source=section.text("source"),
        values={code: values.mapping(code) for code in codes},
        codes=section.text("codes"),
    )


HEADINGS = {
    "kind": "figures, variables (columns of the rows) or columns (of the tables).",
    "id": "The name of the figure, variable or column; TABLE.COLUMN where one table alone means it so.",
    "code": "One of its values; empty in the line that tells what it is.",
    **{
        f"{what}_{language}": f"{told} in the language {language}."
        for what, told in (("title", "Its name"), ("definition", "What it means"))
        for language in LANGUAGES
    },
    "unit": "Of what it counts or measures; empty for codes.",
    "base": "The figure that a share is reckoned from.",
    "source": "Article, guideline or paper; empty where the definition is our own.",
    "codes": "Whose ids or values stand in a column: figures, variables, or a variable of that name.",
    "missing": "What stands where a value was taken away or is hidden.",
}
"""Columns of the codebook as a table, and what they hold."""


def lines(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    """A line for each figure, variable and column, and one for each of its values."""
    for one in entries:
        told = (*(one.title[lang] for lang in LANGUAGES), *(one.definition[lang] for lang in LANGUAGES))
        yield (one.kind, one.id, "", *told, one.unit, one.base, one.source, one.codes, one.missing)
        for code, title in one.values.items():
            names = [title[lang] for lang in LANGUAGES]
            yield (one.kind, one.id, code, *names, *[""] * (len(HEADINGS) - len(names) - 3))


def markdown(entries: Iterable[Entry], language: str) -> str:
    """The codebook as a page to read."""
    heads = {
        "de": ("Kennzahlen", "Spalten der Zeilen", "Spalten der Tabellen", "Einheit", "bezogen auf", "Quelle", "Codes"),
        "fr": ("Chiffres", "Colonnes des lignes", "Colonnes des tableaux", "unité", "rapporté à", "source", "codes"),
        "en": ("Figures", "Columns of the rows", "Columns of the tables", "unit", "of", "source", "codes"),
    }[language]
    page: list[str] = []
    known = tuple(entries)
    for kind, head in zip((FIGURES, VARIABLES, COLUMNS), heads, strict=False):
        page += [f"## {head}", ""]
        page += [_MISSING[language][kind], ""] if kind in _MISSING[language] else []
        for one in (one for one in known if one.kind == kind):
            page += _lines(one, language, heads[3:])
    return "\n".join(page).rstrip() + "\n"


_MISSING = {
    "de": {
        VARIABLES: "Ein `*` steht, wo ein Wert weggenommen ist, weil zu wenige denselben hatten.",
        COLUMNS: "Eine leere Zelle ist verborgen, oder es gibt nichts zu sagen.",
    },
    "fr": {
        VARIABLES: "Un `*` remplace une valeur retirée, parce que trop peu de personnes avaient la même.",
        COLUMNS: "Une cellule vide est masquée, ou il n’y a rien à dire.",
    },
    "en": {
        VARIABLES: "A `*` stands where a value was taken away, because too few had the same.",
        COLUMNS: "An empty cell is hidden, or there is nothing to tell.",
    },
}


def _lines(one: Entry, language: str, words: tuple[str, ...]) -> Iterator[str]:
    yield f"### {one.title[language]} (`{one.id}`)"
    yield ""
    yield one.definition[language]
    values = (one.unit, one.base, one.source, one.codes)
    facts = [f"{word}: {value}" for word, value in zip(words, values, strict=True) if value]
    if facts:
        yield ""
        yield f"*{'; '.join(facts)}*"
    yield ""
    if one.values:
        yield from (f"- `{code}`: {told[language]}" for code, told in one.values.items())
        yield ""
