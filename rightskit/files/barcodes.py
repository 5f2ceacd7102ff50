"""The QR codes on a scanned paper: cover sheets carry one, and our forms, with the member's id."""

from __future__ import annotations

from typing import Any

from rightskit.files import pdftext, pictures

_SIDE = 2_340
"""Pixels of the longer side: 200 dots per inch on A4, for the small code of a form."""
_MOST_PAGES = 20


def texts(raw: bytes) -> tuple[str, ...]:
    """What the QR codes on the first twenty pages of a PDF, a scan or a photo say; none where it cannot be opened."""
    import pypdfium2  # noqa: PLC0415 (heavy: only where used)

    paper = raw if pdftext.is_pdf(raw) else pictures.pages(raw)
    if isinstance(paper, str):
        return ()
    library: Any = pypdfium2
    try:
        with library.PdfDocument(paper) as document:
            pages = (document[number] for number in range(min(len(document), _MOST_PAGES)))
            return tuple(text for page in pages for text in on_page(page, _SIDE))
    except pypdfium2.PdfiumError:
        return ()


def on_page(page: Any, side: int) -> list[str]:
    """What the QR codes on a page say, which is closed then.

    Args:
        page: of a PDF.
        side: pixels of the picture's longer side, in which codes are looked for.
    """
    import zxingcpp  # noqa: PLC0415 (heavy: only where used)

    picture = page.render(scale=side / max(1.0, *page.get_size()), grayscale=True)
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    try:
        return [code.text for code in zxingcpp.read_barcodes(picture.to_pil(), formats=kinds)]
    finally:
        picture.close()
        page.close()
