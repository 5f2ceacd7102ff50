"""A file without its values: keys, types and counts, so that a recipe can be written without anybody's data.

What is shown is made of words of schemas, of words of recipes, and of numbers of things; nothing else is copied from
the file. Lines of a text are all value: of them only the expressions of recipes that match are told.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from rightskit.disclosures.line_view import LineView
from rightskit.disclosures.page_view import PageView
from rightskit.disclosures.reading import stream_view, view
from rightskit.disclosures.recognition import alone, start
from rightskit.disclosures.table_view import TableView
from rightskit.disclosures.tree_stream import TreeStream
from rightskit.disclosures.tree_view import TreeView
from rightskit.disclosures.vocabulary import ANY, Vocabulary, is_readable, vocabulary
from rightskit.files import archives, sheets, tables
from rightskit.files.blocks import blocks, outline
from rightskit.files.entries import LargeEntry
from rightskit.files.jsonshape import LIST, MAPPING
from rightskit.files.limits import LIMITS
from rightskit.files.papers import Reader
from rightskit.files.problems import FileProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.disclosures.layout import Layout, Recipe
    from rightskit.disclosures.reading import View
    from rightskit.files.jsonshape import Shape
    from rightskit.files.opening import Opener

_ORDER = ("pdf", "xlsx", "json", "xml", "html", "csv", "text")
_FORMS = {
    "empty": re.compile(r"\s*"),
    "whole number": re.compile(r"[-+]?\d+"),
    "number with a point": re.compile(r"[-+]?[\d,]*\.\d+"),
    "number with a comma": re.compile(r"[-+]?[\d.]*,\d+"),
    "day, iso": re.compile(r"\d{4}-\d\d-\d\d"),
    "instant, iso": re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*"),
    "day, with points": re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}"),
    "day, with slashes": re.compile(r"\d{1,4}/\d{1,2}/\d{1,4}"),
    "moment, printed": re.compile(r"\d{1,2}[. ].{3,20}\d{1,2}:\d\d:\d\d.{0,20}"),
    "clock": re.compile(r"\d{1,6}:\d\d(:\d\d)?"),
    "link": re.compile(r"https?://\S*"),
}


@dataclass(frozen=True, slots=True)
class Skeleton:
    """One file, or several of an archive whose names and formats show alike.

    Attributes:
        name: path inside an archive, without what may be a value; empty for a document alone.
        format: in which it was opened; ``unknown``, or the name of the failure, where it was not.
        files: how many.
        keys: path or heading → type → how often.
        found: what recipes require that is there, in the recipes' own words.
    """

    name: str
    format: str
    files: int
    keys: Mapping[str, Mapping[str, int]]
    found: tuple[str, ...]


def skeletons(content: bytes | IO[bytes], recipes: Sequence[Recipe]) -> tuple[Skeleton, ...]:
    """The skeleton of a document, or of the files of an archive; pictures, films and the like are left out.

    Raises:
        FileProblemError: the archive cannot be opened, or not safely.
    """
    known = vocabulary(recipes)
    layouts = tuple(chain.from_iterable(recipe.layouts for recipe in recipes))
    made: dict[tuple[str, str], Skeleton] = {}
    for name, part in _files(content):
        one = _skeleton(known.path(name) if name else "", part, layouts, known)
        key = (one.name, one.format)
        made[key] = _together(made[key], one) if key in made else one
    return tuple(made.values())


def _files(content: bytes | IO[bytes]) -> Iterator[tuple[str, bytes | Opener]]:
    if not archives.is_archive(start(content)) or sheets.is_workbook(content):
        yield "", content if isinstance(content, bytes) else alone(content)
        return
    large: list[LargeEntry] = []  # opened when the archive is closed: two readings of one stream would meet
    for entry in archives.all_entries(content, LIMITS, is_readable):
        if isinstance(entry, LargeEntry):
            large.append(entry)
        else:
            yield entry.name, entry.content
    for one in large:
        yield one.name, partial(archives.reopened, content, one.number, one.name, LIMITS)


def _skeleton(name: str, content: bytes | Opener, layouts: Sequence[Layout], known: Vocabulary) -> Skeleton:
    try:
        reader = Reader()
        opened = {form: _view(form, content, reader) for form in _ORDER}
        form = next((form for form in _ORDER if opened[form]), "unknown")
        found = dict.fromkeys(each for layout in layouts for each in _found(layout, opened[layout.format]))
        keys = _keys(opened.get(form), known)
        if isinstance(page := opened.get(form), PageView):
            _parts(page, layouts, keys)
        return Skeleton(name, form, 1, keys, tuple(found))
    except FileProblemError as error:
        return Skeleton(name, type(error).__name__, 1, {}, ())


def _view(form: str, content: bytes | Opener, reader: Reader) -> View | None:
    return view(form, content, reader) if isinstance(content, bytes) else stream_view(form, content)


def _found(layout: Layout, opened: View | None) -> Iterator[str]:
    """What of the required is there, said in the recipe's own words."""
    if opened:
        yield from (each for each in layout.require if opened.found(replace(layout, require=(each,), above=())))


def _together(one: Skeleton, other: Skeleton) -> Skeleton:
    keys = {path: Counter(types) for path, types in one.keys.items()}
    for path, types in other.keys.items():
        keys.setdefault(path, Counter()).update(types)
    found = tuple(dict.fromkeys((*one.found, *other.found)))
    return Skeleton(one.name, one.format, one.files + other.files, keys, found)


def _keys(opened: View | None, known: Vocabulary) -> dict[str, Counter[str]]:
    keys: dict[str, Counter[str]] = {}
    if isinstance(opened, TreeView):
        _walk(opened.value, known, keys)
    elif isinstance(opened, TreeStream):
        _name(opened.typed(_type), known, keys)
    elif isinstance(opened, PageView):
        _tables(opened.tables, known, keys)
        _classes(opened, known, keys)
    elif isinstance(opened, TableView):
        _tables(opened, known, keys)
    elif isinstance(opened, LineView):
        keys["lines"] = Counter({"line": len(opened.lines)})
    return keys


def _walk(value: Any, known: Vocabulary, keys: dict[str, Counter[str]]) -> None:
    waiting = [("", value)]
    while waiting:
        path, one = waiting.pop()
        keys.setdefault(path or "top", Counter())[_type(one)] += 1
        if isinstance(one, dict):
            inner = [(f"{path}.{known.shown(key)}".lstrip("."), each) for key, each in one.items()]
            waiting += reversed(inner)
        elif isinstance(one, list):
            waiting += [(f"{path}[]", each) for each in one]


def _name(shape: Shape, known: Vocabulary, keys: dict[str, Counter[str]]) -> None:
    """What a stream found, key by key, as :func:`_walk` does."""
    waiting = [("", shape)]
    while waiting:
        path, one = waiting.pop()
        if one.kinds:
            keys.setdefault(path or "top", Counter()).update(one.kinds)
        inner = [(f"{path}.{known.shown(key)}".lstrip("."), each) for key, each in one.keys.items()]
        waiting += [*reversed(inner), *([(f"{path}[]", one.items)] if one.items else [])]


def _tables(opened: TableView, known: Vocabulary, keys: dict[str, Counter[str]]) -> None:
    for table in opened.tables:
        _columns(tables.headed_by(table, known.keys), known, keys)


def _classes(opened: PageView, known: Vocabulary, keys: dict[str, Counter[str]]) -> None:
    """The elements of a page and the texts in them, by their classes: ``.outer-cell``."""
    for classes, text in outline(opened.opened):
        name = "." + ".".join(sorted({known.shown(each) for each in classes}))
        keys.setdefault(name, Counter())["element" if text is None else _type(text)] += 1


def _parts(opened: PageView, layouts: Sequence[Layout], keys: dict[str, Counter[str]]) -> None:
    """The parts of those blocks that a recipe knows."""
    for marks in dict.fromkeys(layout.blocks for layout in layouts if layout.blocks and opened.found(layout)):
        for block in blocks(opened.opened, marks):
            for name, text in block.items():
                keys.setdefault(name, Counter())[_type(text)] += 1


def _columns(table: tables.Table, known: Vocabulary, keys: dict[str, Counter[str]]) -> None:
    types = [keys.setdefault(known.shown(heading) if heading else ANY, Counter()) for heading in table.header]
    rows = keys.setdefault("rows", Counter())
    for row in table.rows:
        rows["row"] += 1
        for column, cell in zip(types, row.cells, strict=False):
            column[_type(cell)] += 1


def _type(value: Any) -> str:
    if isinstance(value, str):
        if value[:1].isalpha() and value[0] != "h":  # no other form begins so: most texts are told at once
            return "text"
        return next((form for form, pattern in _FORMS.items() if pattern.fullmatch(value)), "text")
    if isinstance(value, bool):
        return "yes or no"
    names = {dict: MAPPING, list: LIST, type(None): "nothing"}
    return names.get(type(value), "number")
