"""What an XML parser meets, told to a handler, with limits."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NoReturn, Protocol, TypeVar
from xml.parsers import expat

from rightskit.files.jsonstream import DEEPEST
from rightskit.files.problems import BrokenError, TooLargeError, UnsafeError

if TYPE_CHECKING:
    from collections.abc import Iterator

Found = TypeVar("Found")
_CHUNK = 64 * 1024
_LONGEST = 16 * 1024 * 1024
"""Bytes of one tag."""


class Handler(Protocol):
    """Is told what the parser meets."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names have no prefix, those of attributes begin with ``@``."""

    def end(self) -> None:
        """The element that began last has ended."""

    def text(self, words: str) -> None:
        """Some words of the element that is open."""

    def finish(self) -> None:
        """The document has ended."""


def parsed(stream: IO[bytes], handler: Handler, found: list[Found]) -> Iterator[Found]:
    """Go through a document, and give what the handler found as soon as it is found.

    Raises:
        TooLargeError: a tag has more than 16 MB.
        UnsafeError: it declares entities or another document type.
        BrokenError: it is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: handler.start(_local(name), _attributes(attributes))
    parser.EndElementHandler = lambda _: handler.end()
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    read = 0
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            read += len(chunk)
            if read - parser.CurrentByteIndex > _LONGEST:
                raise TooLargeError("part", _LONGEST, "A tag of the XML file has too many bytes")
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except expat.ExpatError:  # what it says may quote the document
        raise BrokenError("The file is not well-formed XML.", "Ask for it again.") from None
    handler.finish()
    yield from found


def _refuse(*_: object) -> NoReturn:
    raise UnsafeError("The XML file declares a document type.")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _attributes(given: dict[str, str]) -> dict[str, str]:
    return {f"@{_local(key)}": value for key, value in given.items()}


def refuse_deep(depth: int) -> None:
    """Refuse an element that lies inside too many others.

    Raises:
        TooLargeError: it does.
    """
    if depth > DEEPEST:
        raise TooLargeError("depth", DEEPEST, "The XML file is nested too deep")
