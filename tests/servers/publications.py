"""What somebody reads who has all files that a campaign published: figures, rows and grades, and what they mean.

Beside the files stands, for the test alone, what they were made from: ``NAME.truth``, requests and members as they were
counted, and who stands behind each cell of the pool.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pagecells
import poolcells
import tablecells
from meanings import NAMES

from rightskit.errors import RefusedError
from rightskit.reports.microdata import microdata
from rightskit.reports.rowkinds import MEMBERS, REQUESTS
from rightskit.reports.rowtext import from_json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from meanings import Cell, Is
    from poolcells import Stands

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.memberrow import MemberRow


@dataclass(frozen=True)
class Published:
    """Files of one day, and what they were made from, which the attacker does not have.

    Attributes:
        cells: name -> a number of requests that the files show.
        shown: reference -> what its row shows, in an export or where rows are counted.
        rows: likewise, of an export alone.
        grades: controller and criterion → the rounded share.
        arms: of a trial → the rounded share that was answered on time.
        members: of each person what was counted.
        heads: cell → the number of people that the files show, and of which of them it is the number.
        documents: cell -> the number of people that the pool's tables show, and who they are.
        names: of the tables and sections of which the files are made.
    """

    kind: str
    day: dt.date
    truth: Mapping[str, CaseRow]
    cells: Mapping[str, Cell]
    shown: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, Mapping[str, str]]
    grades: Mapping[tuple[str, str], float]
    arms: Mapping[str, float]
    members: Mapping[str, MemberRow]
    heads: Mapping[str, tuple[int, Is]]
    documents: Mapping[str, tuple[int, frozenset[str]]]
    names: frozenset[str]

    def behind(self, cell: Cell) -> set[str]:
        """The requests that a cell counts."""
        return {name for name, row in self.truth.items() if cell.counts(row, self.shown.get(name, {}))}

    def people(self, requests: Iterable[str]) -> int:
        return len({self.truth[one].member for one in requests})


def _shown(truth: Mapping[str, CaseRow], day: dt.date, threshold: int) -> dict[str, dict[str, str]]:
    """What the rows of a day show; where too few take part, there are none."""
    try:
        data = microdata(list(truth.values()), today=day, threshold=threshold, name=str)
    except RefusedError:
        return {}
    return {row[0]: dict(zip(data.columns[1:], row[1:], strict=True)) for row in data.rows}


def read(campaign, name: str, day: dt.date, threshold: int) -> Published:
    """One publication of the folder ``published`` of a campaign."""
    path = campaign.folder / "published" / name
    kind = name.partition("-")[2]
    told = json.loads(path.with_name(f"{name}.truth").read_text(encoding="utf-8"))
    truth = {
        reference: from_json(REQUESTS, row, reference=reference, member=member)
        for reference, member, row in told["requests"]
    }
    members = {member: from_json(MEMBERS, row, member=member) for member, row in told["members"].items()}
    stands = {tuple(mark.split("|")): frozenset(people) for mark, people in told["pool"].items()}
    one = Published(kind, day, truth, {}, {}, {}, {}, {}, members, {}, {}, frozenset())
    return replace(one, **_read(campaign, path, one, stands, threshold))


def _read(campaign, path: Path, one: Published, stands: Stands, threshold: int) -> dict[str, Any]:
    """What is read of the files of one kind."""
    if one.kind == "report":
        found = pagecells.tables(path.with_name(f"{path.name}.html"))
        return {
            "cells": _named(pagecells.cells(found, one.day)),
            "shown": _shown(one.truth, one.day, threshold),
            "heads": dict(pagecells.people(found)),
            "documents": dict(poolcells.of_page(found.get("pool", []), stands)),
            "names": frozenset(found),
        }
    if one.kind == "export":
        tables, rows = path / "tables", _rows(campaign, path, one.truth)
        return {
            "cells": _named([*tablecells.cells(tables, one.day, one.truth.values()), *tablecells.rows(rows, one.day)]),
            "shown": _shown(one.truth, one.day, threshold),
            "rows": rows,
            "arms": dict(tablecells.arms(tables)),
            "heads": dict(tablecells.people(tables)),
            "names": frozenset(file.stem for file in tables.glob("*.csv")),
        }
    if one.kind == "barometer":
        return {"grades": dict(_grades(path))}
    if one.kind == "release":
        return {"documents": dict(poolcells.of_release(path, stands))}
    return {"cells": _named(pagecells.dossier(path / "dossier.html"))}


def _named(cells: Iterable[Cell]) -> dict[str, Cell]:
    return {one.name: one for one in cells}


def _rows(campaign, path: Path, truth: Iterable[str]) -> dict[str, dict[str, str]]:
    """Reference -> what its row shows, which nobody outside can match."""
    from rightskit.vault import exports, ledger

    release = json.loads((path / "provenance.json").read_text(encoding="utf-8"))["ledger"]
    with campaign.vault().read() as connection:
        key = exports.get(connection, release).key
        assert release in {one.name for one in ledger.all_releases(connection)}
    owner = {hmac.digest(key, reference.encode(), "sha256")[:8].hex(): reference for reference in truth}
    return {owner[row.pop("row")]: row for row in tablecells.lines(path / "requests.csv")}


def _grades(path: Path) -> Iterable[tuple[tuple[str, str], float]]:
    for controller in NAMES:
        for row in json.loads((path / "controllers" / f"{controller}.json").read_text(encoding="utf-8"))["rows"]:
            if row["share_about"] is not None:
                yield (controller, row["criterion"]), row["share_about"]
