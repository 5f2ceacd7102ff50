"""A row of a report as JSON, and back: what the vault keeps of a request or a member that a page has counted."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rightskit.cases.model import Answer
from rightskit.reports import rowparts
from rightskit.reports.rowkinds import WHOSE
from rightskit.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.memberrow import MemberRow
    from rightskit.reports.rowkinds import Kind, Row

_ENUMS: Mapping[str, type[StrEnum]] = {"Answer": Answer, "Right": Right}


def to_json(row: CaseRow | MemberRow) -> dict[str, object]:
    """All fields but whose it is.

    Raises:
        KeyError: a field holds an enumeration that cannot be read back.
    """
    values = rowparts.values(row)
    return {name: _plain(values[name]) for name in sorted(values.keys() - WHOSE)}


def from_json(kind: Kind[Row], values: Mapping[str, Any], **whose: str) -> Row:
    """A row; fields that an earlier rightskit did not know are as before anything happened.

    Args:
        kind: of the row.
        values: as :func:`to_json` gave them.
        whose: ``member``, and ``reference`` of a request.
    """
    known = {name: _value(value) for name, value in values.items() if name in kind.names}
    return rowparts.changed(kind.start, **whose, **known)


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
