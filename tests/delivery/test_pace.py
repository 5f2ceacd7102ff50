"""Letters leave evenly, within every limit, and never in quiet hours."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rightskit.campaign.pace import Pace
from rightskit.delivery.pace import Pacer, spread

BERLIN = ZoneInfo("Europe/Berlin")
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=BERLIN)
NIGHT = (dt.time(20), dt.time(7))


def left(pace: Pace, number: int, start: dt.datetime = NOON) -> list[dt.datetime]:
    return list(Pacer(pace).times(start, number))


def test_letters_are_spread_over_the_hour() -> None:
    found = left(Pace(per_hour=60), 3)
    assert [moment - NOON for moment in found] == [dt.timedelta(minutes=number) for number in range(3)]


def test_the_slower_of_two_limits_counts() -> None:
    assert Pace(per_minute=10, per_hour=60).interval == dt.timedelta(minutes=1)
    assert Pace(per_hour=600, per_day=500).slower_of(2, 100) == Pace(per_minute=2, per_hour=600, per_day=100)
    assert Pace(per_hour=600, per_day=50).slower_of(0, 100).per_day == 50


def test_after_a_full_day_the_first_place_that_falls_free_is_taken() -> None:
    found = left(Pace(per_hour=60, per_day=2), 5)
    assert found[1] - found[0] == dt.timedelta(minutes=1)
    assert found[2] - found[0] == dt.timedelta(days=1)
    assert found[3] - found[1] == dt.timedelta(days=1)


def test_nothing_leaves_in_quiet_hours() -> None:
    evening = NOON.replace(hour=19, minute=58)
    found = left(Pace(per_hour=60, quiet=NIGHT), 4, evening)
    assert [f"{moment:%d %H:%M}" for moment in found] == ["02 19:58", "02 19:59", "03 07:00", "03 07:01"]
    assert Pace(quiet=(dt.time(12), dt.time(13))).after_quiet(NOON) == NOON.replace(hour=13)
    assert Pace(quiet=NIGHT).after_quiet(NOON.replace(hour=3)) == NOON.replace(hour=7)


def test_what_left_before_the_program_started_counts() -> None:
    earlier = [NOON - dt.timedelta(seconds=30)]
    assert Pacer(Pace(per_hour=60), earlier).earliest(NOON) == NOON + dt.timedelta(seconds=30)
    utc = [(NOON - dt.timedelta(seconds=30)).astimezone(dt.UTC)]
    assert Pacer(Pace(per_hour=60), utc).earliest(NOON).tzinfo is BERLIN


@given(
    st.builds(
        Pace,
        per_minute=st.integers(0, 20),
        per_hour=st.integers(0, 200),
        per_day=st.integers(0, 30),
        quiet=st.none() | st.tuples(st.times(), st.times()),
    ),
    st.integers(1, 80),
)
def test_no_limit_is_ever_passed(pace: Pace, number: int) -> None:
    found = left(pace, number)
    assert found == sorted(found)
    assert all(pace.after_quiet(moment) == moment for moment in found)
    assert all(later - sooner >= pace.interval for sooner, later in itertools.pairwise(found))
    if pace.per_day:
        pairs = zip(found, found[pace.per_day :], strict=False)
        assert all(later - sooner >= dt.timedelta(days=1) for sooner, later in pairs)


def test_recipients_take_turns_and_nobody_gets_more_than_agreed() -> None:
    letters = ["a1", "a2", "a3", "a4", "b1", "c1", "c2"]
    assert spread(letters, lambda letter: letter[0], {}, 0) == ["a1", "b1", "c1", "a2", "c2", "a3", "a4"]
    assert spread(letters, lambda letter: letter[0], {"a": 1, "c": 2}, 2) == ["a1", "b1"]
