"""Bars of certainty: what lies over them is right."""

import numpy as np

from rightskit.classification.decision import KINDS
from training.calibration import Judged, bars

ORDER = [kind.value for kind in KINDS]


def judged(kind: str, confidences: list[float], wrong: float = -1) -> list[Judged]:
    """Messages of one kind; those of confidence up to ``wrong`` are of another."""
    return [Judged("de", "other" if one <= wrong else kind, kind, one) for one in confidences]


def test_a_kind_that_errs_has_a_higher_bar_than_one_that_does_not() -> None:
    spread = list(np.linspace(0.3, 0.99, 80))
    found = bars([*judged("data", spread), *judged("refusal", spread, wrong=0.8)])
    assert found[ORDER.index("data")] < 0.7
    assert 0.75 < found[ORDER.index("refusal")] <= 1


def test_what_is_always_wrong_is_never_certain() -> None:
    found = bars(judged("partial", [0.5, 0.9, 0.99] * 10, wrong=1))
    assert (found > 1).all()


def test_a_kind_that_was_not_seen_takes_the_common_bar() -> None:
    found = bars(judged("data", [0.6, 0.7, 0.8, 0.9] * 5))
    assert found[ORDER.index("delay")] == 0.6
