"""ZIP and tar archives from outside, one entry after the other, with limits.

Nothing is written to disk. Sizes and counts that the archive declares are not believed: a meter counts what is
really unpacked, over inner archives too. An archive that holds a link, a path that leads outside or an encrypted
entry is refused as a whole, because an honest export holds none.
"""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import mmap
import re
import stat
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from rightskit.files.limits import LIMITS, Limits, Meter
from rightskit.files.problems import BrokenError, FileProblemError, LockedError, TooLargeError, UnsafeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20
_INNER = re.compile(r"\.(zip|tar|tgz|tbz2?|tar\.gz|tar\.bz2)$", re.IGNORECASE)
_CENTRAL_RECORD = re.compile(rb"PK\x01\x02")
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


def is_archive(head: bytes) -> bool:
    """Whether the first bytes (512 or more) are those of a ZIP or tar archive, packed or not."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh")) or head[_TAR_MAGIC] == b"ustar"


def entries(content: bytes | Path, limits: Limits = LIMITS) -> Iterator[Entry]:
    """The files of an archive and of the archives inside it, in their order.

    Args:
        content: the archive's bytes, or where it lies.
        limits: the most that is unpacked.

    Yields:
        Each file with its bytes; one at a time is in memory. Folders are left out.

    Raises:
        TooLargeError: a limit is reached.
        LockedError: an entry is encrypted.
        UnsafeError: an entry is a link or device, or its path leads outside.
        BrokenError: the archive is damaged, or packed by a method that is not read.
    """
    packed = len(content) if isinstance(content, bytes) else content.stat().st_size
    with _opened(content) as stream:
        yield from _walk(stream, Meter(limits, packed), "", 1)


@contextmanager
def _opened(content: bytes | Path) -> Iterator[IO[bytes]]:
    stream: IO[bytes] = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
    with stream:
        yield stream


def _walk(stream: IO[bytes], meter: Meter, folder: str, depth: int) -> Iterator[Entry]:
    meter.deeper(depth)
    head = stream.read(512)
    stream.seek(0)
    read = _zip_entries if head.startswith(b"PK") else _tar_entries
    try:
        for entry in read(stream, meter, folder):
            if _INNER.search(entry.name) and is_archive(entry.content[:512]):
                yield from _walk(io.BytesIO(entry.content), meter, entry.name + "/", depth + 1)
            else:
                yield entry
    except FileProblemError:
        raise
    except _BROKEN as error:
        raise BrokenError(f"The archive is damaged ({type(error).__name__}).", "Ask for it again.") from error


def _zip_entries(stream: IO[bytes], meter: Meter, folder: str) -> Iterator[Entry]:
    _refuse_long_directory(stream, meter.limits)
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            number = meter.entry()
            name = folder + _safe_name(info.filename, number)
            _refuse_odd(info, number)
            if not info.is_dir():
                with archive.open(info) as unpacked:
                    yield Entry(number, name, _read(unpacked, meter))


def _refuse_long_directory(stream: IO[bytes], limits: Limits) -> None:
    """Count the records before zipfile makes an object of each: a million of them fill the memory."""
    if isinstance(stream, io.BytesIO):
        count = _records(stream.getvalue(), limits.entries + 1)
    else:
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            count = _records(data, limits.entries + 1)
    if count > limits.entries:
        raise TooLargeError("entries", limits.entries, "The archive holds too many files")


def _records(data: bytes | mmap.mmap, most: int) -> int:
    return sum(1 for _ in itertools.islice(_CENTRAL_RECORD.finditer(data), most))


def _refuse_odd(info: zipfile.ZipInfo, number: int) -> None:
    mode = info.external_attr >> 16
    if info.flag_bits & _ENCRYPTED:
        hint = "Ask for the password, unpack the archive by hand and add its files."
        raise LockedError(f"The archive is locked with a password (entry {number}).", hint)
    if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise UnsafeError(f"Entry {number} of the archive is a link or a device.")
    if info.compress_type not in _METHODS:
        raise BrokenError(f"Entry {number} is packed by method {info.compress_type}, which is not read.")


def _tar_entries(stream: IO[bytes], meter: Meter, folder: str) -> Iterator[Entry]:
    # Everything is counted as it is unpacked, headers too: a pax header can be a bomb of its own.
    unpacked = _Metered(_unpacked(stream), meter)
    with tarfile.open(fileobj=unpacked, mode="r|") as archive:
        for info in archive:
            number = meter.entry()
            name = folder + _safe_name(info.name, number)
            if info.isdir():
                continue
            if not info.isreg() or info.issparse():
                raise UnsafeError(f"Entry {number} of the archive is a link, a device or a sparse file.")
            member = archive.extractfile(info)
            yield Entry(number, name, member.read() if member else b"")


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    head = stream.read(3)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    return bz2.BZ2File(stream) if head == b"BZh" else stream


class _Metered(io.RawIOBase):
    """A stream whose bytes are counted as they are read."""

    def __init__(self, stream: IO[bytes], meter: Meter) -> None:
        super().__init__()
        self._stream = stream
        self._meter = meter

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, _CHUNK) if size >= 0 else _CHUNK)
        self._meter.unpacked(len(data))
        return data


def _read(stream: IO[bytes], meter: Meter) -> bytes:
    pieces = []
    while piece := stream.read(_CHUNK):
        meter.unpacked(len(piece))
        pieces.append(piece)
    return b"".join(pieces)


def _safe_name(name: str, number: int) -> str:
    path = name.replace("\\", "/")
    parts = path.split("/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts or re.search(r"[\x00-\x1f]", path):
        raise UnsafeError(f"The path of entry {number} leads outside the archive.")
    return "/".join(part for part in parts if part not in {"", "."})
