"""Many letters in one PDF, for one pass through a printer."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pikepdf import Page, Pdf

_A4 = (595, 842)  # points


@dataclass(frozen=True, slots=True)
class Bundle:
    """Letters in one file.

    Attributes:
        pdf: the file.
        pages: first and last page of each letter, counted from 1, in the order given.
    """

    pdf: bytes = field(repr=False)
    pages: tuple[tuple[int, int], ...]


def bundle(pdfs: Sequence[bytes]) -> Bundle:
    """Put letters one after the other, each starting on a sheet of its own.

    A letter of an odd number of pages is followed by an empty page, so that printing on both sides never puts two
    letters on one sheet.
    """
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    target = io.BytesIO()
    with pikepdf.new() as whole:
        pages = tuple(_append(whole, raw) for raw in pdfs)
        whole.save(target, deterministic_id=True)
    return Bundle(target.getvalue(), pages)


def parted(pdf: bytes, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
    """The letters of a file, each as a file of its own.

    Args:
        pdf: the file.
        ranges: first and last page of each, counted from 1.
    """
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    found = []
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        for first, last in ranges:
            target = io.BytesIO()
            with pikepdf.new() as one:
                one.pages.extend(whole.pages[first - 1 : last])
                one.remove_unreferenced_resources()
                one.save(target, deterministic_id=True)
            found.append(target.getvalue())
    return found


def _append(whole: Pdf, raw: bytes) -> tuple[int, int]:
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    with pikepdf.open(io.BytesIO(raw)) as letter:
        return append(whole, list(letter.pages))


def append(whole: Pdf, letter: Sequence[Page]) -> tuple[int, int]:
    """Add a letter on a new sheet, and tell its first and last page."""
    if len(whole.pages) % 2:
        whole.add_blank_page(page_size=_A4)
    first = len(whole.pages) + 1
    whole.pages.extend(letter)
    return first, len(whole.pages)
