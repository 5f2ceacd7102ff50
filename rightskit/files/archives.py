"""ZIP and tar archives from outside, one entry after the other, with limits.

Nothing is written to disk, and one file at a time is in memory, of at most ``limits.part`` bytes; a larger one is a
stream for whoever can read that. Sizes and counts that the archive declares are not believed: a meter counts what is
really unpacked, over inner archives too. A file that nobody wants is not unpacked. An archive that holds a link or a
path that leads outside is refused as a whole, because an honest export holds none.
"""

from __future__ import annotations

import bz2
import gzip
import io
import os
import re
import stat
import tarfile
import zipfile
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from rightskit.files import zipdirectory
from rightskit.files.limits import LIMITS, Limits, Meter, Metered
from rightskit.files.problems import UNLOCK, BrokenError, FileProblemError, LockedError, UnsafeError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    Wanted = Callable[[str], bool]
    Content = bytes | Path | IO[bytes]

_CHUNK = 1 << 20
_INNER = re.compile(r"\.(zip|tar|tgz|tbz2?|tar\.gz|tar\.bz2)$", re.IGNORECASE)
_ENCRYPTED = 0x1
# Deflate is unpacked in bounded pieces; zipfile unpacks the other methods without a bound.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_TAR_MAGIC = slice(257, 262)
_BROKEN = (
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


def is_archive(head: bytes) -> bool:
    """Whether the first bytes (512 or more) are those of a ZIP or tar archive, packed or not."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh")) or head[_TAR_MAGIC] == b"ustar"


def _anything(name: str) -> bool:  # noqa: ARG001 (the protocol's)
    return True


def entries(
    content: Content, limits: Limits = LIMITS, wanted: Wanted = _anything, password: bytes = b""
) -> Iterator[Entry]:
    """The files of an archive and of the archives inside it, in their order.

    Args:
        content: the archive's bytes, where it lies, or a stream that can be read from any place.
        limits: the most that is unpacked.
        wanted: tells by a file's path whether it is unpacked; archives inside are opened whatever their name.
        password: of what is locked, in archives inside too; empty where none is known.

    Yields:
        Each wanted file with its bytes; one at a time is in memory. Folders are left out.

    Raises:
        TooLargeError: a limit is reached, or a file is too large for the memory.
        LockedError: an entry is encrypted, and the password is not its own.
        UnsafeError: an entry is a link or device, or its path leads outside.
        BrokenError: the archive is damaged, or packed by a method that is not read.
    """
    for entry in _entries(content, limits, wanted, password, large=False):
        if isinstance(entry, Entry):
            yield entry


def all_entries(
    content: Content, limits: Limits = LIMITS, wanted: Wanted = _anything, password: bytes = b""
) -> Iterator[Entry | LargeEntry]:
    """As :func:`entries`; files that are too large for the memory are given as streams.

    Raises:
        FileProblemError: as there; reading a stream raises it too.
    """
    return _entries(content, limits, wanted, password, large=True)


@contextmanager
def reopened(
    content: Content, number: int, name: str, limits: Limits = LIMITS, password: bytes = b""
) -> Iterator[IO[bytes]]:
    """One file of an archive once more, as a stream.

    Args:
        content: the archive.
        number: of the entry.
        name: of the entry.
        limits: the most that is unpacked on the way to it.
        password: of what is locked.

    Raises:
        FileProblemError: as :func:`all_entries`.
    """
    with closing(_entries(content, limits, lambda path: path == name, password, large=True)) as walked:
        found = next(one for one in walked if one.number == number)
        yield io.BytesIO(found.content) if isinstance(found, Entry) else found.stream


def _entries(
    content: Content, limits: Limits, wanted: Wanted, password: bytes, *, large: bool
) -> Generator[Entry | LargeEntry]:
    with _opened(content) as stream:
        packed = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        yield from _walk(stream, _Walk(Meter(limits, packed), wanted, password, large), "", 1)


@contextmanager
def _opened(content: Content) -> Iterator[IO[bytes]]:
    if isinstance(content, bytes):
        yield io.BytesIO(content)
    elif isinstance(content, os.PathLike):
        with content.open("rb") as stream:
            yield stream
    else:
        content.seek(0)
        yield content


@dataclass(frozen=True, slots=True)
class _Walk:
    """What holds for the outermost archive and all inside it."""

    meter: Meter
    wanted: Wanted
    password: bytes
    large: bool

    def takes(self, name: str) -> bool:
        return bool(_INNER.search(name)) or self.wanted(name)


def _walk(stream: IO[bytes], walk: _Walk, folder: str, depth: int) -> Iterator[Entry | LargeEntry]:
    walk.meter.deeper(depth)
    head = stream.read(512)
    stream.seek(0)
    read = _zip_entries if head.startswith(b"PK") else _tar_entries
    try:
        for entry in read(stream, walk, folder):
            if isinstance(entry, Entry) and _INNER.search(entry.name) and is_archive(entry.content[:512]):
                yield from _walk(io.BytesIO(entry.content), walk, entry.name + "/", depth + 1)
            elif walk.wanted(entry.name):
                yield entry
    except _BROKEN as error:
        raise _problem(error, walk) from error


def _problem(error: Exception, walk: _Walk) -> FileProblemError:
    """What an error of the unpacking means."""
    if walk.password:  # a wrong one is found by a checksum, so that nobody can tell the two
        return LockedError("The password is not that of the archive, or it is damaged.", UNLOCK)
    return BrokenError(f"The archive is damaged ({type(error).__name__}).", "Ask for it again.")


def _zip_entries(stream: IO[bytes], walk: _Walk, folder: str) -> Iterator[Entry | LargeEntry]:
    with zipdirectory.opened(stream, walk.meter.limits, walk.password) as archive:
        for info in archive.infolist():
            number = walk.meter.entry()
            name = folder + _safe_name(info.filename, number)
            _refuse_odd(info, number)
            if not info.is_dir() and walk.takes(name):
                _refuse_locked(info, number, walk.password)
                with archive.open(info) as unpacked:
                    counted = cast("IO[bytes]", Metered(unpacked, walk.meter))
                    yield _entry(number, name, counted, info.file_size, walk)


def _refuse_odd(info: zipfile.ZipInfo, number: int) -> None:
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise UnsafeError(f"Entry {number} of the archive is a link or a device.")


def _refuse_locked(info: zipfile.ZipInfo, number: int, password: bytes) -> None:
    if info.flag_bits & _ENCRYPTED and not password:
        raise LockedError(f"The archive is locked with a password (entry {number}).", UNLOCK)
    if info.compress_type not in _METHODS:
        raise BrokenError(f"Entry {number} is packed by method {info.compress_type}, which is not read.")


def _tar_entries(stream: IO[bytes], walk: _Walk, folder: str) -> Iterator[Entry | LargeEntry]:
    # Everything is counted as it is unpacked, headers too: a pax header can be a bomb of its own.
    unpacked = Metered(_unpacked(stream), walk.meter)
    with tarfile.open(fileobj=unpacked, mode="r|") as archive:
        for info in archive:
            number = walk.meter.entry()
            name = folder + _safe_name(info.name, number)
            if info.isdir():
                continue
            if not info.isreg() or info.issparse():
                raise UnsafeError(f"Entry {number} of the archive is a link, a device or a sparse file.")
            if walk.takes(name) and (member := archive.extractfile(info)):
                yield _entry(number, name, member, info.size, walk)


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    head = stream.read(3)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    return bz2.BZ2File(stream) if head == b"BZh" else stream


class _Guarded(io.RawIOBase):
    """A stream that somebody else reads: what is wrong with the archive is said there as it is here."""

    def __init__(self, stream: IO[bytes], walk: _Walk) -> None:
        super().__init__()
        self._stream = stream
        self._walk = walk

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except _BROKEN as error:
            raise _problem(error, self._walk) from error


def _entry(number: int, name: str, stream: IO[bytes], size: int, walk: _Walk) -> Entry | LargeEntry:
    """A file whose bytes are counted; large where more are declared than fit into the memory, and that is asked for.

    An archive inside must be in memory: it is read from several places.
    """
    if walk.large and size > walk.meter.limits.part and not _INNER.search(name):
        return LargeEntry(number, name, cast("IO[bytes]", _Guarded(stream, walk)))
    pieces, held = [], 0
    while piece := stream.read(_CHUNK):
        held += len(piece)
        walk.meter.held(held)
        pieces.append(piece)
    return Entry(number, name, b"".join(pieces))


def _safe_name(name: str, number: int) -> str:
    path = name.replace("\\", "/")
    parts = path.split("/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts or re.search(r"[\x00-\x1f]", path):
        raise UnsafeError(f"The path of entry {number} leads outside the archive.")
    return "/".join(part for part in parts if part not in {"", "."})
