"""How the members came, what they agreed to, and how many left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rightskit.campaign.population import Population
from rightskit.reports.memberrow import MemberRow, merged
from rightskit.reports.recruitment import Margin, Members, exact, recruitment

HERE = {"signed": True, "complete": True, "mandate": True, "consent": "given"}


def people(number: int, start: int = 0, **values) -> list[MemberRow]:
    return [MemberRow(f"M{n:03}", **{**HERE, **values}) for n in range(start, start + number)]


def told(rows, least: int = 10, around=()) -> dict[str, int | None]:
    return {bar.keys[0]: bar.count for bar in recruitment(Members(tuple(rows)), around, least).bars}


def test_every_figure_has_its_number_and_share() -> None:
    rows = [
        *people(40, age="30-44"),
        *people(20, 40, consent="none", age="45-59"),
        *people(12, 60, consent="withdrawn"),
        *people(11, 72, complete=False, mandate=False, left=True),
        *people(14, 83, signed=False, complete=False, mandate=False, consent="none", invited=True, silent=True),
    ]
    found = recruitment(Members(tuple(rows)), (), 10)
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
            "delivered": 0,
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
    found = recruitment(Members(tuple(rows)), (), 10).ages
    assert [one.ages for one in found] == shown
    assert sum(one.joined for one in found) == (len(rows) if shown else 0)


def test_two_entries_of_one_person_are_one_row() -> None:
    one = MemberRow("M1", signed=True, consent="none", left=True, silent=True)
    other = MemberRow("M2", consent="given", age="18-29")
    assert merged([one, other], "M1") == MemberRow("M1", signed=True, consent="given", age="18-29")
    assert merged([one, replace(one, member="M2")], "M1").left


def test_where_few_of_each_age_do_not_take_part_it_is_told_who_joined_alone() -> None:
    """Three of each age lack something: to tell who takes part, all ages would have to stand together."""
    ages = ["18-29", "30-44", "45-59"]
    rows = [row for place, age in enumerate(ages) for row in people(20, 100 * place, age=age)]
    rows += [row for place, age in enumerate(ages) for row in people(4, 500 + 100 * place, age=age, complete=False)]
    found = recruitment(Members(tuple(rows)), (), 10).ages
    assert [(one.ages, one.joined, one.complete) for one in found] == [((age,), 24, None) for age in ages]


ADULTS = Population("ages", "Adults", "an office", 2024, {"18-29": 0.5, "30-44": 0.3, "45-59": 0.2})


def test_shares_of_known_age_stand_beside_those_of_the_population() -> None:
    """60 of known age, of whom 40 take part; 20 more have not said how old they are."""
    rows = [
        *people(30, age="18-29"),
        *people(10, 30, age="45-59"),
        *people(20, 40, age="45-59", complete=False),
        *people(20, 60),
    ]
    found = recruitment(Members(tuple(rows), populations=(ADULTS,)), (), 10)
    assert found.of_ages == ADULTS
    young, old, unknown = found.ages
    assert (young.joined, young.joined_share, young.complete, young.complete_share) == (30, 0.5, 30, 0.75)
    assert (young.population, young.joined_difference, young.complete_difference) == (0.5, 0.0, 0.25)
    assert (old.joined_share, old.population) == (0.5, 0.2)
    assert old.joined_difference == pytest.approx(0.3)
    assert (unknown.joined, unknown.joined_share, unknown.population, unknown.joined_difference) == (
        20,
        None,
        None,
        None,
    )


def test_who_received_data_stands_beside_the_population_too() -> None:
    """Of 40 young people 30 received data, of 30 older ones 10."""
    rows = [
        *people(30, age="18-29", delivered=True),
        *people(10, 30, age="18-29"),
        *people(10, 40, age="45-59", delivered=True),
        *people(20, 50, age="45-59"),
    ]
    found = recruitment(Members(tuple(rows), populations=(ADULTS,)), (), 10)
    assert found.of_each_age == ("joined", "complete", "delivered")
    assert [(one.delivered, one.delivered_share, one.delivered_difference) for one in found.ages] == [
        (30, 0.75, 0.25),
        (10, 0.25, pytest.approx(0.05)),
    ]
    assert told(rows)["delivered"] == 40
    barred = recruitment(Members(tuple(rows), populations=(ADULTS,)), (), 10, barred=frozenset({"delivered"}))
    assert barred.of_each_age == ("joined", "complete")
    assert {bar.keys[0]: bar.count for bar in barred.bars}["delivered"] is None


def test_who_received_data_gives_way_to_ages_where_both_would_tell_of_a_few() -> None:
    """Of 60 of known age 57 received data."""
    rows = [*people(30, age="18-29", delivered=True), *people(27, 30, age="45-59", delivered=True)]
    rows += [*people(3, 60, age="45-59"), *people(12, 70)]
    found = recruitment(Members(tuple(rows)), (), 10)
    assert (told(rows)["delivered"], found.of_each_age) == (None, ("joined", "complete"))


def test_where_it_is_not_told_who_takes_part_ages_say_who_joined() -> None:
    rows = [*people(30, age="18-29"), *people(24, 30, age="45-59"), *people(6, 60, age="45-59", complete=False)]
    found = recruitment(Members(tuple(rows)), (), 10, barred=frozenset({"delivered"}))
    assert (told(rows)["complete"], found.of_each_age) == (None, ("joined",))
    assert [(one.ages, one.joined) for one in found.ages] == [(("18-29",), 30), (("45-59",), 30)]


def test_ages_that_stand_together_are_held_against_all_of_them() -> None:
    rows = [
        *people(4, age="0-17"),
        *people(26, 10, age="18-29"),
        *people(4, 40, age="30-44"),
        *people(30, 50, age="45-59"),
    ]
    found = recruitment(Members(tuple(rows), populations=(ADULTS,)), (), 10).ages
    assert [(one.ages, one.population) for one in found] == [
        (("0-17", "18-29"), 0.5),
        (("30-44", "45-59"), 0.5),
    ]


def test_without_a_population_nothing_is_held_against_it() -> None:
    rows = [*people(30, age="18-29"), *people(30, 30, age="45-59")]
    gender = replace(ADULTS, of="gender")
    for populations in ((), (gender,)):
        found = recruitment(Members(tuple(rows), populations=populations), (), 10)
        assert [(one.population, one.joined_difference) for one in found.ages] == [(None, None)] * 2
        assert (found.of_ages, found.populations) == (None, populations)


def test_ages_have_ends() -> None:
    found = [
        Margin(ages, 10, 0.5, None, None) for ages in (("0-17", "18-29"), ("30-44",), ("60-74", "75+"), ("unknown",))
    ]
    assert [(one.low, one.high) for one in found if one.is_known] == [(0, 29), (30, 44), (60, None)]


def test_two_numbers_elsewhere_that_differ_by_a_few_do_not_hide_who_joined() -> None:
    """Without it no bar could be drawn."""
    names = [f"M{n:03}" for n in range(20)]
    found = recruitment(Members(tuple(people(60))), [frozenset(names), frozenset(names[:18])], 10)
    assert (found.bars[0].keys, found.bars[0].count) == (("joined",), 60)
