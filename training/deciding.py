"""Fitting the decision about a message, and the bars of certainty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from rightskit.classification.decision import KINDS
from rightskit.classification.weights import DecisionWeights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.corpus import Message

_PENALTY, _PENALTY_PRESENT = 0.03, 0.1
_LEAST_SPREAD = 0.05
_ROUNDS = 1000
_NEVER = 2.0


def fit_decision(summaries: np.ndarray, messages: Sequence[Message]) -> DecisionWeights:
    """The weights, still without bars.

    Args:
        summaries: of messages that the sentence model has not seen; shape (messages, numbers).
        messages: with their kinds.
    """
    mean, spread = summaries.mean(axis=0), np.maximum(summaries.std(axis=0), _LEAST_SPREAD)
    standard = (summaries - mean) / spread
    primary, primary_bias = _primary(standard, messages)
    present, present_bias = _present(standard, messages)
    bars = np.full(len(KINDS), _NEVER)
    parts = (mean, spread, primary, primary_bias, present, present_bias, bars)
    return DecisionWeights(*(part.astype(np.float32) for part in parts))


def _primary(standard: np.ndarray, messages: Sequence[Message]) -> tuple[np.ndarray, np.ndarray]:
    wanted = np.array([KINDS.index(message.kinds[0]) for message in messages])
    fitted = LogisticRegression(C=_PENALTY, max_iter=_ROUNDS).fit(standard, wanted)
    weights, bias = np.zeros((standard.shape[1], len(KINDS))), np.full(len(KINDS), -9.0)
    weights[:, fitted.classes_] = fitted.coef_.T
    bias[fitted.classes_] = fitted.intercept_
    return weights, bias


def _present(standard: np.ndarray, messages: Sequence[Message]) -> tuple[np.ndarray, np.ndarray]:
    weights, bias = np.zeros((standard.shape[1], len(KINDS))), np.full(len(KINDS), -9.0)
    for place, kind in enumerate(KINDS):
        wanted = np.array([kind in message.kinds for message in messages])
        if wanted.any() and not wanted.all():
            fitted = LogisticRegression(C=_PENALTY_PRESENT, max_iter=_ROUNDS).fit(standard, wanted)
            weights[:, place], bias[place] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def with_bars(weights: DecisionWeights, bars: np.ndarray) -> DecisionWeights:
    """The weights with their bars of certainty."""
    return replace(weights, bars=bars.astype(np.float32))
