"""HTML -> readable text, in linear time, loading and running nothing.

Not ``html.parser``: up to Python 3.13 it takes minutes on 150 kB of unclosed tags, which anybody can send.
"""

from __future__ import annotations

import html
import re

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})([^<>]*)>|<[!?][^<>]*>")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_UNSEEN = frozenset({"head", "script", "style", "title", "template", "svg", "object", "noframes", "xml"})
# Their content is no markup: the first closing tag ends them.
_RAW = frozenset({"script", "style", "title"})
_VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "wbr", "source"})
# fmt: off
_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "fieldset",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tbody", "thead", "tfoot", "tr", "ul", "br",
})
# fmt: on
_CELL = frozenset({"td", "th"})
_LONGEST = 4_000_000
_LONGEST_TAG = 4000
_DEEPEST_QUOTE = 10


def to_text(markup: str) -> str:
    """The visible text of an HTML document; block quotes become lines that start with ``>``, links keep their URL."""
    writer = _Writer()
    source = _without_comments(markup[:_LONGEST])
    position = 0
    for token in _TOKEN.finditer(source):
        writer.text(source[position : token.start()])
        position = token.end()
        if token.group(2):
            writer.tag(token.group(2).lower(), token.group(3)[:_LONGEST_TAG], closing=bool(token.group(1)))
    writer.text(source[position:])
    return writer.result()


def _without_comments(markup: str) -> str:
    kept, position = [], 0
    while (start := markup.find("<!--", position)) >= 0:
        kept.append(markup[position:start])
        end = markup.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        position = end + 3
    return "".join([*kept, markup[position:]])


class _Writer:
    """Collects lines while tags pass by."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._unseen = ""
        self._unseen_depth = 0
        self._link = ""

    def text(self, data: str) -> None:
        if not self._unseen and data:
            self._line.append(html.unescape(data))

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if self._unseen:
            self._leave_unseen(name, closing=closing)
        elif not closing and _is_unseen(name, attributes):
            self._unseen, self._unseen_depth = name, 1
        elif name == "a":
            self._anchor(attributes, closing=closing)
        elif name in _CELL:
            self._line.append("" if closing else "\t")
        elif name in _BLOCK:
            self._block(name, closing=closing)

    def result(self) -> str:
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _leave_unseen(self, name: str, *, closing: bool) -> None:
        if name == "body" and self._unseen == "head":
            self._unseen = ""
        elif name == self._unseen and (closing or name not in _RAW):
            self._unseen_depth += -1 if closing else 1
            self._unseen = self._unseen if self._unseen_depth else ""

    def _anchor(self, attributes: str, *, closing: bool) -> None:
        if closing and self._link and self._link not in "".join(self._line[-3:]):
            self._line.append(f" <{self._link}>")
        found = None if closing else _HREF.search(attributes)
        target = html.unescape(next(filter(None, found.groups()), "")) if found else ""
        self._link = "".join(target.split()) if target.lower().startswith(("http://", "https://")) else ""

    def _block(self, name: str, *, closing: bool) -> None:
        self._end_line()
        if name == "blockquote":
            self._quotes = min(_DEEPEST_QUOTE, max(0, self._quotes + (-1 if closing else 1)))
        elif name == "p":
            self._lines.append("> " * self._quotes)
        elif name == "li" and not closing:
            self._line.append("- ")

    def _end_line(self) -> None:
        words = "\t".join(" ".join(cell.split()) for cell in "".join(self._line).split("\t")).strip()
        self._line = []
        if words and words != "-":
            self._lines.append("> " * self._quotes + words)


def _is_unseen(name: str, attributes: str) -> bool:
    return name in _UNSEEN or (name not in _VOID and bool(_HIDDEN_STYLE.search(attributes)))
