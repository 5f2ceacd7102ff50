"""The folder in which an account keeps copies of what was sent: the only folder that rightskit ever writes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.errors import NotFoundError
from rightskit.mailbox import folders
from rightskit.mailbox.imap import ask, quoted, session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rightskit.accounts import MailAccount
    from rightskit.mailbox.folders import Folder

_COMMON = ("Sent", "Sent Items", "Sent Messages", "INBOX/Sent", "Gesendet", "Gesendete Objekte", "Envoyés")
"""Names of the folder where the server marks none."""


def append(account: MailAccount, letters: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    r"""File copies as read (``\Seen``), and give back the Message-ID of each that lies there.

    One that is there already, such as after an interruption, is not filed again.

    Raises:
        NotFoundError: the account has no such folder.
        RemoteError: the server failed.
    """
    if account.imap is None:
        return
    with session(account.imap, account.secret()) as opened:
        name = _folder(opened, account.sent)
        ask("opening the folder of copies", lambda: opened.examine(quoted(name)))
        for message_id, raw in letters:
            if not _holds(opened, message_id):
                _append(opened, name, raw)
            yield message_id


def held(account: MailAccount, message_ids: Sequence[str]) -> set[str]:
    """Those of these Message-IDs that lie in the folder; nothing is changed there.

    Raises:
        NotFoundError: the account has no such folder.
        RemoteError: the server failed.
    """
    if account.imap is None or not message_ids:
        return set()
    with session(account.imap, account.secret()) as opened:
        name = _folder(opened, account.sent)
        ask("opening the folder of copies", lambda: opened.examine(quoted(name)))
        return {message_id for message_id in message_ids if _holds(opened, message_id)}


@dataclass(frozen=True, slots=True)
class Survey:
    """What an account's mailbox looks like.

    Attributes:
        reads: folders that are read.
        missing: folders that the account names and the server does not have.
        there: all folders, as a person writes their names.
        sent: the folder of copies; empty where there is none.
        junk: the folder of unwanted mail; empty where there is none.
    """

    reads: tuple[str, ...]
    missing: tuple[str, ...]
    there: tuple[str, ...]
    sent: str
    junk: str


def survey(account: MailAccount) -> Survey:
    """Look at the folders of an account, and change nothing.

    Raises:
        NotFoundError: the account names no server.
        RemoteError: no connection, a certificate that does not hold, a refused login.
    """
    if account.imap is None:
        raise NotFoundError("The account has no imap.")
    with session(account.imap, account.secret()) as opened:
        known = folders.all_(opened)
    reads, missing = folders.named(known, account.folders)
    copies, junk = among(known, account.sent), next(filter(folders.is_junk, known), None)
    there = tuple(sorted(folder.name for folder in known))
    return Survey(
        tuple(folder.name for folder in reads),
        tuple(missing),
        there,
        copies.name if copies else "",
        junk.name if junk else "",
    )


def among(known: Sequence[Folder], named: str) -> Folder | None:
    """The folder that is named, else the one that the server marks, else one of the usual names."""
    if named:
        return next(iter(folders.named(known, [named])[0]), None)
    marked = [folder for folder in known if "\\sent" in folder.marks]
    usual = [folder for name in _COMMON for folder in known if name in {folder.wire, folder.name}]
    return next(iter([*marked, *usual]), None)


def _folder(opened: Any, named: str) -> str:
    """The folder of copies, as the server spells it."""
    known = folders.all_(opened)
    found = among(known, named)
    if found:
        return found.wire
    raise NotFoundError(
        f"The account has no folder {named!r}." if named else "The account marks no folder for copies of sent mail.",
        "Name one as `sent:` in accounts.yaml; there are: " + ", ".join(sorted(folder.name for folder in known)),
    )


def _holds(opened: Any, message_id: str) -> bool:
    answer = ask("looking for a copy", lambda: opened.uid("SEARCH", "HEADER", "Message-ID", quoted(message_id)))
    return any(isinstance(line, bytes) and line.strip() for line in answer)


def _append(opened: Any, name: str, raw: bytes) -> None:
    ask("filing a copy", lambda: opened.append(quoted(name), r"(\Seen)", None, raw))
