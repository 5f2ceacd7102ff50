"""Tables → the files of a release: CSV and JSON, and a manifest that says what they are and how to check them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from rightskit.disclosures import describing, funnel
from rightskit.disclosures.crosstable import table_name
from rightskit.disclosures.csvfile import csv_bytes
from rightskit.disclosures.describing import DESCRIPTOR
from rightskit.disclosures.research import TAKEN
from rightskit.disclosures.tabulation import TableLeftOut, is_empty
from rightskit.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.disclosures.pool import Pool
    from rightskit.disclosures.research import ResearchCopy
    from rightskit.disclosures.tabulation import PoolTable

MANIFEST = "manifest.json"
HIDDEN = "c"
"""A hidden cell of a CSV, by the flag for confidential figures in official statistics; null in JSON."""
_RULES = (
    "Counts are distinct people; who entered twice, or shares a meter or a contract with others, counts once.",
    "A cell of fewer people than the threshold is hidden, and so are cells that would tell it (exact audit).",
    "A cell that differs from one of an earlier release by fewer people than the threshold is hidden too.",
    "A mean is hidden where one or two people make nearly all of the sum (p % rule, p = 10).",
    "Quartiles are rounded to three digits; the lowest and the highest value of anyone are never shown.",
)


def publishable(pool: Pool) -> tuple[tuple[PoolTable, ...], tuple[TableLeftOut, ...]]:
    """The tables of which something can be shown, and what is left out.

    Raises:
        RefusedError: there is nothing that may leave the house.
    """
    least = pool.threshold
    if pool.members is not None and pool.members < least:
        raise RefusedError(
            f"{pool.members} members agreed and have data; a release needs {least}.",
            "Wait for more answers; the threshold stands in campaign.yaml.",
        )
    shown = tuple(table for table in pool.tables if not is_empty(table))
    reason = f"fewer than {least} members stand behind it, or by fewer than {least} it differs from an earlier release"
    left = [TableLeftOut(t.variable, f"{t.title}, {t.kind}", reason) for t in pool.tables if is_empty(t)]
    if all(table.kind == funnel.NAME for table in shown):
        raise RefusedError(
            "No table may leave the house: in each, fewer than the threshold's members stand behind every cell, or make"
            f" the difference to an earlier release (threshold {least}).",
            "Whoever knows who joined or left could subtract one from the other. Wait for more members.",
        )
    return shown, (*pool.left_out, *left)


def seen(pool: Pool) -> Pool:
    """The pool with the tables that are shown, and of them the edges and marks that the ledger does not know yet.

    From what nobody saw, nothing can be subtracted.
    """
    tables = tuple(table for table in pool.tables if not is_empty(table))
    shown = {table.variable for table in tables}
    edges = {name: told for name, told in pool.edges.items() if table_name(name) in shown}
    edges = {name: told for name, told in edges.items() if name not in pool.unchanged}
    names = {*edges, *([""] if pool.members is not None else [])} - pool.unchanged
    marks = {mark: held for mark, held in pool.marks.items() if mark.variable in names}
    returned = pool.returned if funnel.NAME in edges else {}
    return replace(pool, tables=tables, edges=edges, marks=marks, returned=returned)


def files(
    about: Mapping[str, Any], tables: Sequence[PoolTable], left_out: Sequence[TableLeftOut]
) -> Mapping[str, bytes]:
    """Path inside the release → bytes; the manifest stands last and holds the SHA-256 of all others.

    Args:
        about: what the manifest says of the release as a whole.
        tables: as they may be shown.
        left_out: what has no table, and why.
    """
    made: dict[str, bytes] = {}
    listed, described = [], []
    for number, table in enumerate(tables, 1):
        stem = f"tables/{number:02}-{table.variable}-{table.kind}"
        content = csv_bytes(table.columns, table.rows, HIDDEN)
        described.append(describing.table(f"{stem}.csv", content, table.title, describing.fields(table), (HIDDEN, "")))
        parts = {f"{stem}.csv": content, f"{stem}.json": _json(asdict(table))}
        made |= parts
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
        listed.append({"title": table.title, "variable": table.variable, "kind": table.kind, "files": digests})
    left = [asdict(one) for one in left_out]
    made[DESCRIPTOR] = _json(describing.package(about, described))
    told = {"rules": _RULES, "hidden": HIDDEN, "tables": listed, "left_out": left}
    made[MANIFEST] = _json({**about, **told, "files": {DESCRIPTOR: hashlib.sha256(made[DESCRIPTOR]).hexdigest()}})
    return made


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def research_files(about: Mapping[str, Any], made: ResearchCopy) -> Mapping[str, bytes]:
    """Path inside the copy → bytes: rows as CSV, and the manifest with its codebook."""
    variables = (*made.known, *made.others)
    rows = csv_bytes(["row", *(variable.id for variable in variables)], made.rows)
    told = [describing.variable(variable) for variable in variables]
    codebook = [
        {"variable": v.id, "title": v.title, "unit": v.unit, "provenance": v.provenance, "known": v in made.known}
        for v in variables
    ]
    fields = [{"name": "row", "type": "string", "description": "A random id that no other copy has."}, *told]
    table = describing.table("rows.csv", rows, about["title"], fields, ("", TAKEN))
    described = _json(describing.package(about, [table]))
    measured = {"k": made.k, "l": made.diversity, "rows_without_what_is_known": made.taken, "left_out": made.several}
    content = {"rows.csv": rows, DESCRIPTOR: described}
    files = {name: hashlib.sha256(raw).hexdigest() for name, raw in content.items()}
    terms = "For research under a written agreement that nobody tries to recognise a person; not for publication."
    manifest = {**about, "terms": terms, **measured, "variables": codebook, "files": files}
    return {**content, MANIFEST: _json(manifest)}


def checksums(made: Mapping[str, bytes]) -> Iterator[str]:
    """Lines for ``sha256sum --check``."""
    for name, content in made.items():
        yield f"{hashlib.sha256(content).hexdigest()}  {name}"
