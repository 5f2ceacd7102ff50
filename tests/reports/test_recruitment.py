"""How the members came, what they agreed to, and how many left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rightskit.reports.memberrow import MemberRow, age_band, merged
from rightskit.reports.recruitment import Margin, exact, recruitment

HERE = {"signed": True, "complete": True, "mandate": True, "consent": "given"}


def people(number: int, start: int = 0, **values) -> list[MemberRow]:
    return [MemberRow(f"M{n:03}", **{**HERE, **values}) for n in range(start, start + number)]


def told(rows, least: int = 10, around=()) -> dict[str, int | None]:
    return {bar.keys[0]: bar.count for bar in recruitment(rows, around, least).bars}


def test_every_figure_has_its_number_and_share() -> None:
    rows = [
        *people(40, age="30-44"),
        *people(20, 40, consent="none", age="45-59"),
        *people(12, 60, consent="withdrawn"),
        *people(11, 72, complete=False, mandate=False, left=True),
        *people(14, 83, signed=False, complete=False, mandate=False, consent="none", invited=True, silent=True),
    ]
    found = recruitment(rows, (), 10)
    assert (
        {bar.keys[0]: bar.count for bar in found.bars}
        == exact(rows)
        == {
            "joined": 97,
            "invited": 14,
            "signed": 83,
            "complete": 72,
            "mandated": 72,
            "consented": 51,
            "said_no": 0,
            "no_consent": 34,
            "took_back": 12,
            "left": 11,
            "silent": 14,
            "forgotten": 0,
        }
    )
    assert found.bars[3].share == pytest.approx(72 / 97)
    assert [(one.ages, one.joined, one.complete) for one in found.ages] == [
        (("30-44",), 40, 40),
        (("45-59",), 20, 20),
        (("unknown",), 37, 12),
    ]


def test_a_few_who_left_are_hidden_and_what_would_tell_them() -> None:
    """Of 60 who signed 4 left: neither they nor those who take part are told beside the 60."""
    found = told([*people(56), *people(4, 56, complete=False, mandate=False, left=True)])
    assert (found["joined"], found["signed"], found["complete"], found["left"]) == (60, 60, None, None)


def test_a_few_without_consent_hide_another_of_the_three() -> None:
    found = told([*people(40), *people(4, 40, consent="none"), *people(16, 44, consent="withdrawn")])
    assert (found["consented"], found["no_consent"], found["took_back"]) == (40, None, None)


def test_who_refused_is_not_who_has_not_said() -> None:
    found = told([*people(40), *people(14, 40, consent="refused"), *people(16, 54, consent="none")])
    assert (found["consented"], found["said_no"], found["no_consent"]) == (40, 14, 16)


def test_where_no_consent_is_asked_for_none_is_told() -> None:
    assert {"consented", "no_consent", "took_back"}.isdisjoint(told(people(20, consent="")))


def test_too_few_members_are_not_told_of() -> None:
    assert told(people(9)) == told([]) == {}


def test_members_of_whom_the_funnel_tells_hide_what_differs_by_a_few() -> None:
    """100 people have requests, as the funnel says; that 104 signed would tell of four."""
    rows = [*people(104), *people(20, 104, signed=False, complete=False, mandate=False)]
    asked = frozenset(row.member for row in rows[:100])
    found = told(rows, around=[asked])
    assert (found["joined"], found["signed"], found["complete"]) == (124, None, None)


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"18-29": 30, "30-44": 4, "45-59": 30}, [("18-29",), ("30-44", "45-59")]),
        ({"18-29": 30, "75+": 4}, []),
        ({"18-29": 30, "30-44": 30, "": 4}, []),
        ({"0-17": 4, "18-29": 30, "30-44": 30}, [("0-17", "18-29"), ("30-44",)]),
        ({"": 60}, []),
    ],
)
def test_ages_of_few_stand_with_the_next_ones(sizes, shown) -> None:
    rows = [row for place, (age, size) in enumerate(sizes.items()) for row in people(size, 100 * place, age=age)]
    found = recruitment(rows, (), 10).ages
    assert [one.ages for one in found] == shown
    assert sum(one.joined for one in found) == (len(rows) if shown else 0)


def test_two_entries_of_one_person_are_one_row() -> None:
    one = MemberRow("M1", signed=True, consent="none", left=True, silent=True)
    other = MemberRow("M2", consent="given", age="18-29")
    assert merged([one, other], "M1") == MemberRow("M1", signed=True, consent="given", age="18-29")
    assert merged([one, replace(one, member="M2")], "M1").left


@pytest.mark.parametrize(("years", "band"), [(0, "0-17"), (17, "0-17"), (18, "18-29"), (74, "60-74"), (75, "75+")])
def test_ages_are_told_in_bands(years, band) -> None:
    assert age_band(years) == band


def test_where_few_of_each_age_do_not_take_part_it_is_told_who_joined_alone() -> None:
    """Three of each age lack something: to tell who takes part, all ages would have to stand together."""
    ages = ["18-29", "30-44", "45-59"]
    rows = [row for place, age in enumerate(ages) for row in people(20, 100 * place, age=age)]
    rows += [row for place, age in enumerate(ages) for row in people(4, 500 + 100 * place, age=age, complete=False)]
    found = recruitment(rows, (), 10).ages
    assert [(one.ages, one.joined, one.complete) for one in found] == [((age,), 24, None) for age in ages]


def test_ages_have_ends() -> None:
    found = [
        Margin(ages, 10, 0.5, None, None) for ages in (("0-17", "18-29"), ("30-44",), ("60-74", "75+"), ("unknown",))
    ]
    assert [(one.low, one.high) for one in found if one.is_known] == [(0, 29), (30, 44), (60, None)]
