"""A page of ``letters/pages`` as PDF on A4."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rightskit.rendering.page import page

if TYPE_CHECKING:
    from collections.abc import Mapping


def paper(template: str, language: str, context: Mapping[str, object]) -> bytes:
    """Fill a template and set it on A4 as PDF/UA-1. The same values give the same bytes, on any day.

    The template sees that ``paper`` is true, and includes ``paper.css`` then.

    Raises:
        jinja2.UndefinedError: the template asks for a value that is not there.
    """
    from rightskit.rendering.fetcher import OwnFiles, fonts  # noqa: PLC0415 (heavy: only where used)
    from rightskit.rendering.typesetter import HTML, FontConfiguration  # noqa: PLC0415 (likewise)

    source = page(template, language, {**context, "paper": True})
    base = f"{fonts().resolve().as_uri()}/"
    document = HTML(string=source, base_url=base, url_fetcher=OwnFiles())  # type: ignore[no-untyped-call]
    raw: bytes = document.write_pdf(  # type: ignore[no-untyped-call]
        font_config=FontConfiguration(),  # type: ignore[no-untyped-call]
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(source.encode()).digest()[:16],
    )
    return raw
