"""Markdown of letters, with the values put in after it was parsed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from rightskit.rendering.environment import pieces

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
# Spaces at which no line may break: in front of the number of a provision, and beside French punctuation.
_TIED = re.compile(
    r"(?<=\bArt\.) |(?<=\bAbs\.) |(?<=\bNr\.) |(?<=\bBuchst\.) |(?<=§) |(?<=\b[Aa]rticle) (?=\d)"
    r"|(?<=\bpoint) (?=\(?[a-z]\))|(?<=\bparagraph) (?=\d)|(?<=\bparagraphe) (?=\d)|(?<=«) | (?=[:;!?%€»])"
)


def parse(text: str, values: tuple[str, ...]) -> list[Token]:
    """Parse a filled letter: paragraphs, headings, lists, tables, quotes, emphasis, line breaks.

    Args:
        text: Markdown with a mark for each value.
        values: what stands at the marks.
    """
    tokens = _parser().parse(text)
    for token in tokens:
        if token.children is not None:
            token.children = [piece for child in token.children for piece in _filled(child, values)]
    return tokens


def html(tokens: Sequence[Token]) -> str:
    """The body as HTML; all text is escaped."""
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_LEFT_OUT))
    parser.add_render_rule("text", _text)
    return parser


def _text(
    _self: RendererProtocol, tokens: Sequence[Token], place: int, _o: OptionsDict, _e: Mapping[str, object]
) -> str:
    """A text token as HTML; the letter's own words with their spaces tied, a value as it is."""
    token = tokens[place]
    return escapeHtml(token.content if token.meta["value"] else _TIED.sub("\N{NO-BREAK SPACE}", token.content))


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
