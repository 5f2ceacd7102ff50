"""The files of an archive that are read together: the first ones in memory, more of them packed, large ones inside."""

from __future__ import annotations

import gzip
import io
from functools import partial
from typing import IO, TYPE_CHECKING, cast

from rightskit.disclosures.reading import LARGEST_TREE, is_text
from rightskit.files import archives, opening
from rightskit.files.entries import LargeEntry
from rightskit.files.limits import LIMITS
from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from rightskit.files.entries import Entry
    from rightskit.files.opening import Opener


class Held:
    """Keeps files of one archive within ``limits.part`` bytes."""

    def __init__(self) -> None:
        self._texts = 0
        self._bytes = 0

    def kept(self, content: bytes | IO[bytes], entry: Entry | LargeEntry, password: bytes) -> bytes | Opener:
        """The bytes of an entry, or what opens it as a stream.

        Texts are read in a stream once they would fill the memory: packed, they take a tenth. Of another file for which
        there is no room the start alone is kept, by which is told whether a recipe would need the rest.

        Raises:
            TooLargeError: all that is held has too many bytes, however it is packed.
        """
        if isinstance(entry, LargeEntry):
            return partial(archives.reopened, content, entry.number, entry.name, LIMITS, password)
        found, start = entry.content, entry.content[:1024]
        if is_text(start):
            return self._text(found)
        if self._bytes + len(found) > LIMITS.part:
            return opening.held(start)
        self._bytes += len(found)
        return found

    def _text(self, found: bytes) -> bytes | Opener:
        self._texts += len(found)
        if self._texts <= LARGEST_TREE:
            self._bytes += len(found)
            return found
        packed = gzip.compress(found, 1)
        self._bytes += len(packed)
        if self._bytes > LIMITS.part:
            raise TooLargeError("part", LIMITS.part, "The files that recipes know have too many bytes together")
        return lambda: cast("IO[bytes]", gzip.GzipFile(fileobj=io.BytesIO(packed)))
