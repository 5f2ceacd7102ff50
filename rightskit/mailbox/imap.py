"""Messages from an IMAP account: the one place that uses imaplib2, hardened.

What the library does otherwise, measured on version 3.6: it accepts any certificate and any host name, may hang in
STARTTLS because its reader threads already run, reads and writes one TLS object from two threads at once, cannot
log in with non-ASCII passwords, and prints its log to stderr. Here the socket is secured before the threads start.
"""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import threading
import warnings
from typing import TYPE_CHECKING, Any

from rightskit.credentials import Secret, xoauth2
from rightskit.errors import RemoteError

with warnings.catch_warnings():
    # Its source holds invalid escapes, which newer versions of Python warn of when they compile it.
    warnings.simplefilter("ignore")
    import imaplib2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rightskit.accounts import ImapServer

# Seconds: for connecting, for each write, and for silence while an answer is awaited.
TIME_LIMIT = 60
_LONGEST_LINE = 8192
_MOST_LINES = 20
_UNREADY = (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError)


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
            f"The certificate of {account.host} was refused: {reason.rstrip('.')}.",
            "Check the host name; for a server of your own, name its authority as ca_file.",
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
        hint = "Check user and password; many providers want an app password."
        raise RemoteError(
            f"{account.host} refused the login.", "Get a new token." if secret.is_token else hint
        ) from None


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
