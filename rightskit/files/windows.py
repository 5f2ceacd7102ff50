"""A file of an archive, read from any place without unpacking it as a whole: an archive inside an archive needs that.

What is stored is a window on the outer archive. What is deflated (RFC 1951) is unpacked from the last of the places
that are kept on the way, one for every 16 MB; each takes some 40 KB.
"""

from __future__ import annotations

import zipfile
import zlib
from bisect import bisect_right
from typing import IO, TYPE_CHECKING, Any, cast

from rightskit.files.placed import Placed

if TYPE_CHECKING:
    from rightskit.files.limits import Meter

_PIECE = 1 << 16
_APART = 16 * 1024 * 1024
_HEAD = 30
"""Bytes of a ZIP's local header, before the name and the extra field whose lengths stand in its last four."""


class Window(Placed):
    """A part of another stream with a place of its own: several windows on one stream can be read in turn."""

    def __init__(self, stream: IO[bytes], start: int, size: int) -> None:
        super().__init__()
        self._stream = stream
        self._start = start
        self._size = size

    def _end(self) -> int:
        return self._size

    def read(self, size: int = -1) -> bytes:
        """That many bytes from here, or all where it is negative."""
        left = max(0, self._size - self._at)
        self._stream.seek(self._start + self._at)
        data = self._stream.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data


class Inflated(Placed):
    """What is packed by deflate, as a stream that can be read from any place; to go to its end unpacks all of it."""

    def __init__(self, packed: IO[bytes], meter: Meter) -> None:
        """Take the packed bytes, and what counts the unpacked ones; those that are unpacked again are counted too."""
        super().__init__()
        self._packed = packed
        self._meter = meter
        self._farthest = 0
        self._size = -1  # not known yet
        # Where each state stands: in the unpacked bytes, in the packed ones, and zlib's own.
        self._kept: list[tuple[int, int, Any]] = [(0, 0, zlib.decompressobj(-zlib.MAX_WBITS))]
        self._restore(0)

    def _end(self) -> int:
        """Not believed but found out."""
        if self._size < 0:
            while self._next(_PIECE):
                pass
            self._size = self._stands
        return self._size

    def read(self, size: int = -1) -> bytes:
        """That many bytes from here, or all where it is negative.

        Raises:
            TooLargeError: too much is unpacked on the way, as :meth:`rightskit.files.limits.Meter.unpacked`.
            zlib.error: it is damaged.
        """
        self._go()
        found, wanted = [], size
        while wanted and (data := self._next(_PIECE if size < 0 else min(wanted, _PIECE))):
            found.append(data)
            wanted -= len(data)
        made = b"".join(found)
        self._at += len(made)
        return made

    def _go(self) -> None:
        """Unpack up to the place of the next byte."""
        if self._at == self._stands:
            return
        nearest = bisect_right([place for place, _, _ in self._kept], self._at) - 1
        if self._at < self._stands or self._kept[nearest][0] > self._stands:
            self._restore(nearest)
        while self._stands < self._at and self._next(min(_PIECE, self._at - self._stands)):
            pass

    def _restore(self, number: int) -> None:
        self._stands, self._read, state = self._kept[number]
        self._state = state.copy()

    def _next(self, most: int) -> bytes:
        """The bytes that come next, so many at most; none at the end."""
        data = b""
        while not data and not self._state.eof:
            packed = self._state.unconsumed_tail or self._more()
            data = self._state.decompress(packed, most)
            if not (packed or data or self._state.eof):
                raise EOFError
        self._count(len(data))
        return data

    def _more(self) -> bytes:
        self._packed.seek(self._read)
        packed = self._packed.read(_PIECE)
        self._read += len(packed)
        return packed

    def _count(self, size: int) -> None:
        self._stands += size
        if self._stands <= self._farthest:
            self._meter.again(size)
            return
        self._meter.unpacked(self._stands - self._farthest)
        self._farthest = self._stands
        if self._stands - self._kept[-1][0] >= _APART:
            self._kept.append((self._stands, self._read, self._state.copy()))


def inside(stream: IO[bytes], info: zipfile.ZipInfo, meter: Meter) -> IO[bytes]:
    """A file of a ZIP, which is not locked, as a stream that can be read from any place.

    Raises:
        zipfile.BadZipFile: it does not begin where the directory says.
        TooLargeError: it is too large to be counted in.
    """
    stream.seek(info.header_offset)
    head = stream.read(_HEAD)
    if len(head) < _HEAD or not head.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile
    start = info.header_offset + _HEAD + sum(int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    packed = cast("IO[bytes]", Window(stream, start, info.compress_size))
    if info.compress_type == zipfile.ZIP_STORED:
        meter.unpacked(info.compress_size)
        return packed
    return cast("IO[bytes]", Inflated(packed, meter))
