"""Whom mail reaches: a member whose mail came back is written to by no batch until their address is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.vault import members, membership

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from rightskit.campaign.model import Member
    from rightskit.flows.workspace import Workspace


def unreachable(workspace: Workspace) -> dict[str, dt.date]:
    """Member -> since when mail to them comes back, of those who take part."""
    with workspace.vault.read() as connection:
        found = membership.unreachable(connection)
        gone = members.withdrawn(connection) if found else set()
    return {name: since for name, since in found.items() if name not in gone}


def hindrances(workspace: Workspace, people: Iterable[Member]) -> dict[str, str]:
    """Member -> why no mail is written to them; those whom mail reaches are left out."""
    with workspace.vault.read() as connection:
        since = membership.unreachable(connection)
    found = {}
    for member in people:
        if not member.email:
            found[member.member] = "has no mail address"
        elif member.member in since:
            found[member.member] = f"cannot be reached by mail since {since[member.member]}"
    return found
