"""How much of a file from outside is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from rightskit.files.problems import TooLargeError

# Below this many unpacked bytes the ratio says nothing: a short table of equal rows packs 500 to 1.
RATIO_FLOOR = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is taken from one file.

    Attributes:
        entries: files inside an archive, those of inner archives included.
        depth: archives inside archives; 1 is an archive without another one inside.
        ratio: unpacked bytes for each byte of the outermost archive.
        size: unpacked bytes in all; of a PDF or a table, its own bytes.
        pages: pages of a PDF.
    """

    entries: int = 50_000
    depth: int = 3
    ratio: int = 250
    size: int = 1024 * 1024 * 1024
    pages: int = 1_000


LIMITS = Limits()


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

    def deeper(self, depth: int) -> None:
        """Enter an archive at a depth.

        Raises:
            TooLargeError: it lies too deep.
        """
        if depth > self.limits.depth:
            raise TooLargeError("depth", self.limits.depth, "Archives lie inside archives too deep")
