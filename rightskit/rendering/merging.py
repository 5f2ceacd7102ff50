"""Files from outside put behind a letter: only whole pages, with nothing on them that loads, links or runs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rightskit.rendering.bundle import Bundle, append

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pikepdf import Pdf

MOST_PAGES = 40
"""Pages of one file that go with a letter."""
_ACTIVE = ("/Annots", "/AA", "/B")


def unfit(raw: bytes) -> str:
    """Why a PDF cannot go behind a letter: ``broken`` or ``large``; empty where it can."""
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    try:
        with pikepdf.open(io.BytesIO(raw)) as source:
            number = len(source.pages)
            if number > MOST_PAGES:
                return "large"
            joined([raw])
    except (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DependencyError, RuntimeError, ValueError):
        return "broken"
    return "" if number else "broken"


def joined(pdfs: Sequence[bytes]) -> bytes:
    """PDFs one after the other in one file.

    Raises:
        pikepdf.PdfError: one of them is damaged.
    """
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    with pikepdf.new() as whole:
        for raw in pdfs:
            _add(whole, raw, sheet=False)
        return _saved(whole)


def enclosed(pdf: bytes, letters: Sequence[tuple[tuple[int, int], Sequence[bytes]]]) -> Bundle:
    """Letters of a file again, each with what it encloses behind it; every piece starts on a sheet of its own.

    Args:
        pdf: the file of the letters.
        letters: first and last page of each in it, counted from 1, and the PDFs that go with it.
    """
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    places: list[tuple[int, int]] = []
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as whole:
        for (first, last), behind in letters:
            start, end = append(whole, source.pages[first - 1 : last])
            for raw in behind:
                end = _add(whole, raw, sheet=True)
            places.append((start, end))
        return Bundle(_saved(whole), tuple(places))


def _add(whole: Pdf, raw: bytes, *, sheet: bool) -> int:
    """Add a file's pages, and give the number of the last one."""
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    with pikepdf.open(io.BytesIO(raw)) as source:
        pages = list(source.pages)
        for page in pages:
            for key in _ACTIVE:
                if key in page.obj:
                    del page.obj[key]
        if sheet:
            return append(whole, pages)[1]
        whole.pages.extend(pages)
        return len(whole.pages)


def _saved(whole: Pdf) -> bytes:
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    target = io.BytesIO()
    whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()
