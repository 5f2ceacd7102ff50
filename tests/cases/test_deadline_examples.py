"""Every worked example of tests/law/deadlines.csv, and what the examples leave open."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from rightskit.cases.deadline import deadline
from rightskit.cases.happenings import parse_event
from rightskit.cases.places import Place

TABLE = Path(__file__).parent.parent / "law" / "deadlines.csv"
EXAMPLES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row['id']}-{row['country']}")
def test_the_worked_example_comes_out(row: dict[str, str]) -> None:
    result = deadline(
        dt.date.fromisoformat(row["received"]),
        Place(row["country"], row["subdivision"]),
        [parse_event(event) for event in row["events"].split()],
    )
    assert (iso(result.earliest), iso(result.latest)) == (row["earliest"], row["latest"])
    assert " ".join(result.flags) == row["flags"]


def test_there_are_as_many_examples_as_were_written() -> None:
    assert len(EXAMPLES) >= 35
