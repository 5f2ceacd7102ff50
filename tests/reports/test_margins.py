"""What members answered, beside the people of whom the campaign speaks: nothing but what the pool's table shows."""

import datetime as dt

import pytest

from rightskit.campaign.population import Population
from rightskit.disclosures.tabulation import NO_VALUE, PoolTable
from rightskit.reports.margins import answered

PEOPLE = Population("gender", "Everybody", "a register", 2024, {"women": 0.5, "men": 0.4, "other": 0.1})


def table(*counts: tuple[str, int | None], kind: str = "distribution", day: str = "") -> PoolTable:
    return PoolTable("gender", "Gender", kind, "", "provided", 100, ("Gender", "members"), counts, "", day)


def lines(*counts: tuple[str, int | None]) -> list[tuple[str, int | None, float | None, float | None]]:
    (found,) = answered([PEOPLE], [table(*counts)])
    return [(one.answer, one.members, one.share, one.population) for one in found.lines]


def test_shares_are_of_answers_that_the_population_knows() -> None:
    """100 of whom 80 gave an answer for which there are figures."""
    shown = (("women", 48), ("men", 20), ("other", 12), ("no answer", 10), (NO_VALUE, 10), ("members", 100))
    assert lines(*shown) == [
        ("women", 48, 0.6, 0.5),
        ("men", 20, 0.25, 0.4),
        ("other", 12, pytest.approx(0.15), 0.1),
        ("no answer", 10, None, None),
        (NO_VALUE, 10, None, None),
    ]


def test_what_is_hidden_stays_hidden_and_the_whole_is_what_the_table_tells() -> None:
    shown = (("women", 60), ("men", None), ("other", None), ("no answer", 0), ("members", 100))
    assert lines(*shown) == [
        ("women", 60, 0.6, 0.5),
        ("men", None, None, 0.4),
        ("other", None, None, 0.1),
        ("no answer", 0, None, None),
    ]


@pytest.mark.parametrize("whole", [(("no answer", None), ("members", 100)), (("no answer", 0), ("members", None))])
def test_where_the_table_does_not_tell_the_whole_there_are_no_shares(whole) -> None:
    found = lines(("women", 60), ("men", None), ("other", 12), *whole)
    assert [share for _, _, share, _ in found] == [None] * 4


def test_nobody_answered() -> None:
    assert [
        share for _, _, share, _ in lines(("women", 0), ("men", 0), ("other", 0), ("no answer", 9), ("members", 9))
    ] == [
        None,
        None,
        None,
        None,
    ]


def test_the_difference_is_of_the_shares() -> None:
    (found,) = answered([PEOPLE], [table(("women", 30), ("men", 70), ("members", 100), day="2026-05-04")])
    assert [one.difference for one in found.lines] == [pytest.approx(-0.2), pytest.approx(0.3)]
    assert (found.title, found.day, found.population) == ("Gender", dt.date(2026, 5, 4), PEOPLE)


@pytest.mark.parametrize(
    "tables", [[], [table(("women", 30), ("members", 30), kind="cross")], [table(("women", None), ("members", None))]]
)
def test_without_a_table_that_shows_something_nothing_is_told(tables) -> None:
    assert list(answered([PEOPLE], tables)) == []
