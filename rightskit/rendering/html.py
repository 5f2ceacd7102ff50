"""A letter as HTML: the sheet that becomes a PDF, and a page that stands alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rightskit.rendering import formats, layouts
from rightskit.rendering.errors import AddressTooLongError

if TYPE_CHECKING:
    from rightskit.rendering.layouts import Layout
    from rightskit.rendering.model import Letter


def html(letter: Letter) -> str:
    """The letter as a page that stands alone: it loads nothing and runs nothing."""
    return _environment().get_template("standalone.html").render(_shared(letter))


def sheet(letter: Letter, layout: Layout) -> str:
    """The letter as the HTML that a layout's stylesheet puts on paper.

    Raises:
        AddressTooLongError: an address does not fit into its place, such as the envelope's window.
    """
    values = _shared(letter) | {"code": _code(letter.order.reference)} | _sizes(letter, layout)
    return _environment().get_template("letter.html").render(values)


def _sizes(letter: Letter, layout: Layout) -> dict[str, float]:
    order = letter.order
    size = layout.type_size((order.recipient.name, *order.recipient.address))
    if size < layouts.SMALLEST:
        raise AddressTooLongError(order.letter, "recipient", layout.name)
    sender = layout.sender_size(order.sender.name, (*order.sender.address, *_contact(letter)))
    if sender < layouts.SMALLEST:
        raise AddressTooLongError(order.letter, "sender", layout.name)
    return {"type_size": size, "sender_size": sender}


def _contact(letter: Letter) -> list[str]:
    order, words = letter.order, layouts.words(letter.order.language)
    contact = (("phone_line", order.sender.phone), ("email_line", order.reply_to or order.sender.email))
    return [words[key].format(value) for key, value in contact if value]


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
        "contact": _contact(letter),
        "return_line": " · ".join((order.sender.name, *order.sender.address)),
        "recipient": (order.recipient.name, *order.recipient.address),
    }


def _code(reference: str) -> str:
    """The reference as a QR code in SVG, for whoever scans a reply; nothing without a reference."""
    import segno  # noqa: PLC0415 (heavy: only where used)

    if not reference:
        return ""
    code = segno.make(reference, error="q", micro=False)
    return str(code.svg_inline(border=4, omitsize=True, title=reference))
