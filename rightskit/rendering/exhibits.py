"""Exhibits: pages with their number on each of them, and nothing that is not seen."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pikepdf import Page, Rectangle

_WIDE, _HIGH = 46 / 25.4 * 72, 8 / 25.4 * 72
_MARGIN = 6 / 25.4 * 72
_PAGE = """<html><head><style>
@page { size: 46mm 8mm; margin: 0 }
* { margin: 0 }
p { font: 700 9.5pt/6.6mm "Letter"; height: 6.6mm; margin: .5mm; padding: 0 2mm; border: .2mm solid #000;
  background: #fff; text-align: center; white-space: nowrap; break-after: page }
p:last-child { break-after: auto }
</style></head><body>"""


def marks(texts: Sequence[str]) -> bytes:
    """What is stamped on exhibits, such as "Exhibit 12": a PDF with a small page for each."""
    from rightskit.rendering.fetcher import OwnFiles  # noqa: PLC0415 (heavy: only where used)
    from rightskit.rendering.pdf import style  # noqa: PLC0415 (likewise)
    from rightskit.rendering.typesetter import HTML  # noqa: PLC0415 (likewise)

    _, fonts = style("letter")
    page = _PAGE + "".join(f"<p>{escape(text)}</p>" for text in texts)
    raw: bytes = HTML(string=page, url_fetcher=OwnFiles()).write_pdf(font_config=fonts)  # type: ignore[no-untyped-call]
    return raw


def stamped(pdf: bytes, stamps: bytes, number: int, title: str) -> tuple[bytes, int]:
    """A PDF with its mark in the corner of each page, and the number of its pages.

    The same pages give the same bytes. Of the file itself only its title is kept; of the pages only what is drawn.

    Args:
        pdf: the pages, upright.
        stamps: made by :func:`marks`.
        number: of the mark in them, counted from 1.
        title: of the new file.
    """
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    target = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(pdf)) as source,
        pikepdf.open(io.BytesIO(stamps)) as drawn,
        pikepdf.new() as whole,
    ):
        whole.pages.extend(source.pages)
        for page in whole.pages:
            for key in _UNSEEN & set(page.obj.keys()):
                del page.obj[key]
            page.add_overlay(drawn.pages[number - 1], _corner(page))
        whole.docinfo["/Title"] = title
        pages = len(whole.pages)
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue(), pages


_UNSEEN = {"/AA", "/AF", "/Annots", "/B", "/LastModified", "/Metadata", "/PieceInfo", "/StructParents", "/Thumb"}


def _corner(page: Page) -> Rectangle:
    """At the top right; the pages are typeset or flattened before, so none is turned."""
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    _, _, right, top = (float(side) for side in page.cropbox)
    return pikepdf.Rectangle(right - _MARGIN - _WIDE, top - _MARGIN - _HIGH, right - _MARGIN, top - _MARGIN)
