import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.reports.curves import curve, grid, waiting
from rightskit.reports.survival import Spell


def spread(*waits: tuple[int, int, bool]) -> list[Spell]:
    """(how many, days, answered), each by a member of their own."""
    found: list[Spell] = []
    for count, days, answered in waits:
        found += [Spell(f"M{len(found) + number}", days, answered) for number in range(count)]
    return found


def test_weeks_with_few_answers_wait_for_the_next() -> None:
    waits = spread((10, 3, True), (4, 10, True), (6, 20, True), (20, 60, False))
    assert grid(waits, 10) == [0, 7, 21, 56]
    drawn = curve("final", waits, 10)
    assert drawn is not None
    assert [(point.day, point.share) for point in drawn.points] == [(0, 0), (7, 0.25), (21, 0.5), (56, 0.5)]


def test_a_small_rest_delays_the_last_step() -> None:
    assert grid(spread((10, 3, True), (10, 10, True), (3, 25, True), (20, 60, False)), 10) == [0, 7, 28, 56]


def test_a_small_number_of_answers_beyond_the_end_takes_the_last_step_away() -> None:
    """Three answer when few still wait: all answers less those of the last step would tell of them."""
    assert grid(spread((10, 3, True), (10, 10, True), (12, 40, False)), 10) == [0, 7, 14, 35]
    assert grid(spread((10, 3, True), (10, 10, True), (12, 40, False), (3, 50, True)), 10) == [0, 7]


def test_members_are_counted_and_not_answers() -> None:
    waits = [Spell(f"M{number % 4}", 3, True) for number in range(40)]
    assert curve("final", waits, 5) is None


def test_too_few_answers_give_no_curve() -> None:
    assert curve("final", spread((9, 3, True), (50, 60, False)), 10) is None
    assert curve("final", [], 10) is None


@given(
    st.lists(st.builds(Spell, st.integers(0, 25).map(str), st.integers(0, 130), st.booleans()), max_size=80),
    st.integers(3, 10),
)
def test_no_step_and_no_rest_is_small(waits, least) -> None:
    days = grid(waits, least)
    answered = [wait for wait in waits if wait.answered]
    edges = [-1, *days[1:], 10**6]
    for low, high in itertools.pairwise(edges):
        assert not 0 < len({wait.member for wait in answered if low < wait.days <= high}) < least or len(days) == 1
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("waits", "shown"),
    [
        (spread((50, 100, False)), [50, 50, 50, 50]),
        (spread((20, 10, True), (30, 100, False)), [50, 30, 30, 30]),
        # 35 wait on day 30; since 30 are open today, five would be known to be answered later.
        (spread((20, 10, True), (5, 40, True), (30, 100, False)), [55, None, 30, 30]),
        (spread((20, 10, True), (5, 40, True), (3, 70, True)), [28, None, None, 0]),
        (spread((50, 5, True)), [50, 0, 0, 0]),
        (spread((5, 100, False)), [None, None, None, None]),
    ],
)
def test_those_still_waiting_are_told_in_large_groups(waits, shown) -> None:
    assert [mark.requests for mark in waiting(waits, 10, may_tell=lambda _: True)] == shown


def undated(count: int, since: int, days: int) -> list[Spell]:
    """Answers noted on a day, of which only the last day without them is known."""
    return [Spell(f"U{number}", days, True, since=since) for number in range(count)]


def test_a_curve_tells_what_the_days_between_say() -> None:
    """20 answers came on day 30 or between days 2 and 30; 20 came on day 5: those before day 30 may be many more."""
    drawn = curve("final", [*spread((20, 5, True), (40, 60, False)), *undated(20, 2, 30)], 10)
    assert drawn is not None
    assert [(point.day, point.share) for point in drawn.points] == [(0, 0), (7, 0.25), (35, 0.5), (56, 0.5)]
    assert drawn.between == (0, 0.5, 0.5, 0.5)
    assert drawn.undated == 20
    assert (drawn.widest[0].day, drawn.widest[1]) == (7, 0.5)


@pytest.mark.parametrize(("unknown", "known"), [(9, 20), (20, 9)])
def test_few_answers_of_unknown_or_of_known_day_are_not_told(unknown, known) -> None:
    drawn = curve("final", [*spread((known, 5, True), (40, 60, False)), *undated(unknown, 2, 30)], 10)
    assert drawn is not None
    assert (drawn.between, drawn.undated) == ((), 0)
