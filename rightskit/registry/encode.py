"""Records as JSON texts, as the index keeps them: only what differs from the default, in the order of the fields."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from typing import Any, TypeVar

from rightskit.registry.model import Authority, Controller, IdentifyField

Kind = TypeVar("Kind", Controller, Authority)


def plain(record: Controller | Authority) -> dict[str, Any]:
    """A record as plain dicts, lists and texts, every field in its order."""
    return {name: _plain(getattr(record, name)) for name in _DEFAULTS[type(record)]}


def filled(record: Controller | Authority) -> list[str]:
    """The fields of a record that say more than the default."""
    return [name for name, default in _DEFAULTS[type(record)].items() if getattr(record, name) != default]


def encode(record: Controller | Authority) -> str:
    """A record as JSON; :func:`decode` gives an equal one."""
    kept = {name: _plain(getattr(record, name)) for name in filled(record)}
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


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [asdict(item) if isinstance(item, IdentifyField) else item for item in value]
    return value.isoformat() if isinstance(value, dt.date) else dict(value) if isinstance(value, Mapping) else value


def _defaults(kind: type[Controller | Authority]) -> dict[str, object]:
    """Field -> its default; MISSING, which equals nothing, where it must be given."""
    return {
        spec.name: spec.default_factory() if spec.default_factory is not MISSING else spec.default
        for spec in fields(kind)
    }


_DEFAULTS = {kind: _defaults(kind) for kind in (Controller, Authority)}
