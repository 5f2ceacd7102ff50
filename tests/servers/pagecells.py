"""The numbers of a page, with what they count."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser
from itertools import product
from typing import TYPE_CHECKING

from meanings import GROUPS, LINE, NAMES, Cell, any_of, both, line, of, still

from rightskit import texts
from rightskit.reports import funnels
from rightskit.reports.codebook import VARIABLES, entry
from rightskit.reports.microdata import TAKEN
from rightskit.reports.recruitment import FACTS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from meanings import Cells, Is

Tables = dict[str, list[list[str]]]
"""Section -> rows of texts."""
EXACT = {"funnel", "outcomes", "facts", "forms", "decisions", "controllers", "curve", "people", "pool", "figures"}
"""Sections whose numbers of requests and people are read."""
ROUNDED = {
    "when": "shares in whole per cent that the export tells too",
    "quality": "shares and lower ends; the export tells the numbers",
    "trial": "shares in steps, lower ends and bounds",
    "said": "words of controllers",
    "missing": "sentences",
    "notes": "sentences",
}
"""What the others hold."""


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: Tables = defaultdict(list)
        self._section, self._inside, self._small = "", False, False

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        if tag == "section":
            self._section = values.get("aria-labelledby", "")
            self.found[self._section] = []
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


def tables(path: Path) -> Tables:
    found = _Parser()
    found.feed(path.read_text(encoding="utf-8"))
    return found.found


def cells(found: Tables, today: dt.date) -> Cells:
    """Of a report."""
    for group in GROUPS:
        for keys, number in _bars(group, found.get("decisions" if group == "measures" else group, ())):
            yield Cell(f"{group} {'+'.join(keys)}", number, any_of(group, keys))
    for row in found.get("curve", []):
        if len(row) == len(("day", "requests")) and row[0].isdecimal() and row[1].isdecimal():
            yield Cell(f"{today} at_risk {row[0]}", int(row[1]), still(int(row[0]), today))
    yield from _controllers(found.get("controllers", []))
    yield from _lines(found.get("controllers", []), today)


def _bars(group: str, rows: list[list[str]]) -> Iterator[tuple[list[str], int]]:
    names = {texts.text("en", f"report.{group}.{key}"): key for key in GROUPS[group]}
    for label, *some in filter(None, rows):
        words = [label] if label in names else label.split(" or ")
        keys = [names[word] for word in words if word in names]
        if len(keys) == len(words) and len(some) > 1 and some[1].isdecimal():
            yield keys, int(some[1])


def _controllers(rows: list[list[str]]) -> Cells:
    heads = {texts.text("en", f"report.controllers.{key}"): key for key in LINE}
    head = next((row for row in rows if len(heads.keys() & set(row)) > 2), [])
    columns = [heads.get(title) for title in head]
    for name, *some in (row for row in rows if len(row) == len(head) and row != head):
        for column, cell in zip(columns[1:], some, strict=True):
            # A share in whole per cent of fewer than 100 requests tells their number.
            whole = int(some[0]) / 100 if cell.endswith("%") else 1
            if column and cell.rstrip("%").isdecimal() and name in NAMES.values():
                yield Cell(f"{name} {column}", round(int(cell.rstrip("%")) * whole), of(name, LINE[column]))


def _lines(rows: list[list[str]], today: dt.date) -> Cells:
    """The funnel of each controller and right, below the table of controllers."""
    heads = {texts.text("en", f"report.lines.{step}"): step for step in funnels.STEPS}
    rights = {told["en"]: right for right, told in entry(VARIABLES, "right").values.items()}
    rights[texts.text("en", "report.lines.other_rights")] = TAKEN
    columns: list[str | None] = []
    for row in rows:
        known = [heads.get(word) for word in row]
        if sum(map(bool, known)) > len(LINE):
            columns = known
        for name, (words, right) in product(NAMES.values(), rights.items()):
            if len(row) == len(columns) and row[0] == name + words:
                for step, cell in zip(columns, row, strict=True):
                    if step and cell.isdecimal():
                        yield from line(name, right, step, int(cell), today)


def people(found: Tables) -> Iterator[tuple[str, tuple[int, Is]]]:
    names = {texts.text("en", f"report.members.{key}"): key for key in FACTS}
    for label, *some in filter(None, found.get("people", [])):
        if label in names and some[1].isdecimal():
            yield names[label], (int(some[1]), FACTS[names[label]])


def dossier(path: Path) -> Cells:
    """All of one controller; where nobody else may be told of, those alone whose course is told."""
    counts_all = texts.text("en", "dossier.figures.lead_all") in path.read_text(encoding="utf-8")
    found = tables(path)["figures"]
    for group in ("funnel", "outcomes", "facts") if counts_all else ():
        for keys, number in _bars(group, found):
            holds = of(NAMES["suedstern"], any_of(group, keys))
            yield Cell(f"dossier {group} {'+'.join(keys)}", number, both(lambda row: bool(row.course.sent), holds))
