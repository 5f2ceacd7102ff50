"""Requests that a person may mean, where no evidence files a reply: ranked, each with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from rightskit.cases import tickets
from rightskit.cases.matching import Match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rightskit.mailbox.model import Reply

MISTYPED = "reference with a mistake"
SHARED_TICKET = "ticket number of several requests"
FAMILY_NAME = "sender and family name"
NAME = "name alone"
ONLY_REQUEST = "the only request to this sender"
STRENGTH = {
    MISTYPED: 0.19,
    SHARED_TICKET: 0.18,
    FAMILY_NAME: 0.15,
    NAME: 0.1,
    ONLY_REQUEST: 0.05,
}
_MOST = 5
_WRONG_CHARACTERS = 2
# RK and six to ten characters: one too few or too many are mistakes too.
_LIKE = re.compile(r"(?<![A-Z0-9])RK[\s_=–-]{0,3}((?:[0-9A-Z][\s_=–-]{0,2}){5,9}[0-9A-Z])(?![A-Z0-9])", re.IGNORECASE)


class Clues(Protocol):
    """What looking for candidates must look up; the vault answers."""

    def references(self) -> Iterable[str]:
        """All requests."""

    def requests_to_sender(self, sender: str) -> Sequence[str]:
        """The requests to controllers that this address writes for."""

    def requests_of_ticket(self, sender: str, ticket: str) -> Sequence[str]:
        """Those of them in whose replies a ticket stood before."""

    def requests_by_sender_and_family_name(self, sender: str, text: str) -> Sequence[str]:
        """Those of them whose member's family name stands in the text."""

    def requests_by_name(self, text: str) -> Sequence[str]:
        """The requests whose member's full name stands in the text, whoever writes."""


def candidates(reply: Reply, clues: Clues) -> tuple[Match, ...]:
    """At most five requests, the likeliest first; none of them files the reply."""
    text = f"{reply.subject}\n{reply.text}\n{reply.original}"
    found: dict[str, Match] = {}
    for reason, references in _reasons(reply, text, clues):
        for reference in references:
            found.setdefault(reference, Match(reference, None, reason, STRENGTH[reason]))
    ranked = sorted(found.values(), key=lambda one: -one.strength)
    return tuple(ranked[:_MOST])


def _reasons(reply: Reply, text: str, clues: Clues) -> Iterator[tuple[str, Sequence[str]]]:
    yield MISTYPED, mistyped(text, clues.references)
    for ticket in tickets.find(reply.subject, reply.text):
        yield SHARED_TICKET, clues.requests_of_ticket(reply.sender, ticket)
    yield FAMILY_NAME, clues.requests_by_sender_and_family_name(reply.sender, text)
    yield NAME, clues.requests_by_name(text)
    to_sender = clues.requests_to_sender(reply.sender)
    yield ONLY_REQUEST, to_sender if len(to_sender) == 1 else ()


def mistyped(text: str, references: Callable[[], Iterable[str]]) -> list[str]:
    """Requests whose reference is at most two characters away from one that the text means.

    Args:
        text: what may mean one.
        references: gives those of all requests; it is asked only where the text means one.
    """
    meant = [re.sub(r"[^0-9A-Z]", "", found.upper()) for found in _LIKE.findall(text)[:_MOST]]
    if not meant:
        return []
    plain = {reference: reference[3:].replace("-", "") for reference in references()}
    near: dict[str, float] = {}
    for word in meant:
        for _, distance, reference in process.extract(
            word, plain, scorer=DamerauLevenshtein.distance, score_cutoff=_WRONG_CHARACTERS, limit=None
        ):
            near[reference] = min(distance, near.get(reference, distance))
    return sorted(near, key=lambda reference: (near[reference], reference))
