"""Copies of messages as pages: what was written, without anything that a message could load or run."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from rightskit.rendering import fields, glyphs
from rightskit.rendering.html import copy_page
from rightskit.rendering.pdf import style

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 60_000
"""Characters of a message that are printed: some twenty pages."""
BLACK = "█"
"""Where it stands in a text, a black box is printed."""
_BREAKS = re.compile(r"\r\n?|[\f\v\u2028\u2029]")


def copy_of(language: str, heading: str, facts: Sequence[tuple[str, str]], notes: Sequence[str], text: str) -> bytes:
    """A message as PDF on A4.

    Args:
        language: of the heading, the facts and the notes; empty: the page carries no words of ours, not even around
            its number.
        heading: what it is a copy of.
        facts: label and value, such as who wrote to whom and when.
        notes: what went with the message, a line each.
        text: its words; what the shipped fonts do not have is printed as a question mark, :data:`BLACK` as a box.
    """
    from rightskit.rendering.fetcher import OwnFiles  # noqa: PLC0415 (heavy: only where used)
    from rightskit.rendering.typesetter import HTML  # noqa: PLC0415 (likewise)

    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}\n[…]"
    values = [(label, printable(value)) for label, value in facts]
    page = copy_page(language, heading, values, [printable(note) for note in notes], printable(cut))
    css, fonts = style("letter", "copy")
    document = HTML(string=page, url_fetcher=OwnFiles())  # type: ignore[no-untyped-call]
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    raw: bytes = document.write_pdf(stylesheets=[css], font_config=fonts, pdf_identifier=identifier)  # type: ignore[no-untyped-call]
    return raw


def printable(text: str) -> str:
    """A text from outside as the shipped fonts can print it."""
    plain = _BREAKS.sub("\n", text).replace("\t", "    ")
    seen = (c for c in plain if c == "\n" or not fields.is_unseen(c))
    return "".join(c if c in {"\n", BLACK} or ord(c) in glyphs.known() else "?" for c in seen)
