"""Where messages lie on a disk: a Maildir, an mbox, a folder of .eml, one file. Only read, never changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.errors import Fault, FaultsError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 200 * 1024 * 1024
"""Bytes of one message; no mail server takes a larger one."""
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(path: Path, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    """The messages under a path, one at a time: a name that a person can find again, and the raw bytes.

    What lies there is seen by looking: a folder with ``cur`` or ``new`` is a Maildir (its ``.Sub`` folders are read
    too), another folder is searched for .eml files at any depth, a file that starts with ``From `` is an mbox, any
    other file is one message.

    Args:
        path: a file or folder.
        faults: takes one fault for each message that is left out: unreadable, empty, or over 200 MB.

    Raises:
        NotFoundError: there is nothing at the path.
        FaultsError: the path is neither a file nor a folder, or a folder without messages of a known form.
    """
    if path.is_dir():
        yield from _read_files(path, _files(path), faults)
    elif path.is_file():
        yield from _read_file(path, faults)
    elif path.exists():
        raise FaultsError([Fault(str(path), None, "this is no file and no folder", "name a Maildir, an mbox or .eml")])
    else:
        raise NotFoundError(f"There is nothing at {path}.", "Name a Maildir, an mbox, a folder of .eml or one .eml.")


def number(path: Path) -> int | None:
    """How many files :func:`read` will look into; None where they cannot be counted without reading them."""
    return len(_files(path)) if path.is_dir() else None


def is_maildir(path: Path) -> bool:
    """Whether a folder is a Maildir; an empty one needs only ``cur`` or ``new``."""
    return (path / "cur").is_dir() or (path / "new").is_dir()


def _files(folder: Path) -> list[Path]:
    if is_maildir(folder):
        boxes = [folder, *(sub for sub in sorted(folder.glob(".*")) if is_maildir(sub))]
        found = [file for box in boxes for part in ("cur", "new") for file in sorted((box / part).glob("*"))]
        return [file for file in found if not file.name.startswith(".")]
    found = sorted(file for file in folder.rglob("*") if file.suffix.lower() == ".eml")
    if not found:
        raise FaultsError([Fault(str(folder), None, "no messages here", "name a Maildir, an mbox or a folder of .eml")])
    return found


def _read_files(folder: Path, files: list[Path], faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        raw = _read_whole(file, faults)
        if raw:
            yield str(file.relative_to(folder)), raw


def _read_file(path: Path, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    if _is_mbox(path):
        yield from _read_mbox(path, faults)
    else:
        raw = _read_whole(path, faults)
        if raw:
            yield path.name, raw


def _is_mbox(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(5) == b"From "
    except OSError:
        return False  # reading it whole will say why


def _read_whole(path: Path, faults: list[Fault]) -> bytes:
    """The file's bytes; empty, with a fault, where they cannot be taken."""
    try:
        if not path.is_file():
            faults.append(Fault(str(path), None, "this is no regular file"))
            return b""
        if path.stat().st_size > LARGEST:
            faults.append(_too_large(path, None))
            return b""
        raw = path.read_bytes()
    except OSError as error:
        faults.append(_unreadable(path, error))
        return b""
    if not raw:
        faults.append(Fault(str(path), None, "the file is empty"))
    return raw


def _read_mbox(path: Path, faults: list[Fault]) -> Iterator[tuple[str, bytes]]:
    """Messages of an mbox (RFC 4155), with ``>From `` unquoted; named ``file#1``, ``file#2`` and so on."""
    try:
        for number, (line, raw) in enumerate(_split_mbox(path), 1):
            if raw is None:
                faults.append(_too_large(path, line))
            else:
                yield f"{path.name}#{number}", _QUOTED_FROM.sub(rb"\1", raw)
    except OSError as error:
        faults.append(_unreadable(path, error))


def _split_mbox(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """The line of each ``From `` and the message below it; None instead of a message over the limit."""
    start, message, blank = 1, _Growing(), False
    with path.open("rb") as file:
        next(file)
        for number, line in enumerate(iter(lambda: file.readline(LARGEST), b""), 2):
            if blank and line.startswith(b"From "):
                yield start, message.whole()
                start, message = number, _Growing()
            else:
                message.add(line)
            blank = not line.strip(b"\r\n")
    yield start, message.whole()


class _Growing:
    """A message while its lines arrive; it lets go of them once they are too many."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, line: bytes) -> None:
        self._size += len(line)
        if self._size > LARGEST:
            self._lines.clear()
        else:
            self._lines.append(line)

    def whole(self) -> bytes | None:
        return None if self._size > LARGEST else b"".join(self._lines)


def _too_large(path: Path, line: int | None) -> Fault:
    return Fault(str(path), line, "the message is over 200 MB", "save its attachments and add them by hand")


def _unreadable(path: Path, error: OSError) -> Fault:
    return Fault(str(path), None, f"cannot be read: {error.strerror or type(error).__name__}", "check who may read it")
