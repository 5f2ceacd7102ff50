"""What somebody reads who has all files that a campaign published: figures, rows and grades, and what they mean.

Beside the files stands, for the test alone, what they were made from: ``NAME.truth``, requests and members as they were
counted.
"""

from __future__ import annotations

import csv
import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign.ages import BANDS as AGES
from rightskit.cases.model import Answer
from rightskit.reports import funnels
from rightskit.reports.breakdown import DECISIONS, MEASURES, PENDING, decision
from rightskit.reports.control import _FACTS
from rightskit.reports.figures import STEPS, has_data, is_answered, is_out, is_refused
from rightskit.reports.forms import FORMS
from rightskit.reports.recruitment import FACTS
from rightskit.reports.rowkinds import MEMBERS, REQUESTS
from rightskit.reports.rowtext import from_json
from rightskit.rights import Right

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.memberrow import MemberRow

NAMES = {"suedstern": "Südstern Versand AG", "nordlicht": "Auskunftei Nordlicht GmbH"}
"""Controllers, by id."""

Holds = Callable[["CaseRow"], bool]
Is = Callable[["MemberRow"], bool]


@dataclass(frozen=True)
class Published:
    """Files of one day, and what they were made from, which the attacker does not have.

    Attributes:
        counts: cell → the number that the files show.
        meaning: cell → of which requests it is the number.
        rows: reference → what the export's row shows.
        grades: controller and criterion → the rounded share.
        members: of each person what was counted.
        heads: cell → the number of people that the files show, and of which of them it is the number.
    """

    kind: str
    truth: Mapping[str, CaseRow]
    counts: Mapping[str, int]
    meaning: Mapping[str, Holds]
    rows: Mapping[str, Mapping[str, str]]
    grades: Mapping[tuple[str, str], float]
    members: Mapping[str, MemberRow]
    heads: Mapping[str, tuple[int, Is]]

    def behind(self, cell: str) -> set[str]:
        """The requests that a cell counts."""
        return {reference for reference, row in self.truth.items() if self.meaning[cell](row)}

    def people(self, requests: set[str]) -> int:
        return len({self.truth[one].member for one in requests})


class _Tables(HTMLParser):
    """Section → rows of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = defaultdict(list)
        self._section, self._inside, self._small = "", False, False

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        if tag == "section":
            self._section = values.get("aria-labelledby", "")
        elif tag == "tr":
            self.found[self._section].append([])
        elif tag in {"td", "th"}:
            self._inside = True
            self.found[self._section][-1].append("")
        elif tag == "span" and values.get("class") == "small":
            self._small = True

    def handle_endtag(self, tag) -> None:
        self._inside = self._inside and tag not in {"td", "th"}
        self._small = self._small and tag != "span"

    def handle_data(self, data) -> None:
        if self._inside and not self._small:
            self.found[self._section][-1][-1] += data.strip()


def _is_decided(row: CaseRow) -> bool:
    return is_out(row) and decision(row) not in {"", PENDING}


OUTCOMES: Mapping[str, Holds] = {
    "data": has_data,
    "no_data": lambda row: is_out(row) and row.course.outcome is Answer.NO_DATA,
    "confirmed": lambda row: is_out(row) and row.course.outcome is Answer.CONFIRMED,
    "refused": is_refused,
    "answered": is_answered,
    "dialogue": lambda row: is_out(row) and row.course.outcome is Answer.IN_DIALOGUE,
    "open": lambda row: is_out(row) and not is_answered(row) and row.course.outcome is not Answer.IN_DIALOGUE,
    "waiting": lambda row: is_out(row) and not is_answered(row),
}
GROUPS: Mapping[str, Mapping[str, Holds]] = {
    "funnel": STEPS,
    "outcomes": OUTCOMES,
    "facts": {name: lambda row, holds=holds: is_out(row) and holds(row) for name, holds in _FACTS.items()},
    "forms": {name: lambda row, name=name: has_data(row) and (row.data.form or "unknown") == name for name in FORMS},
    "decisions": {
        name.replace("-", "_"): lambda row, name=name: is_out(row) and decision(row) == name for name in DECISIONS
    },
    "measures": {
        name.replace("-", "_"): lambda row, name=name: _is_decided(row) and (row.dispute.measure or "untold") == name
        for name in MEASURES
    },
}
LINE: Mapping[str, Holds] = {
    "requests": is_out,
    "answered": is_answered,
    "identity": lambda row: is_out(row) and row.demands.identity_demanded,
    "data": has_data,
    "refused": is_refused,
}
Cells = Iterator[tuple[str, int, Holds]]


def _lines_of_page(rows: list[list[str]]) -> Cells:
    """The funnel of each controller, below the table of controllers."""
    heads = {texts.text("en", f"report.lines.{step}"): step for step in funnels.STEPS}
    columns: list[str | None] = []
    for row in rows:
        known = [heads.get(word) for word in row]
        if sum(map(bool, known)) > len(LINE):
            columns = known
        for name in NAMES.values():
            if len(row) == len(columns) and row[0].startswith(name):  # the right stands below it
                for step, cell in zip(columns, row, strict=True):
                    if step and cell.isdecimal():
                        yield f"{name} line {step}", int(cell), _of(name, funnels.STEPS[step])


def _people_of_page(rows: list[list[str]]) -> Iterator[tuple[str, tuple[int, Is]]]:
    names = {texts.text("en", f"report.members.{key}"): key for key in FACTS}
    for label, *cells in rows:
        if label in names and cells[1].isdecimal():
            yield names[label], (int(cells[1]), FACTS[names[label]])


def _people_of_tables(folder: Path) -> Iterator[tuple[str, tuple[int, Is]]]:
    for line in _csv(folder / "members.csv"):
        if line["members"]:
            yield line["fact"], (int(line["members"]), FACTS[line["fact"]])
    for line in _csv(folder / "ages.csv"):
        ages = {age for age in AGES if age in line["ages"]} or {""}
        for column in ("joined", "complete"):
            if line[column]:
                holds = FACTS[column]
                cell = f"{line['ages']} {column}"
                yield cell, (int(line[column]), lambda row, ages=ages, holds=holds: row.age in ages and holds(row))


def _any_of(group: str, keys: list[str]) -> Holds:
    return lambda row: any(GROUPS[group][key](row) for key in keys)


def _of(controller: str, holds: Holds) -> Holds:
    return lambda row: row.request.controller == controller and holds(row)


def _tables(path: Path) -> dict[str, list[list[str]]]:
    tables = _Tables()
    tables.feed(path.read_text(encoding="utf-8"))
    return tables.found


def _cells_of_page(found: Mapping[str, list[list[str]]]) -> Cells:
    for group, known in GROUPS.items():
        names = {texts.text("en", f"report.{group}.{key}"): key for key in known}
        for label, *cells in found.get(group, ()):
            words = [label] if label in names else label.split(" or ")
            keys = [names[word] for word in words if word in names]
            if len(keys) == len(words) and cells[1].isdecimal():
                yield f"{group} {'+'.join(keys)}", int(cells[1]), _any_of(group, keys)
    heads = {texts.text("en", f"report.controllers.{key}"): key for key in LINE}
    rows = found.get("controllers", [])
    yield from _lines_of_page(rows)
    head = next((row for row in rows if len(heads.keys() & set(row)) > 2), [])
    columns = [heads.get(title) for title in head]
    for name, *cells in (row for row in rows if len(row) == len(head) and row != head):
        for column, cell in zip(columns[1:], cells, strict=True):
            # A share in whole per cent of fewer than 100 requests tells their number.
            of = int(cells[0]) / 100 if cell.endswith("%") else 1
            if column and cell.rstrip("%").isdecimal() and name in NAMES.values():
                yield f"{name} {column}", round(int(cell.rstrip("%")) * of), _of(name, LINE[column])


def _cells_of_dossier(path: Path) -> Cells:
    """All of one controller; where nobody else may be told of, those alone whose course is told."""
    page = path.read_text(encoding="utf-8")
    counts_all = texts.text("en", "dossier.figures.lead_all") in page
    found = _tables(path)["figures"]
    for group in ("funnel", "outcomes", "facts"):
        known = GROUPS[group]
        names = {texts.text("en", f"report.{group}.{key}"): key for key in known}
        for label, *cells in found:
            keys = [names[word] for word in label.split(" or ") if word in names]
            if counts_all and keys and len(cells) > 1 and cells[1].isdecimal():
                holds = _of(NAMES["suedstern"], _any_of(group, keys))
                yield (
                    f"dossier {group} {'+'.join(keys)}",
                    int(cells[1]),
                    lambda row, holds=holds: bool(row.course.sent) and holds(row),
                )


def _csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


HEADS = {
    "funnel": "step",
    "outcomes": "outcome",
    "facts": "fact",
    "forms": "form",
    "decisions": "decision",
    "measures": "measure",
}


def _cells_of_tables(folder: Path) -> Cells:
    for group, head in HEADS.items():
        for line in _csv(folder / f"{group}.csv"):
            keys = line[head].replace("-", "_").split("+")
            if line["requests"] and set(keys) <= GROUPS[group].keys():
                yield f"{group} {'+'.join(keys)}", int(line["requests"]), _any_of(group, keys)
    for line in _csv(folder / "controllers.csv"):
        for column, holds in LINE.items():
            if line[column] and line["controller"] in NAMES.values():
                yield f"{line['controller']} {column}", int(line[column]), _of(line["controller"], holds)
    for line in _csv(folder / "funnels.csv"):
        for step, holds in funnels.STEPS.items():
            if line[step] and line["controller"] in NAMES.values() and line["right"] == Right.ACCESS:
                yield f"{line['controller']} line {step}", int(line[step]), _of(line["controller"], holds)


def read(campaign, name: str) -> Published:
    """One publication of the folder ``published`` of a campaign."""
    from rightskit.vault import exports, ledger

    path = campaign.folder / "published" / name
    kind = name.partition("-")[2]
    told = json.loads(path.with_name(f"{name}.truth").read_text(encoding="utf-8"))
    truth = {
        reference: from_json(REQUESTS, row, reference=reference, member=member)
        for reference, member, row in told["requests"]
    }
    members = {member: from_json(MEMBERS, row, member=member) for member, row in told["members"].items()}
    cells, rows, grades, people = [], {}, {}, {}
    if kind == "report":
        found = _tables(path.with_name(f"{name}.html"))
        cells, people = list(_cells_of_page(found)), dict(_people_of_page(found.get("people", [])))
    elif kind == "dossier":
        cells = list(_cells_of_dossier(path / "dossier.html"))
    elif kind == "export":
        cells, people = list(_cells_of_tables(path / "tables")), dict(_people_of_tables(path / "tables"))
        release = json.loads((path / "provenance.json").read_text(encoding="utf-8"))["ledger"]
        with campaign.vault().read() as connection:
            key = exports.get(connection, release).key
            assert release in {one.name for one in ledger.all_releases(connection)}
        owner = {hmac.digest(key, reference.encode(), "sha256")[:8].hex(): reference for reference in truth}
        rows = {owner[line["row"]]: line for line in _csv(path / "requests.csv")}
    else:
        for controller in NAMES:
            for line in json.loads((path / "controllers" / f"{controller}.json").read_text(encoding="utf-8"))["rows"]:
                if line["share_about"] is not None:
                    grades[controller, line["criterion"]] = line["share_about"]
    counts = {cell: number for cell, number, _ in cells}
    meaning = {cell: holds for cell, _, holds in cells}
    return Published(kind, truth, counts, meaning, rows, grades, members, people)
