"""Which keys may be shown: a key of a mapping is often a value, such as the name of a contact.

Nobody can tell ``{"profile": …}`` from ``{"Anna": …}`` by its shape. So a key is shown only where all its words are
words of schemas, or where a recipe names it; every other one becomes ``*``, as recipes write "any key".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.disclosures.layout import LINES, OR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Layout, Recipe

ANY = "*"
_WORD = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+|[0-9]+|[^\W\d_]+")
_BETWEEN = re.compile(r"[\s_\-./:()@%]*")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be shown.

    Attributes:
        words: in small letters.
        keys: whole keys and headings that recipes name.
    """

    words: frozenset[str]
    keys: frozenset[str]

    def shown(self, key: str) -> str:
        """The key, or ``*`` where it may be a value."""
        return key if key in self.keys or self._is_schema(key) else ANY

    def path(self, path: str) -> str:
        """A path of a file, each part that may be a value replaced; the ending stays where it is one."""
        *folders, name = path.split("/")
        stem, dot, ending = name.rpartition(".")
        if not dot or not re.fullmatch("[a-z0-9]{1,5}", ending, re.IGNORECASE) or ending.isdecimal():
            stem, dot, ending = name, "", ""
        elif ending.casefold() not in _ENDINGS:
            ending = ANY
        return "/".join([*map(self.shown, folders), self.shown(stem) + dot + ending])

    def _is_schema(self, key: str) -> bool:
        words = _WORD.findall(key)
        if not words or len(key) > _LONGEST or not _BETWEEN.fullmatch(_WORD.sub("", key)):
            return False
        numbers = [word for word in words if word.isdecimal()]
        named = [word for word in words if not word.isdecimal()]
        return sum(map(len, numbers)) <= 1 and bool(named) and all(word.casefold() in self.words for word in named)


_READABLE = frozenset({"csv", "tsv", "json", "js", "jsonl", "ndjson", "html", "htm", "xml", "txt", "pdf", "xlsx"})
_ENDINGS = _READABLE | {
    "xls",
    "zip",
    "tar",
    "tgz",
    "gz",
    "jpg",
    "jpeg",
    "png",
    "gif",
    "mp4",
    "ics",
    "vcf",
    "mbox",
    "eml",
}


def is_readable(path: str) -> bool:
    """Whether a file of an archive has an ending that recipes read, or none."""
    ending = path.rpartition("/")[2].rpartition(".")[2]
    return ending == path.rpartition("/")[2] or ending.casefold() in _READABLE


def vocabulary(recipes: Sequence[Recipe]) -> Vocabulary:
    """The words of schemas, and the keys that recipes name."""
    text = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    words = frozenset(word.casefold() for line in lines for word in line.split())
    layouts = chain.from_iterable(recipe.layouts for recipe in recipes)
    return Vocabulary(words, frozenset(chain.from_iterable(map(_keys, layouts))))


def _keys(layout: Layout) -> Iterator[str]:
    if layout.format in LINES:
        return
    rules = layout.rules
    if layout.blocks:
        yield from chain(layout.blocks.each, *(part.classes for part in layout.blocks.parts))
    named = [*layout.require, *(rule.each for rule in rules), *chain.from_iterable(rule.sources for rule in rules)]
    for each in chain(named, chain.from_iterable(rule.dropped for rule in rules)):
        for path in each.partition("=")[0].split(OR):
            yield path
            yield from (key for key in path.replace("[]", "").split(".") if key)
