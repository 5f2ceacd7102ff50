"""What training left: the weights of the sentence model and of the decision about a message, in one file.

The file ``weights.npz`` is written by ``python -m training``; nothing else writes it. Numbers are kept as signed bytes
with one scale for each label.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.model import ReplyKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

NONE, WITHHELD, KEPT_BY_LAW = "none", "withheld", "kept-by-law"
LABELS = (*(kind.value for kind in ReplyKind), WITHHELD, KEPT_BY_LAW, NONE)
"""What a single sentence contributes: a kind, a hint that only counts beside one, or nothing."""
FILE = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """A linear model over hashed features and over words with known neighbours.

    Attributes:
        rarity: inverse document frequency of each bucket; shape (buckets,).
        pieces: weight of each bucket for each label; shape (buckets, labels).
        known: hashes of known words, rising; uint64, shape (words,).
        words: weight of each known word for each label; shape (words, labels).
        bias: shape (labels,).
    """

    rarity: Floats
    pieces: Floats
    known: NDArray[np.uint64]
    words: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class EncoderWeights:
    """A linear model over sentence embeddings, added to the plain one.

    Attributes:
        centre: the mean embedding; shape (384,).
        head: weight of each value for each label; shape (384, labels).
        bias: shape (labels,).
    """

    centre: Floats
    head: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class DecisionWeights:
    """A linear model over a message's summary.

    Attributes:
        mean: of each number of the summary; shape (n,).
        spread: likewise, never 0.
        primary: weights for the primary kind; shape (n, kinds); with ``primary_bias``.
        present: weights for whether a kind is there at all; shape (n, kinds); with ``present_bias``.
        bars: the confidence from which on a primary kind is certain; over 1 where it never is; shape (kinds,).
    """

    mean: Floats
    spread: Floats
    primary: Floats
    primary_bias: Floats
    present: Floats
    present_bias: Floats
    bars: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """All that training left; ``encoded`` decides where the encoder is installed."""

    sentence: SentenceWeights
    decision: DecisionWeights
    encoder: EncoderWeights
    encoded: DecisionWeights


@cache
def weights() -> Weights:
    """The shipped weights, read once."""
    with np.load(FILE) as held:
        sentence = SentenceWeights(
            held["rarity"].astype(np.float32),
            _floats(held["pieces"], held["pieces_scale"]),
            held["known"],
            _floats(held["words"], held["words_scale"]),
            held["bias"],
        )
        encoder = EncoderWeights(held["centre"], held["head"], held["head_bias"])
        return Weights(sentence, _decision(held, "plain"), encoder, _decision(held, "encoded"))


def _decision(held: np.lib.npyio.NpzFile, name: str) -> DecisionWeights:
    fields = DecisionWeights.__dataclass_fields__
    return DecisionWeights(**{field: held[f"{name}_{field}"].astype(np.float32) for field in fields})


def _floats(small: NDArray[np.int8], scale: Floats) -> Floats:
    return np.asarray(small.astype(np.float32) * scale, dtype=np.float32)
