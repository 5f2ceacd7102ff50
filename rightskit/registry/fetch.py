"""Fetching an archive from its public address, with a time limit and a size limit."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import IO, TYPE_CHECKING

from rightskit.errors import RemoteError, WrongUsageError

if TYPE_CHECKING:
    from email.message import Message

NEWEST = "https://github.com/datenanfragen/data/archive/refs/heads/master.tar.gz"
"""Where the newest archive of the open registry lies."""

MOST_BYTES = 64 * 1024 * 1024
_SILENCE = 20.0
_WHOLE = 180.0
_CHUNK = 1 << 16
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def is_url(place: str) -> bool:
    """Whether a place is an address rather than a path."""
    return "://" in place


def fetch(url: str, *, most: int = MOST_BYTES, seconds: float = _WHOLE) -> bytes:
    """Fetch an archive.

    Args:
        url: ``https``; ``http`` only on this machine, because whoever sits in between could change where letters go.
        most: bytes that are taken.
        seconds: in all; a server that says nothing for 20 seconds is given up earlier.

    Raises:
        WrongUsageError: the address is of another kind.
        RemoteError: the server does not answer, refuses, is too slow, or sends too much.
    """
    _require_safe(url)
    opener = urllib.request.build_opener(_SafeRedirects)
    begin = time.monotonic()
    try:
        request = urllib.request.Request(url, headers={"User-Agent": "rightskit"})  # noqa: S310 (checked above)
        with opener.open(request, timeout=min(_SILENCE, seconds)) as answer:
            return _read(answer, most, begin + seconds)
    except urllib.error.HTTPError as error:
        with error:
            raise RemoteError(f"The server answered {error.code} to {url}.", "Check the address.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        hint = "Try again later, or fetch the archive by hand and import the file."
        raise RemoteError(f"{url} could not be fetched ({type(error).__name__}).", hint) from error


def _read(answer: http.client.HTTPResponse, most: int, until: float) -> bytes:
    pieces: list[bytes] = []
    count = 0
    while piece := answer.read1(_CHUNK):
        count += len(piece)
        if count > most:
            raise RemoteError(f"The server sends more than {most:,} bytes.", "This is not the registry's archive.")
        if time.monotonic() > until:
            raise RemoteError("The server is too slow.", "Try again later, or import a file.")
        pieces.append(piece)
    if answer.length:
        raise RemoteError("The server broke off.", "Try again later, or import a file.")
    return b"".join(pieces)


def _require_safe(url: str) -> None:
    try:
        parts = urllib.parse.urlsplit(url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    except ValueError:
        safe = False
    if not safe or not parts.hostname:
        raise WrongUsageError(f"{url} is not an https address.", f"The newest archive lies at {NEWEST}")


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects as long as each leads to a safe address."""

    def redirect_request(  # noqa: PLR0913, PLR0917 (urllib's own signature)
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        _require_safe(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
