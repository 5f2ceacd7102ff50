"""Messages from an IMAP account: the one place that uses imaplib2, hardened.

What the library does otherwise, measured on version 3.6: it accepts any certificate and any host name, may hang in
STARTTLS because its reader threads already run, reads and writes one TLS object from two threads at once, cannot
log in with non-ASCII passwords, and prints its log to stderr. Here the socket is secured before the threads start,
and reading never changes the mailbox: EXAMINE and BODY.PEEK only (RFC 3501 sections 6.3.2 and 6.4.5).
"""

from __future__ import annotations

import contextlib
import re
import select
import socket
import ssl
import threading
import warnings
from typing import TYPE_CHECKING, Any

from rightskit.credentials import Secret, xoauth2
from rightskit.errors import RemoteError
from rightskit.mailbox import folder_names

with warnings.catch_warnings():
    # Its source holds invalid escapes, which newer versions of Python warn of when they compile it.
    warnings.simplefilter("ignore")
    import imaplib2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rightskit.accounts import ImapServer

# Seconds: for connecting, for each write, and for silence while an answer is awaited.
TIME_LIMIT = 60
_BATCH_BYTES = 8 * 1024 * 1024
_BATCH_MESSAGES = 100
_LONGEST_LINE = 8192
_MOST_LINES = 20
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_UNREADY = (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError)


def messages(
    account: ImapServer, password: str, folders: Sequence[str], since_uid: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[str, int, int, bytes]]:
    """New messages, folder by folder in the order of their UIDs.

    Args:
        account: where to read.
        password: of the account; never shown in errors.
        folders: names as a person writes them, such as ``INBOX`` or ``Entwürfe``.
        since_uid: folder → (UIDVALIDITY, last UID known). A folder that is missing here, or whose UIDVALIDITY has
            changed since, is read from its start.

    Yields:
        (folder, UIDVALIDITY, UID, raw bytes). Messages that vanish while they are read are left out.

    Raises:
        RemoteError: no connection, a certificate that does not hold, a refused login, a missing folder, silence.
        RefusedError: the password would travel in the open.
    """
    with session(account, Secret(password)) as opened:
        for folder in folders:
            yield from _read_folder(opened, folder, since_uid.get(folder, (0, 0)))


def _read_folder(session: Any, folder: str, since: tuple[int, int]) -> Iterator[tuple[str, int, int, bytes]]:
    validity, count = _examine(session, folder)
    last = since[1] if validity == since[0] else 0
    if not count:
        return
    for batch in _batches(_sizes(session, last)):
        found = _fetch(session, batch)
        for uid in batch:
            if uid in found:
                yield folder, validity, uid, found.pop(uid)


def _examine(session: Any, folder: str) -> tuple[int, int]:
    """UIDVALIDITY and number of messages of a folder, opened read-only."""
    name = quoted(folder_names.encode(folder))
    count = ask(f"opening the folder {folder!r}", lambda: session.examine(name))
    validity = session.response("UIDVALIDITY")[1]
    if not validity or not validity[0]:
        raise RemoteError(f"The mail server gives no UIDVALIDITY for the folder {folder!r}.")
    return int(validity[0]), int((count or [b"0"])[0] or 0)


def _sizes(session: Any, last: int) -> list[tuple[int, int]]:
    """UID and size of each message after ``last``; ``n:*`` always names the newest, even below n."""
    answer = ask("listing messages", lambda: session.uid("FETCH", f"{last + 1}:*", "(UID RFC822.SIZE)"))
    found = {}
    for line in answer:
        uid, size = (pattern.search(line) if isinstance(line, bytes) else None for pattern in (_UID, _SIZE))
        if uid and size and int(uid.group(1)) > last:
            found[int(uid.group(1))] = int(size.group(1))
    return sorted(found.items())


def _batches(sizes: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """UIDs in groups that fit in memory; a huge message goes alone."""
    batch: list[int] = []
    total = 0
    for uid, size in sizes:
        if batch and (total + size > _BATCH_BYTES or len(batch) == _BATCH_MESSAGES):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch


def _fetch(session: Any, uids: Sequence[int]) -> dict[int, bytes]:
    answer = ask("fetching messages", lambda: session.uid("FETCH", ",".join(map(str, uids)), "(UID BODY.PEEK[])"))
    found = {}
    for number, item in enumerate(answer):
        if isinstance(item, tuple):
            tail = answer[number + 1] if number + 1 < len(answer) else b""
            uid = _UID.search(item[0]) or (_UID.search(tail) if isinstance(tail, bytes) else None)
            if uid:
                found[int(uid.group(1))] = bytes(item[1])
    return found


@contextlib.contextmanager
def session(account: ImapServer, secret: Secret) -> Iterator[Any]:
    """A connection, logged in until the block ends.

    Raises:
        RemoteError: no connection, a certificate that does not hold, a refused login.
        RefusedError: the password would travel in the open.
    """
    opened = _connect(account)
    try:
        _login(opened, account, secret)
        yield opened
    finally:
        with contextlib.suppress(imaplib2.IMAP4.error, OSError):
            opened.logout()


def _connect(account: ImapServer) -> Any:
    # The library calls setDaemon and currentThread, also in its threads: no local filter would reach those.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"imaplib2(\.|$)")
    account.refuse_open_secret()
    try:
        return _Session(account)
    except ssl.SSLCertVerificationError as error:
        reason = error.verify_message or "it does not hold"
        raise RemoteError(
            f"The certificate of {account.host} was refused: {reason}.", "Check the host name of the account."
        ) from None
    except (OSError, imaplib2.IMAP4.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it broke off or kept silent"
        raise RemoteError(
            f"No connection to {account.host}, port {account.port}: {reason}.", "Check host, port and security."
        ) from None


def _login(session: Any, account: ImapServer, secret: Secret) -> None:
    """AUTHENTICATE by XOAUTH2, or PLAIN (RFC 4616), which takes any characters; LOGIN only where these are missing."""
    password = secret.text
    if set("\r\n\0") & set(account.user + password):
        raise RemoteError("The user name or password holds a control character.", "Check password_command.")
    try:
        if secret.is_token:
            # The reason of a refusal stands in a second challenge, which must be answered with nothing.
            words = iter([xoauth2(account.user, password).encode()])
            session.authenticate("XOAUTH2", lambda _: next(words, b""))
        elif "AUTH=PLAIN" in session.capabilities:
            session.authenticate("PLAIN", lambda _: f"\0{account.user}\0{password}".encode())
        elif "LOGINDISABLED" in session.capabilities or not (account.user + password).isascii():
            raise RemoteError(f"{account.host} offers no login that rightskit can use.", "Try other security settings.")
        else:
            session.login(quoted(account.user), password)
    except imaplib2.IMAP4.abort:
        raise RemoteError(f"{account.host} broke off during the login.") from None
    except imaplib2.IMAP4.error:
        # The library's message may hold the command, and with it the password.
        raise RemoteError(f"{account.host} refused the login.", "Check user and password of the account.") from None


def ask(step: str, command: Callable[[], tuple[str, list[Any]]]) -> list[Any]:
    """The server's answer to a command; ``step`` says in words what was asked for.

    Raises:
        RemoteError: it refused, broke off or kept silent.
    """
    try:
        status, answer = command()
    except imaplib2.IMAP4.error:
        raise RemoteError(f"The mail server broke off or kept silent while {step}.", "Run the command again.") from None
    if status != "OK":
        raise RemoteError(f"The mail server refused {step}.", "Check that the folder exists.")
    return [item for item in answer if item is not None]


def quoted(text: str) -> str:
    """A text as a quoted string (RFC 3501 section 4.3)."""
    if set("\r\n\0") & set(text):
        raise RemoteError("A folder or user name holds a control character.")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Session(imaplib2.IMAP4):
    """The library's client over a socket that is secured before its threads start."""

    def __init__(self, account: ImapServer) -> None:
        self._account = account
        self._gate = threading.Lock()
        super().__init__(account.host, account.port, timeout=TIME_LIMIT)  # type: ignore[no-untyped-call]

    def open_socket(self) -> socket.socket:
        plain = socket.create_connection((self._account.host, self._account.port), timeout=TIME_LIMIT)
        try:
            secured = self._secured(plain)
        except BaseException:
            plain.close()
            raise
        secured.setblocking(False)
        return secured

    def _secured(self, plain: socket.socket) -> socket.socket:
        if self._account.security == "none-on-loopback":
            return plain
        if self._account.security == "starttls":
            _start_tls(plain, self._account.host)
        return self._account.tls().wrap_socket(plain, server_hostname=self._account.host)

    def _request_push(self, tag: Any = None, name: Any = None, **kw: Any) -> Any:
        request = super()._request_push(tag, name, **kw)  # type: ignore[no-untyped-call]
        if name == "welcome" and self._account.security == "starttls":
            self.inq.put(b"* OK\r\n")  # the greeting was read on the bare socket, and none comes after TLS
        return request

    def read(self, size: int) -> bytes:
        while not self.Terminate:
            with contextlib.suppress(*_UNREADY), self._gate:
                return bytes(self.sock.recv(size))
            select.select([self.sock], [], [], 1)
        return b""

    def send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            with contextlib.suppress(*_UNREADY), self._gate:
                rest = rest[self.sock.send(rest) :]
                continue
            if not select.select([], [self.sock], [], TIME_LIMIT)[1]:
                raise TimeoutError

    def shutdown(self) -> None:
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def _mesg(self, *_: Any) -> None:
        """The library would print its log, with commands in it, to stderr."""


def _start_tls(plain: socket.socket, host: str) -> None:
    """STARTTLS (RFC 3501 section 6.2.1), byte by byte: nothing sent in the open may be read as sent under TLS."""
    if not _line(plain, host).upper().startswith(b"* OK"):
        raise RemoteError(f"{host} does not greet like an IMAP server before STARTTLS.")
    plain.sendall(b"a1 STARTTLS\r\n")
    for _ in range(_MOST_LINES):
        line = _line(plain, host).upper()
        if line.startswith(b"A1 OK"):
            return
        if line.startswith(b"A1 "):
            break
    raise RemoteError(f"{host} offers no STARTTLS.", "Use tls, usually on port 993.")


def _line(plain: socket.socket, host: str) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = plain.recv(1)
        if not byte or len(line) > _LONGEST_LINE:
            raise RemoteError(f"{host} broke off before STARTTLS.")
        line += byte
    return bytes(line)
