"""The table "from the document to the pool", and the size of the pool, beside the figures of the same page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from rightskit.cases.model import Answer
from rightskit.disclosures.changes import Mark
from rightskit.disclosures.funnel import Came, reached, with_funnel
from rightskit.disclosures.pool import Pool
from rightskit.reports.build import build
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.recruitment import Members

TODAY = dt.date(2026, 6, 1)
LEAST = 10
SIZE = 80


def name(number: int) -> str:
    return f"M{number:08d}"


def pool(documents: int, agreed: int, size: int | None = None) -> Pool:
    """Of so many members a document came; so many agreed, and all of these are in the pool."""
    numbers = {name(n): 1000 + n for n in range(SIZE)}
    came = [Came(name(n), "alpha", "read", doubtful=False, accepted=True, tabled=True) for n in range(documents)]
    found = reached(came, numbers, {name(n) for n in range(agreed)})
    inside = with_funnel(Pool((), size, 0, LEAST), found, {"alpha": "Alpha"}, [])
    held = next(held for mark, held in inside.marks.items() if mark.label == "pooled")
    marks = {**inside.marks, Mark("pool"): held}
    return replace(inside, marks=marks, people={name(n): 1000 + n for n in range(agreed)}, returned=numbers)


def report(case, made: Pool, data: int, consented: int = 60):
    rows = [
        case(
            n,
            "Alpha",
            reference=f"RK-{n}",
            controller_id="alpha",
            **({"outcome": Answer.DATA, "days": 9} if n < data else {}),
        )
        for n in range(SIZE)
    ]
    people = tuple(
        MemberRow(name(n), signed=True, complete=True, consent="given" if n < consented else "none")
        for n in range(SIZE)
    )
    return build("T", "O", rows, made, today=TODAY, language="en", threshold=LEAST, members=Members(people))


@pytest.mark.parametrize(("data", "shown"), [(50, 50), (53, None), (65, 50)])
def test_requests_with_data_less_people_with_a_document_are_not_a_few(case, data, shown) -> None:
    """53 answers with data, and 50 people of whom a document came: three got theirs on paper."""
    (table,) = report(case, pool(50, 30), data, consented=30).pool
    assert table.rows == (("Alpha", *([shown] * 6), 30, 30),)
    assert bool(table.note) is (shown is None)


def test_a_table_of_which_nothing_may_be_told_is_gone(case) -> None:
    assert report(case, pool(50, 50), 53).pool == ()


def test_those_in_the_pool_less_those_who_agreed_are_not_a_few(case) -> None:
    """63 agreed, and 60 of them are in the pool."""
    told = {
        agreed: {bar.keys[0]: bar.count for bar in report(case, pool(60, 60, 60), 80, agreed).recruitment.bars}
        for agreed in (60, 63, 70)
    }
    assert [told[agreed]["consented"] for agreed in (60, 63, 70)] == [60, None, 70]


def test_the_size_of_the_pool_less_requests_is_not_a_few(case) -> None:
    assert report(case, pool(60, 60, 60), 60).pool_members == 60
    assert report(case, pool(60, 60, 60), 63).pool_members is None


def test_a_table_that_stands_as_it_was_published_stays(case) -> None:
    made = pool(50, 30)
    earlier = replace(made, tables=tuple(replace(table, day="2026-05-01") for table in made.tables))
    (table,) = report(case, earlier, 53, consented=30).pool
    assert table.rows == (("Alpha", *([50] * 6), 30, 30),)
