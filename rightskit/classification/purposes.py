"""The purposes for which members are asked whether their data may be pooled, as they call them in three languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Mapping[str, re.Pattern[str]] = {
    "statistics": re.compile(r"\b(?:statistik|statistics|statistiques?)\b", re.IGNORECASE),
    "research": re.compile(r"\b(?:forschung|research|recherche)\b", re.IGNORECASE),
    "named": re.compile(r"\b(?:name|nom)\b", re.IGNORECASE),
}
"""Scope of the consent -> the words by which ``ask-consent`` asks about it."""


def named(line: str) -> list[str]:
    """The words of a line that call a purpose, as they stand there."""
    return [found[0] for pattern in _WORDS.values() if (found := pattern.search(line))]


def scope(word: str) -> str:
    """The scope that such a word calls."""
    return next(name for name, pattern in _WORDS.items() if pattern.fullmatch(word))
