"""What the shipped model makes of sentences, remembered: a controller answers thousands of people in the same words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.features import features, spaced
from rightskit.classification.sentencemodel import familiar, margins_of
from rightskit.classification.weights import LABELS, weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.classification.weights import Floats

_MOST = 8192
"""Sentences that are remembered, about 3 MB; then all are forgotten, and those that come often are soon known again."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence, judged.

    Attributes:
        margins: how far it is on the side of each label; float32, shape (labels,).
        words: how many it has.
        familiar: how many of them the model knows.
    """

    margins: Floats
    words: int
    familiar: int


_HEARD: dict[tuple[str, bool], Heard] = {}
"""What the model sees of a sentence, and whether it is the last of its message -> what it makes of it.

The last one's numbers are added up with a zero behind them, which can change the last bit of a sum: it is remembered
apart, so that a message is judged the same, to the bit, whether its sentences were heard before or not.
"""


def margins(sentences: Sequence[str]) -> Floats:
    """How far each sentence is on the side of each label; shape (sentences, labels); 0 is the border."""
    heard = _hear(sentences)
    return np.array([one.margins for one in heard]) if heard else np.zeros((0, len(LABELS)), np.float32)


def familiarity(sentences: Sequence[str]) -> float:
    """The share of words that the model knows: low for a language that it never saw, 0 where nothing is said.

    What holds no words but a reference of ours is not strange: 1.
    """
    if not any(sentences):
        return 0.0
    heard = _hear(sentences)
    words = sum(one.words for one in heard)
    return sum(one.familiar for one in heard) / words if words else 1.0


def _hear(sentences: Sequence[str]) -> list[Heard]:
    last = len(sentences) - 1
    keys = [(spaced(sentence), place == last) for place, sentence in enumerate(sentences)]
    if len(_HEARD) + len(keys) > _MOST:
        _HEARD.clear()
    fresh = {key: sentence for key, sentence in zip(keys, sentences, strict=True) if key not in _HEARD}
    if fresh:
        _HEARD.update(zip(fresh, _judged(list(fresh.values()), ends=keys[-1] in fresh), strict=True))
    return [_HEARD[key] for key in keys]


def _judged(sentences: list[str], *, ends: bool) -> Iterator[Heard]:
    """Sentences, judged together; ``ends``: the last one is the last of its message."""
    found = features(sentences if ends else [*sentences, ""])
    held = weights().sentence
    words, known = np.bincount(found.word_rows, minlength=found.size), familiar(found, held)
    for row, margin in enumerate(margins_of(found, held)[: len(sentences)]):
        yield Heard(margin.copy(), int(words[row]), int(known[row]))
