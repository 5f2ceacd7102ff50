"""How much of a file from outside is read before it is refused."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Below this many unpacked bytes the ratio says nothing: a short table of equal rows packs 500 to 1.
RATIO_FLOOR = 16 * 1024 * 1024
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is taken from one file.

    Attributes:
        entries: files inside an archive, those of inner archives included.
        depth: archives inside archives; 1 is an archive without another one inside.
        ratio: unpacked bytes for each byte of the outermost archive.
        size: unpacked bytes in all.
        part: bytes of one file that is in memory as a whole, inside an archive or alone.
        values: cells of a table, or values of a tree, each of which becomes an object in memory.
        pages: pages of a PDF.
        scans: pages that are pictures; each takes a second or two.
        observations: values that are taken from one document.
    """

    entries: int = 50_000
    depth: int = 3
    ratio: int = 250
    size: int = 8 * 1024 * 1024 * 1024
    part: int = 48 * 1024 * 1024
    values: int = 4_000_000
    pages: int = 1_000
    scans: int = 100
    observations: int = 500_000


LIMITS = Limits()


def refuse_large(content: bytes, limits: Limits, what: str) -> None:
    """Refuse a file that is too large to be in memory as a whole.

    Raises:
        TooLargeError: it has more bytes than ``limits.part``.
    """
    if len(content) > limits.part:
        raise TooLargeError("part", limits.part, f"The {what} has too many bytes")


def refuse_many(text: str, weights: Mapping[str, int], limits: Limits, what: str) -> None:
    """Refuse a text of which too many objects would be made: a byte of JSON can become sixty in memory.

    Args:
        text: the text.
        weights: character → values that each of it stands for.
        limits: the most values.
        what: what the text is, for the message.

    Raises:
        TooLargeError: they are more than ``limits.values``.
    """
    if sum(text.count(mark) * weight for mark, weight in weights.items()) > limits.values:
        raise TooLargeError("values", limits.values, f"The {what} holds too many values")


class Meter:
    """Counts what has been unpacked from one file; declared sizes are never believed.

    Attributes:
        limits: what is counted against.
    """

    def __init__(self, limits: Limits, packed: int) -> None:
        self.limits = limits
        self._packed = packed
        self._entries = 0
        self._bytes = 0
        self._again = 0

    def entry(self) -> int:
        """Count one entry and give its number, from 1.

        Raises:
            TooLargeError: there are too many.
        """
        self._entries += 1
        if self._entries > self.limits.entries:
            raise TooLargeError("entries", self.limits.entries, "The archive holds too many files")
        return self._entries

    def unpacked(self, count: int) -> None:
        """Count unpacked bytes.

        Raises:
            TooLargeError: they are too many, or too many for the size of the archive.
        """
        self._bytes += count
        if self._bytes > self.limits.size:
            raise TooLargeError("size", self.limits.size, "The archive unpacks to too many bytes")
        if self._bytes > max(RATIO_FLOOR, self._packed * self.limits.ratio):
            what = "The archive unpacks to too many bytes for each of its own"
            raise TooLargeError("ratio", self.limits.ratio, what)

    def again(self, count: int) -> None:
        """Count bytes that are unpacked once more, to come to another place of an archive inside.

        Raises:
            TooLargeError: they are too many.
        """
        self._again += count
        if self._again > self.limits.size:
            raise TooLargeError("size", self.limits.size, "An archive inside must be unpacked too often")

    def held(self, size: int) -> None:
        """Hold one unpacked file in memory.

        Raises:
            TooLargeError: it is too large for that.
        """
        if size > self.limits.part:
            raise TooLargeError("part", self.limits.part, "A file inside the archive has too many bytes")

    def deeper(self, depth: int) -> None:
        """Enter an archive at a depth.

        Raises:
            TooLargeError: it lies too deep.
        """
        if depth > self.limits.depth:
            raise TooLargeError("depth", self.limits.depth, "Archives lie inside archives too deep")


class Metered(io.RawIOBase):
    """A stream whose bytes are counted as they are read."""

    def __init__(self, stream: IO[bytes], meter: Meter) -> None:
        super().__init__()
        self._stream = stream
        self._meter = meter

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """That many bytes, or fewer.

        Raises:
            TooLargeError: as :meth:`Meter.unpacked`.
        """
        data = self._stream.read(min(size, _PIECE) if size >= 0 else _PIECE)
        self._meter.unpacked(len(data))
        return data
