"""A message in numbers: its sentences' margins together with what stands beside the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.model import ReplyKind
from rightskit.classification.weights import LABELS

if TYPE_CHECKING:
    from rightskit.classification.reading import Reading
    from rightskit.classification.weights import Floats

_ABSENT = -1.5
"""The margin of a label where there is no sentence."""
_SHARPNESS = 3.0
_FORMAL = (ReplyKind.AUTO_REPLY, ReplyKind.BOUNCE, ReplyKind.OTHER)


def summarise(reading: Reading, margins: Floats, subject: Floats) -> Floats:
    """The numbers that the decision about a message is made from.

    Args:
        reading: the message.
        margins: of its sentences; shape (sentences, labels).
        subject: of its subject, likewise; without rows where the subject is not the sender's own.
    """
    padded = np.concatenate([margins, np.full((2, len(LABELS)), _ABSENT, np.float32)])
    ranked = -np.sort(-padded, axis=0)
    return np.concatenate(
        [ranked[0], ranked[1], _mass(margins), _best(subject), np.array(_beside(reading), np.float32)]
    ).astype(np.float32)


def _mass(margins: Floats) -> Floats:
    """How many sentences speak for each label, where labels compete within a sentence."""
    powers = np.exp(_SHARPNESS * np.clip(margins, -4, 4))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.asarray(np.log1p(shares.sum(axis=0)), dtype=np.float32)


def _best(margins: Floats) -> Floats:
    return margins[0] if len(margins) else np.full(len(LABELS), _ABSENT, np.float32)


def _beside(reading: Reading) -> list[float]:
    formal = [max((e.weight for e in reading.formal if e.kind is kind), default=0.0) for kind in _FORMAL]
    return [
        *formal,
        float(bool(reading.data_files)),
        float(bool(reading.documents)),
        float(bool(reading.attached)),
        float(reading.link),
        min(reading.labels, 5) / 5,
        float(np.log1p(len(reading.said))),
    ]
