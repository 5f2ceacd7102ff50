"""The files of an archive, and what an error of its unpacking means."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from rightskit.files.problems import UNLOCK, BrokenError, FileProblemError, LockedError, UnsafeError

BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    IndexError,
    OverflowError,
    RuntimeError,
)
"""What the libraries raise about a damaged archive."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive.

    Attributes:
        number: its place in the archive, from 1, inner archives counted through.
        name: its path with ``/``, never absolute, never with ``..``; may hold a person's name.
        content: its bytes.
    """

    number: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LargeEntry:
    """One file of an archive that is too large for the memory.

    Attributes:
        number: as of an :class:`Entry`.
        name: likewise.
        stream: its bytes, to be read from the start, until the next entry is asked for.
    """

    number: int
    name: str
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Nested:
    """An archive inside an archive that is too large for the memory.

    Attributes:
        name: its path.
        head: its first bytes.
        stream: its bytes; of a ZIP they can be read from any place.
    """

    name: str
    head: bytes
    stream: IO[bytes]


def problem(error: Exception, *, locked: bool) -> FileProblemError:
    """What an error of the unpacking means; a checksum finds a wrong password, so that nobody can tell the two."""
    if locked:
        return LockedError("The password is not that of the archive, or it is damaged.", UNLOCK)
    return BrokenError(f"The archive is damaged ({type(error).__name__}).", "Ask for it again.")


class Guarded(io.RawIOBase):
    """A stream that somebody else reads: what is wrong with the archive is said there as it is here."""

    def __init__(self, stream: IO[bytes], *, locked: bool) -> None:
        super().__init__()
        self._stream = stream
        self._locked = locked

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """That many bytes, or fewer.

        Raises:
            FileProblemError: the archive is damaged, or a limit is reached.
        """
        try:
            return self._stream.read(size)
        except BROKEN as error:
            raise problem(error, locked=self._locked) from error


def safe_name(name: str, number: int) -> str:
    """The path of an entry, with ``/``, inside the archive.

    Raises:
        UnsafeError: it leads outside.
    """
    path = name.replace("\\", "/")
    parts = path.split("/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts or re.search(r"[\x00-\x1f]", path):
        raise UnsafeError(f"The path of entry {number} leads outside the archive.")
    return "/".join(part for part in parts if part not in {"", "."})
