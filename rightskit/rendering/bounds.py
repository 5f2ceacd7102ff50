"""What keeps a letter's text from running for ever, or from filling the memory.

Jinja2's sandbox keeps a text away from the machine; how long it runs and how much it makes is up to us. Loops count
their rounds, and whatever makes long texts of short ones has a limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from jinja2 import TemplateRuntimeError, nodes, pass_context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.runtime import Context

ROUNDS = 20_000
"""Rounds of all loops of a letter together: more than a person can read."""
LENGTH = 200_000
"""Characters of a text, or items of a list, that a letter may put together."""
_SHORT = 200  # characters that stand between or instead of others


class Bounded(ImmutableSandboxedEnvironment):
    """The sandbox, with counted loops and texts of limited length."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        bounded: nodes.Template = _Bounding().visit(super()._parse(source, name, filename))
        return bounded

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers; put texts and lists together."""
        numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator == "**" or (operator != "+" and not numbers):
            raise TemplateRuntimeError(f"{operator} is used here on what is no number, or makes too large a one")
        return short_enough(super().call_binop(context, operator, left, right))


class _Bounding(NodeTransformer):
    """Leads what loops run over, and texts that are put together, through a filter that has a limit."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 (named after Jinja2's node)
        self.generic_visit(node)
        node.iter = _through("counted", node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 (likewise)
        self.generic_visit(node)
        return _through("short_enough", node)


@pass_context
def counted(context: Context, items: Iterable[object]) -> Iterator[object]:
    """The items, until all loops together have run too long."""
    steps: list[int] = context["_steps"]
    for item in items:
        steps[0] += 1
        if steps[0] > ROUNDS:
            raise TemplateRuntimeError(f"the loops of the letter run more than {ROUNDS:,} rounds")
        yield item


def short_enough(value: Any) -> Any:
    """The value, unless it is endless."""
    if isinstance(value, (str, list, tuple)) and len(value) > LENGTH:
        raise TemplateRuntimeError(f"a text of more than {LENGTH:,} characters is put together here")
    return value


def join(value: Iterable[object], separator: str = "", attribute: str | None = None) -> str:
    """Jinja2's filter of that name, without its lengths."""
    items = [str(getattr(item, attribute) if attribute else item) for item in value]
    _must_be_short(separator)
    return str(short_enough(separator.join(items)))


def replace(value: str, old: str, new: str, count: int = -1) -> str:
    """Jinja2's filter of that name, without its lengths."""
    _must_be_short(old, new)
    return str(short_enough(str(value).replace(old, new, count)))


def _through(filter_: str, value: nodes.Node) -> nodes.Filter:
    """The value, led through a filter."""
    return nodes.Filter(
        cast("nodes.Expr", value), filter_, [], [], None, None, lineno=value.lineno, environment=value.environment
    )


def _must_be_short(*texts: str) -> None:
    if any(len(text) > _SHORT for text in texts):
        raise TemplateRuntimeError(f"a filter takes texts of at most {_SHORT} characters here")


FILTERS: dict[str, Callable[..., Any]] = {
    "counted": counted,
    "join": join,
    "replace": replace,
    "short_enough": short_enough,
}
