"""Keeps a test process off the network and out of the real home folder.

An audit hook sees every way that Python has to connect, to look up a name or to open a file, whichever library asks.
What it refuses raises, and is remembered too: code that catches the error does not hide it from the test.
"""

from __future__ import annotations

import ipaddress
import os
import pwd
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
REFUSED: list[str] = []

_HOMES = "RIGHTSKIT_TEST_REAL_HOMES"
_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_CHANGES = {"os.mkdir": (0,), "os.remove": (0,), "os.rename": (0, 1), "os.rmdir": (0,), "os.symlink": (1,)}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class RefusedError(OSError):
    """A test reached for what it must not touch; an OSError, as a missing network or a denied folder would be."""


def real_homes() -> tuple[str, ...]:
    """The home folders from before the tests moved them; child processes learn them from the environment."""
    known = os.environ.get(_HOMES)
    if known is None:
        homes = (os.environ.get("HOME"), pwd.getpwuid(os.getuid()).pw_dir)
        known = os.environ[_HOMES] = os.pathsep.join(sorted(_both_ways(*filter(None, homes)) - {"/"}))
    return tuple(filter(None, known.split(os.pathsep)))


def install() -> None:
    """Put the hook in place, once; a process cannot take it off again."""
    if not getattr(sys, "_rightskit_offline", False):
        sys._rightskit_offline = True  # type: ignore[attr-defined]
        homes = real_homes()
        spared = tuple(_both_ways(str(CHECKOUT), sys.prefix, sys.base_prefix, tempfile.gettempdir()))
        sys.addaudithook(lambda event, args: _judge(event, args, homes, spared))


def _judge(event: str, args: tuple[Any, ...], homes: tuple[str, ...], spared: tuple[str, ...]) -> None:
    if event in _LOOKUPS:
        _judge_lookup(args[0])
    elif event in _SENDS:
        _judge_address(args[1])
    elif event == "open":
        if isinstance(args[2], int) and args[2] & _WRITING:
            _judge_path(args[0], homes, spared)
    elif event in _CHANGES:
        for at in _CHANGES[event]:
            _judge_path(args[at], homes, spared)


def _judge_lookup(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if not name or not isinstance(name, str) or name == "localhost" or _address(name):
        return
    if name == socket.gethostname():  # smtplib greets with it; without an answer it takes the bare name
        raise RefusedError(f"the look-up of this machine's own name, {name}")
    _refuse(f"the look-up of {name}")


def _judge_address(address: object) -> None:
    if not isinstance(address, tuple):  # a path (AF_UNIX), or None for a connected socket
        return
    if isinstance(address[0], str):
        known = _address(address[0])
        if address[0] not in {"", "localhost"} and not (known and known.is_loopback):
            _refuse(f"a connection to {address[0]}")


def _judge_path(path: object, homes: tuple[str, ...], spared: tuple[str, ...]) -> None:
    if not isinstance(path, (str, bytes, os.PathLike)):  # a file descriptor
        return
    full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 (resolve() would open links, and be judged itself)
    if _within(full, homes) and not _within(full, spared):
        _refuse(f"a change in the real home folder: {full}")


def _both_ways(*folders: str) -> set[str]:
    """Each folder as it is called and as it is when links are followed."""
    return set(folders) | {os.path.realpath(folder) for folder in folders}


def _within(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _refuse(what: str) -> None:
    REFUSED.append(what)
    raise RefusedError(f"tests may not do this: {what}")
