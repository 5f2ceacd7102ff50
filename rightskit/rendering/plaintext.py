"""A parsed letter as the plain text of a mail."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

# Spaces at which no line may break, on paper and in mails: within a date or a name of a case, before the number of a
# provision, beside French punctuation.
_DATE = (
    r"(?<=\b\d\.) (?=[^\W\d]{3,10} \d{4})|(?<=\d\d\.) (?=[^\W\d]{3,10} \d{4})"
    r"|(?<=\d) (?=(?:de )?[^\W\d]{3,10} (?:de )?\d{4})"
)
TIED = re.compile(
    rf"{_DATE}|(?<=\bDun) (?=&)|(?<=&) (?=Bradstreet)"
    r"|(?<=\b[Aa]rt\.) |(?<=\bAbs\.) |(?<=\bNr\.) |(?<=\bBuchst\.) |(?<=§) |(?<=\b[Aa]rticle) (?=\d)"
    r"|(?<=\b[Aa]rtikel) (?=\d)|(?<=\blid) (?=\d)|(?<=\bonder) (?=[a-z]\))"
    r"|(?<=\b[Aa]rt[ií]culo) (?=\d)|(?<=\bapartado) (?=\d)|(?<=\bletra) (?=[a-z]\))"
    r"|(?<=\b[Aa]rticolo) (?=\d)|(?<=\bparagrafo) (?=\d)|(?<=\blettera) (?=[a-z]\))"
    r"|(?<=\bpoint) (?=\(?[a-z]\))|(?<=\bparagraph) (?=\d)|(?<=\bparagraphe) (?=\d)|(?<=«) | (?=[:;!?%€»])"
)
TIED_DATE = re.compile(_DATE)

WIDTH = 72  # RFC 5322 section 2.1.1 allows 78; quoted twice, 72 still fits
_GAP = "  "
_BOUND = "\ue000"  # stands for a blank that no line ends at; no letter can hold it (fields.py refuses it)


def plain(tokens: Sequence[Token]) -> str:
    """The letter's text: paragraphs wrapped, lists indented, tables aligned, no marks of Markdown."""
    return _blocks(SyntaxTreeNode(tokens).children, WIDTH)


def wrap(text: str, width: int = WIDTH) -> str:
    """Wrap each line of a text; words, hyphenated references and citations such as "Art. 15" stay whole."""
    bound = TIED.sub(_BOUND, text)
    lines = (textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in bound.split("\n"))
    return "\n".join(lines).replace(_BOUND, " ")


def _blocks(nodes: Sequence[SyntaxTreeNode], width: int) -> str:
    return "\n\n".join(_block(node, width) for node in nodes)


def _block(node: SyntaxTreeNode, width: int) -> str:
    if node.type in {"bullet_list", "ordered_list"}:
        return _list(node, width)
    if node.type == "table":
        return _table(node, width)
    if node.type == "blockquote":
        return textwrap.indent(_blocks(node.children, width - 4), "    ")
    if node.type == "hr":
        return "-" * 24
    return wrap(_inline(node), width)


def _list(node: SyntaxTreeNode, width: int) -> str:
    first = int(node.attrs.get("start", 1))
    items = []
    for number, item in enumerate(node.children, start=first):
        label = "- " if node.type == "bullet_list" else f"{number}. "
        tight = all(child.hidden for child in item.children if child.type == "paragraph")
        blocks = [_block(child, width - len(label)) for child in item.children]
        text = ("\n" if tight else "\n\n").join(blocks)
        items.append((label + textwrap.indent(text, " " * len(label)).lstrip(), tight))
    return ("\n" if all(tight for _, tight in items) else "\n\n").join(text for text, _ in items)


def _inline(node: SyntaxTreeNode) -> str:
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    return node.content if node.type == "text" else "".join(_inline(child) for child in node.children)


def _table(node: SyntaxTreeNode, width: int) -> str:
    """Aligned columns; where they are too wide, each row as lines of heading and value."""
    rows = [row.children for part in node.children for row in part.children]
    cells = [[_inline(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        return "\n\n".join(_row_as_lines(cells[0], row, width) for row in cells[1:])
    to_the_right = ["right" in str(cell.attrs.get("style", "")) for cell in rows[0]]
    lines = [_row(row, widths, to_the_right) for row in cells]
    return "\n".join([lines[0], _GAP.join("-" * width for width in widths), *lines[1:]])


def _row(cells: Sequence[str], widths: Sequence[int], to_the_right: Sequence[bool]) -> str:
    columns = zip(cells, widths, to_the_right, strict=True)
    return _GAP.join(text.rjust(width) if right else text.ljust(width) for text, width, right in columns).rstrip()


def _row_as_lines(headings: Sequence[str], cells: Sequence[str], width: int) -> str:
    return "\n".join(wrap(f"{heading}: {cell}", width) for heading, cell in zip(headings, cells, strict=True))
