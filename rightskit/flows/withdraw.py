"""``members withdraw``: a mandate stops all that is still to go out, a consent takes a member out of the pool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent, MemberEventKind
from rightskit.errors import RefusedError
from rightskit.flows.stopping import stop
from rightskit.vault import dossiers, ledger, members, membership, outgoing, requests

if TYPE_CHECKING:
    import datetime as dt

    from rightskit.flows.stopping import Stopped
    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LeftPool:
    """What a withdrawn consent means.

    Attributes:
        consents: how many stood.
        reports: made before, which may count the member.
        releases: made before, which count the member.
        dossiers: made before, in which the member stands.
    """

    consents: int
    reports: tuple[Path, ...]
    releases: tuple[ledger.Release, ...]
    dossiers: tuple[Path, ...]


def mandate(workspace: Workspace, member: str, *, died: dt.date | None = None) -> Stopped:
    """Stop everything that is still to go out for a member: first letters, reminders, answers, complaints.

    Args:
        workspace: the campaign.
        member: the member's id.
        died: the day of the member's death, where that is why: the GDPR does not apply to the deceased (recital 27).

    Raises:
        NotFoundError: there is no such member.
        RefusedError: letters are being written right now, or the day lies ahead.
    """
    if died:
        workspace.demand_past(died)
    kind, reason = (
        (MemberEventKind.DIED, "the member has died")
        if died
        else (MemberEventKind.WITHDREW, "the member withdrew the mandate")
    )
    vault = workspace.vault
    with vault.only_one("send"), vault.write() as connection:
        members.one(connection, member)
        known = [request.reference for request in requests.of_member(connection, member)]
        stopped = stop(workspace, connection, member, known, reason)
        members.withdraw_mandate(connection, member, workspace.today)
        membership.record(connection, [_event(workspace, member, kind, died or workspace.today, reason)])
    return stopped


def consent(workspace: Workspace, member: str) -> LeftPool:
    """Take a member out of the pool at once.

    Raises:
        NotFoundError: there is no such member.
    """
    with workspace.vault.write() as connection:
        members.one(connection, member)
        number = members.withdraw_consent(connection, member, workspace.today)
        reports = outgoing.listed_folders(connection, "report") if number else []
        releases = ledger.all_releases(connection, member)
        shown = dossiers.showing(connection, member)
    return LeftPool(number, tuple(map(Path, reports)), tuple(releases), tuple(shown))


def stays(workspace: Workspace, member: str, evidence: str) -> None:
    """Note that a member whose wish to withdraw was heard stays after all: letters may leave again.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: no wish waits.
    """
    with workspace.vault.write() as connection:
        members.one(connection, member)
        if member not in membership.held(connection):
            raise RefusedError(f"No wish of {member} to withdraw waits.", f"See: rightskit members show {member}")
        event = _event(workspace, member, MemberEventKind.STAYED, workspace.today, evidence)
        membership.record(connection, [event])


def _event(workspace: Workspace, member: str, kind: MemberEventKind, day: dt.date, evidence: str) -> MemberEvent:
    received = workspace.today if day != workspace.today else None
    return MemberEvent(member, kind, day, workspace.now, received, "person", evidence)
