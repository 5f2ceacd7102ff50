"""What a recipe's variables and values are called on pages in other languages; files keep the codes.

In short::

    labels:
      entry-kind:                                   the id of a variable of this recipe
        de: Art des Eintrags                        instead of its title
        fr: Type d’inscription
        unit: {de: Punkte, fr: points}              instead of its unit
        values:                                     value → language → word
          current-account: {de: Girokonto, fr: compte courant, en: current account}

A language without a word has the title, the unit or the code itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from rightskit import yamlfile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rightskit.disclosures.layout import Recipe, Variable
    from rightskit.yamlfile import Section

LANGUAGES = ("de", "en", "fr")
"""Those of the pages that show a pool."""

Words = dict[str, str]
"""Language → word."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one variable is called.

    Attributes:
        title: instead of its title.
        values: value → word.
        unit: instead of its unit.
    """

    title: Words = field(default_factory=dict)
    values: Mapping[str, Words] = field(default_factory=dict)
    unit: Words = field(default_factory=dict)


def labels(section: Section, variables: Iterable[Variable]) -> dict[str, Label]:
    """Variable → label, from ``labels:`` of a recipe; faults go into the section.

    Args:
        section: its mapping.
        variables: all that the recipe can yield.
    """
    known: dict[str, set[str]] = {}
    for variable in variables:
        known.setdefault(variable.id, set()).update(variable.values.values())
    found = {}
    for name in section.keys():  # noqa: SIM118 (a Section is no dict)
        inner = section.section(name)
        if name in known:
            found[name] = _label(inner, known[name])
        else:
            section.fault(name, f"{name} is no variable of this recipe", yamlfile.did_you_mean(name, known))
    return found


def _label(section: Section, values: Collection[str]) -> Label:
    told = section.section("values")
    words = {name: _words(told.section(name)) for name in told.keys()}  # noqa: SIM118 (a Section is no dict)
    for name in words.keys() - set(values):
        told.fault(name, f"{name} is no value of this variable", yamlfile.did_you_mean(name, values))
    found = Label(_spoken(section), words, _words(section.section("unit")))
    section.refuse_unknown()
    return found


def _words(section: Section) -> Words:
    found = _spoken(section)
    section.refuse_unknown()
    return found


def _spoken(section: Section) -> Words:
    return {language: section.text(language, required=True) for language in LANGUAGES if language in section}


def by_title(recipes: Iterable[Recipe]) -> dict[str, Label]:
    """Title, as tables print it, → label; of what several recipes say of one title the first one's holds."""
    found: dict[str, Label] = {}
    for recipe, variable in chain.from_iterable(((each, one) for one in each.variables) for each in recipes):
        if label := recipe.labels.get(variable.id):
            found[variable.title] = _joined(found.get(variable.title, Label()), label)
    return found


def _joined(first: Label, second: Label) -> Label:
    return Label(second.title | first.title, {**second.values, **first.values}, second.unit | first.unit)
