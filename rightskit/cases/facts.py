"""What each kind of event does to the three facts about a request: the table of the data model, as data."""

from __future__ import annotations

from dataclasses import dataclass

from rightskit.cases.model import Answer, EventKind


@dataclass(frozen=True, slots=True)
class Fact:
    """What an event of one kind says.

    Attributes:
        receipt: whether it proves that the controller had the request on that day at the latest.
        stops: whether the controller's time ends with it.
        answer: what the controller has said in substance; None where it says nothing.
        flag: what a person must know while the request is open; empty for none.
    """

    receipt: bool = False
    stops: bool = False
    answer: Answer | None = None
    flag: str = ""


FACTS: dict[EventKind, Fact] = {
    EventKind.DELIVERED: Fact(),  # its own, exact proof: arrival.py
    EventKind.ACKNOWLEDGED: Fact(receipt=True, answer=Answer.ACKNOWLEDGED),
    EventKind.IDENTITY_DEMANDED: Fact(receipt=True, answer=Answer.IN_DIALOGUE),
    EventKind.MANDATE_DEMANDED: Fact(receipt=True, answer=Answer.IN_DIALOGUE),
    EventKind.CLARIFICATION_DEMANDED: Fact(receipt=True, answer=Answer.IN_DIALOGUE),
    EventKind.FEE_DEMANDED: Fact(receipt=True, answer=Answer.IN_DIALOGUE),
    EventKind.REDIRECTED: Fact(receipt=True, answer=Answer.IN_DIALOGUE, flag="portal"),
    EventKind.EXTENDED: Fact(receipt=True, answer=Answer.ACKNOWLEDGED),
    EventKind.ANSWER_ANNOUNCED: Fact(receipt=True, answer=Answer.ACKNOWLEDGED, flag="by-post"),
    EventKind.REFUSED: Fact(receipt=True, stops=True, answer=Answer.REFUSED),
    EventKind.NO_DATA: Fact(receipt=True, stops=True, answer=Answer.NO_DATA),
    EventKind.DATA_RECEIVED: Fact(receipt=True, stops=True, answer=Answer.DATA),
    EventKind.CONFIRMED: Fact(receipt=True, stops=True, answer=Answer.CONFIRMED),
    EventKind.PARTLY_GRANTED: Fact(receipt=True, stops=True, answer=Answer.PARTIAL, flag="partial"),
}
NOTHING_SAID = Fact()
# Two forms of a kind that weigh differently, told apart by the event's detail.
LINK = Fact(receipt=True, answer=Answer.IN_DIALOGUE, flag="link")
WRONG_CONTROLLER = Fact(receipt=True, stops=True, answer=Answer.REFUSED, flag="wrong-controller")

FINAL = frozenset(fact.answer for fact in FACTS.values() if fact.stops)
_RANK = {Answer.NONE: 0, Answer.UNKNOWN: 0, Answer.ACKNOWLEDGED: 1, Answer.IN_DIALOGUE: 2}


def fact_of(kind: EventKind, *, link: bool = False, to_controller: bool = False) -> Fact:
    """The fact that an event of a kind states, in its form."""
    if link and kind is EventKind.DATA_RECEIVED:
        return LINK
    if to_controller and kind is EventKind.REDIRECTED:
        return WRONG_CONTROLLER
    return FACTS.get(kind, NOTHING_SAID)


def follow(before: Answer, said: Answer) -> Answer:
    """The answer that holds when another one comes."""
    if before in {Answer.DATA, Answer.PARTIAL} and said in {Answer.NO_DATA, Answer.REFUSED}:
        # What came cannot be unsaid: "nothing more" changes nothing, a refusal is one of the rest.
        return before if said is Answer.NO_DATA else Answer.PARTIAL
    if said in FINAL:
        return said
    if before in FINAL:
        return before
    return max(before, said, key=lambda answer: _RANK[answer])
