"""A letter on paper."""

from __future__ import annotations

import atexit
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from rightskit.rendering import glyphs, layouts
from rightskit.rendering.html import sheet

if TYPE_CHECKING:
    from rightskit.rendering.model import Letter


def pdf(letter: Letter, layout: str = "din5008b") -> bytes:
    """The letter as PDF/UA-1 on A4. The same letter gives the same bytes, on any day.

    Args:
        letter: what to print.
        layout: one of :data:`rightskit.rendering.layouts.LAYOUTS`.

    Raises:
        WrongUsageError: there is no such layout.
        UnprintableFieldError: a value holds a character that the shipped fonts do not have.
        AddressTooLongError: an address does not fit into its place, such as the envelope's window.
    """
    place = layouts.named(layout)
    glyphs.check(letter.order)
    page = sheet(letter, place)
    from rightskit.rendering.fetcher import OwnFiles  # noqa: PLC0415 (heavy: only where used)
    from rightskit.rendering.typesetter import HTML  # noqa: PLC0415 (likewise)

    css, fonts = style("letter", layout)
    document = HTML(string=page, url_fetcher=OwnFiles([letter.order.signature]))  # type: ignore[no-untyped-call]
    raw: bytes = document.write_pdf(  # type: ignore[no-untyped-call]
        stylesheets=[css],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(f"{layout}\n{page}".encode()).digest()[:16],
    )
    return raw


@cache
def style(*names: str) -> tuple[Any, Any]:
    """The stylesheets of these names as one, and the fonts that it loaded; kept: a batch uses them over and over."""
    from rightskit.rendering.fetcher import OwnFiles, fonts  # noqa: PLC0415 (heavy: only where used)
    from rightskit.rendering.typesetter import CSS, FontConfiguration  # noqa: PLC0415 (likewise)

    atexit.register(style.cache_clear)  # WeasyPrint's fonts cannot be cleared once the interpreter is half gone
    configuration = FontConfiguration()  # type: ignore[no-untyped-call]
    text = "\n".join((layouts.folder() / f"{name}.css").read_text(encoding="utf-8") for name in names)
    base = f"{fonts().resolve().as_uri()}/"
    fetcher = OwnFiles()
    css = CSS(string=text, base_url=base, font_config=configuration, url_fetcher=fetcher)  # type: ignore[no-untyped-call]
    return css, configuration
