"""Rows of requests, and somebody who tries to single members out with them and with the report of the same day."""

import datetime as dt
import itertools
import random
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.errors import RefusedError
from rightskit.reports.attributes import attributes, band
from rightskit.reports.control import Control
from rightskit.reports.figures import is_answered, is_out
from rightskit.reports.microdata import TAKEN, microdata
from rightskit.reports.survival import spells

TODAY = dt.date(2026, 6, 30)
FACTS = {
    "identity": ("identity", "yes"),
    "extended": ("extended", "yes"),
    "late": ("time", "late"),
    "overdue": ("time", "overdue"),
    "reminded": ("reminded", "yes"),
}
STEPS = {"answered": ("ended", "answered"), "readable": ("readable", "yes"), "pooled": ("pooled", "yes")}
ANSWERS = [Answer.DATA] * 6 + [Answer.REFUSED, Answer.NO_DATA, Answer.NONE, Answer.NONE, Answer.IN_DIALOGUE]


def campaign(case, seed: int, members: int, controllers: int) -> list:
    """Invented requests, some of each kind rare."""
    rng = random.Random(seed)
    rows = []
    for number, (member, place) in enumerate(itertools.product(range(members), range(controllers))):
        if rng.random() < place / (controllers + 1):
            continue
        outcome = rng.choice(ANSWERS)
        answered = outcome not in {Answer.NONE, Answer.IN_DIALOGUE}
        rows.append(
            case(
                member,
                f"Controller {place}",
                outcome,
                days=rng.randint(3, 80) if answered else None,
                first=rng.randint(1, 9) if rng.random() < 0.5 else None,
                sent=dt.date(2026, rng.choice([1, 3, 4]), rng.randint(1, 28)) if rng.random() < 0.95 else None,
                reference=f"RK-{number:08}",
                identity_demanded=rng.random() < 0.15,
                extended=rng.random() < 0.05,
                late=answered and rng.random() < 0.2,
                overdue=not answered and rng.random() < 0.6,
                reminded=rng.random() < 0.1,
                form=rng.choice(["pdf", "json", "paper"]) if answered else "",
                readable=answered and rng.random() < 0.6,
                channel=rng.choice(["email", "post"]),
                arm=rng.choice(["", "mail", "paper"]),
                order=rng.choice(["", "early", "late"]),
            )
        )
    return rows


def made(rows, threshold: int):
    """The rows as published, and what each was; the id of a row is its reference here."""
    return microdata(rows, today=TODAY, threshold=threshold, name=lambda reference: reference)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), members=st.integers(8, 60), controllers=st.integers(1, 5), k=st.integers(3, 8))
def test_equal_rows_belong_to_the_threshold_of_members_and_no_value_is_invented(
    case, seed, members, controllers, k
) -> None:
    rows = campaign(case, seed, members, controllers)
    try:
        found = made(rows, k)
    except RefusedError:
        return
    owner = {row.reference: row for row in rows}
    equal = defaultdict(set)
    for line in found.rows:
        equal[line[1:]].add(owner[line[0]].member)
    assert min(map(len, equal.values())) == found.k >= k
    assert found.classes == len(equal)
    out = [row for row in rows if is_out(row)]
    for final, first in zip(spells(out, TODAY, final=True), spells(out, TODAY, final=False), strict=True):
        assert final.member == first.member
    true = {
        row.reference: attributes(row, first, last)
        for row, first, last in zip(out, spells(out, TODAY, final=False), spells(out, TODAY, final=True), strict=True)
    }
    for line in found.rows:
        shown = dict(zip(found.columns[1:], line[1:], strict=True))
        assert all(value in {TAKEN, true[line[0]][name]} for name, value in shown.items() if name in true[line[0]])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), members=st.integers(20, 80), controllers=st.integers(1, 5), k=st.integers(3, 8))
def test_nobody_is_singled_out_with_the_report_of_the_same_day(case, seed, members, controllers, k) -> None:
    """Whatever the report says of all requests, less those that the rows show of it, is of nobody, or of enough."""
    rows = campaign(case, seed, members, controllers)
    try:
        found = made(rows, k)
    except RefusedError:
        return
    control = Control(rows, k)
    steps = control.steps()
    outcomes = control.outcomes(steps)
    published = {
        FACTS[key]: part for key, part in control.facts(steps, outcomes).items() if key in FACTS and part is not None
    }
    published |= {("answer", group.keys[0].replace("_", "-")): group.part for group in outcomes if len(group.keys) == 1}
    published |= {STEPS[key]: part for key, part in steps.items() if key in STEPS and key != "answered"}
    for (name, value), part in published.items():
        place = found.columns.index(name)
        shown = {line[0] for line in found.rows if line[place] == value}
        rest = {rows[one].member for one in part if rows[one].reference not in shown}
        assert not shown or not rest or len(rest) >= k, (name, value)


def test_a_line_of_which_the_report_hides_an_outcome_tells_none(case) -> None:
    """Of Beta 4 of 60 were refused: the report hides that, and what would tell it."""
    rows = [case(n, "Alpha", Answer.DATA, days=9, reference=f"A{n}") for n in range(40)]
    rows += [case(n, "Alpha", Answer.REFUSED, days=9, reference=f"R{n}") for n in range(40, 60)]
    rows += [case(n, "Beta", Answer.DATA, days=9, reference=f"B{n}") for n in range(56)]
    rows += [case(n, "Beta", Answer.REFUSED, days=9, reference=f"C{n}") for n in range(56, 60)]
    found = made(rows, 10)
    outcome, controller = found.columns.index("outcome"), found.columns.index("controller")
    told = {line[controller]: set() for line in found.rows}
    for line in found.rows:
        told[line[controller]].add(line[outcome])
    assert told["Beta"] == {"answered"}
    answer, readable = found.columns.index("answer"), found.columns.index("machine_readable")
    assert {line[answer] + line[readable] for line in found.rows if line[controller] == "Beta"} == {TAKEN + TAKEN}


def test_what_everybody_has_is_told_and_dates_and_days_are_coarse(case) -> None:
    found = made([case(n, outcome=Answer.DATA, days=20, form="json", reference=f"RK-{n}") for n in range(12)], 10)
    assert len({line[1:] for line in found.rows}) == 1
    shown = dict(zip(found.columns, found.rows[0], strict=True))
    assert (shown["controller"], shown["answer"], shown["form"], shown["machine_readable"]) == (
        "Alpha Bureau",
        "data",
        "json",
        "yes",
    )
    assert (shown["sent_quarter"], shown["sent_month"], shown["days_final"]) == ("2026-Q1", "2026-03", "15-30")
    assert (found.k, found.classes, found.left_out) == (12, 1, 0)


def test_too_few_members_are_refused_with_the_reason(case) -> None:
    with pytest.raises(RefusedError, match="9 members"):
        made([case(n, reference=f"RK-{n}") for n in range(9)], 10)
    with pytest.raises(RefusedError, match="No request went out yet"):
        made([], 10)


@pytest.mark.parametrize(
    ("answered", "reason"),
    [(3, "15 members, of whom 3 have an answer"), (12, "15 members, of whom fewer than 10 still wait for one")],
)
def test_where_enough_wrote_but_few_were_answered_the_reason_is_that(case, answered, reason) -> None:
    """15 members wrote, 8 and 7 of them to each of two: with so few, three could be told from the others."""
    rows = [
        case(
            n,
            "AB"[n % 2],
            Answer.DATA if n < answered else Answer.NONE,
            reference=f"RK-{n}",
            days=9 if n < answered else None,
        )
        for n in range(15)
    ]
    with pytest.raises(RefusedError, match=reason):
        made(rows, 10)


def test_the_arm_of_a_trial_is_told_before_what_is_finer(case) -> None:
    """80 requests in two arms, each in 20 months of sending: the arm stays, the months go."""
    rows = [
        case(
            n,
            "Alpha",
            Answer.DATA,
            days=9,
            reference=f"RK-{n}",
            arm=("mail", "paper")[n % 2],
            sent=dt.date(2024 + n % 3, 1 + n % 7, 1),
        )
        for n in range(80)
    ]
    found = made(rows, 10)
    arm, month = found.columns.index("arm"), found.columns.index("sent_month")
    assert Counter(line[arm] for line in found.rows) == {"mail": 40, "paper": 40}
    assert TAKEN in {line[month] for line in found.rows}
    assert found.columns.index("controller") < arm < found.columns.index("answer")


@pytest.mark.parametrize(("early", "shown"), [(30, {"early": 30, "late": 50}), (6, {TAKEN: 80})])
def test_the_half_of_the_order_is_told_where_enough_were_in_each(case, early, shown) -> None:
    values = {"days": 9, "arm": "mail"}
    rows = [
        case(n, "Alpha", Answer.DATA, reference=f"RK-{n}", order="early" if n < early else "late", **values)
        for n in range(80)
    ]
    found = made(rows, 10)
    order = found.columns.index("order")
    assert Counter(line[order] for line in found.rows) == shown
    assert order < found.columns.index("sent_quarter")


def test_requests_to_controllers_with_few_are_left_out_and_counted_if_they_are_enough(case) -> None:
    rows = [case(n, "Alpha", Answer.DATA, days=9, reference=f"A{n}") for n in range(40)]
    assert made([*rows, case(1, "Beta", reference="B1")], 10).left_out in {None, 0}


@pytest.mark.parametrize(
    ("days", "name"),
    [(0, "0-7"), (7, "0-7"), (8, "8-14"), (30, "15-30"), (31, "31-60"), (180, "91-180"), (181, "181+")],
)
def test_bands(days, name) -> None:
    assert band(days) == name


def test_the_id_of_a_row_orders_it(case) -> None:
    rows = [case(n, outcome=Answer.DATA, days=20, reference=f"RK-{n}") for n in range(12)]
    found = microdata(rows, today=TODAY, threshold=10, name=lambda reference: reference[::-1])
    assert [line[0] for line in found.rows] == sorted(row.reference[::-1] for row in rows)
    assert all(is_answered(row) for row in rows)
