"""Servers on loopback: one that takes every letter and writes down which, and a real Dovecot."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import shutil
import socketserver
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "servers"))
_REFERENCE = re.compile(rb"\[(RK-\w{4}-\w{4})\]")


class Taking(socketserver.StreamRequestHandler):
    """Takes every letter, writes its reference into the server's list, and throws it away."""

    disable_nagle_algorithm = True
    server: Sink

    def handle(self) -> None:
        """Talk until the other side goes."""
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            if line[:4].upper() == b"EHLO":
                self.wfile.write(b"250-sink\r\n250 8BITMIME\r\n")
            elif line[:4].upper() == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self._letter()
            elif line[:4].upper() == b"QUIT":
                self.wfile.write(b"221 2.0.0 Bye\r\n")
            else:
                self.wfile.write(b"250 2.0.0 OK\r\n")

    def _letter(self) -> None:
        head = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            head += line if len(head) < 1000 else b""  # noqa: PLR2004 (the subject stands there)
        if line:
            found = _REFERENCE.search(head)
            self.server.note(found.group(1).decode() if found else "?")
            self.wfile.write(b"250 2.0.0 taken\r\n")


class Sink(socketserver.ThreadingTCPServer):
    """The server, with its list."""

    daemon_threads = True

    def __init__(self, listing: Path) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self._listing = listing.open("a", encoding="utf-8", buffering=1)

    def note(self, reference: str) -> None:
        """Write down that a letter came."""
        self._listing.write(f"{reference}\n")


def _serve(listing: Path, tell: Connection) -> None:
    with Sink(listing) as server:
        tell.send(server.server_address[1])
        server.serve_forever()


@contextlib.contextmanager
def sink(listing: Path) -> Iterator[int]:
    """A server for letters, in a process of its own; its port."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(listing, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


@contextlib.contextmanager
def dovecot(maildir: Path) -> Iterator[Any]:
    """A Dovecot whose inbox holds the messages of a Maildir; None where none is installed."""
    import dovecot as real
    import pytest

    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(real.running())
        except (pytest.skip.Exception, pytest.fail.Exception):
            yield None
            return
        for name in ("cur", "new", "tmp"):
            (server.mail / name).mkdir(parents=True, exist_ok=True)
        for path in (maildir / "new").iterdir():
            shutil.copyfile(path, server.mail / "new" / f"{path.name}.host")
        if os.getuid() == 0:
            for path in (server.mail, *server.mail.rglob("*")):
                shutil.chown(path, server.user, server.group)
        yield server
