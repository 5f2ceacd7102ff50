"""A skeleton against the recipes: what is missing, and what is new, so that a recipe can be repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.layout import LINES, OR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Layout, Recipe, Rule
    from rightskit.disclosures.skeleton import Skeleton

_NEARLY = 0.5


@dataclass(frozen=True, slots=True)
class Drift:
    """How one file differs from one layout of a recipe that fits it, or nearly fits.

    Attributes:
        recipe: id and version.
        file: as the skeleton names it.
        missing: what the recipe requires or reads, and is not there.
        new: keys and headings beside those that the recipe reads, which it neither takes nor drops.
    """

    recipe: str
    file: str
    missing: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def compare(skeletons: Sequence[Skeleton], recipes: Sequence[Recipe]) -> tuple[Drift, ...]:
    """What differs from each layout of which half or more is there; empty where no recipe comes near."""
    return tuple(
        Drift(recipe.name, one.name, tuple(_missing(layout, one)), tuple(_new(layout, one)))
        for recipe in recipes
        for layout in recipe.layouts
        for one in skeletons
        if _share(layout, one) >= _NEARLY
    )


def _share(layout: Layout, one: Skeleton) -> float:
    if one.format != layout.format and layout.format not in LINES:
        return 0
    return sum(_holds(layout, one, each) for each in layout.require) / len(layout.require)


def _holds(layout: Layout, one: Skeleton, each: str) -> bool:
    return each in one.found or (layout.format not in LINES and "=" not in each and _has(one, each))


def _has(one: Skeleton, source: str) -> bool:
    patterns = [_pattern(path) for path in source.split(OR)]
    return any(pattern.fullmatch(key) for pattern in patterns for key in one.keys)


def _pattern(path: str) -> re.Pattern[str]:
    """A path as skeletons write it; ``*`` is any key."""
    return re.compile(re.escape(path).replace(r"\*", r"[^.\[]+"))


def _missing(layout: Layout, one: Skeleton) -> Iterator[str]:
    yield from (each for each in layout.require if not _holds(layout, one, each))
    for rule in layout.rules if layout.format not in LINES else ():
        needed = [source for each in rule.taken if not each.optional for source in each.sources]
        for each in dict.fromkeys(source for source in needed if source not in layout.named_above):
            paths = tuple(_full(rule, each))
            if not any(_has(one, path) for path in paths):
                yield OR.join(paths)


def _full(rule: Rule, source: str) -> Iterator[str]:
    """The paths from the top at which a source of a rule can stand."""
    for outer in rule.each.split(OR) if rule.each else [""]:
        for inner in source.split(OR):
            yield inner if outer in {"", "."} else outer if inner == "." else f"{outer}.{inner}"


def _new(layout: Layout, one: Skeleton) -> Iterator[str]:
    if layout.format in LINES:
        return
    named = [path for rule in layout.rules for source in (*rule.sources, *rule.dropped) for path in _full(rule, source)]
    rows = [outer for rule in layout.rules for outer in rule.each.split(OR)]
    known = {*named, *rows, *(path for each in layout.require for path in each.partition("=")[0].split(OR))}
    for key in one.keys:
        if any(_beside(outer, key) for outer in rows) and not any(_under(path, key) for path in known):
            yield key


def _beside(outer: str, key: str) -> bool:
    """Whether a key stands directly in a row: in the mapping at the rule's path, or among the headings."""
    if outer in {"", "."}:
        return key not in {"top", "rows"} and "." not in key and "[" not in key
    return bool(re.fullmatch(_pattern(outer).pattern + r"\.[^.\[]+", key))


def _under(path: str, key: str) -> bool:
    """Whether a key is a path that a recipe knows, or leads to it."""
    return bool(_pattern(path).fullmatch(key)) or path.startswith((f"{key}.", f"{key}["))
