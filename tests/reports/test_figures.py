import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.reports.figures import STEPS, by_controller, funnel


def test_the_funnel_counts_each_step(case) -> None:
    rows = [
        case(1, sent=None),
        case(1, "Beta Bureau", bounced=True),
        case(2, received=False),
        case(3),
        case(4, outcome=Answer.REFUSED, days=9),
        case(5, outcome=Answer.DATA, days=9),
        case(6, outcome=Answer.PARTIAL, days=9, readable=True),
        case(7, outcome=Answer.DATA, days=9, readable=True, pooled=True),
    ]
    assert funnel(rows) == {
        "members": 7,
        "planned": 8,
        "sent": 7,
        "out": 6,
        "received": 5,
        "answered": 4,
        "data": 3,
        "readable": 2,
        "pooled": 1,
        "bounced": 1,
    }


@pytest.mark.parametrize("outcome", [Answer.NONE, Answer.UNKNOWN, Answer.ACKNOWLEDGED, Answer.IN_DIALOGUE])
def test_what_is_no_answer_in_substance_is_not_counted_as_one(case, outcome) -> None:
    assert funnel([case(outcome=outcome, first=3)])["answered"] == 0


def test_what_the_controller_says_proves_receipt_and_silence_does_not(case) -> None:
    rows = [
        case(1, outcome=Answer.DATA, days=9, received=False),
        case(2, outcome=Answer.IN_DIALOGUE, received=False),
        case(3, outcome=Answer.UNKNOWN, received=False),
    ]
    assert funnel(rows)["received"] == 2


@given(outcome=st.sampled_from(Answer), flags=st.tuples(*[st.booleans()] * 5))
def test_each_step_lies_within_the_one_before(case, outcome, flags) -> None:
    sent, received, bounced, readable, pooled = flags
    row = case(outcome=outcome, received=received, bounced=bounced, readable=readable, pooled=pooled)
    if not sent:
        row = case(outcome=outcome, received=received, bounced=bounced, readable=readable, pooled=pooled, sent=None)
    reached = [holds(row) for holds in STEPS.values()]
    assert reached == sorted(reached, reverse=True)


def test_a_controller_is_on_time_when_it_answered_by_the_latest_reading(case) -> None:
    rows = [
        case(1, outcome=Answer.DATA, days=20),
        case(2, outcome=Answer.NO_DATA, days=40),  # extended in time: late by no reading
        case(3, outcome=Answer.REFUSED, days=80, late=True),
        case(4, overdue=True, identity_demanded=True),
        case(5),  # its time still runs
        case(6, bounced=True, overdue=True),
        case(7, "Beta Bureau", sent=None),
    ]
    found = by_controller(rows)
    assert list(found) == ["Alpha Bureau"]
    alpha = found["Alpha Bureau"]
    assert len(alpha.rows) == 5
    assert (alpha.due, alpha.on_time) == (4, 2)
    assert (alpha.identity, alpha.data, alpha.refused) == (1, 1, 1)
    assert alpha.answered is not None
    assert (alpha.answered.count, alpha.answered.share) == (3, 0.6)
