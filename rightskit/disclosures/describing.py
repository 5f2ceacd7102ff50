"""What the files of a release hold: each column with its type, its unit, its levels, and what stands for a hidden cell.

Source: Frictionless Data, Data Package and Table Schema, version 1 (specs.frictionlessdata.io).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from rightskit.disclosures import cooccurrence, funnel, minimum, presence
from rightskit.disclosures.csvfile import distinct, plain
from rightskit.disclosures.line import band_labels
from rightskit.disclosures.tabulation import FIGURES, NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.disclosures.layout import Variable
    from rightskit.disclosures.tabulation import Cell, PoolTable

DESCRIPTOR = "datapackage.json"
"""Names the files of a release with their SHA-256, and tells what is in them."""
MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
    "cff": "application/yaml",
}
"""Ending → media type (IANA)."""
_PEOPLE, _PERCENT = "people", "%"
_MEANINGS = {
    "members": "Distinct people.",
    "mean": "Mean over the people who have a number; who has several counts with their own mean.",
    "lower quartile": "A quarter of the people have this or less, rounded to three digits.",
    "median": "Half of the people have this or less, rounded to three digits.",
    "upper quartile": "Three quarters of the people have this or less, rounded to three digits.",
    NO_VALUE: "Distinct people with a document in which no value stands.",
    presence.COLUMNS[1]: "Distinct people with a document that can hold the variable.",
    presence.COLUMNS[2]: "Distinct people in whose documents it stands.",
    presence.COLUMNS[3]: "Their share of those with such a document, in percent.",
    minimum.GROUP: "The variable that tells the lines apart.",
    cooccurrence.COLUMNS[0]: "The other value of the pair.",
    cooccurrence.COLUMNS[1]: "Distinct people who have both values.",
    cooccurrence.COLUMNS[2]: "Distinct people who have the first value.",
    cooccurrence.COLUMNS[3]: "Distinct people who have the second value.",
    cooccurrence.COLUMNS[4]: "How many would have both by chance.",
}
_STEPS = {head: f"Distinct people of whom a document was {head}." for head in funnel.COLUMNS[1:]}


def resource(path: str, content: bytes) -> dict[str, Any]:
    """A file of a data package."""
    ending = path.rpartition(".")[2]
    return {
        "name": path.lower().replace("/", "-").replace(".", "-").replace(" ", "-"),
        "type": "file",
        "path": path,
        "format": ending,
        "mediatype": MEDIA[ending],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def table(
    path: str, content: bytes, title: str, columns: Sequence[Mapping[str, Any]], missing: Iterable[str]
) -> dict[str, Any]:
    """A CSV of a data package.

    Args:
        path: inside the package.
        content: of the file.
        title: of the table.
        columns: its fields in their order.
        missing: what stands where a value is hidden, was taken away, or is not there.
    """
    schema = {"fields": list(columns), "missingValues": list(missing)}
    name = path.rpartition("/")[2].removesuffix(".csv").lower().replace(" ", "-")
    told = {"name": name, "type": "table", "profile": "tabular-data-resource", "title": title, "schema": schema}
    return resource(path, content) | told


def fields(of: PoolTable) -> list[dict[str, Any]]:
    """The columns of a table of the pool, as its CSV has them."""
    return [_field(of, place, plain(name)) for place, name in enumerate(distinct(of.columns))]


def _field(of: PoolTable, place: int, name: str) -> dict[str, Any]:
    cells = [row[place] for row in of.rows]
    told = {"name": name, "description": _meaning(of, place)}
    if _is_number(cells) and place:
        return {**told, "type": "number", "unit": _unit(of, of.columns[place])}
    levels = list(dict.fromkeys(plain(cell) for cell in cells if isinstance(cell, str)))
    return {**told, "type": "string"} | ({"constraints": {"enum": levels}} if levels and not place else {})


def _is_number(cells: Sequence[Cell]) -> bool:
    """Whether a column holds figures: None is hidden, an empty text a figure of nobody."""
    return all(cell is None or not cell or not isinstance(cell, str) for cell in cells)


def _meaning(of: PoolTable, place: int) -> str:
    head = of.columns[place]
    if not place:
        return f"What tells the lines of “{of.title}” apart."
    if of.kind == funnel.NAME:
        return _STEPS[head]
    if head.endswith(minimum.SHARE):
        return f"Share of the people with {head.removesuffix(minimum.SHARE)}, in percent."
    return _MEANINGS.get(head, f"Distinct people with {head}.")


def _unit(of: PoolTable, head: str) -> str:
    if head in FIGURES[1:]:
        return of.unit
    return _PERCENT if head == presence.COLUMNS[3] or head.endswith(minimum.SHARE) else _PEOPLE


def variable(one: Variable) -> dict[str, Any]:
    """A variable as a column of rows: numbers in bands and values by their codes."""
    levels = list(map(plain, band_labels(one.bands) if one.bands else dict.fromkeys(one.values.values())))
    told = {"name": one.id, "title": one.title, "unit": one.unit}
    told["description"] = f"{one.title}; {one.provenance}."
    told["type"] = "number" if one.type == "number" and not one.bands else "string"
    return told | ({"constraints": {"enum": levels}} if levels else {})


def package(about: Mapping[str, Any], resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The descriptor of a release.

    Args:
        about: as its manifest says it.
        resources: its files.
    """
    return {
        "profile": "data-package",
        "name": f"{about['campaign']}-{about['release']}".lower(),
        "title": about["title"],
        "version": about["release"],
        "created": f"{about['date']}T00:00:00Z",
        "contributors": [{"title": about["organiser"], "role": "publisher"}],
        "resources": list(resources),
    }
