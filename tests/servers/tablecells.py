"""The numbers of an export's tables and rows, with what they count."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from typing import TYPE_CHECKING

from meanings import GROUPS, LINE, NAMES, QUALITY, Cell, any_of, both, counted, ended, line, of, still

from rightskit.campaign.ages import BANDS as AGES
from rightskit.reports import funnels
from rightskit.reports.figures import is_out
from rightskit.reports.recruitment import FACTS
from rightskit.reports.survival import spells

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from meanings import Cells, Is

    from rightskit.reports.caserow import CaseRow

HEADS = {
    "funnel": "step",
    "outcomes": "outcome",
    "facts": "fact",
    "forms": "form",
    "decisions": "decision",
    "measures": "measure",
}
EXACT = {
    *HEADS,
    *("controllers", "funnels", "members", "ages", "at_risk", "times", "incidence", "quality"),
    "by_controller",  # the rows, counted
}
"""Tables whose numbers are read."""
ROUNDED = {
    "answers": "what the pool's tables tell, whose cells test_attack_sums reads in a release",
    "answer_figures": "likewise",
    "population": "the people of whom the campaign speaks, as its own file says",
    "arms": "shares in steps and lower ends: test_an_arm_tells_of_no_few",
    "arm_differences": "differences of these, in the same steps",
}
"""What the others hold."""


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def cells(folder: Path, today: dt.date, truth: Iterable[CaseRow]) -> Cells:
    """Of all tables.

    Args:
        folder: of the tables.
        today: the day of the export.
        truth: as it was counted; the attacker guesses rightly which number a share in whole per cent stands for.
    """
    for group, head in HEADS.items():
        for row in lines(folder / f"{group}.csv"):
            keys = row[head].replace("-", "_").split("+")
            if row["requests"] and set(keys) <= GROUPS[group].keys():
                yield Cell(f"{group} {'+'.join(keys)}", int(row["requests"]), any_of(group, keys))
    yield from _controllers(folder, today)
    for row in lines(folder / "at_risk.csv"):
        if row["requests"]:
            yield Cell(f"{today} at_risk {row['day']}", int(row["requests"]), still(int(row["day"]), today))
    yield from _quality(folder)
    yield from _times(folder, today, list(filter(is_out, truth)))


def _controllers(folder: Path, today: dt.date) -> Cells:
    for row in lines(folder / "controllers.csv"):
        for column, holds in LINE.items():
            if row[column] and row["controller"] in NAMES.values():
                yield Cell(f"{row['controller']} {column}", int(row[column]), of(row["controller"], holds))
    for row in lines(folder / "funnels.csv"):
        for step in funnels.STEPS:
            if row[step] and row["controller"] in NAMES.values():
                yield from line(row["controller"], row["right"], step, int(row[step]), today)


def _quality(folder: Path) -> Cells:
    for row in lines(folder / "quality.csv"):
        if row["n"] and row["figure"] in QUALITY:
            base, holds = QUALITY[row["figure"]]
            yield Cell(f"quality {row['figure']}", int(row["n"]), base)
            if holds:
                share = round(float(row["value"]) * int(row["n"]))
                yield Cell(f"quality {row['figure']} yes", share, both(base, holds))


def _times(folder: Path, today: dt.date, out: list[CaseRow]) -> Cells:
    """A share of all who were watched until the day is their number, where nobody was lost from sight before."""
    told = [(row["answer"], "", row) for row in lines(folder / "times.csv")]
    told += [("final", row["outcome"], row) for row in lines(folder / "incidence.csv") if row["outcome"] != "other"]
    for answer, cause, row in told:
        day, final = int(row["day"]), answer == "final"
        holds = ended(day, today, final=final, cause=cause)
        lost = any(wait.days < day and not wait.answered for wait in spells(out, today, final=final))
        number = sum(map(holds, out))
        if day and not lost and round(number / len(out), 2) == float(row["share"]):
            yield Cell(f"{today} {answer} {cause} {day}", number, both(is_out, holds))


def rows(shown: Mapping[str, Mapping[str, str]], today: dt.date) -> Cells:
    """All that can be counted of each column: in the file, and in the rows of a controller and right."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row in shown.values():
        for column, value in row.items():
            for controller, right in itertools.product((row["controller"], ""), (row["right"], "")):
                found[controller, right, column, value] += 1
    for (controller, right, column, value), number in found.items():
        yield counted(number, today, controller, right, column, (value,))


def arms(folder: Path) -> Iterator[tuple[str, float]]:
    """The rounded share of each that was answered on time."""
    for row in lines(folder / "arms.csv"):
        if row["on_time"]:
            yield row["arm"], float(row["on_time"])


def people(folder: Path) -> Iterator[tuple[str, tuple[int, Is]]]:
    for row in lines(folder / "members.csv"):
        if row["members"]:
            yield row["fact"], (int(row["members"]), FACTS[row["fact"]])
    for row in lines(folder / "ages.csv"):
        ages = {age for age in AGES if age in row["ages"]} or {""}
        for column in ("joined", "complete", "delivered"):
            if row[column]:
                holds = FACTS[column]
                cell = f"{row['ages']} {column}"
                yield cell, (int(row[column]), lambda row, ages=ages, holds=holds: row.age in ages and holds(row))
