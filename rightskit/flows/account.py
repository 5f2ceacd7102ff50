"""``sync`` from the campaign's mail account: folder by folder, each from where it was read to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rightskit import accounts
from rightskit.errors import Fault, NotFoundError
from rightskit.flows.sync import Found, Synced, sync
from rightskit.mailbox import inbox
from rightskit.vault import messages, positions
from rightskit.vault.positions import Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.accounts import ImapServer, MailAccount
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.folders import Folder
    from rightskit.mailbox.inbox import Inbox

RECONCILE = dt.timedelta(days=7)
"""How often a whole folder is compared with what is kept, whatever the UIDs say."""


def from_account(workspace: Workspace, done: Synced, track: Track) -> None:
    """Read what is new in the folders of the campaign's mail account, and change nothing there.

    Args:
        workspace: the campaign.
        done: takes what it comes to, also where it ends before the end.
        track: counts the messages.

    Raises:
        NotFoundError: the campaign names no account that can be read.
        RefusedError: another sync is at work.
        RemoteError: the server failed; what was read until then is kept.
    """
    account = workspace.account
    with inbox.opened(server(account), account.secret()) as box:
        read(workspace, box, done, track)


def server(account: MailAccount) -> ImapServer:
    """Where an account is read.

    Raises:
        NotFoundError: it cannot be read.
    """
    if account.imap is None:
        raise NotFoundError(
            "The campaign has no mail account that can be read.",
            "Make one: rightskit accounts add campaign --address you@example.org (in "
            f"{accounts.accounts_file()} it needs `imap:`); or read files: rightskit sync --from PATH",
        )
    return account.imap


def read(workspace: Workspace, box: Inbox, done: Synced, track: Track) -> None:
    """Read an account that is open."""
    account = workspace.account
    with workspace.vault.only_one("sync"):
        folders, missing = box.folders(account.folders)
        done.faults += [_missing(account, name) for name in missing]
        sync(workspace, _news(workspace, box, folders, track, done), account.name, done)


def _missing(account: MailAccount, name: str) -> Fault:
    return Fault(f"{accounts.accounts_file()} ({account.name})", None, f"the account has no folder {name!r}")


def _news(workspace: Workspace, box: Inbox, folders: Sequence[Folder], track: Track, done: Synced) -> Iterator[Found]:
    account = workspace.account.name
    with workspace.vault.read() as connection:
        reached = positions.all_(connection, account)
    for folder in folders:
        yield from _folder(workspace, box, folder, reached.get(folder.wire), track, done)


def _folder(  # noqa: PLR0913, PLR0917 (a folder, where it was read to, and what is told of it)
    workspace: Workspace, box: Inbox, folder: Folder, before: Position | None, track: Track, done: Synced
) -> Iterator[Found]:
    """What is new in a folder; all of it where it is new, or its UIDs are (RFC 3501 section 2.3.1.1)."""
    validity = box.examine(folder)
    start = Position(validity, 0, workspace.today)
    at = before if before and before.validity == validity else start
    whole = workspace.today - at.reconciled >= RECONCILE
    last = at.uid
    listed = box.unknown(_known(workspace)) if whole else box.after(at.uid)
    for uid, raw in track(box.fetch(listed), "messages", len(listed)):
        place = f"imap:{workspace.account.name}:{folder.name};{validity};{uid}"
        last = max(last, uid)
        if raw is None:
            done.faults.append(
                Fault(place, None, "the message is over 200 MB", "save its attachments, add them by hand")
            )
        else:
            yield Found(place, raw, folder.wire, Position(validity, last, at.reconciled))
    end = Position(validity, last, workspace.today if whole else at.reconciled)
    if end != before:
        yield Found("", None, folder.wire, end)


def _known(workspace: Workspace) -> set[tuple[str, int]]:
    with workspace.vault.read() as connection:
        return messages.sizes(connection)
