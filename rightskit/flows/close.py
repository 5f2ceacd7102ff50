"""``campaign close``: what is open, the end itself, and later the deletion of everything about people."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.errors import RefusedError
from rightskit.flows import agenda, outside, status
from rightskit.mailbox import removal
from rightskit.vault import disclosures, messages, milestones, outgoing, purge, recovery, requests

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rightskit.flows.outside import Copy
    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outlook:
    """How far a campaign is from its end.

    Attributes:
        open: next step -> number of requests that wait for it; a request without a next step is not open.
        waiting: replies that no person has looked at.
        unread: returned documents that no recipe has read.
        published: reports and releases that were written.
        copies: what lies outside the vault.
        ended: the day on which the campaign ended; None while it runs.
        delete_from: the day from which everything about people is to be deleted; None while it runs.
    """

    open: Mapping[str, int]
    waiting: int
    unread: int
    published: int
    copies: tuple[Copy, ...]
    ended: dt.date | None
    delete_from: dt.date | None


def outlook(workspace: Workspace) -> Outlook:
    """What is still open, what was published, and what lies outside the vault."""
    open_ = Counter(case.status.next.value for case in agenda.in_order(status.cases(workspace)))
    with workspace.vault.read() as connection:
        waiting = sum(message.status == "review" for message in messages.all_messages(connection))
        unread = len(disclosures.pending(connection))
        published = len(outgoing.listed_folders(connection, *outside.PUBLISHED))
        ended = milestones.reached(connection).get(milestones.ENDED)
    until = ended + dt.timedelta(days=workspace.campaign.retention_days) if ended else None
    return Outlook(open_, waiting, unread, published, tuple(outside.copies(workspace)), ended, until)


def end(workspace: Workspace, *, leave_open: bool) -> int:
    """End the campaign: nothing more goes out, and every request that is not ended is closed; give their number.

    Args:
        workspace: the campaign.
        leave_open: although something is open.

    Raises:
        RefusedError: something is open and ``leave_open`` is not set, or the campaign has ended before.
    """
    found = outlook(workspace)
    if found.ended:
        raise RefusedError(f"The campaign ended on {found.ended}.")
    if (found.open or found.waiting or found.unread) and not leave_open:
        raise RefusedError(
            f"{sum(found.open.values())} requests want something of you, {found.waiting} replies wait for review, "
            f"{found.unread} documents are unread.",
            "See: rightskit due, rightskit review, rightskit data extract; or end it all the same with --leave-open.",
        )
    with workspace.vault.only_one("send"), workspace.vault.write() as connection:
        ended = requests.ended(connection)
        going = [one.reference for one in requests.all_requests(connection) if one.reference not in ended]
        outgoing.withdraw(connection, going)
        requests.record(connection, [_closed(workspace, name) for name in going])
        milestones.reach(connection, milestones.ENDED, workspace.today)
    return len(going)


def _closed(workspace: Workspace, reference: str) -> Event:
    return Event(reference, EventKind.CLOSED, workspace.today, workspace.now, source="person")


def purge_all(workspace: Workspace, *, early: bool, mail: bool = False) -> list[Copy]:
    """Delete everything about people from the vault and from the folders that it lists; give what a person must see to.

    Args:
        workspace: the campaign.
        early: before the retention of campaign.yaml is over.
        mail: delete the campaign's messages from its mail account too, before their ids are gone.

    Raises:
        RefusedError: the campaign has not ended, or its retention is not over, or another process has the vault open.
    """
    found = outlook(workspace)
    if found.delete_from is None:
        raise RefusedError("The campaign has not ended.", "End it first: rightskit campaign close --end")
    if workspace.today < found.delete_from and not early:
        raise RefusedError(
            f"campaign.yaml keeps the data until {found.delete_from}.",
            "Members may still ask about theirs until then; to delete it now: --early.",
        )
    vault = workspace.vault
    if mail:
        removal.remove(workspace.account, _message_ids(workspace))
    with vault.only_one("send"), vault.only_one("sync"), vault.alone():
        for copy in found.copies:
            if copy.path and copy.kind not in {*outside.PUBLISHED, *outside.BY_HAND, "else"}:
                _remove(copy.path)
        with vault.write() as connection:
            purge.purge(connection)
            milestones.reach(connection, milestones.PURGED, workspace.today)
        vault.settle_journal()
        recovery.remove(workspace.folder)
    return [copy for copy in outside.copies(workspace) if copy.kind not in outside.PUBLISHED]


def _message_ids(workspace: Workspace) -> set[str]:
    """Of all that was sent, and of the replies that are filed or wait; strangers' mail is left alone."""
    with workspace.vault.read() as connection:
        received = {one.message_id for one in messages.all_messages(connection) if one.status != "ignored"}
        return {name for name in received | set(outgoing.message_ids(connection)) if name}


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
