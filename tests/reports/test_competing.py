"""Competing outcomes and intervals, against lifelines."""

import datetime as dt
import math
import random
import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # lifelines and what it brings warn of their own future
    from lifelines import AalenJohansenFitter, KaplanMeierFitter

from rightskit.cases.model import Answer
from rightskit.reports.competing import incidence, turnbull
from rightskit.reports.survival import Spell, at, spells, survival

CAUSES = ("data", "refused", "no-data", "withdrawn")
DAYS = (7, 30, 60, 90, 120)


def drawn(seed: int, n: int = 300, members: int = 300) -> list[Spell]:
    """Invented waits, one in four of them still going on."""
    rng = random.Random(seed)
    found = []
    for number in range(n):
        cause = rng.choice(["data", "data", "refused", "no-data", "withdrawn", "", ""])
        found.append(Spell(f"M{number % members}", rng.randint(1, 120), bool(cause) and cause != "withdrawn", cause))
    return found


def test_the_product_limit_and_its_interval_are_those_of_lifelines() -> None:
    waits = drawn(1)
    oracle = KaplanMeierFitter().fit([w.days for w in waits], [w.answered for w in waits])
    curve = survival(waits)
    for day in DAYS:
        assert at(curve, day).share == pytest.approx(float(oracle.predict(day)), abs=1e-9)
    low, high = oracle.confidence_interval_.T.to_numpy()
    shown = dict(zip(oracle.confidence_interval_.index, zip(low, high, strict=True), strict=True))
    for entry in curve[:-1]:
        assert (entry.low, entry.high) == pytest.approx(shown[entry.day], abs=1e-9)


@pytest.mark.parametrize("cause", ["data", "refused", "no-data", "withdrawn"])
def test_the_cumulative_incidence_is_that_of_lifelines(cause) -> None:
    waits = drawn(2)
    codes = [CAUSES.index(w.cause) + 1 if w.cause else 0 for w in waits]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of ties, which it would jitter
        fitter = AalenJohansenFitter(seed=1)
        fitter._jitter = lambda durations, *_, **__: durations
        oracle = fitter.fit([w.days for w in waits], codes, event_of_interest=CAUSES.index(cause) + 1)
    density = oracle.cumulative_density_.iloc[:, 0]
    found = {one.day: one.share for one in incidence(waits, DAYS) if one.cause == cause}
    for day in DAYS:
        assert found[day] == pytest.approx(float(density[density.index <= day].iloc[-1]), abs=0.005)


def test_by_hand_two_outcomes_that_compete() -> None:
    """Of four, data on day 1; of the three left one is refused on day 2, one is no longer watched, one has data on day 4."""
    waits = [
        Spell("A", 1, True, "data"),
        Spell("B", 2, True, "refused"),
        Spell("C", 3, False),
        Spell("D", 4, True, "data"),
    ]
    found = {(one.cause, one.day): one.share for one in incidence(waits, (1, 2, 3, 4))}
    assert found["data", 1] == pytest.approx(1 / 4)
    assert found["refused", 2] == pytest.approx(3 / 4 * 1 / 3)
    assert found["data", 4] == pytest.approx(1 / 4 + 1 / 2)
    assert found["data", 4] + found["refused", 4] == pytest.approx(1)


def test_the_interval_is_the_same_each_time_and_wider_where_members_have_several_requests() -> None:
    alone = drawn(3)
    assert incidence(alone, DAYS) == incidence(alone, DAYS)
    together = [
        Spell(f"M{n // 10}", w.days, w.answered, w.cause) for n, w in enumerate(sorted(alone, key=lambda w: w.cause))
    ]
    width = {
        key: next(one.high - one.low for one in incidence(waits, (90,)) if one.cause == "data")
        for key, waits in {"alone": alone, "together": together}.items()
    }
    assert width["together"] > 2 * width["alone"]


def test_turnbull_without_intervals_is_the_product_limit() -> None:
    waits = drawn(4)
    curve = survival(waits)
    assert turnbull(waits, DAYS) == pytest.approx([1 - at(curve, day).share for day in DAYS], abs=1e-4)


def test_turnbull_is_that_of_lifelines() -> None:
    rng = random.Random(5)
    waits = []
    for number in range(200):
        day = rng.randint(5, 100)
        waits.append(
            Spell(f"M{number}", day, True, "data", since=max(0, day - rng.choice([7, 14, 30])))
            if rng.random() < 0.7
            else Spell(f"M{number}", day, False)
        )
    low = [1.0 + (w.since if w.answered else w.days) for w in waits]  # its intervals hold both their ends
    high = [float(w.days) if w.answered else float("inf") for w in waits]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        oracle = KaplanMeierFitter().fit_interval_censoring(low, high, tol=1e-8)
    table = oracle.survival_function_
    for day in (20, 40, 60, 80):
        row = table[table.index <= day].iloc[-1]
        bounds = sorted((1 - float(row.max()), 1 - float(row.min())))
        assert bounds[0] - 0.003 <= turnbull(waits, [day])[0] <= bounds[1] + 0.003


def test_the_variance_by_members_is_that_of_leaving_out_one_member_after_the_other() -> None:
    """The jackknife of log S on day 60, for 40 members with ten requests that fare alike."""
    rng = random.Random(6)
    waits = []
    for member in range(40):
        pace = rng.randint(10, 100)
        waits += [Spell(f"M{member}", max(1, pace + rng.randint(-9, 9)), rng.random() < 0.8, "data") for _ in range(10)]
    left_out = [math.log(at(survival([w for w in waits if w.member != f"M{m}"]), 60).share) for m in range(40)]
    mean = sum(left_out) / 40
    jackknife = 39 / 40 * sum((value - mean) ** 2 for value in left_out)
    found = at(survival(waits), 60)
    width = math.log(math.log(found.low) / math.log(found.high))  # 2 z √variance / |log S|
    variance = (width / (2 * 1.959964) * math.log(found.share)) ** 2
    assert variance == pytest.approx(jackknife, rel=0.08)


def test_watching_ends_with_withdrawal_and_with_an_open_question_and_stands_still_while_the_member_owes(case) -> None:
    sent = dt.date(2026, 3, 2)

    def day(days: int) -> dt.date:
        return sent + dt.timedelta(days=days)

    rows = [
        case(1, withdrawn=day(20)),
        case(2, asked=day(35)),
        case(3, outcome=Answer.DATA, days=50, owed=((day(5), day(15)), (day(10), day(20)))),
        case(4, owed=((day(40), None),)),
        case(5, outcome=Answer.NO_DATA, days=50, since=day(30), owed=((day(5), day(10)),)),
        case(6, outcome=Answer.PARTIAL, days=10, withdrawn=day(20)),
    ]
    found = [(w.days, w.answered, w.cause, w.since) for w in spells(rows, day(60), final=True)]
    assert found == [
        (20, False, "withdrawn", None),
        (35, False, "", None),
        (35, True, "data", None),
        (40, False, "", None),
        (45, True, "no-data", 25),
        (10, True, "data", None),
    ]
