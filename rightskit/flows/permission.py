"""Whether a letter may still leave: what was signed when it was planned may have ended since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.campaign import mandates
from rightskit.campaign.model import OWN_REASON
from rightskit.vault import members, membership, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from rightskit.campaign.model import Member, Request
    from rightskit.vault.store import Connection

ENDED = "its request has ended, or its member wants to leave, since this was begun"
UNAPPROVED = "the member has not approved their reason as it stands (rightskit members reason MEMBER --approved DATE)"
_FEW = 1000


def uncovered(connection: Connection, letters: Collection[tuple[str, str]], today: dt.date) -> Mapping[str, str]:
    """Reference -> why its letter must not leave today: no mandate covers it, or the member has not approved its text.

    Who acts alone sends what they sign, and needs neither.
    """
    wanted = [r for r in requests.some(connection, {name for name, _ in letters}) if r.way != "self"]
    names = {request.member for request in wanted}
    known = members.all_members(connection, names if len(names) <= _FEW else None)
    people = {member.member: member for member in known}
    found = {r.reference: _gap(people[r.member], r, letters, today) for r in wanted}
    return {reference: reason for reference, reason in found.items() if reason}


def hindered(connection: Connection, letters: Collection[tuple[str, str]], today: dt.date) -> Mapping[str, str]:
    """Reference -> why its letter must not leave any more, now that it would: also where somebody has withdrawn."""
    ended = membership.barred(connection, {name for name, _ in letters})
    return {**dict.fromkeys(ended, ENDED), **uncovered(connection, letters, today)}


def _gap(member: Member, request: Request, letters: Collection[tuple[str, str]], today: dt.date) -> str:
    if reason := mandates.gap(member, request.right, request.controller, today):
        return reason
    stands_on_reason = (request.reference, OWN_REASON) in letters
    return UNAPPROVED if stands_on_reason and not member.reason_approved else ""
