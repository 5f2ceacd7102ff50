"""Whether a letter may still leave: what was signed when it was planned may have ended since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.campaign import mandates
from rightskit.cases.assent import COMPLAINT, MATTERS, OBJECTION, is_declined
from rightskit.vault import members, membership, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping

    from rightskit.vault.store import Connection

ENDED = "its request has ended, or its member wants to leave, since this was begun"
UNWANTED = "the member has said no to it since this was begun"
_FEW = 1000


def uncovered(connection: Connection, letters: Collection[tuple[str, str]], today: dt.date) -> Mapping[str, str]:
    """Reference -> why its letter must not leave today: no mandate covers it. Who acts alone needs none."""
    wanted = [r for r in requests.some(connection, {name for name, _ in letters}) if r.way != "self"]
    names = {request.member for request in wanted}
    people = members.by_id(connection, names if len(names) <= _FEW else None)
    found = {r.reference: mandates.gap(people[r.member], r.right, r.controller, today) for r in wanted}
    return {reference: reason for reference, reason in found.items() if reason}


def hindered(connection: Connection, letters: Collection[tuple[str, str]], today: dt.date) -> Mapping[str, str]:
    """Reference -> why its letter must not leave any more, now that it would: also where somebody has withdrawn."""
    ended = membership.barred(connection, {name for name, _ in letters})
    unwanted = dict.fromkeys(_unwanted(connection, letters), UNWANTED)
    return {**dict.fromkeys(ended, ENDED), **uncovered(connection, letters, today), **unwanted}


def _unwanted(connection: Connection, letters: Collection[tuple[str, str]]) -> Iterator[str]:
    """What members have declined: a complaint, or their own letter under Art. 21(1); a no holds nothing else."""
    names = {name for name, _ in letters}
    known = requests.some(connection, requests.with_event(connection, [one.declined for one in MATTERS], names))
    events = requests.events_by_request(connection, [request.reference for request in known])
    for request in known:
        for letter, about in (("complaint", COMPLAINT), (request.letter, OBJECTION)):
            if (request.reference, letter) in letters and is_declined(events[request.reference], about):
                yield request.reference
