"""Records as JSON texts, as the index keeps them: only what differs from the default, in the order of the fields."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import MISSING, asdict, fields
from typing import TYPE_CHECKING, Any, TypeVar

from rightskit.registry.model import Authority, Controller, IdentifyField

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = TypeVar("Kind", Controller, Authority)


def plain(record: Controller | Authority) -> dict[str, Any]:
    """A record as plain dicts, lists and texts."""
    return asdict(record) | {"checked": record.checked.isoformat() if record.checked else None}


def encode(record: Controller | Authority) -> str:
    """A record as JSON; :func:`decode` gives an equal one."""
    defaults = _DEFAULTS[type(record)]
    kept = {key: value for key, value in plain(record).items() if value != defaults.get(key, MISSING)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[Kind], text: str) -> Kind:
    """The record that :func:`encode` wrote."""
    values = json.loads(text)
    return kind(**{key: _value(key, value) for key, value in values.items()})


def _value(key: str, value: Any) -> Any:
    if key == "identify_by":
        return tuple(IdentifyField(**item) for item in value)
    if key == "checked":
        return dt.date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _defaults(kind: type[Controller | Authority]) -> Mapping[str, object]:
    given = {spec.name: spec.default for spec in fields(kind) if spec.default is not MISSING}
    return given | {spec.name: spec.default_factory() for spec in fields(kind) if spec.default_factory is not MISSING}


_DEFAULTS = {kind: _defaults(kind) for kind in (Controller, Authority)}
