"""What can be known to be wrong with a letter before anybody's data is put in."""

from __future__ import annotations

import re
from dataclasses import fields as dataclass_fields
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, meta, nodes

from rightskit.errors import Fault
from rightskit.rendering import environment
from rightskit.rendering.fields import BUILT_IN
from rightskit.rendering.model import Party
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.rendering.template import Template

# A value may only reach the text through {{ }}: blocks that capture text could mix values with Markdown.
_NOT_ALLOWED = (
    nodes.AssignBlock,
    nodes.Block,
    nodes.CallBlock,
    nodes.Extends,
    nodes.FilterBlock,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.Macro,
)
_PARTY = {field.name for field in dataclass_fields(Party)}


def faults(template: Template) -> list[Fault]:
    """All faults in a letter's subject and body, in the order of their lines."""
    found: list[Fault] = []
    for source in (template.subject_source, template.body):
        try:
            tree = environment.of(template.language).parse(environment.with_line_ends(source))
            environment.compiled(source, str(template.path), template.language)
        except TemplateSyntaxError as error:
            found.append(_syntax_fault(template, error))
        else:
            found += _body_faults(template, source, tree)
    found += _article(template)
    return sorted(found, key=lambda fault: fault.line or 0)


def _article(template: Template) -> Iterator[Fault]:
    """A letter that uses a right must say which article grants it: its reader looks it up."""
    number = re.match(r"\d+", template.article) if template.right else None
    if number and not re.search(rf"\b{number[0]}\b", f"{template.subject} {template.body}"):
        message = f"the letter never names article {number[0]}"
        yield Fault(str(template.path), template.article_line, message, f"write Art. {template.article} in its text")


def _syntax_fault(template: Template, error: TemplateSyntaxError) -> Fault:
    message = (error.message or "not Jinja2").rstrip(".")
    return Fault(str(template.path), error.lineno, message, "close each {{ with }} and each {% if %} with {% endif %}")


def _body_faults(template: Template, source: str, tree: nodes.Template) -> Iterator[Fault]:
    yield from _marks(template, source)
    yield from _blocks(template, tree)
    yield from _calls(template, tree)
    yield from _names(template, tree)
    yield from _attributes(template, tree)
    yield from _modules(template, tree)


def _marks(template: Template, source: str) -> Iterator[Fault]:
    for number, line in enumerate(source.split("\n"), start=1):
        if environment.OPEN in line or environment.CLOSE in line:
            yield Fault(str(template.path), number, "the line holds a private-use character", "delete it")


def _blocks(template: Template, tree: nodes.Template) -> Iterator[Fault]:
    for node in tree.find_all(_NOT_ALLOWED):
        word = type(node).__name__.lower()
        yield Fault(
            str(template.path),
            node.lineno,
            f"a letter may not use {word}",
            "use {{ … }}, {% if %}, {% for %}, {% set x = … %}",
        )


def _calls(template: Template, tree: nodes.Template) -> Iterator[Fault]:
    """Calls of anything but ``.items()``: some methods make endless texts, and none is needed."""
    for node in tree.find_all(nodes.Call):
        bare = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
        if not (bare and isinstance(node.node, nodes.Getattr) and node.node.attr == "items"):
            message = "a letter may call nothing but .items()"
            yield Fault(str(template.path), node.lineno, message, 'use a filter, such as | join(", ")')


def _names(template: Template, tree: nodes.Template) -> Iterator[Fault]:
    known = BUILT_IN.union(template.needs, template.may_use)
    unknown = meta.find_undeclared_variables(tree) - known
    for name in sorted(unknown):
        line = min(node.lineno for node in tree.find_all(nodes.Name) if node.name == name)
        suggestion = f"{did_you_mean(name, known)}, or declare it in needs or may_use"
        yield Fault(str(template.path), line, f"{name} is not declared", suggestion)


def _attributes(template: Template, tree: nodes.Template) -> Iterator[Fault]:
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name in {"sender", "recipient"} and node.attr not in _PARTY:
            message = f"{node.node.name} has no {node.attr}"
            yield Fault(str(template.path), node.lineno, message, did_you_mean(node.attr, _PARTY))


def _modules(template: Template, tree: nodes.Template) -> Iterator[Fault]:
    """Names in ``"…" in modules`` that the front matter does not list."""
    for node in tree.find_all(nodes.Compare):
        tests_modules = any(isinstance(o.expr, nodes.Name) and o.expr.name == "modules" for o in node.ops)
        if tests_modules and isinstance(node.expr, nodes.Const) and node.expr.value not in template.modules:
            message = f"the module {node.expr.value} is not declared"
            suggestion = f"{did_you_mean(str(node.expr.value), template.modules)}, or add it to modules"
            yield Fault(str(template.path), node.lineno, message, suggestion)
