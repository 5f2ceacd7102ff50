"""Finding controllers by what a person types, and choosing them by category and country."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from rightskit.registry.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rightskit.registry.model import Controller, Registry

# Below this likeness (0 to 100) two words are different words: "scuhfa" still finds SCHUFA, "bank" does not find bahn.
_LIKE_ENOUGH = 76
_EXACT, _PREFIX, _WORD, _INSIDE = 400.0, 300.0, 200.0, 150.0
_SHORTEST_TYPO = 4


class Entry(NamedTuple):
    """What is searched of one controller: everything folded, so that an index can keep it.

    Attributes:
        id: of the controller.
        length: of its name, in characters: of two that fit equally, the shorter name comes first.
        names: id, name and brands.
        words: the words of the names, categories and country.
    """

    id: str
    length: int
    names: Sequence[str]
    words: Collection[str]


def entry(controller: Controller) -> Entry:
    """What is searched of a controller."""
    names = tuple(fold(name) for name in (controller.id, controller.name, *controller.also))
    words = dict.fromkeys(word for text in (*names, *_circumstances(controller)) for word in text.split())
    return Entry(controller.id, len(controller.name), names, tuple(words))


def best(entries: Iterable[Entry], text: str, limit: int) -> list[str]:
    """The ids of the entries that a text may mean, best first, at most ``limit``.

    Case, accents and typing errors do not matter. Each word of the text must be found in the name, brands, id,
    categories or country; whole names come before beginnings, beginnings before parts, parts before likenesses.
    """
    wanted = fold(text).split()
    if not wanted:
        return []
    entries = list(entries)
    likeness = _likeness(wanted, {word for each in entries for word in each.words})
    scored = ((_score(each, " ".join(wanted), likeness), each) for each in entries)
    found = [(-score, each.length, each.id) for score, each in scored if score > 0]
    return [identifier for _, _, identifier in sorted(found)[:limit]]


def select(registry: Registry, categories: Collection[str] = (), countries: Collection[str] = ()) -> list[Controller]:
    """Controllers of any of the categories that serve any of the countries, by id.

    An empty argument sets no condition; a controller without ``serves`` serves every country.
    """
    return [
        controller
        for _, controller in sorted(registry.controllers.items())
        if (not categories or set(categories) & set(controller.categories))
        and (not countries or not controller.serves or set(countries) & set(controller.serves))
    ]


def fold(text: str) -> str:
    """A text without case, accents and punctuation: ``Société Générale`` → ``societe generale``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _circumstances(controller: Controller) -> Iterator[str]:
    yield from (fold(category) for category in controller.categories)
    yield controller.country.casefold()
    if controller.country in COUNTRIES:
        yield from (fold(name) for name in COUNTRIES[controller.country].names)


def _score(each: Entry, whole: str, likeness: list[dict[str, float]]) -> float:
    if whole in each.names:
        return _EXACT
    if any(name.startswith(whole) for name in each.names):
        return _PREFIX
    scores = [max((like[word] for word in each.words if word in like), default=0.0) for like in likeness]
    return sum(scores) / len(scores) if all(scores) else 0


def _likeness(wanted: list[str], known: set[str]) -> list[dict[str, float]]:
    """For each wanted word, the known words that it may mean, with how well they fit: each word is compared once."""
    return [_word_scores(word, known) for word in wanted]


def _word_scores(wanted: str, known: set[str]) -> dict[str, float]:
    scores = _typing_errors(wanted, known) if len(wanted) >= _SHORTEST_TYPO else {}
    scores |= dict.fromkeys((word for word in known if word.startswith(wanted)), _INSIDE)
    return scores | ({wanted: _WORD} if wanted in known else {})


def _typing_errors(wanted: str, known: set[str]) -> dict[str, float]:
    close = process.extract(wanted, known, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH, limit=None)
    return {word: score for word, score, _ in close}
