"""controllers.yaml files → Registry.

Files are read in the order given and a later one wins field by field: a record whose id is already known replaces
only the fields that it writes, any other record is new and needs a name and a country. So a campaign corrects one
address of a shipped record in two lines.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from rightskit import yamlfile
from rightskit.errors import FaultsError, NotFoundError
from rightskit.registry.model import CHANNELS, QUALITIES, SECTORS, Authority, Controller, IdentifyField, Registry
from rightskit.yamlfile import Section, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rightskit.errors import Fault

    Reader = Callable[[Section, str], Any]
    Readers = Mapping[str, Reader]

Record = TypeVar("Record", Controller, Authority)
Kept = TypeVar("Kept")
MAY_ASK_ID = ("no", "with-reason", "yes")


class _Overlay(Mapping[str, Kept]):
    """Records over other records: those below are neither copied nor read before somebody asks."""

    def __init__(self, upper: Mapping[str, Kept], lower: Mapping[str, Kept]) -> None:
        self._upper = upper
        self._lower = lower

    def __getitem__(self, key: str) -> Kept:
        return self._upper[key] if key in self._upper else self._lower[key]

    def __contains__(self, key: object) -> bool:
        return key in self._upper or key in self._lower

    def __iter__(self) -> Iterator[str]:
        yield from self._lower
        yield from (key for key in self._upper if key not in self._lower)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Written(NamedTuple):
    """What one file wrote.

    Attributes:
        registry: what the files below it and this one come to.
        fields: id -> the fields that this file wrote, of controllers and authorities.
    """

    registry: Registry
    fields: Mapping[str, tuple[str, ...]]


def load(paths: Sequence[Path], base: Registry | None = None) -> Registry:
    """Read registry files; a later file corrects an earlier one, and all of them correct ``base``.

    Raises:
        NotFoundError: one of the files does not exist.
        FaultsError: with all faults of all files; nothing is taken then.
    """
    registry = base or Registry()
    faults: list[Fault] = []
    for path in paths:
        written, wrong = _lay(registry, path)
        registry = written.registry
        faults += wrong
    if faults:
        raise FaultsError(faults)
    return registry


def over(base: Registry, path: Path) -> Written:
    """Lay one registry file over what is known already. ``base`` stays as it is, and is read only where needed.

    Raises:
        NotFoundError: the file does not exist.
        FaultsError: with all faults of the file.
    """
    written, faults = _lay(base, path)
    if faults:
        raise FaultsError(faults)
    return written


def _lay(base: Registry, path: Path) -> tuple[Written, list[Fault]]:
    top = yamlfile.read(path)
    controllers, fields = _take(top, "controllers", Controller, _CONTROLLER, base.controllers)
    authorities, more = _take(top, "authorities", Authority, _AUTHORITY, base.authorities)
    redirects = {**base.redirects, **top.mapping("redirects")}
    top.refuse_unknown()
    registry = Registry(controllers, authorities, redirects, base.obsolete)
    return Written(registry, {**fields, **more}), top.faults


def get(registry: Registry, identifier: str) -> Controller:
    """The controller with this id or former id.

    Raises:
        NotFoundError: there is none; the hint names the nearest id.
    """
    present = resolve(registry, identifier)
    if present in registry.controllers:
        return registry.controllers[present]
    known = [*registry.controllers, *registry.redirects]
    near = did_you_mean(identifier, known)
    if identifier in registry.obsolete:
        raise NotFoundError(f"There is no controller {identifier!r} any more. {registry.obsolete[identifier]}.")
    hint = near if near.startswith("did") else "Look it up with `rightskit controllers search`."
    raise NotFoundError(f"There is no controller {identifier!r}.", hint)


def beneath(registry: Registry, records: Mapping[str, Controller]) -> Registry:
    """The same registry, which also knows records that no file has any more."""
    return dataclasses.replace(registry, controllers=_Overlay(registry.controllers, records)) if records else registry


def resolve(registry: Registry, identifier: str) -> str:
    """The present id for a former one; any other id as it is. A circle of redirects ends where it began."""
    seen = {identifier}
    while identifier not in registry.controllers and identifier in registry.redirects:
        identifier = registry.redirects[identifier]
        if identifier in seen:
            break
        seen.add(identifier)
    return identifier


def _take(
    top: Section, key: str, kind: Callable[..., Record], readers: Readers, base: Mapping[str, Record]
) -> tuple[Mapping[str, Record], dict[str, tuple[str, ...]]]:
    here: dict[str, Record] = {}
    fields: dict[str, tuple[str, ...]] = {}
    for section in top.sections(key):
        identifier = section.text("id", required=True)
        if identifier in fields:
            section.fault("id", f"{identifier} stands twice in {key}", "merge the two records, or rename one")
        given = _given(section, readers)
        fields[identifier] = tuple(given)
        if identifier in base:
            here[identifier] = dataclasses.replace(base[identifier], **given)
        elif _is_complete(section):
            here[identifier] = kind(**given)
    return _Overlay(here, base) if here else base, fields


def _is_complete(section: Section) -> bool:
    """Whether a new record writes all that it must; notes a fault for each field that is missing."""
    missing = [name for name in ("id", "name", "country") if not section.text(name, required=True)]
    return not missing


def _given(section: Section, readers: Readers) -> dict[str, Any]:
    """The fields that a record writes, and where it stands."""
    given: dict[str, Any] = {}
    for key in section.keys():  # noqa: SIM118 (a Section is no dict)
        if key in readers:
            given[key] = readers[key](section, key)
        else:
            section.fault(key, f"{key} is not a known field of a record", did_you_mean(key, readers))
    return {**given, "origin": f"{section.path}:{section.line}"}


def _identify_by(section: Section, key: str) -> tuple[IdentifyField, ...]:
    found = []
    for item in section.sections(key):
        name = item.text("field", required=True)
        found.append(IdentifyField(name, item.flag("optional"), item.text("note")))
        item.refuse_unknown()
    return tuple(found)


def _choice(allowed: tuple[str, ...], default: str) -> Reader:
    return lambda section, key: section.choice(key, allowed, default)


def _choices(allowed: tuple[str, ...]) -> Reader:
    return lambda section, key: section.choices(key, allowed)


_COMMON: Readers = {
    "id": Section.text,
    "name": Section.text,
    "country": Section.text,
    "subdivision": Section.text,
    "address": Section.texts,
    "email": Section.text,
    "webform": Section.text,
    "phone": Section.text,
    "web": Section.text,
    "languages": Section.texts,
    "sources": Section.texts,
    "checked": Section.date,
    "quality": _choice(QUALITIES, "unverified"),
}
_AUTHORITY: Readers = {**_COMMON, "covers": _choices(SECTORS)}
_CONTROLLER: Readers = {
    **_COMMON,
    "also": Section.texts,
    "timezone": Section.text,
    "serves": Section.texts,
    "sector": _choice(SECTORS, "private"),
    "categories": Section.texts,
    "fax": Section.text,
    "contacts": Section.mapping,
    "domains": Section.texts,
    "identify_by": _identify_by,
    "may_ask_id": _choice(MAY_ASK_ID, "with-reason"),
    "channels": _choices(CHANNELS),
    "refuses": _choices(CHANNELS),
    "authority": Section.text,
    "part_of": Section.text,
    "notes": Section.texts,
}
