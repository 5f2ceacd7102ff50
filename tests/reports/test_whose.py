"""Numbers of people beside numbers of requests: of all members, of each controller, of a language."""

from __future__ import annotations

import datetime as dt

import pytest

from rightskit.cases.model import Answer
from rightskit.reports.build import build
from rightskit.reports.funnels import funnels
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.microdata import microdata
from rightskit.reports.recruitment import Members
from rightskit.reports.whose import Whose, leaves_few

TODAY = dt.date(2026, 6, 1)
HERE = {"signed": True, "complete": True, "mandate": True}
BACK = {"bounced": True, "received": False}


def rows_of(case, *groups):
    """(members, controller, values); one request of each."""
    rows = []
    for some, controller, values in groups:
        rows += [
            case(n, controller, reference=f"RK-{controller}-{n}", controller_id=controller, channel="email", **values)
            for n in some
        ]
    return rows


def report(rows, *members: MemberRow):
    data = microdata(rows, today=TODAY, threshold=10, name=str)
    lines, people = funnels(rows, data, 10), Members(members)
    return build("T", "O", rows, None, today=TODAY, language="en", threshold=10, members=people, lines=lines)


def members(made) -> int | None:
    return made.figures.funnel[0].count


def people(number: int, **values) -> list[MemberRow]:
    return [MemberRow(f"M{n:08d}", **{**HERE, **values}) for n in range(number)]


def test_all_members_less_the_requests_that_went_out_are_not_a_few(case) -> None:
    """104 members, and 100 requests that went out: four came back, which the steps hide, and so do the members."""
    made = report(rows_of(case, (range(100), "A", {}), (range(100, 104), "A", BACK)))
    shown = {bar.keys[0]: bar.count for bar in made.figures.funnel}
    assert (shown["planned"], shown["sent"], shown["out"], shown["members"]) == (None, None, 100, None)
    assert any("people took part" in sentence for sentence in made.missing)
    assert members(report(rows_of(case, (range(100), "A", {}), (range(100, 110), "A", BACK)))) == 110


def test_all_members_less_those_who_wrote_to_one_controller_are_not_a_few(case) -> None:
    everybody, all_but_three = (range(60), "A", {}), (range(57), "B", {})
    assert members(report(rows_of(case, everybody, (range(60), "B", {})))) == 60
    assert members(report(rows_of(case, everybody, all_but_three))) is None
    assert members(report(rows_of(case, everybody, (range(50), "B", {})))) == 60


def test_where_members_have_several_requests_at_once_their_number_is_none_of_people(case) -> None:
    rows = rows_of(case, (range(30), "A", {}), (range(30), "A", {"outcome": Answer.DATA, "days": 9}))
    assert not leaves_few(rows, 10)
    assert list(Whose(rows, {}).people([frozenset(range(60)), frozenset(range(20))])) == [
        frozenset(f"M{n:08d}" for n in range(20))
    ]


def test_an_entry_counts_as_the_person_whose_it_is(case) -> None:
    rows = rows_of(case, (range(12), "A", {}))
    assert Whose(rows, {"M00000001": "M00000000"}).everybody == {f"M{n:08d}" for n in range(12)} - {"M00000001"}
    assert not list(Whose(rows, {"M00000001": "M00000000"}).people([frozenset({0, 1})]))


@pytest.mark.parametrize(("asked", "shown"), [(57, False), (45, True)])
def test_members_less_what_a_controllers_line_tells_are_not_a_few(case, asked, shown) -> None:
    """60 agreed, and 57 of them have data of one controller, as its line says: three have none."""
    data = {"outcome": Answer.DATA, "days": 9}
    rows = rows_of(case, (range(asked), "A", data), (range(asked, 80), "A", {}), (range(80), "B", data))
    rows += rows_of(case, (range(20), "C", {}))
    some = [MemberRow(f"M{n:08d}", **HERE, consent="given" if n < 60 else "none") for n in range(80)]
    made = report(rows, *some)
    assert [line.data for line in made.figures.controllers if line.name == "A"] == [asked]
    told = {bar.keys[0]: bar.count for bar in made.recruitment.bars}
    assert told["joined"] == 80
    assert (told["consented"] == 60) is shown


def test_members_less_those_of_a_language_are_not_a_few(case) -> None:
    """40 have letters in German, and 44 of 80 signed, those 40 among them."""
    rows = rows_of(case, (range(40), "A", {"language": "de"}), (range(40, 80), "A", {"language": "fr"}))
    some = [MemberRow(f"M{n:08d}", signed=n < 44) for n in range(80)]
    made = report(rows, *some)
    assert [bar.count for bar in made.languages] == [40, 40]
    assert {bar.keys[0]: bar.count for bar in made.recruitment.bars}["signed"] is None


def test_members_less_those_of_a_form_are_not_a_few(case) -> None:
    """45 left, and 42 of them have an answer on paper."""
    data = {"outcome": Answer.DATA, "days": 9}
    rows = rows_of(case, (range(42), "A", data | {"form": "paper"}), (range(42, 80), "A", data | {"form": "json"}))
    made = report(rows, *(MemberRow(f"M{n:08d}", signed=True, left=n < 45) for n in range(80)))
    assert {bar.keys: bar.count for bar in made.figures.breakdown.forms} == {("json",): 38, ("paper",): 42}
    assert {bar.keys[0]: bar.count for bar in made.recruitment.bars}["left"] is None


@pytest.mark.parametrize(("both", "shown"), [(3, False), (12, True), (0, True)])
def test_a_few_who_have_data_from_two_controllers_are_not_told_of(case, both, shown) -> None:
    """30 have data of A and 30 of B: how many received data would tell how many of them have both."""
    data, start = {"outcome": Answer.DATA, "days": 9}, 30 - both
    rows = rows_of(case, (range(30), "A", data), (range(30, 90), "A", {}))
    rows += rows_of(
        case, (range(start, start + 30), "B", data), (range(start), "B", {}), (range(start + 30, 90), "B", {})
    )
    some = [MemberRow(f"M{n:08d}", **HERE, delivered=n < start + 30) for n in range(90)]
    told = {bar.keys[0]: bar.count for bar in report(rows, *some).recruitment.bars}
    assert told["delivered"] == (start + 30 if shown else None)
