"""Whether a letter may still leave: what was signed when it was planned may have ended since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.campaign import mandates
from rightskit.vault import members, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from rightskit.vault.store import Connection


def uncovered(connection: Connection, references: Collection[str], today: dt.date) -> Mapping[str, str]:
    """Reference -> why no mandate covers the request today; only those that none covers.

    Who acts alone sends what they sign, and needs none.
    """
    people = {member.member: member for member in members.all_members(connection)}
    wanted = [r for r in requests.all_requests(connection) if r.reference in references and r.way != "self"]
    found = {r.reference: mandates.gap(people[r.member], r.right, r.controller, today) for r in wanted}
    return {reference: reason for reference, reason in found.items() if reason}
