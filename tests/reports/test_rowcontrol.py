"""Somebody who has the report and the export of one day takes rows from figures, of one value or of several."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict

import pytest

from rightskit.cases.model import Answer
from rightskit.errors import RefusedError
from rightskit.reports.build import figures
from rightskit.reports.microdata import TAKEN, microdata
from rightskit.reports.rowcontrol import Beside
from rightskit.reports.rowparts import values
from rightskit.reports.rows import COMPLAINTS

TODAY = dt.date(2026, 6, 30)
LEAST = 10
DATA = {"outcome": Answer.DATA, "days": 9}
ASKED = {"identity_demanded": True, "acknowledged": True, "first": 3}


def rows_of(case, *groups):
    """(how many members, controller, values), each group with members of its own."""
    rows = []
    for count, controller, said in groups:
        rows += [
            case(len(rows) + n, controller, reference=f"RK-{len(rows) + n}", channel="email", **said)
            for n in range(count)
        ]
    return rows


def shown(rows, column: str) -> dict[tuple[str, str], set[str]]:
    """Controller and value -> the requests whose rows show both."""
    data = microdata(rows, today=TODAY, threshold=LEAST, name=str)
    head, place = data.columns.index("controller"), data.columns.index(column)
    found = defaultdict(set)
    for row in data.rows:
        found[row[head], row[place]].add(row[0])
    return found


def test_complaints_less_those_whose_row_says_how_far_they_came(case) -> None:
    """24 complaints, 20 of them lodged and shown: four were decided."""
    rows = rows_of(
        case,
        (40, "A", {}),
        (4, "A", {"complained": True, "complaint": "decided", "decision": "upheld"}),
        (40, "B", {}),
        (20, "B", {"complained": True, "complaint": "lodged"}),
    )
    assert [bar.count for bar in figures(rows, LEAST, TODAY).facts if bar.keys == ("complained",)] == [24]
    assert ("B", "lodged") not in shown(rows, "complaint")


def test_another_channel_less_those_whose_row_says_which(case) -> None:
    rows = rows_of(
        case,
        (40, "A", {}),
        (4, "A", {"forced": "post", "first": 3}),
        (40, "B", {}),
        (20, "B", {"forced": "portal", "first": 3}),
    )
    assert ("B", "portal") not in shown(rows, "forced")


def test_forms_that_stand_together_less_one_of_them(case) -> None:
    """34 came as text or PDF, 30 rows show a PDF: four were texts."""
    rows = rows_of(
        case,
        (30, "A", DATA | {"form": "pdf"}),
        (15, "A", DATA | {"form": "picture"}),
        (30, "A", {}),
        (30, "B", DATA | {"form": "picture"}),
        (4, "B", DATA | {"form": "text"}),
        (30, "B", {}),
    )
    told = {bar.keys: bar.count for bar in figures(rows, LEAST, TODAY).breakdown.forms}
    assert told["text", "pdf"] == 34
    assert ("A", "pdf") not in shown(rows, "form")


def test_forms_less_the_data_of_one_controller(case) -> None:
    """34 came as text or PDF, 30 of the first controller have data: four were texts."""
    rows = rows_of(
        case,
        (30, "A", DATA | {"form": "pdf"}),
        (30, "A", {}),
        (30, "B", DATA | {"form": "picture"}),
        (4, "B", DATA | {"form": "text"}),
        (30, "B", {}),
    )
    assert [line.data for line in figures(rows, LEAST, TODAY).controllers] == [34, 30]
    assert not figures(rows, LEAST, TODAY).breakdown.forms


UNIONS = {
    "complained": ("complaint", set(COMPLAINTS)),
    "forced": ("forced", {"portal", "post"}),
    "identity": ("identity_proof", {"id-copy", "certified", "other"}),
}


def drawn(case, seed: int):
    rng = random.Random(seed)
    groups = []
    for _ in range(14):
        values = {"outcome": rng.choice([Answer.DATA, Answer.REFUSED, Answer.NONE, Answer.NONE])}
        values["acknowledged"] = rng.random() < 0.5
        if rng.random() < 0.3:
            values |= {"complained": True, "complaint": rng.choice(COMPLAINTS)}
        if rng.random() < 0.3:
            values |= ASKED | {"identity": rng.choice(["id-copy", "certified", "other"])}
        if rng.random() < 0.3:
            values |= {"forced": rng.choice(["portal", "post"])}
        groups.append((rng.choice([2, 4, 6, 12, 20]), rng.choice("AB"), values))
    return rows_of(case, *groups, (20, "A", {}), (20, "B", {}))


@pytest.mark.parametrize("seed", range(40))
def test_figures_less_rows_of_several_values_are_nobody_or_enough(case, seed) -> None:
    """Of all controllers; and of each, where its line of the table says how many were asked for identity."""
    rows = drawn(case, seed)
    try:
        found = {name: shown(rows, column) for name, (column, _) in UNIONS.items()}
    except RefusedError:
        return
    page = figures(rows, LEAST, TODAY)
    known = {bar.keys[0] for bar in page.facts if bar.count is not None}
    holds = {"complained": "complained", "forced": "forced", "identity": "identity_demanded"}
    for name in known & UNIONS.keys():
        told = {row.reference for row in rows if values(row)[holds[name]]}
        some = set().union(*(part for (_, value), part in found[name].items() if value in UNIONS[name][1]))
        assert not some or len(told - some) not in range(1, LEAST), name
    acknowledged = shown(rows, "acknowledged")
    for line in page.controllers:
        if line.identity is not None and (line.name, TAKEN) not in acknowledged:
            rest = len(acknowledged[line.name, "yes"]) - line.identity
            assert rest not in range(1, LEAST), line.name


def test_what_rows_leave_of_a_figure_is_not_a_few_more_than_another_figure(case) -> None:
    """Of 32 who were acknowledged 20 are A's, as rows show; of B's twelve ten were asked for identity, as its line says."""
    rows = rows_of(
        case,
        (20, "A", {"acknowledged": True, "first": 3}),
        (30, "A", {}),
        (5, "B", DATA | ASKED),
        (5, "B", ASKED),
        (1, "B", DATA | {"acknowledged": True}),
        (1, "B", {"acknowledged": True, "first": 3}),
        (20, "B", {}),
        (20, "B", DATA),
    )
    page = figures(rows, LEAST, TODAY)
    assert [line.identity for line in page.controllers if line.name == "B"] == [10]
    assert [bar.count for bar in page.facts if bar.keys == ("acknowledged",)] == [32]
    assert ("A", "yes") not in shown(rows, "acknowledged")


def test_what_rows_leave_of_a_figure_is_not_a_few_more_than_the_answers_to_a_line(case) -> None:
    """73 were received, 58 of them A's, as rows show; of B's fifteen twelve were answered, as its line says."""
    rows = rows_of(
        case,
        (28, "A", DATA),
        (30, "A", {}),
        (20, "A", {"received": False}),
        (12, "B", DATA),
        (3, "B", {}),
        (20, "B", {"received": False}),
    )
    page = figures(rows, LEAST, TODAY)
    told = {bar.keys[0]: bar.count for bar in page.funnel}
    assert (told["received"], told["answered"]) == (73, 40)
    assert [line.data for line in page.controllers if line.name == "B"] == [12]
    found = shown(rows, "received")
    assert 73 - sum(len(part) for (_, value), part in found.items() if value == "yes") - 12 not in range(1, LEAST)


def hides(told: Beside, *columns: str) -> bool:
    """Whether the last column, a letter for each row, would tell of a few beside those before it."""
    looks = [list(map("".join, zip(*columns[:number], strict=True))) for number in (len(columns) - 1, len(columns))]
    before, after = ([sorted(set(look)).index(value) for value in look] if look else [0] * 40 for look in looks)
    return bool(told.too_much(before, after))


def beside(*counts: range) -> Beside:
    told = Beside([f"M{place}" for place in range(40)], 5)
    for rows in counts:
        told.add(rows)
    return told


def test_two_numbers_together_less_rows_are_nobody_or_enough() -> None:
    """Ten and ten: of their sum seventeen rows show that they are of it."""
    assert hides(beside(range(10), range(10, 20)), "x" * 17 + "o" * 23)
    assert not hides(beside(range(10), range(10, 20)), "x" * 15 + "o" * 25)


def test_one_number_less_another_less_rows_is_nobody_or_enough() -> None:
    """Twenty less eight: of these twelve nine rows show it."""
    assert hides(beside(range(20), range(8)), "o" * 8 + "x" * 9 + "o" * 23)
    assert not hides(beside(range(20), range(8)), "o" * 8 + "x" * 7 + "o" * 25)


def test_two_numbers_that_share_rows_less_rows_are_nobody_or_enough() -> None:
    """Twelve and twelve share two: all rows that are of one or of both show it."""
    assert hides(beside(range(12), range(10, 22)), "x" * 22 + "o" * 18)
    assert not hides(beside(range(12), range(7, 19)), "x" * 19 + "o" * 21)


def test_one_number_and_rows_less_another_are_nobody_or_enough() -> None:
    """Ten and ten share eight: what the other has alone stands in a group of four, beside two that are left anyway."""
    assert hides(beside(range(10), range(2, 12)), "o" * 8 + "x" * 4 + "o" * 28)
    assert not hides(beside(range(10), range(2, 12)), "o" * 7 + "x" * 5 + "o" * 28)


def test_what_several_columns_tell_of_a_number_leaves_nobody_or_enough() -> None:
    told = beside(range(20))
    assert not hides(told, "x" * 10 + "o" * 30)
    assert hides(told, "x" * 10 + "o" * 30, "o" * 10 + "y" * 8 + "o" * 22)


def test_all_rows_without_a_number_less_rows_are_nobody_or_enough() -> None:
    """Thirty of forty: eight of the ten others show that they are not of it."""
    assert hides(beside(range(30)), "o" * 30 + "x" * 8 + "oo")


def test_numbers_of_two_controllers_are_not_put_together() -> None:
    told = beside()
    told.add(range(10), 0)
    told.add(range(10, 20), 1)
    assert not hides(told, "x" * 17 + "o" * 23)


def test_answers_by_a_day_less_those_whose_row_says_so_are_nobody_or_enough(case) -> None:
    """36 of 80 had a first answer within a week, as the curve says; rows tell the week of 33 of them."""
    rows = rows_of(
        case,
        (33, "A", {"acknowledged": True, "first": 3}),
        (12, "A", {}),
        (3, "B", {"acknowledged": True, "first": 3}),
        (32, "B", {}),
    )
    first = next(curve for curve in figures(rows, LEAST, TODAY).curves if curve.key == "first")
    assert first.points[1].share == 0.45
    assert len(shown(rows, "days_first")["A", "0-7"]) == 0
