"""Arms of a trial: what differs is found, what does not is called chance, and nothing tells of a few."""

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit import texts
from rightskit.cases.model import Answer
from rightskit.reports.arms import NOT_DRAWN, Drawn, trial
from rightskit.reports.build import build
from rightskit.reports.rowparts import changed

TODAY = dt.date(2026, 8, 31)
DRAWN = Drawn((("mail", "paper"),), ("Drawn with the seed 7.",))


def requests(case, *, mail: float, paper: float, members: int = 400, seed: int = 1) -> list:
    """Invented members with three requests each, drawn to arms; so many of an arm's are answered on time."""
    rng, rows = random.Random(seed), []
    for member, place in itertools.product(range(members), "ABC"):
        arm = rng.choice(["mail", "paper"])
        in_time = rng.random() < (mail if arm == "mail" else paper)
        rows.append(
            case(
                member,
                place,
                Answer.DATA if in_time else Answer.NONE,
                days=rng.randint(5, 28) if in_time else None,
                overdue=not in_time,
                arm=arm,
                reference=f"RK-{member}-{place}",
            )
        )
    return rows


def compared(rows, least: int = 10, drawn: Drawn = DRAWN):
    found = trial(rows, drawn, TODAY, least)
    assert found
    return found.comparisons[0]


def test_a_real_difference_is_found_with_its_interval(case) -> None:
    found = compared(requests(case, mail=0.8, paper=0.5))
    assert [(arm.name, arm.people) for arm in found.arms] == [("mail", 200), ("paper", 200)]
    assert [arm.on_time for arm in found.arms] == pytest.approx([0.8, 0.5], abs=0.06)
    gap = found.contrasts[0].on_time
    assert (found.contrasts[0].first, found.contrasts[0].second) == ("mail", "paper")
    assert gap.low <= -0.3 <= gap.high < 0
    assert gap.evidence == "p001"
    assert found.within == 90
    days = found.contrasts[0].days
    # Who is not answered waits all the 90 days, the others 16 on the average: 0.3 of the requests 74 days longer.
    assert days.low <= 22 <= days.high
    assert days.value == pytest.approx(22, abs=4)


def test_what_is_no_difference_may_be_chance(case) -> None:
    """Of 40 trials without any difference few find one; with p < 0.05 two are to be expected."""
    found = [compared(requests(case, mail=0.6, paper=0.6, members=60, seed=seed), 3) for seed in range(40)]
    for name in ("on_time", "days"):
        hits = [one for one in found if getattr(one.contrasts[0], name).evidence != "chance"]
        assert len(hits) <= 6


def test_requests_of_one_member_are_no_new_people(case) -> None:
    """Twelve requests of a member that fare alike say as much as one: the same interval, the same doubt."""
    rng = random.Random(4)
    once = [
        case(
            n,
            "A",
            Answer.DATA if answered else Answer.NONE,
            days=9 if answered else None,
            overdue=not answered,
            arm=arm,
        )
        for n in range(300)
        for arm, answered in [(rng.choice(["mail", "paper"]), rng.random() < 0.6)]
    ]
    many = [row for row in once for _ in range(12)]
    assert compared(many).contrasts == compared(once).contrasts


def test_what_came_back_counts_in_the_arm_that_was_drawn(case) -> None:
    """Half of the mails came back: they were not answered on time, though nobody could answer them."""
    rows = [case(n, "A", Answer.DATA, days=9, arm="mail", bounced=n % 2 == 0) for n in range(400)]
    rows += [case(n, "A", Answer.DATA, days=9, arm="paper") for n in range(400, 800)]
    found = compared([row if not row.course.bounced else changed(row, outcome=Answer.NONE, final=None) for row in rows])
    assert [arm.on_time for arm in found.arms] == [0.5, 1.0]


def test_nobody_is_compared_where_an_arm_has_few(case) -> None:
    rows = [case(n, "A", Answer.DATA, days=9, arm="mail") for n in range(40)]
    rows += [case(n, "A", Answer.DATA, days=9, arm="paper") for n in range(40, 49)]
    assert trial(rows, DRAWN, TODAY, 10).comparisons == ()
    assert trial(rows, NOT_DRAWN, TODAY, 10) is None


def test_who_was_watched_too_short_has_no_mean_wait(case) -> None:
    rows = [case(n, "A", arm=("mail", "paper")[n % 2]) for n in range(100)]
    assert trial(rows, DRAWN, dt.date(2026, 3, 20), 10).comparisons[0].within is None
    assert trial(rows, DRAWN, dt.date(2026, 4, 20), 10).comparisons[0].within == 30


SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), members=st.integers(8, 300), shares=SHARES, least=st.integers(3, 12))
def test_shares_of_arms_are_multiples_of_a_step_that_holds_the_threshold(case, seed, members, shares, least) -> None:
    """And so are their differences."""
    mail, paper = shares
    rows = requests(case, mail=mail, paper=paper, members=members, seed=seed)
    found = trial(rows, DRAWN, TODAY, least)
    for one in found.comparisons:
        for arm in one.arms:
            people = len({row.member for row in rows if row.request.arm == arm.name})
            assert least <= arm.people <= people
            steps = [step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if step * people >= least]
            assert arm.on_time is None or abs(arm.on_time / steps[0] - round(arm.on_time / steps[0])) < 1e-6
        gap = one.contrasts[0].on_time
        shares = [arm.on_time for arm in one.arms]
        assert gap is None or gap.value == pytest.approx(shares[1] - shares[0], abs=0.006)
        assert gap is None or gap.low <= gap.value <= gap.high


@pytest.mark.parametrize("language", ["de", "fr", "en"])
def test_every_code_of_evidence_has_its_words(language) -> None:
    for code in ("p001", "p01", "p05", "chance"):
        assert texts.text(language, f"report.trial.{code}")


def test_the_report_tells_what_the_lot_decided(case) -> None:
    rows = requests(case, mail=0.8, paper=0.5, members=60)
    report = build("T", "O", rows, None, today=TODAY, language="en", threshold=10, drawn=DRAWN)
    assert report.trial
    assert report.trial.sentences == DRAWN.sentences
    assert [arm.name for arm in report.trial.comparisons[0].arms] == ["mail", "paper"]
