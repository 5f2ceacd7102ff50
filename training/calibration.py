"""The bars of certainty: from which confidence on rightskit may act alone, for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.decision import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

_RIGHT = 0.975
"""The share of certain ones that must be right, counted with half a wrong one more than were seen."""
_ASSUMED = 20
"""Right ones assumed beside those that were seen: without any wrong one a bar may stand on a single message."""
_TRUSTED = 60
"""How many messages of a kind weigh as much as the common bar."""
_NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Judged:
    """What the program says of one message that it has not seen in training.

    Attributes:
        language: of the message.
        wanted: the primary kind.
        found: the primary kind that the program gives.
        confidence: in it.
    """

    language: str
    wanted: str
    found: str
    confidence: float

    @property
    def right(self) -> bool:
        """Whether the primary kind is the wanted one."""
        return self.wanted == self.found


def bars(judged: Sequence[Judged]) -> np.ndarray:
    """For each kind the lowest bar over which enough are right, drawn to the common one.

    Shape (kinds,). A kind with few messages is held to the common bar of all kinds.
    """
    common = _bar(judged)
    return np.array([_shrunk([one for one in judged if one.found == kind.value], common) for kind in KINDS])


def _shrunk(judged: Sequence[Judged], common: float) -> float:
    """Between the kind's own bar and the common one, the nearer to its own the more messages it has."""
    own, share = min(_bar(judged), 1.0), len(judged) / (len(judged) + _TRUSTED)
    return share * own + (1 - share) * common


def _bar(judged: Sequence[Judged]) -> float:
    ranked = sorted(judged, key=lambda one: -one.confidence)
    best, wrong = _NEVER, 0
    for number, one in enumerate(ranked, 1):
        wrong += not one.right
        if one.right and (wrong + 0.5) <= (1 - _RIGHT) * (number + _ASSUMED):
            best = one.confidence
    return best
