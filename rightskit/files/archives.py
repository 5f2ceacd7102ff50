"""ZIP and tar archives from outside, one entry after the other, with limits.

Nothing is written to disk, and one file at a time is in memory, of at most ``limits.part`` bytes; a larger one is a
stream for whoever can read that, and a larger archive inside is read where it lies. Sizes and counts that the archive
declares are not believed: a meter counts what is really unpacked, over inner archives too. A file that nobody wants is
not unpacked. An archive that holds a link or a path that leads outside is refused as a whole, because an honest export
holds none.
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
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, cast

from rightskit.files import windows, zipdirectory
from rightskit.files.entries import BROKEN, Entry, Guarded, LargeEntry, Nested, problem, safe_name
from rightskit.files.limits import LIMITS, Limits, Meter, Metered
from rightskit.files.problems import UNLOCK, BrokenError, LockedError, UnsafeError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    Wanted = Callable[[str], bool]
    Content = bytes | Path | IO[bytes]

_CHUNK = 1 << 20
_HEAD = 512
"""Bytes that tell what an archive is."""
_INNER = re.compile(r"\.(zip|tar|tgz|tbz2?|tar\.gz|tar\.bz2)$", re.IGNORECASE)
_ENCRYPTED = 0x1
# Deflate is unpacked in bounded pieces; zipfile unpacks the other methods without a bound.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_TAR_MAGIC = slice(257, 262)


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
        head = stream.read(_HEAD)
        stream.seek(0)
        yield from _walk(Nested("", head, stream), _Walk(Meter(limits, packed), wanted, password, large), 1)


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

    def is_too_large(self, size: int) -> bool:
        return size > self.meter.limits.part


def _walk(archive: Nested, walk: _Walk, depth: int) -> Iterator[Entry | LargeEntry]:
    walk.meter.deeper(depth)
    read = _zip_entries if archive.head.startswith(b"PK") else _tar_entries
    try:
        for entry in read(archive, walk):
            if isinstance(entry, Nested):
                yield from _walk(entry, walk, depth + 1)
            elif walk.wanted(entry.name):
                yield entry
    except BROKEN as error:
        raise problem(error, locked=bool(walk.password)) from error


def _folder(archive: Nested) -> str:
    return f"{archive.name}/" if archive.name else ""


def _zip_entries(outer: Nested, walk: _Walk) -> Iterator[Entry | LargeEntry | Nested]:
    with zipdirectory.opened(outer.stream, walk.meter.limits, walk.password) as archive:
        for info in archive.infolist():
            number = walk.meter.entry()
            name = _folder(outer) + safe_name(info.filename, number)
            _refuse_odd(info, number)
            if not info.is_dir() and walk.takes(name):
                _refuse_locked(info, number, walk.password)
                with archive.open(info) as unpacked:
                    yield _zip_entry(outer.stream, info, (number, name), unpacked, walk)


def _zip_entry(
    stream: IO[bytes], info: zipfile.ZipInfo, called: tuple[int, str], unpacked: IO[bytes], walk: _Walk
) -> Entry | LargeEntry | Nested:
    counted = cast("IO[bytes]", Metered(unpacked, walk.meter))
    if _INNER.search(called[1]) and walk.is_too_large(info.file_size):
        head = _peeked(unpacked)
        if head.startswith(b"PK") and not info.flag_bits & _ENCRYPTED:
            return Nested(called[1], head, windows.inside(stream, info, walk.meter))
        if is_archive(head) and not head.startswith(b"PK"):
            return Nested(called[1], head, counted)
    return _entry(*called, counted, info.file_size, walk)


def _peeked(stream: Any) -> bytes:
    """The first bytes, which are read again; both libraries have that."""
    return bytes(stream.peek(_HEAD)[:_HEAD])


def _refuse_odd(info: zipfile.ZipInfo, number: int) -> None:
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise UnsafeError(f"Entry {number} of the archive is a link or a device.")


def _refuse_locked(info: zipfile.ZipInfo, number: int, password: bytes) -> None:
    if info.flag_bits & _ENCRYPTED and not password:
        raise LockedError(f"The archive is locked with a password (entry {number}).", UNLOCK)
    if info.compress_type not in _METHODS:
        raise BrokenError(f"Entry {number} is packed by method {info.compress_type}, which is not read.")


def _tar_entries(outer: Nested, walk: _Walk) -> Iterator[Entry | LargeEntry | Nested]:
    # Everything is counted as it is unpacked, headers too: a pax header can be a bomb of its own.
    unpacked = Metered(_unpacked(outer), walk.meter)
    with tarfile.open(fileobj=unpacked, mode="r|") as archive:
        for info in archive:
            number = walk.meter.entry()
            name = _folder(outer) + safe_name(info.name, number)
            if info.isdir():
                continue
            if not info.isreg() or info.issparse():
                raise UnsafeError(f"Entry {number} of the archive is a link, a device or a sparse file.")
            if walk.takes(name) and (member := archive.extractfile(info)):
                yield _tar_entry(outer, info, (number, name), member, walk)
    while unpacked.read(_CHUNK):  # a checksum stands behind the last file
        pass


def _tar_entry(
    outer: Nested, info: tarfile.TarInfo, called: tuple[int, str], member: IO[bytes], walk: _Walk
) -> Entry | LargeEntry | Nested:
    if _INNER.search(called[1]) and walk.is_too_large(info.size):
        head = _peeked(member)
        if head.startswith(b"PK") and _is_plain(outer):
            return Nested(called[1], head, cast("IO[bytes]", windows.Window(outer.stream, info.offset_data, info.size)))
        if is_archive(head) and not head.startswith(b"PK"):
            return Nested(called[1], head, _read_on(member, walk))
    return _entry(*called, member, info.size, walk)


def _read_on(stream: IO[bytes], walk: _Walk) -> IO[bytes]:
    return cast("IO[bytes]", Guarded(stream, locked=bool(walk.password)))


def _is_plain(outer: Nested) -> bool:
    """Whether a tar is not packed, and can be read from any place."""
    return outer.head[_TAR_MAGIC] == b"ustar" and outer.stream.seekable()


def _unpacked(outer: Nested) -> IO[bytes]:
    if outer.head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=outer.stream))
    if outer.head.startswith(b"BZh"):
        return bz2.BZ2File(outer.stream)
    if not _is_plain(outer):
        return outer.stream
    size = outer.stream.seek(0, io.SEEK_END)
    return cast("IO[bytes]", windows.Window(outer.stream, 0, size))  # an archive inside is read meanwhile


def _entry(number: int, name: str, stream: IO[bytes], size: int, walk: _Walk) -> Entry | LargeEntry | Nested:
    """A file whose bytes are counted; large where more are declared than fit into the memory, and that is asked for."""
    if walk.large and walk.is_too_large(size) and not _INNER.search(name):
        return LargeEntry(number, name, _read_on(stream, walk))
    pieces, held = [], 0
    while piece := stream.read(_CHUNK):
        held += len(piece)
        walk.meter.held(held)
        pieces.append(piece)
    content = b"".join(pieces)
    if _INNER.search(name) and is_archive(content[:_HEAD]):
        return Nested(name, content[:_HEAD], io.BytesIO(content))
    return Entry(number, name, content)
