"""Fitting the sentence models: one linear support vector machine for each label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.svm import LinearSVC

from rightskit.classification.features import BUCKETS, features
from rightskit.classification.weights import LABELS, EncoderWeights, SentenceWeights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.corpus import Labelled
    from training.vectors import WordVectors

_PENALTY = 0.5
_WORD_SHARE = 0.6
"""How much the meaning of words weighs beside hashed features of length 1."""
_ENCODER_SHARE = 2.0
_FEWEST = 3
_LOWEST_BIAS = -3.0


def fit_sentences(sentences: Sequence[Labelled], vectors: WordVectors) -> SentenceWeights:
    """The plain model."""
    texts = [one.text for one in sentences]
    found = features(texts)
    counts = csr_matrix((found.values, (found.rows, found.buckets)), shape=(found.size, BUCKETS))
    rarity = np.log((1 + found.size) / (1 + np.bincount(found.buckets, minlength=BUCKETS))) + 1
    pieces = _unit(counts @ diags(rarity))
    matrix = hstack([pieces, csr_matrix(vectors.pooled(texts) * _WORD_SHARE)]).tocsr()
    coefficients, bias = _machines(matrix, sentences)
    return SentenceWeights(
        rarity=rarity.astype(np.float32),
        pieces=coefficients[:BUCKETS],
        known=vectors.hashes,
        words=(vectors.vectors * _WORD_SHARE) @ coefficients[BUCKETS:],
        bias=bias,
    )


def fit_encoder(sentences: Sequence[Labelled], embeddings: np.ndarray) -> EncoderWeights:
    """The model over embeddings of the same sentences; shape (sentences, 384)."""
    centre = embeddings.mean(axis=0)
    scale = _ENCODER_SHARE / np.linalg.norm(embeddings - centre, axis=1).mean()
    coefficients, bias = _machines((embeddings - centre) * scale, sentences)
    return EncoderWeights(centre.astype(np.float32), coefficients * np.float32(scale), bias)


def _machines(matrix: csr_matrix | np.ndarray, sentences: Sequence[Labelled]) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients, shape (features, labels), and biases; a label that hardly stands in the corpus is never given."""
    coefficients = np.zeros((matrix.shape[1], len(LABELS)), np.float32)
    bias = np.full(len(LABELS), _LOWEST_BIAS, np.float32)
    for place, label in enumerate(LABELS):
        wanted = np.array([label in one.labels for one in sentences])
        if wanted.sum() >= _FEWEST:
            machine = LinearSVC(C=_PENALTY, random_state=0).fit(matrix, wanted)
            coefficients[:, place] = machine.coef_[0]
            bias[place] = max(machine.intercept_[0], _LOWEST_BIAS)
    return coefficients, bias


def _unit(matrix: csr_matrix) -> csr_matrix:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags(1 / np.maximum(length, 1e-9)) @ matrix
