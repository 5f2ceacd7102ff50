"""Mean waits within a time, against lifelines, by hand, and against members drawn again and again."""

import math
import random

import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time

from rightskit.reports.restrictedmean import restricted
from rightskit.reports.survival import Spell


def spread(waits: list[Spell], within: int) -> float:
    return math.sqrt(sum(days * days for days in restricted(waits, within).pulls.values()))


def invented(seed: int, members: int, each: int = 1) -> list[Spell]:
    """Members of whom some are fast and some slow with all their requests."""
    rng, found = random.Random(seed), []
    for member in range(members):
        pace = rng.uniform(10, 60)
        for _ in range(each):
            days, end = int(rng.expovariate(1 / pace)), rng.randint(60, 120)
            found.append(Spell(f"M{member}", min(days, end), days <= end))
    return found


def test_by_hand() -> None:
    """All wait 2 days, 3 of 4 wait one day more, 2 of 4 until the end of the 10 days: 2 + 0.75 + 0.5·7."""
    waits = [Spell("A", 2, True), Spell("B", 3, True), Spell("C", 12, True), Spell("D", 20, False)]
    assert restricted(waits, 10).days == pytest.approx(2 + 0.75 + 3.5)


def test_where_nobody_is_answered_all_wait_the_whole_time() -> None:
    found = restricted([Spell("A", 50, False), Spell("B", 40, False)], 30)
    assert found.days == 30
    assert set(found.pulls.values()) == {0.0}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("within", [30, 60])
def test_the_mean_is_that_of_lifelines(seed, within) -> None:
    waits = invented(seed, 80)
    # An answer on the day of sending is one after no day; lifelines wants it after the start.
    fitted = KaplanMeierFitter().fit([wait.days for wait in waits], [wait.answered for wait in waits])
    assert restricted(waits, within).days == pytest.approx(restricted_mean_survival_time(fitted, t=within), abs=1e-6)


def test_without_censoring_the_error_is_that_of_a_mean() -> None:
    waits = [Spell(f"M{n}", days, True) for n, days in enumerate([3, 5, 8, 13, 21, 34, 40, 44])]
    cut = [min(wait.days, 30) for wait in waits]
    mean = sum(cut) / len(cut)
    assert spread(waits, 30) == pytest.approx(math.sqrt(sum((days - mean) ** 2 for days in cut)) / len(cut))


def test_requests_that_fare_alike_are_worth_one() -> None:
    once = invented(3, 60)
    assert spread([wait for wait in once for _ in range(5)], 60) == pytest.approx(spread(once, 60))


def test_the_error_is_that_of_members_drawn_again() -> None:
    """One member has four requests that fare alike; 400 draws of members with all their requests."""
    waits = invented(7, 90, each=4)
    by_member = [[wait for wait in waits if wait.member == f"M{member}"] for member in range(90)]
    rng, means = random.Random(1), []
    for _ in range(400):
        drawn = [wait for member in rng.choices(by_member, k=90) for wait in member]
        means.append(restricted(drawn, 60).days)
    middle = sum(means) / len(means)
    drawn_error = math.sqrt(sum((mean - middle) ** 2 for mean in means) / len(means))
    apart = spread([Spell(f"{n}", wait.days, wait.answered) for n, wait in enumerate(waits)], 60)
    assert spread(waits, 60) == pytest.approx(drawn_error, rel=0.12)
    assert apart < 0.85 * drawn_error
