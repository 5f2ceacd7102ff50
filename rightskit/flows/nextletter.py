"""Which letter is ready for a request's next step; what it takes to write one is not needed to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.history import last, standing
from rightskit.cases.model import EventKind, NextStep

if TYPE_CHECKING:
    from rightskit.flows.status import Case

_LETTERS = {
    NextStep.REMIND: "reminder",
    NextStep.ANSWER_IDENTITY: "answer-identity",
    NextStep.ANSWER_MANDATE: "answer-mandate",
    NextStep.ANSWER_CLARIFICATION: "answer-clarification",
    NextStep.COMPLAIN: "complaint",
}


def letter(case: Case) -> str:
    """The letter that is ready for a request's next step; empty where a person must write."""
    if case.status.next is not NextStep.CONTEST:
        return _LETTERS.get(case.status.next, "")
    known = standing(case.events)
    asked = last(known, EventKind.FEE_DEMANDED, EventKind.REDIRECTED, EventKind.PARTLY_GRANTED)
    return {EventKind.FEE_DEMANDED: "answer-fee", EventKind.REDIRECTED: "answer-portal"}.get(known[asked].kind, "")
