"""A row of a report as JSON, and back: what the vault keeps of a request that a page has counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rightskit.cases.model import Answer
from rightskit.reports.model import CaseRow
from rightskit.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENUMS: Mapping[str, type[StrEnum]] = {"Answer": Answer, "Right": Right}
_FIELDS = frozenset(field.name for field in fields(CaseRow))


def to_json(row: CaseRow) -> dict[str, object]:
    """All fields but whose it is.

    Raises:
        KeyError: a field holds an enumeration that cannot be read back.
    """
    return {name: _plain(getattr(row, name)) for name in sorted(_FIELDS - {"member", "reference"})}


def from_json(values: Mapping[str, Any], reference: str, member: str) -> CaseRow:
    """A row; fields that an earlier rightskit did not know have their defaults.

    Args:
        values: as :func:`to_json` gave them.
        reference: of the request.
        member: whose it is.
    """
    known = {name: _value(value) for name, value in values.items()} | {"reference": reference, "member": member}
    return CaseRow(**{name: value for name, value in known.items() if name in _FIELDS})


def _plain(value: object) -> object:
    match value:
        case StrEnum():
            name = type(value).__name__
            return {name: _ENUMS[name](value).value}
        case dt.date():
            return {"date": value.isoformat()}
        case frozenset():
            return {"set": sorted(map(_plain, value), key=str)}
        case tuple():
            return {"list": [_plain(one) for one in value]}
    return value


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    match kind:
        case "date":
            return dt.date.fromisoformat(inner)
        case "set":
            return frozenset(map(_value, inner))
        case "list":
            return tuple(map(_value, inner))
    return _ENUMS[kind](inner)
