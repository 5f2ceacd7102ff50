import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.reports.model import Median
from rightskit.reports.survival import Spell, at, at_risk, median, spells, survival

# Weeks to relapse of 21 leukaemia patients on 6-mercaptopurine, a plus for "still in remission": Freireich et al. 1963,
# in Klein and Moeschberger, Survival Analysis (2003), section 1.2.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"


def waits(text: str) -> list[Spell]:
    return [
        Spell(f"M{number}", int(word.rstrip("+")), not word.endswith("+")) for number, word in enumerate(text.split())
    ]


def test_the_textbook_example() -> None:
    """Shares and at-risk counts stand in the book; the intervals were checked against lifelines 0.30."""
    curve = survival(waits(REMISSION))
    assert [(entry.day, entry.at_risk, entry.answered) for entry in curve] == [
        (6, 21, 3),
        (7, 17, 1),
        (10, 15, 1),
        (13, 12, 1),
        (16, 11, 1),
        (22, 7, 1),
        (23, 6, 1),
    ]
    shares = [0.857143, 0.806723, 0.752941, 0.690196, 0.627451, 0.537815, 0.448179]
    assert [entry.share for entry in curve] == pytest.approx(shares, abs=1e-6)
    lows = [0.619718, 0.563147, 0.503200, 0.431610, 0.367511, 0.267779, 0.188052]
    assert [entry.low for entry in curve] == pytest.approx(lows, abs=1e-6)
    highs = [0.951552, 0.922809, 0.889362, 0.849066, 0.804912, 0.746791, 0.680143]
    assert [entry.high for entry in curve] == pytest.approx(highs, abs=1e-6)
    assert median(curve) == Median(23, 13, None)


def test_by_hand() -> None:
    """5 of 6 wait after day 2, 4 after day 3; one stops being watched; then 2 of 3, and nobody: 5/6, 4/6, 4/9, 0."""
    curve = survival(waits("2 3 4+ 5 9 9"))
    assert [entry.share for entry in curve] == pytest.approx([5 / 6, 4 / 6, 4 / 9, 0])
    assert median(curve).days == 5
    assert at(curve, 1).share == 1
    assert at(curve, 4).share == pytest.approx(4 / 6)
    assert curve[-1].low == 0
    assert curve[-1].high == curve[-2].high


def test_half_is_half_in_spite_of_floating_point() -> None:
    """5/6 · 4/5 · 3/4 is a little more than one half as floating-point numbers are multiplied."""
    assert median(survival(waits("1 2 3 9+ 9+ 9+"))).days == 3


def test_nothing_to_wait_for() -> None:
    assert survival([]) == []
    assert median(survival(waits("9+ 9+"))) == Median(None, None, None)


def test_at_risk_counts_those_who_waited_that_long() -> None:
    assert [at_risk([0, 5, 30, 31], day) for day in (0, 5, 6, 30, 31, 32)] == [4, 3, 2, 2, 1, 0]


def test_spells_are_counted_in_days_and_cut_off(case) -> None:
    rows = [
        case(1, outcome=Answer.DATA, first=3, days=30),
        case(2, outcome=Answer.ACKNOWLEDGED, first=3),
        case(3),
        case(4, outcome=Answer.REFUSED, days=70),  # after the cut-off: not known yet
        case(5, bounced=True),
        case(6, sent=None),
        case(7, outcome=Answer.NO_DATA),  # came, nobody noted when
        case(8, outcome=Answer.DATA, first=-4, days=-4),  # a wrong date
    ]
    today = dt.date(2026, 3, 2) + dt.timedelta(days=60)
    final = [(wait.days, wait.answered) for wait in spells(rows, today, final=True)]
    assert final == [(30, True), (60, False), (60, False), (60, False), (60, True), (0, True)]
    first = [(wait.days, wait.answered) for wait in spells(rows, today, final=False)]
    assert first == [(3, True), (3, True), (60, False), (60, False), (60, True), (0, True)]


@given(st.lists(st.builds(Spell, st.just("M"), st.integers(0, 120), st.booleans()), max_size=60))
def test_the_curve_never_rises_and_stays_in_its_interval(drawn) -> None:
    curve = survival(drawn)
    shares = [1.0, *(entry.share for entry in curve)]
    assert all(after < before for before, after in itertools.pairwise(shares))
    for entry in curve:
        assert 0 <= entry.low <= entry.share <= entry.high <= 1
    assert sum(entry.answered for entry in curve) == sum(wait.answered for wait in drawn)
