"""A message's summary -> its kinds, and whether they are certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.model import ReplyKind

if TYPE_CHECKING:
    from rightskit.classification.reading import Reading
    from rightskit.classification.weights import DecisionWeights, Floats

KINDS = tuple(ReplyKind)
_PRESENT = 0.5
_DENIED = 0.3
"""What a document that may be the data leaves of the chance that nothing is held."""
_SPAM, _SPAM_SHARE = 0.8, 20.0
"""How often more a message that the own server marked as spam is ``other``; an answer in clear words outweighs it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message says as a whole.

    Attributes:
        kinds: in the order of precedence; the first is the primary one.
        confidence: of the primary kind, from 0 to 1.
        certain: whether the confidence reaches what its kind asks for.
    """

    kinds: tuple[ReplyKind, ...]
    confidence: float
    certain: bool


def decide(summary: Floats, reading: Reading, weights: DecisionWeights) -> Decision:
    """Weigh the summary; what the form excludes is excluded."""
    share = _likelihood(reading)
    chances = primary_chances(summary, weights) * share
    chances /= chances.sum()
    first = int(np.argmax(chances))
    present = _present(summary, weights) * np.minimum(share, 1)
    beside = [kind for kind, chance in zip(KINDS, present, strict=True) if chance >= _PRESENT]
    kinds = (KINDS[first], *(kind for kind in beside if kind in KINDS[first + 1 : -1]))
    confidence = float(chances[first])
    return Decision(kinds, confidence, confidence >= float(weights.bars[first]))


def primary_chances(summary: Floats, weights: DecisionWeights) -> Floats:
    """The chance of each kind to be the primary one; shape (kinds,), or (messages, kinds) for several."""
    scores = _standard(summary, weights) @ weights.primary + weights.primary_bias
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def _present(summary: Floats, weights: DecisionWeights) -> Floats:
    """The chance of each kind to be there at all; shape (kinds,)."""
    scores = _standard(summary, weights) @ weights.present + weights.present_bias
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


def _standard(summary: Floats, weights: DecisionWeights) -> Floats:
    return np.asarray((summary - weights.mean) / weights.spread, dtype=np.float32)


def _likelihood(reading: Reading) -> Floats:
    """What the form alone makes of each kind: data attached is never "no data"; a spam mark speaks for ``other``."""
    share = np.ones(len(KINDS), np.float32)
    share[KINDS.index(ReplyKind.NO_DATA)] = 0 if reading.data_files else _DENIED if reading.documents else 1
    marked = any(e.kind is ReplyKind.OTHER and e.weight >= _SPAM for e in reading.formal)
    share[KINDS.index(ReplyKind.OTHER)] = _SPAM_SHARE if marked else 1
    return share
