"""Cover sheets: one page for each request, laid on the paper that answers it before a pile is scanned."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from rightskit.rendering.html import code_svg

if TYPE_CHECKING:
    from collections.abc import Iterable

_PREFIX = "RIGHTSKIT-COVER "
_PAGE = """<html lang=en><head><title>Cover sheets</title><style>
@page { size: A4; margin: 25mm }
body { font: 12pt/1.4 sans-serif; text-align: center }
section { break-after: page }
section:last-child { break-after: auto }
svg { width: 90mm; height: 90mm; margin: 15mm 0 10mm }
h1 { font-size: 28pt; margin: 0 }
</style></head><body>"""
_SHEET = """<section>{code}<h1>{reference}</h1><p>{controller}</p>
<p>Lay this sheet on the paper that answers this request, then scan the whole pile into one PDF.</p></section>"""


def covers(sheets: Iterable[tuple[str, str]]) -> bytes:
    """A PDF with a page for each reference and controller. No member's name stands on it: piles lie about."""
    from rightskit.rendering.fetcher import OwnFiles  # noqa: PLC0415 (likewise)
    from rightskit.rendering.pdf import style  # noqa: PLC0415 (heavy: only where used)
    from rightskit.rendering.typesetter import HTML  # noqa: PLC0415 (likewise)

    parts = [
        _SHEET.format(code=code_svg(_PREFIX + reference), reference=escape(reference), controller=escape(controller))
        for reference, controller in sheets
    ]
    _, fonts = style("letter")
    page = HTML(string=_PAGE + "".join(parts), url_fetcher=OwnFiles())  # type: ignore[no-untyped-call]
    raw: bytes = page.write_pdf(font_config=fonts)  # type: ignore[no-untyped-call]
    return raw


def reference_on(code: str) -> str:
    """The reference of the cover sheet with this QR code; empty where the code is another one, as that of a letter."""
    return code.removeprefix(_PREFIX) if re.fullmatch(_PREFIX + "RK-[0-9A-Z]{4}-[0-9A-Z]{4}", code) else ""
