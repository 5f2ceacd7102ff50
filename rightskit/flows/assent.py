"""What leaves only with the member's own yes to its very text: complaints, and letters under Art. 21(1) GDPR."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.cases import assent
from rightskit.cases.assent import COMPLAINT, OBJECTION
from rightskit.errors import RightskitError
from rightskit.flows.workspace import library_for
from rightskit.rendering.letter import render
from rightskit.vault import requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.cases.assent import Matter
    from rightskit.cases.model import Event
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library
    from rightskit.rendering.model import LetterOrder, Party

DECLINED = "the member does not want it to be sent"
_NO_DAY = dt.date(2000, 1, 1)
HOW: Mapping[Matter, str] = {
    COMPLAINT: "rightskit followup --authorise",
    OBJECTION: "rightskit ask --objections",
}
"""Which command shows the text to the member."""


def matter(order: LetterOrder, library: Library) -> Matter | None:
    """What the member must allow before this letter leaves; None where it needs no more than a request does."""
    if order.letter == "complaint":
        return COMPLAINT
    return OBJECTION if is_objection(order.letter, order.language, library) else None


def is_objection(letter: str, language: str, library: Library) -> bool:
    """Whether a letter objects from a particular situation, a campaign's own too."""
    return library.template(letter, language).objects


def digest(order: LetterOrder, library: Library) -> str:
    """SHA-256 of what the member reads: the words, who writes to whom, where the answer goes, and what goes along.

    The day on which it is written may be another one.

    Raises:
        RightskitError: the letter cannot be written.
    """
    letter = render(replace(order, date=_NO_DAY), library)
    parts = [letter.subject, letter.text, *_party(order.sender), *_party(order.recipient), order.reply_to]
    parts += [one.title for one in order.enclosures]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def missing(workspace: Workspace, orders: Iterable[LetterOrder]) -> Mapping[str, str]:
    """Reference -> why a letter must not leave: the member has not said yes to it as it stands, or has said no."""
    library = library_for(workspace.folder)
    about = [(order, one) for order in orders if (one := matter(order, library))]
    if not about:
        return {}
    with workspace.vault.read() as connection:
        events = requests.events_by_request(connection, [order.reference for order, _ in about])
    gaps = {order.reference: gap(events[order.reference], one, order, library) for order, one in about}
    return {reference: reason for reference, reason in gaps.items() if reason}


def gap(events: Sequence[Event], about: Matter, order: LetterOrder, library: Library) -> str:
    """Why this letter must not leave; empty where the member has said yes to it."""
    try:
        text = digest(order, library)
    except RightskitError as error:
        return str(error)
    if assent.holds(events, about, text):
        return ""
    if assent.is_declined(events, about, text):
        return DECLINED
    return f"the member has not approved it as it stands ({HOW[about]})"


def _party(party: Party) -> tuple[str, ...]:
    return (party.name, *party.address, party.email)
