"""The registry's own check: every rule over every record, each finding with its place in the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rightskit import yamlfile
from rightskit.errors import Fault
from rightskit.registry import convert, source_rules
from rightskit.registry.load import resolve
from rightskit.registry.model import Registry
from rightskit.registry.rule import Rule, context
from rightskit.registry.rules import RULES
from rightskit.registry.source_form import Kind
from rightskit.registry.source_records import Parsed, Records, line_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from rightskit.registry.rule import Context, Record, Wrong
    from rightskit.yamlfile import Section


class Finding(NamedTuple):
    """One thing that a rule found.

    Attributes:
        rule: the rule, with its id, severity and reason.
        record: the id of the record; empty where a file as a whole is meant.
        fault: what is wrong, with file, line and what to write instead.
    """

    rule: Rule[Any, Any]
    record: str
    fault: Fault


def _by_hand(name: str, reason: str) -> Rule[Any, Any]:
    """A rule that is not about one record: whoever checks it says so itself."""
    return Rule(name, "error", reason, lambda *_: iter(()))


REDIRECT = _by_hand("redirect-resolves", "a former id must lead to a record")
READABLE = _by_hand("readable", "what cannot be read cannot be used")

# The converted record does not have these from its source, or a rule of the source's own looks at them.
_NOT_IN_SOURCE = {"visible", "channels-possible", "slug-form", "idn-punycode", "identify-by-whom"}
_SOURCE_FIELDS = {
    "also": "runs",
    "serves": "relevant-countries",
    "identify_by": "required-elements",
    "languages": "request-language",
    "country": "address",
    "part_of": "name",
    "domains": "web",
}


def findings(registry: Registry, today: dt.date, letters: Collection[str] = ()) -> tuple[Finding, ...]:
    """Run every rule over every record, controllers first, then authorities, then redirects.

    Args:
        registry: read from files by :func:`rightskit.registry.load.load`.
        today: the day on which is checked.
        letters: languages in which letters exist; without them, no record is asked for a language with letters.

    Raises:
        NotFoundError: a file that a record came from is gone.
    """
    around = context(registry, today, letters)
    wrong = list(_wrong(registry, around))
    places = _sections({record.origin for record, _, _ in wrong})
    in_records = [Finding(rule, record.id, _fault(record, rule, found, places)) for record, rule, found in wrong]
    return (*in_records, *_redirects(registry))


def source_findings(records: Records, today: dt.date, letters: Collection[str] = ()) -> tuple[Finding, ...]:
    """Run the rules of the source over its files, and the registry's own over what they are converted to."""
    companies = records.by_slug[Kind.COMPANY]
    own = frozenset(file.path.removeprefix("templates/").removesuffix(".txt") for file in records.kept)
    around = source_rules.Around(frozenset(companies), own if any("/" in name for name in own) else frozenset())
    read = [record for there in records.by_slug.values() for record in there.values()] + records.packs
    found = [Finding(READABLE, "", fault) for fault in records.aside.values()]
    for record in read:
        for rule in source_rules.for_kind(record.file.kind):
            found += [_source_finding(record, rule, wrong) for wrong in rule.find(record, around)]
    found += _converted_findings(records, today, letters)
    return tuple(sorted(found, key=lambda finding: (finding.fault.path, finding.fault.line or 0)))


def _converted_findings(records: Records, today: dt.date, letters: Collection[str]) -> Iterator[Finding]:
    companies = records.by_slug[Kind.COMPANY]
    registry = Registry({slug: convert.controller(record) for slug, record in companies.items()})
    for record, rule, wrong in _wrong(registry, context(registry, today, letters)):
        if rule.id not in _NOT_IN_SOURCE:
            named = wrong._replace(field=_SOURCE_FIELDS.get(wrong.field, wrong.field))
            yield _source_finding(companies[record.id], rule, named)


def _wrong(registry: Registry, around: Context) -> Iterator[tuple[Record, Rule[Any, Any], Wrong]]:
    records: list[Record] = [*registry.controllers.values(), *registry.authorities.values()]
    for record in records:
        for rule in RULES:
            for wrong in rule.find(record, around):
                yield record, rule, wrong


def _source_finding(record: Parsed, rule: Rule[Any, Any], wrong: Wrong) -> Finding:
    line = line_of(record.file.raw, wrong.field) or 1
    message = f"{record.slug or record.file.path}: {wrong.message} ({rule.id})"
    return Finding(rule, record.slug, Fault(record.file.path, line, message, wrong.suggestion, wrong.field))


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


def _fault(record: Record, rule: Rule[Any, Any], wrong: Wrong, places: dict[str, Section]) -> Fault:
    path, _, _ = record.origin.rpartition(":")
    section = places.get(record.origin)
    line = section.line_of(wrong.field) if section else None
    return Fault(path, line, f"{record.id}: {wrong.message} ({rule.id})", wrong.suggestion, wrong.field)


def _redirects(registry: Registry) -> Iterator[Finding]:
    for former in registry.redirects:
        present = resolve(registry, former)
        if present not in registry.controllers and present not in registry.authorities:
            message = f"{former} leads to no controller and no authority ({REDIRECT.id})"
            fault = Fault("redirects", None, message, "name a present id")
            yield Finding(REDIRECT, former, fault)
