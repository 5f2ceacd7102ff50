"""Somebody subtracts what the curves, the outcomes by a day and the other figures of one page say of days."""

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.reports.build import figures
from rightskit.reports.curves import curve, outcomes
from rightskit.reports.figures import is_answered
from rightskit.reports.rowparts import changed, values
from rightskit.reports.survival import Spell

LEAST = 4
FEW = range(1, LEAST)
SENT, TODAY = dt.date(2026, 3, 2), dt.date(2026, 6, 10)
CAUSES = ("data", "refused", "no-data")


def people(waits) -> int:
    return len({wait.member for wait in waits})


WAITS = st.lists(
    st.builds(
        lambda member, days, cause: Spell(f"M{member}", days, cause in CAUSES, cause),
        st.integers(0, 40),
        st.integers(0, 90),
        st.sampled_from([*CAUSES, "data", "withdrawn", ""]),
    ),
    min_size=10,
    max_size=90,
)


@settings(max_examples=200, deadline=None)
@given(WAITS)
def test_all_answers_by_a_day_less_those_of_some_outcomes_are_of_nobody_or_of_enough(waits) -> None:
    drawn = curve("final", waits, LEAST)
    days = [point.day for point in drawn.points[1:]] if drawn else []
    told = outcomes(waits, CAUSES, LEAST, may_tell=lambda _: True)
    for day in days:
        choices = [[0, *(one.day for one in told if one.cause == cause and 0 < one.day <= day)] for cause in CAUSES]
        for ends in itertools.product(*choices):
            until = dict(zip(CAUSES, ends, strict=True))
            rest = [
                wait
                for wait in waits
                if wait.answered and wait.days <= day and not (until[wait.cause] and wait.days <= until[wait.cause])
            ]
            assert people(rest) not in FEW, (day, until)


def test_two_refusals_beside_an_outcome_that_is_told_are_not_computed() -> None:
    """40 answers by day 28, 38 of them data, and 18 refusals later: on day 28 it is not told how many had data."""
    waits = [Spell(f"D{n}", 20, True, "data") for n in range(38)]
    waits += [Spell(f"R{n}", 20 if n < 2 else 60, True, "refused") for n in range(20)]
    waits += [Spell(f"O{n}", 90, False) for n in range(40)]
    drawn = curve("final", waits, 10)
    told = {(one.cause, one.day): one.share for one in outcomes(waits, CAUSES, 10, may_tell=lambda _: True)}
    assert ("data", 21) not in told or 21 not in [point.day for point in drawn.points]
    assert told["data", drawn.points[-1].day] == 0.39


STORY = st.tuples(
    st.integers(0, 30),
    st.sampled_from(["A", "B"]),
    st.sampled_from([Answer.DATA, Answer.DATA, Answer.REFUSED, Answer.ACKNOWLEDGED, Answer.IN_DIALOGUE, Answer.NONE]),
    st.integers(1, 40),
    st.integers(0, 50),
    st.booleans(),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(STORY, min_size=20, max_size=70, unique_by=lambda story: story[:2]))
def test_first_answers_less_final_ones_or_less_other_figures_are_of_nobody_or_of_enough(case, stories) -> None:
    """All were sent on one day and are watched until today, so that a share of the curve tells a number."""
    rows = []
    for number, (member, controller, outcome, first, more, received) in enumerate(stories):
        spoke = outcome is not Answer.NONE
        row = case(
            member, controller, outcome, first=first if spoke else None, reference=f"RK-{number}", received=received
        )
        final = SENT + dt.timedelta(first + more) if is_answered(row) else None
        rows.append(changed(row, final=final, acknowledged=outcome in {Answer.ACKNOWLEDGED, Answer.IN_DIALOGUE}))
    found = figures(rows, LEAST, TODAY)
    by_key = {one.key: [point.day for point in one.points[1:]] for one in found.curves}
    shown = {bar.keys[0] for bar in (*found.funnel, *found.facts) if bar.count is not None}

    def by(day: int, name: str) -> set[str]:
        return {
            row.reference
            for row in rows
            if getattr(row.course, name) and (getattr(row.course, name) - SENT).days <= day
        }

    def of(references: set[str]) -> int:
        return len({row.member for row in rows if row.reference in references})

    for day in by_key.get("first", []):
        first = by(day, "first_answer")
        for before in (one for one in by_key.get("final", []) if one <= day):
            assert of(first - by(before, "final")) not in FEW, (day, before)
        received = {row.reference for row in rows if row.course.received or row.course.first_answer}
        assert "received" not in shown or of(received - first) not in FEW
        for name, inside in (("acknowledged", "acknowledged"), ("answered", "final")):
            part = {row.reference for row in rows if values(row)[inside]}
            assert name not in shown or not part <= first or of(first - part) not in FEW, (day, name)
