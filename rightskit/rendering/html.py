"""A letter as HTML: the sheet that becomes a PDF, and a page that stands alone."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rightskit.rendering import formats, layouts
from rightskit.rendering.errors import AddressTooLongError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.rendering.layouts import Layout
    from rightskit.rendering.model import Letter, LetterOrder


def html(letter: Letter) -> str:
    """The letter as a page that stands alone: it loads nothing and runs nothing."""
    return _environment().get_template("standalone.html").render(_shared(letter))


def sheet(letter: Letter, layout: Layout) -> str:
    """The letter as the HTML that a layout's stylesheet puts on paper.

    Raises:
        AddressTooLongError: an address does not fit into its place, such as the envelope's window.
    """
    body = paper(letter.order, letter.subject, letter.body, layout, code_svg(letter.order.reference))
    return sheets([body], letter.order.language, letter.order.date, letter.subject)


def sheets(
    letters: Sequence[Mapping[str, object]], language: str, date: dt.date, title: str, parts: str = "whole"
) -> str:
    """Letters of one language and date, as the HTML that a stylesheet puts on paper.

    Args:
        letters: from :func:`paper`.
        language: BCP 47 code.
        date: of the letters, and of the file.
        title: of the file.
        parts: ``whole``; or ``shared`` or ``own``: without what differs, or without what is the same.
    """
    values = {"letters": letters, "title": title, "date": date, "language": language}
    shows = {"shared": parts != "own", "own": parts != "shared", "words": layouts.words(language)}
    return _environment().get_template("letter.html").render(values | shows)


def paper(order: LetterOrder, subject: str, body: str, layout: Layout, code: str) -> dict[str, object]:
    """What a letter puts on its sheets.

    Raises:
        AddressTooLongError: an address does not fit into its place, such as the envelope's window.
    """
    return {
        "sender": order.sender,
        "sender_lines": (*order.sender.address, *_contact(order)),
        "return_line": layouts.short(" · ".join((order.sender.name, *order.sender.address))),
        "recipient": (order.recipient.name, *order.recipient.address),
        "day": formats.longdate(order.date, order.language),
        "reference": order.reference,
        "header": order.reference,
        "value": f'<p class="value">{escape(order.reference)}</p>',
        "code": code,
        "subject": f"<h1>{heading(subject, order.reference)}</h1>",
        "body": body,
        "signature": name_to_sign(order),
        "signed": bool(order.signature),
        "picture": order.signature,
        "enclosures": [one.title for one in order.enclosures],
    } | _sizes(order, layout)


def name_to_sign(order: LetterOrder, mark: str = "") -> str:
    """The sender's name at the end, below the picture of a signature or a line to sign.

    Args:
        order: whose sender it is.
        mark: an attribute for the element.
    """
    name = f"<p>{escape(order.sender.name)}</p>"
    label = escape(layouts.words(order.language)["signature"])
    ink = f'<img class="ink" src="{signature_address(order.signature)}" alt="{label}" />' if order.signature else ""
    return f'<div class="name-to-sign"{mark}>{ink}{name}</div>'


def signature_address(signature: bytes) -> str:
    """The address under which the fetcher gives a picture of a signature."""
    return f"signature:{hashlib.sha256(signature).hexdigest()}"


def _sizes(order: LetterOrder, layout: Layout) -> dict[str, object]:
    size = layout.type_size((order.recipient.name, *order.recipient.address))
    if size < layouts.SMALLEST:
        raise AddressTooLongError(order.letter, "recipient", layout.name)
    sender = layout.sender_size(order.sender.name, (*order.sender.address, *_contact(order)))
    if sender < layouts.SMALLEST:
        raise AddressTooLongError(order.letter, "sender", layout.name)
    return {"type_size": size, "sender_size": sender}


def _contact(order: LetterOrder) -> list[str]:
    words = layouts.words(order.language)
    contact = (("phone_line", order.sender.phone), ("email_line", order.reply_to or order.sender.email))
    return [words[key].format(value) for key, value in contact if value]


def copy_page(language: str, heading: str, facts: Sequence[tuple[str, str]], notes: Sequence[str], text: str) -> str:
    """The copy of a message as HTML; everything in it is escaped, and what is blackened has no letters any more.

    Without a language there are no words of ours around it.
    """
    values = {
        "heading": heading,
        "facts": [(label, _boxed(value)) for label, value in facts],
        "notes": [_boxed(note) for note in notes],
        "text": _boxed(text),
    }
    shown = values | {"language": language, "words": layouts.words(language) if language else {"page": "", "of": ""}}
    return _environment().get_template("copy.html").render(shown)


def _boxed(text: str) -> str:
    """A text escaped, with boxes where it was blackened."""
    return re.sub("█+", '<span class="black">[…]</span>', escape(text))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(layouts.folder()), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _shared(letter: Letter) -> dict[str, object]:
    order, words = letter.order, layouts.words(letter.order.language)
    return {
        "letter": letter,
        "order": order,
        "language": order.language,
        "words": words,
        "day": formats.longdate(order.date, order.language),
        "contact": _contact(order),
        "recipient": (order.recipient.name, *order.recipient.address),
    }


def heading(subject: str, reference: str) -> str:
    """The subject as HTML, in which the reference never breaks at its hyphens."""
    text, mark = escape(subject), escape(f"[{reference}]")
    return text.replace(mark, f'<span class="whole">{mark}</span>')


def code_path(reference: str) -> tuple[str, int]:
    """The QR code of a reference as the lines of an SVG path, one unit thick, and the units of its side."""
    import segno  # noqa: PLC0415 (heavy: only where used)

    # The mask that reads best is not sought: that would take most of the time, and any mask can be read.
    made = segno.make(reference, error="q", micro=False, mask=2)
    rows = made.matrix_iter(border=0)
    dark = "".join(_runs(row, number) for number, row in enumerate(rows, start=_BORDER))
    return dark, int(made.symbol_size(border=_BORDER)[0])


_BORDER = 4  # ISO/IEC 18004 asks for a quiet zone of four units


def _runs(row: Iterable[int], number: int) -> str:
    """The dark units of a row."""
    found, at = "", _BORDER
    for value, units in groupby(row):
        width = len(list(units))
        if value:
            found += f"M{at} {number}.5h{width}"
        at += width
    return found


def code_svg(reference: str) -> str:
    """The reference as a QR code in SVG, for whoever scans a reply; nothing without a reference."""
    if not reference:
        return ""
    path, side = code_path(reference)
    box, title = f"0 0 {side} {side}", f"<title>{escape(reference)}</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{title}<path stroke="#000" d="{path}"/></svg>'
