"""The weights in one small file: signed bytes with a scale for each label; the same weights give the same bytes."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.weights import FILE

if TYPE_CHECKING:
    from rightskit.classification.weights import DecisionWeights, Floats, Weights

_LARGEST = 127


def save(weights: Weights) -> None:
    """Write ``weights.npz``."""
    sentence, head = weights.sentence, weights.encoder
    pieces, pieces_scale = _small(sentence.pieces)
    words, words_scale = _small(sentence.words)
    used = words.any(axis=1)
    np.savez_compressed(
        FILE,
        rarity=sentence.rarity.astype(np.float16),
        pieces=pieces,
        pieces_scale=pieces_scale,
        known=sentence.known[used],
        words=words[used],
        words_scale=words_scale,
        bias=sentence.bias,
        centre=head.centre,
        head=head.head,
        head_bias=head.bias,
        **_decision("plain", weights.decision),
        **_decision("encoded", weights.encoded),
    )


def _small(values: Floats) -> tuple[np.ndarray, Floats]:
    scale = np.maximum(np.abs(values).max(axis=0) / _LARGEST, 1e-9).astype(np.float32)
    return np.rint(values / scale).astype(np.int8), scale


def _decision(name: str, weights: DecisionWeights) -> dict[str, np.ndarray]:
    return {f"{name}_{field.name}": getattr(weights, field.name) for field in fields(weights)}
