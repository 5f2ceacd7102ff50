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
FIGURES, VARIABLES = "figures", "variables"
Told = dict[str, str]
"""Language → text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one figure or column means.

    Attributes:
        kind: ``figures`` or ``variables``.
        title: its name.
        definition: in a sentence or two.
        unit: of what it counts or measures; empty for codes.
        base: the figure that a share is reckoned from.
        source: article, guideline paragraph or paper; empty where the definition is our own.
        values: code → what it means; empty where any text may stand.
    """

    id: str
    kind: str
    title: Told
    definition: Told
    unit: str
    base: str
    source: str
    values: Mapping[str, Told]


@cache
def codebook() -> tuple[Entry, ...]:
    """All entries, in the order of the file.

    Raises:
        FaultsError: the file is wrong.
    """
    top = yamlfile.read(shipped("letters") / "pages" / "codebook.yaml")
    found: list[Entry] = []
    for kind in (FIGURES, VARIABLES):
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
    )


def markdown(entries: Iterable[Entry], language: str) -> str:
    """The codebook as a page to read."""
    heads = {
        "de": ("Kennzahlen", "Spalten der Zeilen", "Einheit", "bezogen auf", "Quelle"),
        "fr": ("Chiffres", "Colonnes des lignes", "unité", "rapporté à", "source"),
        "en": ("Figures", "Columns of the rows", "unit", "of", "source"),
    }[language]
    lines: list[str] = []
    known = tuple(entries)
    for kind, head in zip((FIGURES, VARIABLES), heads, strict=False):
        lines += [f"## {head}", ""]
        for one in (one for one in known if one.kind == kind):
            lines += _lines(one, language, heads[2:])
    return "\n".join(lines).rstrip() + "\n"


def _lines(one: Entry, language: str, words: tuple[str, ...]) -> Iterator[str]:
    yield f"### {one.title[language]} (`{one.id}`)"
    yield ""
    yield one.definition[language]
    facts = [f"{word}: {value}" for word, value in zip(words, (one.unit, one.base, one.source), strict=True) if value]
    if facts:
        yield ""
        yield f"*{'; '.join(facts)}*"
    yield ""
    if one.values:
        yield from (f"- `{code}`: {told[language]}" for code, told in one.values.items())
        yield ""
