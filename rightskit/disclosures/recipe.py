"""How to read one kind of disclosure: a YAML file that a person wrote.

A recipe is a whitelist: what it does not name never leaves the document. It says how the layout is recognised, where
the rows stand, and which part of a row becomes which variable. The language, with every key, stands in
``recipes/README.md``; in short::

    id, version, date, title, controllers, right      about the recipe
    files:                                            one layout for each file of the disclosure
      - format: pdf | json | csv
        names: ["*data.json"]                         inside an archive; `*` stands for anything
        require: […]                                  lines (regular expressions), paths or columns; all must be there
        needed: true                                  without this file it is another layout
        skip: […]                                     pdf: lines that stand on every page
        rows:
          - after, before, line, skip, announced      pdf: the section, one line of it, the number printed above
            each: entries[]                           json: where the rows stand
            once: true                                exactly one row, about the document as a whole
            least: 1                                  fewer rows are another layout
            count: {id: …}                            a variable that holds the number of rows
            variables:
              - id, from, type, title, unit, provenance, optional, empty, by
                decimal, range, bands                 numbers
                values: {printed: meant}              choice
                date, coarsen                         dates: year or month, the day never leaves
                pattern                               text: the whole of it must match
                table: false                          no table of it: another variable is a coarser form
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.disclosures.layout import (
    COARSENINGS,
    FORMATS,
    PROVENANCES,
    TYPES,
    Layout,
    Recipe,
    Rule,
    Variable,
)
from rightskit.errors import Fault, FaultsError
from rightskit.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rightskit.yamlfile import Section

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# The keys that only one format or type of variable knows; elsewhere they would be silently without effect.
_RULE_KEYS = {"pdf": ("after", "before", "line", "skip", "announced"), "json": ("each",), "csv": ()}


def load(folders: Sequence[Path]) -> tuple[Recipe, ...]:
    """Read all recipes of some folders; of two with one id, the one of the earlier folder holds.

    Raises:
        FaultsError: the faults of all files together.
    """
    recipes: dict[str, Recipe] = {}
    faults: list[Fault] = []
    for path in chain.from_iterable(sorted(folder.glob("*.yaml")) for folder in folders):
        try:
            recipe = read(path)
        except FaultsError as error:
            faults += error.faults
        else:
            recipes.setdefault(recipe.id, recipe)
    faults += _clashes(recipes.values())
    if faults:
        raise FaultsError(faults)
    return tuple(recipes.values())


def _clashes(recipes: Iterable[Recipe]) -> Iterator[Fault]:
    """A variable that two recipes describe differently cannot be pooled."""
    first: dict[str, tuple[Recipe, Variable]] = {}
    for recipe in recipes:
        for variable in recipe.variables:
            other, known = first.setdefault(variable.id, (recipe, variable))
            same = (known.type, known.unit, known.bands, known.by)
            if same != (variable.type, variable.unit, variable.bands, variable.by):
                message = f"{variable.id} differs from {other.id} in type, unit, bands or by"
                yield Fault(f"{recipe.id}.yaml", None, message, "describe it alike, or give it an id of its own")


def read(path: Path) -> Recipe:
    """Read one recipe.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: it is not YAML, or says something that is no recipe.
    """
    return _recipe(yamlfile.read(path))


def parse(text: str, path: str) -> Recipe:
    """Read one recipe from a text; ``path`` names it in faults.

    Raises:
        FaultsError: it is not YAML, or says something that is no recipe.
    """
    return _recipe(yamlfile.parse(text, path))


def _recipe(section: Section) -> Recipe:
    recipe = Recipe(
        id=_slug(section, "id"),
        version=section.integer("version", 1, least=1),
        date=section.date("date"),
        title=section.text("title", required=True),
        controllers=section.texts("controllers"),
        right=Right(section.choice("right", tuple(Right), Right.ACCESS)),
        layouts=tuple(_layout(layout) for layout in section.sections("files")),
    )
    if not recipe.layouts:
        section.fault("files", "files is missing", "add `files:` with a layout: format, require, rows")
    section.refuse_unknown()
    if section.faults:
        raise FaultsError(section.faults)
    return recipe


def _layout(section: Section) -> Layout:
    form = section.choice("format", FORMATS, "pdf")
    require = section.texts("require")
    if not require:
        section.fault("require", "require is missing", "name the lines, paths or columns that make this layout")
    layout = Layout(
        format=form,
        names=tuple(name.casefold() for name in section.texts("names")) or ("*",),
        require=_checked(section, "require") if form == "pdf" else require,
        needed=section.flag("needed", default=True),
        skip=_patterns(section, "skip") if form == "pdf" else (),
        rules=tuple(_rule(rule, form) for rule in section.sections("rows")),
    )
    section.refuse_unknown()
    return layout


def _rule(section: Section, form: str) -> Rule:
    keys = _RULE_KEYS[form]
    line = _pattern(section, "line") if "line" in keys else None
    if form == "pdf" and line is None:
        section.fault("line", "line is missing", "write a regular expression with a named group for each value")
    groups = frozenset(line.groupindex) if line else None
    rule = Rule(
        after=_pattern(section, "after") if "after" in keys else None,
        before=_pattern(section, "before") if "before" in keys else None,
        line=line,
        skip=_patterns(section, "skip") if "skip" in keys else (),
        announced=_pattern(section, "announced") if "announced" in keys else None,
        each=section.text("each", ".") if "each" in keys else ".",
        once=section.flag("once"),
        least=section.integer("least", 0, least=0),
        count=_count(section.section("count")) if "count" in section else None,
        variables=tuple(_variable(variable, groups) for variable in section.sections("variables")),
    )
    if (rule.after is None) != (rule.before is None):
        section.fault("after", "after and before belong together", "name the lines around the section, or neither")
    choices = {variable.id for variable in rule.variables if variable.type == "choice"}
    for variable in rule.variables:
        if variable.by and variable.by not in choices - {variable.id}:
            section.fault("variables", f"{variable.by} is no other choice of this row", "name one in by")
    section.refuse_unknown()
    return rule


def _count(section: Section) -> Variable:
    variable = _base(section, "", "number", "derived")
    section.refuse_unknown()
    return variable


def _variable(section: Section, groups: frozenset[str] | None) -> Variable:
    source = section.text("from", required=True)
    if groups is not None and source and source not in groups:
        section.fault("from", f"{source} is no named group of line", yamlfile.did_you_mean(source, groups))
    kind = section.choice("type", TYPES, "number")
    variable = _base(section, source, kind, "")
    _demand(section, kind)
    section.refuse_unknown()
    return variable


def _base(section: Section, source: str, kind: str, provenance: str) -> Variable:
    """Ask only for the keys that the type knows, so that the others are refused."""
    number, date = kind == "number", kind == "date"
    return Variable(
        id=_slug(section, "id"),
        source=source,
        type=kind,
        title=section.text("title", required=True),
        unit=section.text("unit") if number else "",
        provenance=provenance or section.choice("provenance", PROVENANCES, "observed"),
        optional=section.flag("optional"),
        empty=section.texts("empty"),
        by=section.text("by"),
        decimal=section.choice("decimal", ("comma", "point"), "point") if number else "point",
        range=_numbers(section, "range") if number else (),
        bands=_numbers(section, "bands") if number else (),
        values=section.mapping("values") if kind == "choice" else {},
        date=section.text("date", "%Y-%m-%d") if date else "",
        coarsen=section.choice("coarsen", COARSENINGS, "year") if date else "",
        pattern=_pattern(section, "pattern") if kind == "text" else None,
        table=section.flag("table", default=True),
    )


def _demand(section: Section, kind: str) -> None:
    needed = {"choice": "values", "text": "pattern", "date": "coarsen"}.get(kind)
    if needed and needed not in section:
        why = f"a {kind} without {needed} could carry a person's words out of the document"
        section.fault(needed, f"{needed} is missing: {why}", f"add `{needed}: …`")


def _slug(section: Section, key: str) -> str:
    value = section.text(key, required=True)
    if value and not _SLUG.fullmatch(value):
        section.fault(key, f"{key} is {value!r}", "write small letters, digits and single dashes")
    return value


def _numbers(section: Section, key: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(text) for text in section.texts(key))
    except ValueError:
        section.fault(key, f"{key} holds something that is no number", "write numbers: [0, 100]")
        return ()
    if list(numbers) != sorted(set(numbers)) or (key == "range" and len(numbers) not in {0, 2}):
        section.fault(key, f"{key} is not rising", "write the smaller number first; a range has two")
    return numbers


def _pattern(section: Section, key: str) -> re.Pattern[str] | None:
    text = section.text(key)
    return _compiled(section, key, text) if text else None


def _patterns(section: Section, key: str) -> tuple[re.Pattern[str], ...]:
    found = (_compiled(section, key, text) for text in section.texts(key))
    return tuple(pattern for pattern in found if pattern)


def _checked(section: Section, key: str) -> tuple[str, ...]:
    return tuple(pattern.pattern for pattern in _patterns(section, key))


def _compiled(section: Section, key: str, text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text)
    except re.error as error:
        section.fault(key, f"not a regular expression: {error}", "mend the expression; quote it with '…'")
        return None
