"""Jinja2 for letters: sandboxed, strict, and with values that can never become markup.

A value is not written into the Markdown. A mark of private-use characters stands in for it while Markdown is parsed,
and the value takes the mark's place in the parsed text (:mod:`rightskit.rendering.markdown`). So whatever a name
contains, it comes out as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, partial
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateRuntimeError, UndefinedError, pass_context

from rightskit.errors import Fault, FaultsError
from rightskit.rendering import bounds, formats
from rightskit.rendering.bounds import Bounded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from jinja2 import Template as Compiled
    from jinja2.runtime import Context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from rightskit.rendering.template import Template

OPEN, CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
# Filters of Jinja2 that make sense for texts; those that make markup or draw at random are left out.
_FILTERS = (
    *("abs", "capitalize", "count", "default", "dictsort", "first", "items", "join", "last", "length", "list", "lower"),
    *("map", "max", "min", "reject", "rejectattr", "replace", "round", "select", "selectattr", "sort", "sum", "title"),
    *("trim", "unique", "upper"),
)
_TAGS_ONLY = re.compile(r"\s*(\{%.*?%\}\s*)+")
_TAG_AT_END = re.compile(r"(?<![-+])%\}[ \t]*$")
# What a letter's own expressions can raise on values of an unexpected kind.
_FAILURES = (TemplateRuntimeError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError)


@cache
def of(language: str) -> ImmutableSandboxedEnvironment:
    """The environment in which letters of a language are compiled."""
    environment = Bounded(
        undefined=StrictUndefined, finalize=_finalize, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS} | bounds.FILTERS
    for filter_ in (formats.longdate, formats.number, formats.money):
        environment.filters[filter_.__name__] = partial(filter_, language=language)
    return environment


@cache
def compiled(source: str, path: str, language: str) -> Compiled:
    """Compile a text; its line numbers and its path come back in faults.

    Raises:
        jinja2.TemplateSyntaxError: the text is not Jinja2.
    """
    environment = of(language)
    code = environment.compile(with_line_ends(source), path, path)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def fill(template: Template, source: str, scope: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """Run the letter's body or subject.

    Returns:
        The text with a mark where each value stands, and the values: mark ``n`` means the n-th.

    Raises:
        FaultsError: the text asks for something that is not there, or prints what is no text.
    """
    values: list[str] = []
    try:
        text = compiled(source, str(template.path), template.language).render(scope, _values=values, _steps=[0])
    except _FAILURES as error:
        raise FaultsError([_fault(error, template)]) from error
    return text, tuple(values)


def put_in(text: str, values: tuple[str, ...]) -> str:
    """The text with its values."""
    return _MARK.sub(lambda match: values[int(match.group(1))], text)


def pieces(text: str, values: tuple[str, ...]) -> list[str]:
    """The text cut at its marks, each mark as its value; pieces at odd places are values."""
    return [values[int(piece)] if place % 2 else piece for place, piece in enumerate(_MARK.split(text))]


def with_line_ends(source: str) -> str:
    """Keep the line end behind a tag that ends a line of text.

    ``trim_blocks`` drops it behind every tag, which is right for lines of tags alone and would join words elsewhere.
    """
    lines = source.split("\n")
    return "\n".join(line if _TAGS_ONLY.fullmatch(line) else _TAG_AT_END.sub("+%}", line) for line in lines)


@pass_context
def _finalize(context: Context, value: object) -> str:
    """The mark of a value that is printed.

    It takes the context, so that Jinja2 does not call it for constants while it compiles.
    """
    if isinstance(value, (dict, list, tuple, set, frozenset, bool)) or value is None:
        raise TemplateRuntimeError("a value is printed here that is no text")
    text = context.environment.filters["longdate"](value) if isinstance(value, dt.date) else str(value)
    if not text:
        return ""
    values: list[str] = context["_values"]
    values.append(text)
    return f"{OPEN}{len(values) - 1}{CLOSE}"


def _fault(error: Exception, template: Template) -> Fault:
    """Where the letter failed. The message of a foreign error may quote a value, so only ours is shown."""
    path, line = str(template.path), _line(error.__traceback__, str(template.path))
    if isinstance(error, UndefinedError):
        return Fault(path, line, "something is used here that the data do not have", "guard it with {% if … %}")
    if type(error) is TemplateRuntimeError:
        return Fault(path, line, str(error), "guard it with {% if … %}, or use a filter that fits")
    return Fault(path, line, f"the letter fails here ({type(error).__name__})", "check the names and filters")


def _line(trace: TracebackType | None, path: str) -> int | None:
    """The deepest line of the letter in a traceback."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
