"""The files of an archive that are read together: the first ones in memory, more of them packed, large ones inside."""

from __future__ import annotations

import gzip
import io
from contextlib import nullcontext
from functools import partial
from typing import IO, TYPE_CHECKING, cast

from rightskit.disclosures.reading import LARGEST_TREE
from rightskit.files import archives, tables
from rightskit.files.archives import LargeEntry
from rightskit.files.limits import LIMITS
from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from rightskit.files.archives import Entry
    from rightskit.files.jsonstream import Opener


class Held:
    """Keeps files of one archive within ``limits.part`` bytes."""

    def __init__(self) -> None:
        self._trees = 0
        self._bytes = 0

    def kept(self, content: bytes | IO[bytes], entry: Entry | LargeEntry, password: bytes) -> bytes | Opener:
        """The bytes of an entry, or what opens it as a stream.

        JSON is read in a stream once the whole values would fill the memory: packed, it takes a tenth. Of another file
        for which there is no room the start alone is kept, by which is told whether a recipe would need the rest.

        Raises:
            TooLargeError: all that is held has too many bytes, however it is packed.
        """
        if isinstance(entry, LargeEntry):
            return partial(archives.reopened, content, entry.number, entry.name, LIMITS, password)
        found, start = entry.content, entry.content[:1024]
        if tables.starts_like_json(tables.decoded(start)):
            return self._tree(found)
        if self._bytes + len(found) > LIMITS.part:
            return lambda: nullcontext(io.BytesIO(start))
        self._bytes += len(found)
        return found

    def _tree(self, found: bytes) -> bytes | Opener:
        self._trees += len(found)
        if self._trees <= LARGEST_TREE:
            self._bytes += len(found)
            return found
        packed = gzip.compress(found, 1)
        self._bytes += len(packed)
        if self._bytes > LIMITS.part:
            raise TooLargeError("part", LIMITS.part, "The files that recipes know have too many bytes together")
        return lambda: cast("IO[bytes]", gzip.GzipFile(fileobj=io.BytesIO(packed)))
