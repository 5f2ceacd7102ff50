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
        AddressTooLongError: the recipient's address does not fit into the envelope's window.
    """
    recipient = letter.order.recipient
    lines = layout.lines_for((recipient.name, *recipient.address))
    if lines > layout.most_lines:
        raise AddressTooLongError(letter.order.letter, lines, layout.most_lines)
    values = _shared(letter) | {"code": _code(letter.order.reference), "type_size": layout.type_size(lines)}
    return _environment().get_template("letter.html").render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(layouts.folder()), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _shared(letter: Letter) -> dict[str, object]:
    order, words = letter.order, layouts.words(letter.order.language)
    contact = (("phone_line", order.sender.phone), ("email_line", order.reply_to or order.sender.email))
    return {
        "letter": letter,
        "order": order,
        "language": order.language,
        "words": words,
        "day": formats.longdate(order.date, order.language),
        "contact": [words[key].format(value) for key, value in contact if value],
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
