"""The registry's own check: every rule over every record, each finding with its place in the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rightskit import yamlfile
from rightskit.errors import Fault
from rightskit.registry.load import resolve
from rightskit.registry.rules import RULES, Context, Rule
from rightskit.registry.search import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from rightskit.registry.model import Controller, Registry
    from rightskit.registry.rules import Record, Wrong
    from rightskit.yamlfile import Section


class Finding(NamedTuple):
    """One thing that a rule found.

    Attributes:
        rule: the rule, with its id, severity and reason.
        record: the id of the record.
        fault: what is wrong, with file, line and what to write instead.
    """

    rule: Rule
    record: str
    fault: Fault


_REDIRECT = Rule("redirect-resolves", "error", "a former id must lead to a record", lambda *_: iter(()))


def check(registry: Registry, today: dt.date) -> tuple[Fault, ...]:
    """What is wrong with a registry: the faults of all rules that are errors. Warnings are left to :func:`findings`.

    Raises:
        NotFoundError: a file that a record came from is gone.
    """
    return tuple(finding.fault for finding in findings(registry, today) if finding.rule.severity == "error")


def findings(registry: Registry, today: dt.date) -> tuple[Finding, ...]:
    """Run every rule over every record, controllers first, then authorities, then redirects.

    Raises:
        NotFoundError: a file that a record came from is gone.
    """
    context = Context(registry, today, _by_name(registry))
    records: list[Record] = [*registry.controllers.values(), *registry.authorities.values()]
    wrong = [(record, rule, found) for record in records for rule in RULES for found in rule.find(record, context)]
    places = _sections({record.origin for record, _, _ in wrong})
    in_records = [Finding(rule, record.id, _fault(record, rule, found, places)) for record, rule, found in wrong]
    return (*in_records, *_redirects(registry))


def _by_name(registry: Registry) -> dict[str, list[Controller]]:
    names: dict[str, list[Controller]] = {}
    for controller in registry.controllers.values():
        names.setdefault(fold(controller.name), []).append(controller)
    return names


def _sections(origins: set[str]) -> dict[str, Section]:
    """Origin (file:line) → section: files are read again only where something is wrong, to name the field's line."""
    paths = {origin.rpartition(":")[0] for origin in origins}
    return {
        f"{path}:{section.line}": section
        for path in paths
        if path
        for key in ("controllers", "authorities")
        for section in yamlfile.read(Path(path)).sections(key)
    }


def _fault(record: Record, rule: Rule, wrong: Wrong, places: dict[str, Section]) -> Fault:
    path, _, _ = record.origin.rpartition(":")
    section = places.get(record.origin)
    line = section.line_of(wrong.field) if section else None
    return Fault(path, line, f"{record.id}: {wrong.message} ({rule.id})", wrong.suggestion, wrong.field)


def _redirects(registry: Registry) -> Iterator[Finding]:
    for former in registry.redirects:
        if resolve(registry, former) not in registry.controllers:
            message = f"{former} leads to no controller ({_REDIRECT.id})"
            fault = Fault("redirects", None, message, "name a present id")
            yield Finding(_REDIRECT, former, fault)
