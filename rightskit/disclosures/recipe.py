"""How to read one kind of disclosure: a YAML file that a person wrote.

A recipe is a whitelist: what it does not name never leaves the document. It says how the layout is recognised, where
the rows stand, and which part of a row becomes which variable. The language, with every key, stands in
``recipes/README.md``; in short::

    id, version, date, title, controllers, right      about the recipe
    general: true                                     tried only where no other recipe knows the document
    labels: {variable: {de, fr, en, unit, values}}    what pages call them in other languages
    files:                                            one layout for each file of the disclosure
      - format: pdf | text | json | xml | csv | xlsx | html
        names: ["*data.json"]                         inside an archive; `*` stands for anything
        require: […]                                  lines (regular expressions), paths or columns; all must be there
        needed: true                                  without this file it is another layout
        packed: true                                  only inside an archive: alone it looks like another file
        skip: […]                                     pdf, text: lines that stand on every page
        above: […]                                    tables: lines above the headings; their named groups are columns
        blocks: {each, parts}                         html: blocks instead of tables; each part: name, class, line
        rows:
          - after, before, line, skip, announced      pdf, text: the section, one line of it, the number printed above
            mentions: […]                             pdf, text: what it answers: id, title, any, inapplicable
            each: entries[]                           json, xml: where the rows stand
            where, alone, dropped                     the others: which rows, whose rows, what is left on purpose
            once: true                                exactly one row, about the document as a whole
            least: 1                                  fewer rows are another layout
            per: {…}                                  a date or choice: totals and count are made for each of its values
            totals: […]                               numbers: sums over the rows, or one sum divided by another
            count: {id: …}                            a variable that holds the number of rows
            variables: […]                            what is taken from each row

The keys of a variable stand in :mod:`rightskit.disclosures.recipe_variables`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.disclosures.labels import labels
from rightskit.disclosures.layout import FORMATS, LINES, OR, TABLES, TREES, Layout, Recipe, Rule
from rightskit.disclosures.recipe_variables import answer, count, pattern, patterns, slug, variable
from rightskit.errors import Fault, FaultsError
from rightskit.files.blocks import Marks, Part
from rightskit.rights import Right

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rightskit.disclosures.layout import Variable
    from rightskit.yamlfile import Section

# The keys that only some formats know; elsewhere they would be silently without effect, and are refused.
_RULE_KEYS = {
    **dict.fromkeys(LINES, frozenset({"after", "before", "line", "skip", "announced", "mentions"})),
    **dict.fromkeys(TREES, frozenset({"each", "where", "alone", "dropped", "per", "totals"})),
    **dict.fromkeys(TABLES, frozenset({"where", "alone", "dropped", "per", "totals"})),
}


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
        for found in recipe.variables:
            other, known = first.setdefault(found.id, (recipe, found))
            same = (known.type, known.unit, known.bands, known.by)
            if same != (found.type, found.unit, found.bands, found.by):
                message = f"{found.id} differs from {other.id} in type, unit, bands or by"
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
        id=slug(section, "id"),
        version=section.integer("version", 1, least=1),
        date=section.date("date"),
        title=section.text("title", required=True),
        controllers=section.texts("controllers"),
        right=Right(section.choice("right", tuple(Right), Right.ACCESS)),
        layouts=tuple(_layout(layout) for layout in section.sections("files")),
        general=section.flag("general"),
    )
    recipe = replace(recipe, labels=labels(section.section("labels"), recipe.variables))
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
        require=tuple(found.pattern for found in patterns(section, "require")) if form in LINES else require,
        needed=section.flag("needed", default=True),
        skip=patterns(section, "skip") if form in LINES else (),
        rules=tuple(_rule(rule, form) for rule in section.sections("rows")),
        above=patterns(section, "above") if form in TABLES and "blocks" not in section else (),
        blocks=_blocks(section.section("blocks")) if form == "html" and "blocks" in section else None,
        packed=section.flag("packed"),
    )
    _check_parts(section, layout)
    section.refuse_unknown()
    return layout


def _blocks(section: Section) -> Marks:
    parts = tuple(_part(part) for part in section.sections("parts"))
    if not parts:
        section.fault("parts", "parts is missing", "list the parts of a block: name, class")
    found = Marks(_classes(section, "each"), parts)
    section.refuse_unknown()
    return found


def _part(section: Section) -> Part:
    found = Part(section.text("name", required=True), _classes(section, "class"), pattern(section, "line"))
    section.refuse_unknown()
    return found


def _classes(section: Section, key: str) -> frozenset[str]:
    return frozenset(section.text(key, required=True).split())


def _check_parts(section: Section, layout: Layout) -> None:
    """Blocks have their parts for columns, and no others."""
    if layout.blocks:
        parts = {part.name for part in layout.blocks.parts}
        asked = chain(layout.require, *(rule.sources for rule in layout.rules))
        for name in sorted({name for each in asked for name in each.split(OR)} - parts):
            section.fault("blocks", f"{name} is no part of the blocks", yamlfile.did_you_mean(name, parts))


def _rule(section: Section, form: str) -> Rule:
    asked = _Asked(section, _RULE_KEYS[form])
    line = asked.pattern("line")
    if form in LINES and line is None and "mentions" not in section:
        section.fault("line", "line is missing", "write a regular expression with a named group for each value")
    groups = frozenset(line.groupindex) if line else None
    rule = Rule(
        after=asked.pattern("after"),
        before=asked.pattern("before"),
        line=line,
        skip=asked.patterns("skip"),
        announced=asked.pattern("announced"),
        each=asked.text("each") or ".",
        once=section.flag("once"),
        least=section.integer("least", 0, least=0),
        count=count(section.section("count")) if "count" in section else None,
        variables=tuple(variable(inner, groups) for inner in section.sections("variables")),
        where=asked.lists("where"),
        alone=asked.text("alone"),
        dropped=asked.texts("dropped"),
        per=asked.variable("per"),
        totals=asked.variables("totals"),
        mentions=tuple(answer(inner) for inner in section.sections("mentions")) if "mentions" in asked.keys else (),
    )
    _check(section, rule)
    section.refuse_unknown()
    return rule


class _Asked:
    """Reads those keys of a rule that its format knows; the others stay unread, and are refused."""

    def __init__(self, section: Section, keys: frozenset[str]) -> None:
        self.keys = keys
        self._section = section

    def text(self, key: str) -> str:
        return self._section.text(key) if key in self.keys else ""

    def texts(self, key: str) -> tuple[str, ...]:
        return self._section.texts(key) if key in self.keys else ()

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        inner = self._section.section(key) if key in self.keys else None
        return {name: inner.texts(name) for name in inner.keys()} if inner else {}  # noqa: SIM118 (a Section)

    def pattern(self, key: str) -> re.Pattern[str] | None:
        return pattern(self._section, key) if key in self.keys else None

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        return patterns(self._section, key) if key in self.keys else ()

    def variable(self, key: str) -> Variable | None:
        return variable(self._section.section(key), None) if key in self.keys and key in self._section else None

    def variables(self, key: str) -> tuple[Variable, ...]:
        return tuple(variable(inner, None) for inner in self._section.sections(key)) if key in self.keys else ()


def _check(section: Section, rule: Rule) -> None:
    if (rule.after is None) != (rule.before is None):
        section.fault("after", "after and before belong together", "name the lines around the section, or neither")
    choices = {found.id for found in rule.taken if found.type == "choice"}
    for found in rule.yields:
        if found.by and found.by not in choices - {found.id}:
            section.fault("variables", f"{found.by} is no other choice of this row", "name one in by")
    if any(found.type != "number" for found in rule.totals):
        section.fault("totals", "totals holds something that is no number", "add up numbers alone")
    if rule.per and (rule.variables or rule.per.type in {"number", "text"}):
        section.fault(
            "per", "per is a date, a choice or hashed, beside totals and count", "leave variables to a rule of its own"
        )
    both = sorted(rule.sources.intersection(rule.dropped))
    if both:
        section.fault("dropped", f"{both[0]} is taken and dropped", "keep it in one place")
