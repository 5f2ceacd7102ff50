"""Many letters on paper at once: the text that they share is laid out once, and each letter's own parts in bulk.

A letter's own parts are whole blocks: sender, window, reference, subject, each paragraph or list that holds a value,
and the name to sign with. Their heights decide where everything else stands, so letters whose own parts are equally
high share a page: it is laid out with holes of these heights, and the own parts are moved to the holes. Where a hole
could be broken over two pages, the letter is laid out alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from rightskit.rendering import formats, glyphs
from rightskit.rendering.html import code_path, heading, name_to_sign, paper, sheets
from rightskit.rendering.pdf import style

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.rendering.layouts import Layout
    from rightskit.rendering.letter import Sheet

Heights = tuple[tuple[str, float], ...]
"""Own parts by name, with their heights in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Where an own part belongs: page, counted from 0, and the corner of its content in CSS pixels."""

    page: int
    top: float
    left: float


@dataclass(frozen=True, slots=True)
class Shared:
    """Pages that many letters share.

    Attributes:
        pdf: the pages; equal for equal letters.
        pages: their number.
        holes: by name; None where one may be broken over two pages, so that no letter fits.
    """

    pdf: bytes
    pages: int
    holes: Mapping[str, Hole] | None


@dataclass(frozen=True, slots=True)
class Text:
    """What letters have in common that share a page.

    Attributes:
        blocks: HTML of the shared ones; of own ones the name and the tag.
    """

    language: str
    date: dt.date
    layout: str
    reference: bool
    enclosures: tuple[str, ...]
    signed: bool
    blocks: tuple[tuple[str, str], ...]


def text_of(sheet: Sheet, layout: str) -> Text:
    """What a letter shares with others."""
    blocks = tuple(
        (_name(number), block.tag) if block.own else ("", block.html) for number, block in enumerate(sheet.blocks)
    )
    order = sheet.order
    titles = tuple(one.title for one in order.enclosures)
    return Text(order.language, order.date, layout, bool(order.reference), titles, bool(order.signature), blocks)


def own(sheet: Sheet, layout: Layout, *, further: bool) -> dict[str, object]:
    """What is a letter's own, for :func:`rightskit.rendering.html.sheets`.

    Raises:
        RightskitError: something of it cannot be printed.
    """
    glyphs.check(sheet.order)
    blocks = (_marked(_name(n), block.tag, block.html) for n, block in enumerate(sheet.blocks) if block.own)
    return paper(sheet.order, sheet.subject, "".join(blocks), layout, code="") | {
        "subject": f'<h1 data-own="subject">{heading(sheet.subject, sheet.order.reference)}</h1>',
        "value": f'<p class="value" data-own="reference">{escape(sheet.order.reference)}</p>',
        "signature": name_to_sign(sheet.order, ' data-own="signature"'),
        "further": further,
    }


@lru_cache(maxsize=64)
def shared(text: Text, heights: Heights) -> Shared:
    """Lay out what letters share, around holes of these heights."""
    high = dict(heights)
    blocks = (_hole(name, high[name], tag) if name else tag for name, tag in text.blocks)
    one = {
        "day": formats.longdate(text.date, text.language),
        "reference": text.reference,
        "header": "",
        "value": _hole("reference", high["reference"], "p", "value") if text.reference else "",
        "code": _hole("code", _CODE, "div"),
        "subject": _hole("subject", high["subject"], "h1"),
        "body": "".join(blocks),
        "signature": _hole("signature", high["signature"], "div"),
        "signed": text.signed,
        "picture": b"",
        "enclosures": text.enclosures,
    }
    document = _laid_out([one], text, "shared", ("letter", text.layout))
    raw: bytes = document.write_pdf()
    return Shared(raw, len(document.pages), _holes(document.pages))


def own_parts(letters: Sequence[Mapping[str, Any]], text: Text) -> tuple[Any, list[dict[str, Any]]]:
    """Lay out the own parts of letters of one language and layout.

    Returns:
        WeasyPrint's document, and of each letter its boxes by name.
    """
    document = _laid_out(letters, text, "own", ("letter", text.layout, "own"))
    (page,) = document.pages
    parts: list[dict[str, Any]] = []
    for name, box in marked(page._page_box):  # noqa: SLF001 (WeasyPrint has no other way to its boxes)
        if name == "head":
            parts.append({})
        parts[-1][name] = box
    return document, parts


def below(parts: Mapping[str, Any], text: Text) -> Shared | None:
    """The shared pages on which the own parts of a letter fit; None where it has to be laid out alone."""
    moved = tuple((name, round(box.height, 6)) for name, box in sorted(parts.items()) if not _is_fixed(name))
    found = shared(text, moved)
    if found.holes is None or (found.pages > 1 and not _runs_on(parts)):
        return None
    return found


def pages(document: Any, parts: Mapping[str, Any], under: Shared) -> list[Any]:
    """The pages of a letter with its own parts where the shared pages have room for them."""
    from rightskit.rendering.typesetter import Page  # noqa: PLC0415 (heavy: only where used)

    parts["head"].translate(dy=-parts["head"].position_y)
    sheets: list[list[Any]] = [[] for _ in range(under.pages)]
    sheets[0].append(parts["head"])
    for name, box in parts.items():
        if not _is_fixed(name):
            hole = (under.holes or {})[name]
            box.translate(dy=hole.top - box.content_box_y())
            if name != "reference":  # it stands in the head
                sheets[hole.page].append(box)
    for sheet in sheets[1:]:
        sheet += [_running(parts["running-name"]), _running(parts["running-reference"])]
    page = document.pages[0]._page_box  # noqa: SLF001 (WeasyPrint has no other way to its boxes)
    return [Page(_page(page, boxes)) for boxes in sheets]  # type: ignore[no-untyped-call]


def code(reference: str, under: Shared) -> bytes:
    """The QR code of a reference, as the operators of a page that draw it where the layout has it."""
    path, side = code_path(reference)
    hole = (under.holes or {})["code"]
    unit = _CODE / side * 0.75
    left, top = hole.left * 0.75 - 2.4 / 25.4 * 72, 297 / 25.4 * 72 - hole.top * 0.75
    lines = re.sub(r"M(\d+) ([\d.]+)h(\d+)", lambda m: f"{m[1]} {m[2]} m {int(m[1]) + int(m[3])} {m[2]} l\n", path)
    return f"q {unit:.5f} 0 0 {-unit:.5f} {left:.4f} {top:.4f} cm 0 0 0 RG 1 w\n{lines}S Q\n".encode()


def _is_fixed(name: str) -> bool:
    return name == "head" or name.startswith("running-")


def _runs_on(parts: Mapping[str, Any]) -> bool:
    """Whether the running head of further pages is there, and on one line, as it is in the middle of the margin."""
    line = 11 / 72 * 96 + 0.1
    return "running-name" in parts and parts["running-name"].height < line and "running-reference" in parts


def _running(box: Any) -> Any:
    """A line of the running head, where letter.css has it: 6 mm above the text."""
    copy = box.deepcopy()
    copy.translate(dy=(25 - 6) / 25.4 * 96 - box.height - box.content_box_y())
    return copy


def _page(column: Any, boxes: Sequence[Any]) -> Any:
    """A sheet of A4 that holds boxes, made after the endless one."""
    page = column.copy_with_children([])
    page.height = 297 / 25.4 * 96
    root = column.children[0]
    page.children = [root.copy_with_children([root.children[0].copy_with_children(list(boxes))])]
    return page


def marked(box: Any) -> Iterator[tuple[str, Any]]:
    """The own parts in a box, by name, in the order of the text."""
    for child in getattr(box, "children", ()):
        name = child.element.get("data-own") if getattr(child, "element", None) is not None else None
        if name:
            yield name, child
        if not name or name == "head":
            yield from marked(child)


_UNBROKEN = 6 * 14 / 72 * 96 - 0.1  # letter.css: a paragraph under six lines is never broken (orphans and widows)
_CODE = 17.4 / 25.4 * 96  # letter.css: the side of the QR code


def _laid_out(letters: Sequence[Mapping[str, Any]], text: Text, parts: str, css: tuple[str, ...]) -> Any:
    from rightskit.rendering.fetcher import OwnFiles  # noqa: PLC0415 (heavy: only where used)
    from rightskit.rendering.typesetter import Sheets  # noqa: PLC0415 (likewise)

    page = sheets(letters, text.language, text.date, "", parts)
    sheet, fonts = style(*css)
    source = Sheets(page, OwnFiles(one["picture"] for one in letters))
    return source.render(stylesheets=[sheet], font_config=fonts)  # type: ignore[no-untyped-call]


def _holes(pages: Sequence[Any]) -> Mapping[str, Hole] | None:
    """Where the holes are; None where the block in one of them might have been broken, or pushed to the next page."""
    found: dict[str, Hole] = {}
    for number, page in enumerate(pages):
        box = page._page_box  # noqa: SLF001 (WeasyPrint has no other way to its boxes)
        bottom = box.content_box_y() + box.height
        for name, hole in marked(box):
            top = hole.content_box_y()
            first = number > 0 and hole.position_y <= box.content_box_y() + 0.01
            if first and not (hole.element.tag == "p" and hole.height < _UNBROKEN):
                return None
            if name in found or top + hole.height > bottom + 0.01:
                return None
            found[name] = Hole(number, top, hole.content_box_x())
    return found


def _hole(name: str, height: float, tag: str, class_: str = "") -> str:
    """An empty element of the kind and the height of the part that belongs there."""
    kind = tag if tag in {"p", "div", "h1", "h2", "h3", "h4"} else "ol"
    return f'<{kind} class="{class_}" data-own="{name}" style="height: {height:.6f}px"></{kind}>'


def _marked(name: str, tag: str, html: str) -> str:
    return html.replace(f"<{tag}", f'<{tag} data-own="{name}"', 1)


def _name(number: int) -> str:
    return f"block-{number}"
