"""The third fact: what the controller has said in substance, and whether that ends its time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.cases.facts import FINAL, fact_of, follow
from rightskit.cases.history import said
from rightskit.cases.model import Answer, Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDINGS = (EventKind.WITHDRAWN, EventKind.CLOSED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said.

    Attributes:
        stopped: whether the controller's time has ended with it.
        finished: whether the request is withdrawn or closed.
        flags: ``portal``, ``by-post``, ``link``, ``partial``, ``wrong-controller``.
        partial: the message that granted a part: data in the same message do not make it whole.
    """

    answer: Answer = Answer.NONE
    stopped: bool = False
    finished: bool = False
    flags: frozenset[str] = frozenset()
    partial: str = ""


def outcome(events: Sequence[Event]) -> Outcome:
    """Folds ordered events to what the controller has said."""
    state = Outcome()
    for event in events:
        state = _next(state, event)
    return state


def _next(state: Outcome, event: Event) -> Outcome:
    if event.kind in _ENDINGS:
        return replace(state, finished=True)
    if event.kind is EventKind.CORRECTED:
        return _overruled(state, event)
    if event.kind is EventKind.MEMBER_REPORTED and "link" in state.flags and said(event, "opened"):
        return Outcome(Answer.DATA, stopped=True, finished=state.finished)
    return _heard(state, event)


def _heard(state: Outcome, event: Event) -> Outcome:
    fact = fact_of(event.kind, link=said(event, "link"), to_controller=event.detail.get("to") == "controller")
    if fact.answer is None or (state.stopped and not fact.stops):
        return state  # a stopped clock starts again only by a person's word
    if event.kind is EventKind.DATA_RECEIVED and event.evidence and event.evidence == state.partial:
        return state
    flags = {fact.flag} - {""}
    return Outcome(
        answer=follow(state.answer, fact.answer),
        stopped=state.stopped or fact.stops,
        finished=state.finished,
        flags=frozenset(flags if fact.stops else state.flags | flags),
        partial=event.evidence if fact.answer is Answer.PARTIAL else "",
    )


def _overruled(state: Outcome, event: Event) -> Outcome:
    """A person says which answer holds instead; an answer that is none starts the clock again."""
    value = event.detail.get("answer", "")
    if value not in list(Answer):
        return state
    answer = Answer(value)
    return Outcome(answer, stopped=answer in FINAL, finished=state.finished)
