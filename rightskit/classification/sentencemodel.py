"""What a sentence contributes, by the trained model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.features import features
from rightskit.classification.weights import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rightskit.classification.features import Features, Ints
    from rightskit.classification.weights import Floats, SentenceWeights


def margins(sentences: Sequence[str], weights: SentenceWeights) -> Floats:
    """How far each sentence is on the side of each label; shape (sentences, labels); 0 is the border."""
    return margins_of(features(sentences), weights) if sentences else np.zeros((0, len(LABELS)), np.float32)


def margins_of(found: Features, weights: SentenceWeights) -> Floats:
    """The same from the features of one sentence or more."""
    return np.asarray(pieces(found, weights) + words(found, weights) + weights.bias, dtype=np.float32)


def familiar(found: Features, weights: SentenceWeights) -> Ints:
    """How many words of each sentence the model knows; shape (sentences,)."""
    return np.bincount(found.word_rows[_known(found, weights)[1]], minlength=found.size)


def pieces(found: Features, weights: SentenceWeights) -> Floats:
    """The share of hashed features, each sentence brought to length 1."""
    values = found.values * weights.rarity[found.buckets]
    length = np.sqrt(np.bincount(found.rows, values * values, minlength=found.size))
    return _summed(found.rows, weights.pieces[found.buckets] * values[:, None], found.size) / _divisor(length)


def words(found: Features, weights: SentenceWeights) -> Floats:
    """The share of known words, each sentence divided by the root of their number."""
    place, hit = _known(found, weights)
    rows = found.word_rows[hit]
    number = np.bincount(rows, minlength=found.size)
    return _summed(rows, weights.words[place[hit]], found.size) / _divisor(np.sqrt(number))


def _known(found: Features, weights: SentenceWeights) -> tuple[Ints, NDArray[np.bool_]]:
    """The place of each word among the known ones, and whether it really stands there."""
    place = np.minimum(np.searchsorted(weights.known, found.words), len(weights.known) - 1)
    return place, weights.known[place] == found.words


def _summed(rows: Ints, values: Floats, size: int) -> Floats:
    """The sum of the values of each row; rows rise."""
    starts = np.searchsorted(rows, np.arange(size))
    whole = np.concatenate([values, np.zeros((1, values.shape[1]), np.float32)])
    return np.where((np.bincount(rows, minlength=size) > 0)[:, None], np.add.reduceat(whole, starts), 0)


def _divisor(length: NDArray[np.float64]) -> Floats:
    return np.asarray(np.where(length > 0, length, 1), dtype=np.float32)[:, None]
