"""How far the requests to each controller came, for each right; and what somebody could work out from it."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from rightskit.cases.model import Answer
from rightskit.reports.funnels import STEPS, exact, funnels
from rightskit.reports.microdata import microdata
from rightskit.reports.rowparts import changed
from rightskit.rights import Right

TODAY = dt.date(2026, 6, 1)
STEP = list(STEPS)


def rows_of(case, *groups):
    """(how many members, controller, values), each group with members of its own."""
    rows = []
    for count, controller, values in groups:
        for _ in range(count):
            name = f"RK-{len(rows)}"
            rows.append(
                case(len(rows), controller, reference=name, controller_id=controller.lower(), channel="email", **values)
            )
    return rows


def lines(rows, least=10):
    data = microdata(rows, today=TODAY, threshold=least, name=str)
    return {
        (line.controller, line.right): dict(zip(STEP, line.counts, strict=True))
        for line in funnels(rows, data, least).lines
    }


DATA = {"outcome": Answer.DATA, "days": 9, "acknowledged": True}
BACK = {"bounced": True, "received": False}
UNSENT = {"sent": None, "received": False}


def test_every_step_of_a_line_has_its_number(case) -> None:
    rows = rows_of(
        case, (30, "Alpha", DATA), (20, "Alpha", {}), (12, "Alpha", BACK), (11, "Alpha", UNSENT), (40, "Beta", {})
    )
    found = lines(rows)
    assert found["Alpha", "access"] == {
        "planned": 73, "sent": 62, "bounced": 12, "out": 50, "received": 50, "acknowledged": 30, "identity": 0,
        "extended": 0, "answered": 30, "data": 30, "readable": 0, "pooled": 0, "withdrawn": 0,
    }  # fmt: skip
    assert found["Beta", "access"]["answered"] == 0
    assert exact(rows)["alpha", "access"] == {"members": 73, **found["Alpha", "access"]}


def test_a_few_that_came_back_hide_another_line(case) -> None:
    """The funnel tells that 16 came back in all; 12 at Beta would tell of four at Alpha."""
    rows = rows_of(case, (40, "Alpha", {}), (4, "Alpha", BACK), (40, "Beta", {}), (12, "Beta", BACK), (40, "Gamma", {}))
    found = lines(rows)
    assert [found[name, "access"]["planned"] for name in ("Alpha", "Beta", "Gamma")] == [None, None, 40]
    assert [found[name, "access"]["out"] for name in ("Alpha", "Beta", "Gamma")] == [40, 40, 40]


def test_a_few_who_met_with_something_are_hidden(case) -> None:
    rows = rows_of(case, (40, "Alpha", DATA), (4, "Alpha", DATA | {"extended": True}), (40, "Beta", {}))
    assert lines(rows)["Alpha", "access"]["extended"] is None


def test_rights_of_few_stand_together(case) -> None:
    """Six erased and seven took their data along, at one controller: neither right has a line of its own."""
    rows = rows_of(case, (40, "Alpha", DATA), (40, "Beta", DATA), (13, "Alpha", {}))
    rare = [Right.ERASURE] * 6 + [Right.PORTABILITY] * 7
    rows[80:] = [changed(row, right=right) for row, right in zip(rows[80:], rare, strict=True)]
    found = lines(rows)
    assert set(found) == {("Alpha", "access"), ("Alpha", "*"), ("Beta", "access")}
    assert (found["Alpha", "*"]["out"], found["Alpha", "*"]["planned"]) == (13, None)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_told_and_what_is_left_of_it_is_nobody_or_enough(case, seed) -> None:
    """Each number of a line, and each step less the next, counts whole groups of at least the threshold."""
    rng = random.Random(seed)
    groups = [
        (
            rng.randint(1, 30),
            rng.choice(["Alpha", "Beta", "Gamma"]),
            rng.choice([DATA, BACK, UNSENT, {}, DATA | {"extended": True}]),
        )
        for _ in range(14)
    ]
    rows = rows_of(case, *groups, (20, "Alpha", {}), (20, "Beta", {}), (20, "Gamma", {}))
    for counts in lines(rows).values():
        told = [number for number in counts.values() if number is not None]
        assert all(number == 0 or number >= 10 for number in told)
        known = {step: number for step, number in counts.items() if number is not None}
        for step in ("received", "acknowledged", "extended", "answered", "data"):
            if step in known:
                assert known["out"] - known[step] == 0 or known["out"] - known[step] >= 10, step
        if "planned" in known:
            assert known["planned"] - known["sent"] not in range(1, 10)
            assert known["sent"] - known["out"] == known["bounced"]


def test_a_step_that_is_hidden_in_every_line_is_left_out_of_the_page(case) -> None:
    rows = rows_of(case, (40, "Alpha", DATA), (4, "Alpha", DATA | {"extended": True}), (40, "Beta", {}))
    found = funnels(rows, microdata(rows, today=TODAY, threshold=10, name=str), 10)
    assert found.steps == tuple(STEPS)
    assert "extended" in found.told.steps  # none of forty at Beta
    few = funnels(rows[:44], microdata(rows[:44], today=TODAY, threshold=10, name=str), 10).told
    assert "extended" not in few.steps
    assert [len(line.counts) for line in few.lines] == [len(few.steps)]


def test_what_went_out_less_the_rows_of_a_right_is_nobody_or_enough(case) -> None:
    """All of 40 members used a right; 37 rows show it, so sent less returned would tell of three."""
    second = {"right": Right.PORTABILITY}
    rows = rows_of(
        case,
        *((28, "A", DATA), (12, "A", {}), (37, "A", DATA | second), (3, "A", second)),
        *((20, "B", {}), (9, "B", second)),
    )
    found = lines(rows)
    assert found["A", "portability"]["out"] == 37
    assert found["A", "*"]["out"] == 15
    assert found["A", "portability"]["sent"] is None
    assert found["A", "access"]["sent"] is None, "15 less 12"
    assert lines([row for row in rows if row.request.right is Right.ACCESS])["A", "access"]["sent"] == 40
