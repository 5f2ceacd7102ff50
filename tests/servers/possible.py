"""Requests as they can be, for somebody who knows what figures mean and of none what happened to it."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from publications import NAMES

from rightskit.cases.model import Answer
from rightskit.reports.breakdown import DECISIONS, MEASURES
from rightskit.reports.caserow import PLANNED
from rightskit.reports.figures import FINAL
from rightskit.reports.forms import FORMS
from rightskit.reports.rowparts import changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.reports.caserow import CaseRow


def possible(number: int) -> Iterator[CaseRow]:
    """What a request can be, by what the figures mean: of two facts that no row has both, everybody knows that."""
    rng, day = random.Random(5), dt.date(2026, 3, 2)
    for _ in range(number):
        outcome = rng.choice(list(Answer))
        asked, extended, acknowledged = (rng.random() < 0.3 for _ in range(3))
        answered, spoke = outcome in FINAL, outcome not in {Answer.NONE, Answer.UNKNOWN}
        complained = rng.random() < 0.5
        form = rng.choice(FORMS) if outcome in {Answer.DATA, Answer.PARTIAL} else ""
        yield changed(
            PLANNED,
            member="M00000001",
            controller=rng.choice(list(NAMES.values())),
            sent=day if rng.random() < 0.9 else None,
            received=rng.random() < 0.5,
            bounced=rng.random() < 0.1,
            first_answer=day if spoke or asked or extended or acknowledged else None,
            final=day if answered else None,
            outcome=outcome,
            identity_demanded=asked,
            extended=extended,
            acknowledged=acknowledged or asked or extended,
            overdue=not answered and rng.random() < 0.5,
            late=answered and rng.random() < 0.5,
            reminded=rng.random() < 0.5,
            complained=complained,
            readable=form not in {"", "paper", "portal"} and rng.random() < 0.5,
            form=form,
            decision=rng.choice(DECISIONS[:-2]) if complained and rng.random() < 0.7 else "",
            measure=rng.choice(["", *MEASURES[:-1]]) if complained else "",
            pooled=rng.random() < 0.5,
            forced=rng.choice(["", "portal"]),
            withdrawn=rng.choice([None, day]),
        )
