"""A campaign's mail leaves its account at the end, if a person asks for it: the only place that deletes a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rightskit.errors import NotFoundError, RemoteError
from rightskit.mailbox import folders, sent
from rightskit.mailbox.imap import ask, quoted, session

if TYPE_CHECKING:
    from collections.abc import Collection

    from rightskit.accounts import MailAccount


def remove(account: MailAccount, message_ids: Collection[str]) -> int:
    """Delete these messages from the folders that are read and from the folder of copies, and give their number.

    Each is named by its UID (UID EXPUNGE, RFC 4315): what somebody else has marked as deleted stays as it is.

    Args:
        account: whose mailbox.
        message_ids: of replies and of copies of what was sent; others are not touched.

    Raises:
        NotFoundError: the account names no server.
        RemoteError: the server failed, or cannot delete single messages; what was deleted until then is gone.
    """
    if account.imap is None:
        raise NotFoundError("The account has no imap.")
    with session(account.imap, account.secret()) as opened:
        offered = b" ".join(ask("asking what it can", opened.capability))  # after the login it offers more
        if b"UIDPLUS" not in offered.upper().split():
            raise RemoteError("This mail server cannot delete single messages.", "Delete them in your mail program.")
        known = folders.all_(opened)
        read, _ = folders.named(known, account.folders)
        copies = sent.among(known, account.sent)
        there = dict.fromkeys(folder.wire for folder in [*read, *([copies] if copies else [])])
        return sum(_empty(opened, name, message_ids) for name in there)


def _empty(opened: Any, folder: str, message_ids: Collection[str]) -> int:
    ask("opening a folder for deleting", lambda: opened.select(quoted(folder)))
    found = sorted({uid for message_id in message_ids for uid in _uids(opened, message_id)})
    for uid in found:
        name = str(uid)
        ask("marking a message", lambda name=name: opened.uid("STORE", name, "+FLAGS.SILENT", r"(\Deleted)"))  # type: ignore[misc]
        ask("deleting a message", lambda name=name: opened.uid("EXPUNGE", name))  # type: ignore[misc]
    return len(found)


def _uids(opened: Any, message_id: str) -> list[int]:
    answer = ask("looking for a message", lambda: opened.uid("SEARCH", "HEADER", "Message-ID", quoted(message_id)))
    return [int(uid) for line in answer if isinstance(line, bytes) for uid in line.split()]
