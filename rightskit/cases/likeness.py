"""Messages that say the same, so that a person decides once for many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 1500
_ALIKE = 85.0
_OURS = re.compile(r"\brk[\s-]?[0-9a-z]{4}[\s-]?[0-9a-z]{4}\b")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
_NUMBER = re.compile(r"\d+")
_GREETING = re.compile(
    r"^\s*(?:sehr geehrte|liebe|guten|hallo|hi\b|hello|dear|good|madame|monsieur|bonjour|ch(?:è|e)re?|geachte|beste"
    r"|estimad|querid|hola|gentile|egregi|buongiorno|szanown|dzień|caro|cara|exm)[^\n]{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)


def essence(words: str) -> str:
    """A sender's own words without what differs from member to member: greeting, numbers, references, links."""
    plain = _GREETING.sub("", words[:_LONGEST]).lower()
    return " ".join(_NUMBER.sub("0", _ADDRESS.sub("@", _OURS.sub("rk", plain))).split())


def groups(texts: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Names of texts that are alike, each group in the order given, the largest group first.

    Args:
        texts: name and essence. Two are alike where nine of ten letters agree, as a rule.
    """
    same: dict[str, list[str]] = {}
    for name, text in texts:
        same.setdefault(text, []).append(name)
    leaders: list[tuple[str, list[str]]] = []
    for text, names in same.items():
        near = next((found for leader, found in leaders if _alike(leader, text)), None)
        if near is None:
            leaders.append((text, names))
        else:
            near += names
    return sorted((names for _, names in leaders), key=len, reverse=True)


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=_ALIKE) > 0
