"""A batch of scanned papers in one PDF, parted by cover sheets that carry a QR code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.files import barcodes, pdftext
from rightskit.files.limits import LIMITS, Limits
from rightskit.files.problems import BrokenError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Pixels of the longer side: 110 dots per inch on A4, enough for a code as large as that of a cover sheet.
_SIDE = 1_300


@dataclass(frozen=True, slots=True)
class Stretch:
    """The pages from one cover sheet to the next, without the sheet.

    Attributes:
        code: what the sheet before them says; empty for pages before the first sheet.
        first: their first page, from 1.
        last: their last page.
        content: the pages as a PDF of their own.
    """

    code: str
    first: int
    last: int
    content: bytes


def stretches(path: Path, read: Callable[[str], str], limits: Limits = LIMITS) -> Iterator[Stretch]:
    """Part a batch at its cover sheets; the batch is never in memory as a whole.

    Args:
        path: the PDF.
        read: what the text of a QR code means; empty where it is no cover sheet's.
        limits: the most pages.

    Yields:
        Each stretch with at least one page, in order. A sheet that says the same as the one before begins no new one.

    Raises:
        TooLargeError: it has too many pages.
        LockedError: a password is needed.
        BrokenError: it is no PDF, or damaged.
    """
    import pikepdf  # noqa: PLC0415 (heavy: only where used)
    import pypdfium2  # noqa: PLC0415 (likewise)

    document = pdftext.opened(path)
    try:
        if len(document) > limits.pages:
            raise TooLargeError("pages", limits.pages, "The PDF has too many pages")
        with pikepdf.open(path) as source:
            for code, numbers in _parted(document, read):
                yield Stretch(code, numbers[0] + 1, numbers[-1] + 1, _cut(source, numbers))
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as error:
        raise BrokenError("A page of the PDF is damaged.", "Scan it again.") from error
    finally:
        document.close()


def _parted(document: Any, read: Callable[[str], str]) -> Iterator[tuple[str, list[int]]]:
    code, pages = "", list[int]()
    for number in range(len(document)):
        said = next((meant for text in barcodes.on_page(document[number], _SIDE) if (meant := read(text))), "")
        if said and said != code:
            if pages:
                yield code, pages
            code, pages = said, []
        elif not said:
            pages.append(number)
    if pages:
        yield code, pages


def cut(content: bytes, first: int, last: int) -> bytes:
    """Some pages of a PDF, counted from 0, as one of their own."""
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    with pikepdf.open(io.BytesIO(content)) as source:
        return _cut(source, list(range(first, last + 1)))


def _cut(source: Any, numbers: list[int]) -> bytes:
    """Some pages as a PDF of their own; the same pages give the same bytes, so that they are known the next time."""
    import pikepdf  # noqa: PLC0415 (likewise)

    target = io.BytesIO()
    with pikepdf.new() as part:
        part.pages.extend(source.pages[number] for number in numbers)
        part.save(target, deterministic_id=True)
    return target.getvalue()
