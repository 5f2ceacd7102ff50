"""What opens a document again and again: at hand in memory, in a file, or inside an archive."""

from __future__ import annotations

import codecs
import io
from contextlib import contextmanager, nullcontext
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Opener = Callable[[], AbstractContextManager[IO[bytes]]]

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PIECE = 1 << 20


def held(content: bytes) -> Opener:
    """Opens bytes that are in memory."""
    return lambda: nullcontext(io.BytesIO(content))


def encoding(opened: Opener) -> str:
    """Of a text, read to its end: by its byte order mark, else UTF-8, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened() as stream:
        piece = stream.read(_PIECE)
        for mark, name in BOMS:
            if piece.startswith(mark):
                return name
        try:
            while piece:
                decoder.decode(piece)
                piece = stream.read(_PIECE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


@contextmanager
def words(opened: Opener, name: str) -> Iterator[io.TextIOWrapper]:
    """A document as text in an encoding; ends of lines stay as they are, and what is no character becomes a mark."""
    with opened() as stream:
        text = io.TextIOWrapper(stream, name, errors="replace", newline="")
        try:
            yield text
        finally:
            text.detach()  # or it would close what others read too
