"""What an export says of its files: ``datapackage.json``, with every column of every CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rightskit.disclosures import describing
from rightskit.reports.codebook import HEADINGS, VARIABLES, column, entry
from rightskit.reports.microdata import TAKEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.reports.codebook import Entry
    from rightskit.reports.datatables import DataTable
    from rightskit.reports.microdata import Microdata
    from rightskit.reports.package import About

_ROWS = "Requests that went out and did not come back, a row each"
_CODEBOOK = "Every figure, column and code"


_Told = tuple[str, "Sequence[Mapping[str, Any]]", tuple[str, ...]]
"""Title, columns, and what stands for a missing value."""


def descriptor(about: About, data: Microdata, tables: Sequence[DataTable], made: Mapping[str, bytes]) -> dict[str, Any]:
    """The data package.

    Args:
        about: the export.
        data: its rows.
        tables: its tables.
        made: path inside it → bytes, without this file.
    """
    described: dict[str, _Told] = {
        "requests.csv": (_ROWS, [_variable(entry(VARIABLES, name)) for name in data.columns], ("", TAKEN))
    }
    described |= {f"tables/{table.name}.csv": (table.title, _typed(table), ("",)) for table in tables}
    described["codebook.csv"] = (_CODEBOOK, _headings(), ("",))
    resources = [describing.table(path, made[path], *told) for path, told in described.items()]
    resources[0]["schema"]["primaryKey"] = data.columns[0]
    resources += [describing.resource(path, made[path]) for path in made if path not in described]
    return {
        "profile": "data-package",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "version": about.release,
        "created": f"{about.date.isoformat()}T00:00:00Z",
        "contributors": [
            {"title": about.organiser, "role": "publisher"},
            {"title": about.contact.name, "email": about.contact.email, "role": "contact"},
        ],
        "licenses": [{"name": about.licence.id, "title": about.licence.title, "path": about.licence.url}],
        "resources": resources,
    }


def _variable(one: Entry) -> dict[str, Any]:
    field = _field(one.id, "string", one)
    if one.id == "row":
        return field | {"constraints": {"required": True, "unique": True}}
    return field | ({"constraints": {"enum": list(one.values)}} if one.values else {})


def _typed(table: DataTable) -> Sequence[Mapping[str, Any]]:
    return [_field(name, kind, column(table.name, name)) for name, kind in table.columns.items()]


def _field(name: str, kind: str, one: Entry) -> dict[str, Any]:
    told = {"name": name, "type": kind, "title": one.title["en"], "description": one.definition["en"]}
    return told | ({"unit": one.unit} if one.unit else {})


def _headings() -> list[dict[str, Any]]:
    return [{"name": name, "type": "string", "description": told} for name, told in HEADINGS.items()]
