"""What a new import would change: added, changed field by field, gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from rightskit.registry.source_form import FORMS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rightskit.registry.source_records import Parsed, Records

ADDED, CHANGED, GONE = "added", "changed", "gone"
# A registry grows by some records a month and corrects some more. Whoever loses a tenth of it, or rewrites a third,
# reads something else than last time: a part of the archive, or one that somebody tampered with.
_MOST_GONE, _MOST_CHANGED, _ALWAYS_FINE = 0.10, 0.33, 20


class Change(NamedTuple):
    """What happens to one record.

    Attributes:
        what: :data:`ADDED`, :data:`CHANGED` or :data:`GONE`.
        kind: of the record.
        slug: of the record; for packs, the file and the pack.
        fields: field -> its value before and after, None where it is absent; only for changed records.
    """

    what: str
    kind: Kind
    slug: str
    fields: Mapping[str, tuple[Any, Any]]


def compare(before: Records, after: Records) -> tuple[Change, ...]:
    """All changes from one import to the next, by kind and slug."""
    found = []
    for kind in (*FORMS, Kind.PACK):
        old, new = _values(before, kind), _values(after, kind)
        found += [change for slug in sorted(old.keys() | new.keys()) for change in _change(kind, slug, old, new)]
    return tuple(found)


def implausible(changes: tuple[Change, ...], before: Records) -> str:
    """Why a person should look before these changes are taken; empty where they are as usual."""
    present = sum(len(there) for there in before.by_slug.values())
    for what, most in ((GONE, _MOST_GONE), (CHANGED, _MOST_CHANGED)):
        count = sum(change.what == what for change in changes)
        if count > max(_ALWAYS_FINE, present * most):
            return f"{count:,} of {present:,} records would be {what}"
    return ""


def lines(change: Change) -> Iterator[str]:
    """One change as lines for a person."""
    sign = {ADDED: "+", CHANGED: "~", GONE: "-"}[change.what]
    yield f"{sign} {change.kind} {change.slug}"
    for field, (old, new) in change.fields.items():
        yield f"    {field}: {_shown(old)} → {_shown(new)}"


def _values(records: Records, kind: Kind) -> dict[str, Any]:
    if kind is not Kind.PACK:
        return {slug: record.value for slug, record in records.by_slug[kind].items()}
    return {f"{_stem(file)}/{pack['slug']}": pack for file in records.packs for pack in file.value}


def _stem(record: Parsed) -> str:
    return record.file.path.rpartition("/")[2].removesuffix(".json")


def _change(kind: Kind, slug: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if slug not in old:
        yield Change(ADDED, kind, slug, {})
    elif slug not in new:
        yield Change(GONE, kind, slug, {})
    elif old[slug] != new[slug]:
        before, after = old[slug], new[slug]
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        yield Change(CHANGED, kind, slug, {key: (before.get(key), after.get(key)) for key in keys})


def _shown(value: Any) -> str:
    """A value on one line, in quotes: what comes from outside cannot move the cursor."""
    return "–" if value is None else json.dumps(value, ensure_ascii=not _printable(value))


def _printable(value: Any) -> bool:
    return json.dumps(value, ensure_ascii=False).isprintable()
