"""The text of a PDF, line by line as it stands on the page."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from rightskit.files.limits import LIMITS, Limits, refuse_large
from rightskit.files.problems import UNLOCK, BrokenError, LockedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# A piece is looked up among all characters of its page: this bounds the product (a dense page has 5 million).
_MOST_WORK = 50_000_000
# A gap of this many line heights parts two cells of a table; spaces between words are under 0.4.
_CELL_GAP = 0.75
_PASSWORD_ERROR = 4
_REMOVE_SECURITY = 3
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\t]")
_SILENT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]|[\x00-\x08\x0b-\x1f]")

Piece = tuple[float, float, float, float, str]
"""Left, bottom, right, top in points, and the text of one run of characters on one line."""


def is_pdf(head: bytes) -> bool:
    """Whether the first bytes (1,024 or more) are those of a PDF; readers allow some bytes before the mark."""
    return b"%PDF-" in head[:1024]


def pages(content: bytes, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The text of each page, lines from top to bottom, cells of a table parted by two spaces.

    Args:
        content: the PDF's bytes.
        limits: the most pages, and the most bytes.

    Returns:
        One text per page; an empty one where the page is an image.

    Raises:
        TooLargeError: too many pages or bytes.
        LockedError: a password is needed.
        BrokenError: it is no PDF, or damaged.
    """
    import pypdfium2  # noqa: PLC0415 (heavy: only where used)

    refuse_large(content, limits, "PDF")
    document = opened(content)
    try:
        if len(document) > limits.pages:
            raise TooLargeError("pages", limits.pages, "The PDF has too many pages")
        return tuple(_page_text(document, number, limits) for number in range(len(document)))
    except pypdfium2.PdfiumError as error:
        raise BrokenError("A page of the PDF is damaged.", "Ask for it again.") from error
    finally:
        document.close()


def unlocked(content: bytes, password: str) -> bytes:
    """The same PDF without its lock.

    Raises:
        LockedError: the password is not its own.
        BrokenError: it is damaged.
    """
    document = opened(content, password)
    target = io.BytesIO()
    try:
        document.save(target, flags=_REMOVE_SECURITY)
    finally:
        document.close()
    return target.getvalue()


def opened(source: bytes | Path, password: str | None = None) -> Any:
    """A PDF, opened by pypdfium2; whoever opens it closes it.

    Raises:
        LockedError: a password is needed, or it is not its own.
        BrokenError: it is no PDF, or damaged.
    """
    import pypdfium2  # noqa: PLC0415 (heavy: only where used)

    library: Any = pypdfium2
    try:
        return library.PdfDocument(source, password=password)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise LockedError("The PDF is locked with a password.", UNLOCK) from error
        raise BrokenError("The file is no PDF, or is damaged.", "Ask for it again.") from error


def _page_text(document: Any, number: int, limits: Limits) -> str:
    page = document[number]
    textpage = page.get_textpage()
    try:
        count = textpage.count_rects()
        if count * textpage.count_chars() > _MOST_WORK:
            raise TooLargeError("values", limits.values, f"Page {number + 1} of the PDF holds too many pieces of text")
        lines = _lines([_piece(textpage, index) for index in range(count)])
    finally:
        textpage.close()
        page.close()
    return "\n".join(line for line in (_line_text(pieces) for pieces in lines) if line)


def _piece(textpage: Any, index: int) -> Piece:
    left, bottom, right, top = textpage.get_rect(index)
    return left, bottom, right, top, _clean(textpage.get_text_bounded(left, bottom, right, top))


def _clean(text: str) -> str:
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _SILENT.sub("", _SPACES.sub(" ", text.replace("\ufffe", "-").replace("\r\n", " ")))
    return unicodedata.normalize("NFC", text)


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Put pieces whose middles lie within each other's height on one line, from top to bottom."""
    line: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: -(p[1] + p[3])):
        if line and not _beside(line[0], piece):
            yield sorted(line)
            line = []
        line.append(piece)
    if line:
        yield sorted(line)


def _beside(first: Piece, other: Piece) -> bool:
    middle, other_middle = (first[1] + first[3]) / 2, (other[1] + other[3]) / 2
    return abs(middle - other_middle) < max(first[3] - first[1], other[3] - other[1]) / 2


def _line_text(line: Sequence[Piece]) -> str:
    parts: list[str] = []
    end, height = None, 0.0
    for left, bottom, right, top, text in line:
        height = max(height, top - bottom)
        if end is not None:
            parts.append("  " if left - end > _CELL_GAP * height else " " if left > end else "")
        parts.append(text.strip())
        end = right
    return re.sub(" {3,}", "  ", "".join(parts)).strip()
