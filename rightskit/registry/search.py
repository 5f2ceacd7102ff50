"""Finding controllers by what a person types, and choosing them by category and country."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from rightskit.registry.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rightskit.registry.model import Controller, Registry

# Below this likeness (0 to 100) two words are different words: "scuhfa" still finds SCHUFA, "bank" does not find bahn.
_LIKE_ENOUGH = 76
_EXACT, _PREFIX, _WORD, _INSIDE = 400.0, 300.0, 200.0, 150.0
_SHORTEST_TYPO = 4


def search(registry: Registry, text: str, *, limit: int = 20) -> list[Controller]:
    """Controllers that a text may mean, best first.

    Case, accents and typing errors do not matter. Each word of the text must be found in the name, brands, id,
    categories or country; whole names come before beginnings, beginnings before parts, parts before likenesses.
    """
    words = fold(text).split()
    if not words:
        return []
    scored = ((_score(controller, words), controller) for controller in registry.controllers.values())
    found = [(score, controller) for score, controller in scored if score > 0]
    found.sort(key=lambda pair: (-pair[0], len(pair[1].name), pair[1].id))
    return [controller for _, controller in found[:limit]]


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


def _score(controller: Controller, words: list[str]) -> float:
    names = [fold(name) for name in (controller.id, controller.name, *controller.also)]
    whole = " ".join(words)
    if whole in names:
        return _EXACT
    if any(name.startswith(whole) for name in names):
        return _PREFIX
    terms = list({term for text in (*names, *_circumstances(controller)) for term in text.split()})
    scores = [_word_score(word, terms) for word in words]
    return sum(scores) / len(scores) if all(scores) else 0


def _circumstances(controller: Controller) -> Iterator[str]:
    yield from (fold(category) for category in controller.categories)
    yield controller.country.casefold()
    if controller.country in COUNTRIES:
        yield from (fold(name) for name in COUNTRIES[controller.country].names)


def _word_score(word: str, terms: list[str]) -> float:
    if word in terms:
        return _WORD
    if any(term.startswith(word) for term in terms):
        return _INSIDE
    if len(word) < _SHORTEST_TYPO:
        return 0
    best = process.extractOne(word, terms, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return best[1] if best else 0
