"""Reading a mail account, and changing nothing there: EXAMINE and BODY.PEEK only (RFC 3501 sections 6.3.2, 6.4.5)."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.errors import RemoteError
from rightskit.mailbox import folders, headers
from rightskit.mailbox.imap import ask, quoted, session
from rightskit.mailbox.sources import LARGEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rightskit.accounts import ImapServer
    from rightskit.credentials import Secret
    from rightskit.mailbox.folders import Folder

_BATCH_BYTES = 8 * 1024 * 1024
_BATCH_MESSAGES = 100
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ID_HEADER = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as the server lists it.

    Attributes:
        uid: in its folder.
        size: bytes.
        message_id: with angle brackets; empty where it has none, or was not asked for.
    """

    uid: int
    size: int
    message_id: str = ""


@contextmanager
def opened(account: ImapServer, secret: Secret) -> Iterator[Inbox]:
    """A mail account, logged in until the block ends.

    Raises:
        RemoteError: no connection, a certificate that does not hold, a refused login.
        RefusedError: the password would travel in the open.
    """
    with session(account, secret) as connection:
        yield Inbox(connection)


class Inbox:
    """A mail account, open for reading."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._count = 0

    def folders(self, names: Sequence[str]) -> tuple[list[Folder], list[str]]:
        """The folders of these names, and the names that there are none of; the inbox and Junk where none is named."""
        return folders.named(folders.all_(self._connection), names)

    def examine(self, folder: Folder) -> int:
        """Open a folder, read-only, and give its UIDVALIDITY.

        Raises:
            RemoteError: the server failed, or the folder has vanished.
        """
        step = f"opening the folder {folder.name!r}"
        count = ask(step, lambda: self._connection.examine(quoted(folder.wire)))
        self._count = int((count or [b"0"])[0] or 0)
        validity = self._connection.response("UIDVALIDITY")[1]
        if not validity or not validity[0]:
            raise RemoteError(f"The mail server gives no UIDVALIDITY for the folder {folder.name!r}.")
        return int(validity[0])

    def after(self, last: int) -> list[Listed]:
        """The messages of the open folder after a UID; ``n:*`` always names the newest, even below n."""
        return [one for one in self._listed(f"{last + 1}:*", "(UID RFC822.SIZE)") if one.uid > last]

    def unknown(self, known: Collection[tuple[str, int]]) -> list[Listed]:
        """All messages of the open folder but those whose Message-ID and size are known."""
        listed = self._listed("1:*", f"(UID RFC822.SIZE {_ID_HEADER})")
        return [one for one in listed if not one.message_id or (one.message_id, one.size) not in known]

    def fetch(self, wanted: Sequence[Listed]) -> Iterator[tuple[int, bytes | None]]:
        """UID and raw bytes of messages; None for one that is too large. What has vanished meanwhile is left out."""
        small = [one for one in wanted if one.size <= LARGEST]
        for batch in _batches(small):
            found = self._fetch(batch)
            for uid in batch:
                if uid in found:
                    yield uid, found.pop(uid)
        yield from ((one.uid, None) for one in wanted if one.size > LARGEST)

    @property
    def tells(self) -> bool:
        """Whether the server tells of news (IDLE, RFC 2177)."""
        return "IDLE" in self._connection.capabilities

    def wait(self, seconds: int) -> bool:
        """Wait until the open folder changes, at most so many seconds, and tell whether it did.

        Raises:
            RemoteError: the connection is lost.
        """
        ask("waiting for news", lambda: self._connection.idle(seconds))
        return bool(self._connection.response("IDLE")[1] == [None])

    def _listed(self, which: str, what: str) -> list[Listed]:
        if not self._count:
            return []  # some servers refuse to list nothing
        answer = ask("listing messages", lambda: self._connection.uid("FETCH", which, what))
        found = {}
        for number, item in enumerate(answer):
            head, tail, content = _parts(answer, number, item)
            uid, size = (pattern.search(head) or pattern.search(tail) for pattern in (_UID, _SIZE))
            if uid and size:
                name = headers.message_id(content.decode("ascii", "replace").partition(":")[2])
                found[int(uid[1])] = Listed(int(uid[1]), int(size[1]), name)
        return sorted(found.values(), key=lambda one: one.uid)

    def _fetch(self, uids: Sequence[int]) -> dict[int, bytes]:
        which = ",".join(map(str, uids))
        answer = ask("fetching messages", lambda: self._connection.uid("FETCH", which, "(UID BODY.PEEK[])"))
        found = {}
        for number, item in enumerate(answer):
            head, tail, content = _parts(answer, number, item)
            uid = _UID.search(head) or _UID.search(tail)
            if uid and isinstance(item, tuple):
                found[int(uid[1])] = content
        return found


def _parts(answer: Sequence[Any], number: int, item: Any) -> tuple[bytes, bytes, bytes]:
    """A line of an answer: what stands before its literal, what stands after it, and the literal."""
    if not isinstance(item, tuple):
        return bytes(item), b"", b""
    tail = answer[number + 1] if number + 1 < len(answer) else b""
    return bytes(item[0]), tail if isinstance(tail, bytes) else b"", bytes(item[1])


def _batches(listed: Sequence[Listed]) -> Iterator[list[int]]:
    """UIDs in groups that fit in memory; a huge message goes alone."""
    batch: list[int] = []
    total = 0
    for one in listed:
        if batch and (total + one.size > _BATCH_BYTES or len(batch) == _BATCH_MESSAGES):
            yield batch
            batch, total = [], 0
        batch.append(one.uid)
        total += one.size
    if batch:
        yield batch
