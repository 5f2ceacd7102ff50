"""What else must hold for a letter, shipped or a campaign's own: nothing declared in vain, nothing printed empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import nodes

from rightskit.errors import Fault
from rightskit.rendering import environment, glyphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rightskit.rendering.template import Template

_HTML = re.compile(r"</?[a-z][^>]*>|<!--|!?\[[^\]]*\]\([^)]*\)", re.IGNORECASE)
_NOTE = re.compile(r"TODO|FIXME|XXX|\bTBD\b|[Ll]orem ipsum|\?\?\?")
_JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
# Latin, Greek and Cyrillic letters and the usual signs: the shipped fonts have them, and need not be read to know it.
_ORDINARY = re.compile(r"[\n\x20-\x7e\xa0-\u017f\u0391-\u03c9\u0410-\u044f\u2013\u2014\u2018-\u201e\u2026\u20ac]*")
# Filters that make something printable of an empty value.
_FILLING = {"default", "join", "length", "count"}


def faults(template: Template) -> Iterator[Fault]:
    """The faults of a letter that can be written, but that its reader would stumble over, or its author regret."""
    yield from _text(template)
    sources = (template.subject_source, template.body)
    trees = [environment.of(template.language).parse(environment.with_line_ends(source)) for source in sources]
    yield from _unused(template, trees)
    for tree in trees:
        yield from _unguarded(template, tree.body, frozenset())


def _text(template: Template) -> Iterator[Fault]:
    """What stands in the letter's own words."""
    plain = _JINJA.sub(lambda match: "\n" * match[0].count("\n"), f"{template.body}")
    for number, line in enumerate(plain.split("\n"), start=1):
        if _HTML.search(line):
            yield _fault(template, number, "HTML, links and pictures are printed as they stand", "write plain words")
        if _NOTE.search(line):
            yield _fault(template, number, "a note to the author stands here", "write the text, or delete the note")
        if not _ORDINARY.fullmatch(line):
            yield from _strange(template, number, line)


def _strange(template: Template, number: int, line: str) -> Iterator[Fault]:
    missing = next((character for character in line if ord(character) not in glyphs.known()), None)
    if missing is not None:
        message = f"the shipped fonts have no letter form for U+{ord(missing):04X}"
        yield _fault(template, number, message, "write it in another way")


def _unused(template: Template, trees: Iterable[nodes.Template]) -> Iterator[Fault]:
    names = {name.name for tree in trees for name in tree.find_all(nodes.Name)}
    words = {const.value for tree in trees for const in tree.find_all(nodes.Const)}
    for field in (*template.needs, *template.may_use):
        if field not in names:
            yield _fault(template, None, f"{field} is declared and never used", "print it, or take it out")
    for module in template.modules:
        if module not in words:
            write = f'write {{% if "{module}" in modules %}}, or take it out'
            yield _fault(template, None, f"the module {module} is declared and never used", write)


def _unguarded(template: Template, body: Iterable[nodes.Node], known: frozenset[str]) -> Iterator[Fault]:
    """Fields that may be empty and are printed all the same, outside every ``{% if %}`` that asks for them."""
    for node in body:
        if isinstance(node, nodes.If):
            within = known | {name.name for name in node.test.find_all(nodes.Name)} | _name(node.test)
            yield from _unguarded(template, [*node.body, *node.elif_, *node.else_], within)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                if name := _printed(part) - known:
                    field = next(iter(name))
                    if field in template.may_use:
                        write = f"write {{% if {field} %}} … {{% endif %}} around it, or declare it in needs"
                        yield _fault(template, part.lineno, f"{field} may be empty and is printed here", write)
        else:
            yield from _unguarded(template, node.iter_child_nodes(), known)


def _printed(node: nodes.Node) -> frozenset[str]:
    """The field that a piece of output prints."""
    if isinstance(node, nodes.Filter) and node.name not in _FILLING and node.node is not None:
        return _printed(node.node)
    if isinstance(node, nodes.Getattr):
        return _printed(node.node)
    return _name(node)


def _name(node: nodes.Node) -> frozenset[str]:
    return frozenset({node.name}) if isinstance(node, nodes.Name) else frozenset()


def _fault(template: Template, line: int | None, message: str, suggestion: str) -> Fault:
    return Fault(str(template.path), line or template.subject_line, message, suggestion)
