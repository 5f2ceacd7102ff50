"""Markdown of letters, with the values put in after it was parsed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from rightskit.rendering import plaintext
from rightskit.rendering.environment import OPEN, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.renderer import RendererProtocol
    from markdown_it.utils import OptionsDict

# A letter on paper has no links and no pictures; code blocks would come from an indentation that nobody meant.
_LEFT_OUT = (
    "autolink",
    "backticks",
    "code",
    "fence",
    "html_block",
    "html_inline",
    "image",
    "lheading",
    "link",
    "reference",
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, table, heading or quote of a letter.

    Attributes:
        tag: of its HTML element.
        html: the whole element; empty of a block whose values are not put in yet.
        plain: the same for a mail.
        own: whether it holds a value, so that it may differ from letter to letter.
    """

    tag: str
    html: str
    plain: str
    own: bool


def blocks(text: str, values: tuple[str, ...]) -> list[Block]:
    """Parse a filled letter: paragraphs, headings, lists, tables, quotes, emphasis, line breaks.

    Args:
        text: Markdown with a mark for each value.
        values: what stands at the marks.
    """
    return [_written(block.tag, tokens, values, own=True) if block.own else block for block, tokens in _cut(text)]


def _written(tag: str, tokens: Sequence[Token], values: tuple[str, ...], *, own: bool) -> Block:
    parser, filled = _parser(), [_filled_block(token, values) for token in tokens]
    return Block(tag, str(parser.renderer.render(filled, parser.options, {})), plaintext.plain(filled), own)


@lru_cache(maxsize=256)
def _cut(text: str) -> tuple[tuple[Block, tuple[Token, ...]], ...]:
    """The tokens of a text with marks, block by block: the same for all for whom the same fields are filled."""
    found: list[tuple[Block, tuple[Token, ...]]] = []
    start = 0
    tokens = _parser().parse(text)
    for place, token in enumerate(tokens):
        if token.level or token.nesting == 1:
            continue
        block = tuple(tokens[start : place + 1])
        own = any(OPEN in one.content for one in block)
        found.append((Block(token.tag, "", "", own) if own else _written(token.tag, block, (), own=False), block))
        start = place + 1
    return tuple(found)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_LEFT_OUT))
    parser.add_render_rule("text", _text)
    return parser


def _text(
    _self: RendererProtocol, tokens: Sequence[Token], place: int, _o: OptionsDict, _e: Mapping[str, object]
) -> str:
    """A text token as HTML; the letter's own words with their spaces tied, a value as it is but for its dates."""
    token = tokens[place]
    tied = plaintext.TIED_DATE if token.meta["value"] else plaintext.TIED
    return escapeHtml(tied.sub("\N{NO-BREAK SPACE}", token.content))


def _filled_block(token: Token, values: tuple[str, ...]) -> Token:
    return token if token.children is None else token.copy(children=[*_all_filled(token.children, values)])


def _all_filled(tokens: Sequence[Token], values: tuple[str, ...]) -> Iterator[Token]:
    for token in tokens:
        yield from _filled(token, values)


def _filled(token: Token, values: tuple[str, ...]) -> Iterator[Token]:
    """The token, its marks replaced; a line break in a value stays one."""
    if token.type != "text":
        yield token
        return
    for place, piece in enumerate(pieces(token.content, values)):
        for number, line in enumerate(piece.split("\n")):
            if number:
                yield Token("hardbreak", "br", 0)
            if line:
                yield Token("text", "", 0, content=line, meta={"value": bool(place % 2)})
