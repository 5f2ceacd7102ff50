"""The folder in which an account keeps copies of what was sent: the only folder that rightskit ever writes to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.errors import NotFoundError
from rightskit.mailbox import folder_names
from rightskit.mailbox.imap import ask, quoted, session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rightskit.accounts import MailAccount

_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>.+)')
_COMMON = ("Sent", "Sent Items", "Sent Messages", "INBOX.Sent", "Gesendet", "Gesendete Objekte", "Envoyés")
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
        missing: folders that the account names and the server does not have.
        there: all folders, as a person writes their names.
        sent: the folder of copies; empty where there is none.
        junk: the folder that the server marks for junk; empty where it marks none.
    """

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
        known = folders(opened)
        try:
            copies = folder_names.decode(_folder(opened, account.sent))
        except NotFoundError:
            copies = ""
    marked = [name for name, flags in known.items() if b"\\junk" in flags.lower().split()]
    names = {folder_names.encode(name): name for name in account.folders}
    return Survey(
        tuple(plain for wire, plain in names.items() if wire not in known and wire.upper() != "INBOX"),
        tuple(sorted(map(folder_names.decode, known))),
        copies,
        folder_names.decode(marked[0]) if marked else "",
    )


def folders(opened: Any) -> dict[str, bytes]:
    r"""Every folder, as the server names it -> its marks, such as ``\HasNoChildren \Sent`` (RFC 6154)."""
    answer = ask("listing the folders", lambda: opened.list('""', '"*"'))
    found = {}
    for line in answer:
        match = _LISTED.match(line) if isinstance(line, bytes) else None
        if match:
            name = match["name"].decode("ascii", "replace").strip()
            found[name[1:-1].replace('\\"', '"').replace("\\\\", "\\") if name.startswith('"') else name] = match[
                "flags"
            ]
    return found


def _unquoted(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name[1:-1]) if name.startswith('"') else name


def _folder(opened: Any, named: str) -> str:
    """The folder that is named, else the one that the server marks, else one of the usual names; as on the wire."""
    known = folders(opened)
    wanted = folder_names.encode(named)
    if named:
        candidates = [wanted]
    else:
        candidates = [name for name, flags in known.items() if b"\\sent" in flags.lower().split()] or list(_COMMON)
    for name in candidates:
        if name in known:
            return name
    raise NotFoundError(
        f"The account has no folder {named!r}." if named else "The account marks no folder for copies of sent mail.",
        "Name one as `sent:` in accounts.yaml; there are: " + ", ".join(sorted(map(folder_names.decode, known))),
    )


def _holds(opened: Any, message_id: str) -> bool:
    answer = ask("looking for a copy", lambda: opened.uid("SEARCH", "HEADER", "Message-ID", quoted(message_id)))
    return any(isinstance(line, bytes) and line.strip() for line in answer)


def _append(opened: Any, name: str, raw: bytes) -> None:
    ask("filing a copy", lambda: opened.append(quoted(name), r"(\Seen)", None, raw))
