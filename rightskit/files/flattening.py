"""A PDF from outside as pictures of its pages: what can be seen, and nothing that lies hidden behind it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rightskit.files import pdftext
from rightskit.files.problems import BrokenError

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 150
_SIDE = 1_754
"""Pixels of the longer side: A4 at that many dots per inch, whatever size the page says it has."""
_QUALITY = 75


def flattened(raw: bytes) -> bytes:
    """The pages of a PDF as pictures in a new one, on A4 at most.

    Texts, layers, notes, forms, links, attached files, names of authors and places of photos stay behind.

    Raises:
        LockedError: a password is needed.
        BrokenError: it is no PDF, or damaged.
    """
    import pypdfium2  # noqa: PLC0415 (heavy: only where used)

    document = pdftext.opened(raw)
    try:
        sheets = [_picture(document[number]) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise BrokenError("A page of the PDF is damaged.", "Ask for it again.") from error
    finally:
        document.close()
    if not sheets:
        raise BrokenError("The PDF has no page.", "Ask for it again.")
    target = io.BytesIO()
    sheets[0].save(target, "PDF", save_all=True, append_images=sheets[1:], resolution=_DPI, quality=_QUALITY)
    return target.getvalue()


def _picture(page: Any) -> Image:
    drawn = page.render(scale=_SIDE / max(1.0, *page.get_size()), draw_annots=False)
    try:
        return drawn.to_pil().convert("RGB")  # type: ignore[no-any-return]
    finally:
        drawn.close()
        page.close()
