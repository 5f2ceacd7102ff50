"""``send --to smtp FOLDER``: the mails to members that lie in a folder leave, each once."""

from __future__ import annotations

import email
from email.policy import compat32
from email.utils import parseaddr
from typing import TYPE_CHECKING

from rightskit.cases.model import EventKind
from rightskit.delivery.model import Outgoing, Parcel
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows.post import Mail
from rightskit.vault import mailings, membership, outgoing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from rightskit.flows.workspace import Workspace


def waiting(workspace: Workspace, folder: Path) -> tuple[list[Mail], int]:
    """The mails of a folder that were not begun yet, by name, and how many of these stay: mail reaches no such member.

    Raises:
        NotFoundError: there is no such folder.
        RefusedError: it is no folder of mails to members: letters to controllers leave by ``send`` alone.
    """
    if not folder.is_dir():
        raise NotFoundError(f"There is no folder {folder}.")
    with workspace.vault.read() as connection:
        ours = set(outgoing.listed_folders(connection, "ask"))
        begun, unreachable = mailings.begun(connection), membership.unreachable(connection)
    if str(folder.resolve()) not in ours:
        raise RefusedError(f"{folder} holds no mails to members.", "Letters to controllers: rightskit send --to smtp")
    found = [_mail(path) for path in sorted(folder.glob("*.eml"))]
    fresh = [mail for mail, message_id in found if message_id and message_id not in begun]
    free = [mail for mail in fresh if mail.to not in unreachable]
    return free, len(fresh) - len(free)


def _mail(path: Path) -> tuple[Mail, str]:
    """A mail to a member; its letter stands for the member whose id its name begins with."""
    raw = path.read_bytes()
    head = email.message_from_bytes(raw, policy=compat32)
    message_id, recipient = str(head["Message-ID"] or ""), parseaddr(str(head["To"] or ""))[1]
    member = path.stem.partition("-")[0]
    item = Outgoing(path.stem, member, message_id, recipient, raw)
    return Mail(
        Parcel(path.stem, member, recipient, _same(item)), EventKind.MEMBER_ASKED, (), member, ("", "")
    ), message_id


def _same(item: Outgoing) -> Callable[[dt.datetime], Outgoing]:
    """What was written leaves as it is."""
    return lambda _: item
