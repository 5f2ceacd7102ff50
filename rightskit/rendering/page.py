"""A page from a template of ``letters/pages``: it stands alone, loads nothing and runs nothing.

Every value is escaped; numbers, dates and texts come out in the page's language.
"""

from __future__ import annotations

import html
import math
import re
from functools import cache, partial
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rightskit import paths, texts
from rightskit.rendering import charts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DIGITS = 3
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


def page(template: str, language: str, context: Mapping[str, object]) -> str:
    """Fill a template.

    In it, ``text(key, …)`` reads the catalogue, and the filters ``number``, ``percent``, ``longdate``, ``shortdate``,
    ``month``, ``figure`` (a measured value with three digits), ``decimal`` (a number with one), ``hundredth`` (with
    two) and ``tenth`` (a percentage with one) write what stands before them; ``headings`` lists those of a page.
    ``draw`` is :mod:`rightskit.rendering.charts`.

    Args:
        template: its file name in ``letters/pages``.
        language: BCP 47 code.
        context: the template's values.

    Raises:
        jinja2.UndefinedError: the template asks for a value that is not there.
    """
    values = {"paper": False, **context, "language": language}
    return _environment(language).get_template(template).render(values)


def figure(language: str, value: float) -> str:
    """A measured value with three digits, never more: ``0.123``, ``12.3``, ``1,230``."""
    size = math.floor(math.log10(abs(value))) if value else 0
    digits = _DIGITS - 1 - size
    return texts.number(language, round(value, digits), 0 if value == int(value) else max(0, digits))


def headings(body: str) -> list[tuple[str, str]]:
    """The headings of a page's sections in their order: the id, and the words."""
    return [(name, html.unescape(words)) for name, words in _HEADING.findall(body)]


def _with_digits(write: Callable[[str, float, int], str], digits: int, language: str, value: float) -> str:
    return write(language, value, digits)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(paths.shipped("letters") / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["text"] = partial(texts.text, language)
    environment.globals["draw"] = charts
    for name, written in (
        ("number", texts.number),
        ("percent", texts.percent),
        ("longdate", texts.longdate),
        ("shortdate", texts.shortdate),
        ("month", texts.month),
        ("figure", figure),
        ("language_name", texts.language_name),
        ("decimal", partial(_with_digits, texts.number, 1)),
        ("hundredth", partial(_with_digits, texts.number, 2)),
        ("tenth", partial(_with_digits, texts.percent, 1)),
    ):
        environment.filters[name] = partial(written, language)
    environment.filters["headings"] = headings
    return environment
