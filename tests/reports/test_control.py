from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.reports.control import Control


def many(case, *groups):
    """(how many members, values of their request), each member once."""
    rows = []
    for count, values in groups:
        rows += [case(len(rows) + number, **values) for number in range(count)]
    return rows


def sizes(parts):
    return {key: None if part is None else len(part) for key, part in parts.items()}


def keys(groups):
    return {group.keys: len(group.part) for group in groups}


DATA = {"outcome": Answer.DATA, "days": 9}
REFUSED = {"outcome": Answer.REFUSED, "days": 9}
NO_DATA = {"outcome": Answer.NO_DATA, "days": 9}


def test_a_few_undeliverable_ones_hide_what_was_sent_but_not_what_went_out(case) -> None:
    steps = Control(many(case, (40, DATA), (20, {}), (3, {"bounced": True})), 10).steps()
    assert sizes(steps) == {"out": 60, "received": 60, "answered": 40, "data": 40, "readable": 0, "pooled": 0}


def test_a_few_refusals_beside_data_hide_the_data(case) -> None:
    """40 were answered: 37 told would be 3 told."""
    control = Control(many(case, (37, DATA), (3, REFUSED), (20, {})), 10)
    steps = control.steps()
    assert "data" not in steps
    assert len(steps["answered"]) == 40
    assert keys(control.outcomes(steps)) == {("answered",): 40, ("dialogue",): 0, ("open",): 20}


def test_rare_outcomes_stand_together(case) -> None:
    control = Control(many(case, (30, DATA), (8, NO_DATA), (6, REFUSED), (20, {})), 10)
    assert keys(control.outcomes(control.steps())) == {
        ("data",): 30,
        ("confirmed",): 0,
        ("no data", "refused"): 14,
        ("dialogue",): 0,
        ("open",): 20,
    }


def test_one_rare_outcome_takes_the_next_one_in(case) -> None:
    control = Control(many(case, (30, DATA), (12, NO_DATA), (3, REFUSED), (20, {})), 10)
    assert keys(control.outcomes(control.steps()))["refused", "no data"] == 15


def test_open_questions_are_not_told_from_the_receipts(case) -> None:
    """20 received and unanswered, 15 of them in dialogue: 5 would be neither."""
    dialogue = {"outcome": Answer.IN_DIALOGUE}
    control = Control(many(case, (30, DATA), (15, dialogue), (5, {}), (12, {"received": False})), 10)
    steps = control.steps()
    assert len(steps["received"]) == 50
    assert keys(control.outcomes(steps)) == {
        ("data",): 30,
        ("no data",): 0,
        ("confirmed",): 0,
        ("refused",): 0,
        ("waiting",): 32,
    }


def test_members_are_counted_and_not_requests(case) -> None:
    rows = [case(number % 3, f"Bureau {number}", **DATA) for number in range(60)]
    assert Control(rows, 10).steps() == {}


def test_a_zero_about_a_small_group_is_hidden(case) -> None:
    steps = Control(many(case, (3, DATA), (40, {})), 10).steps()
    assert "answered" not in steps
    assert not {"data", "readable", "pooled"} & steps.keys()


def test_a_zero_about_a_large_group_is_told(case) -> None:
    assert sizes(Control(many(case, (40, {})), 10).steps())["answered"] == 0


def test_a_fact_that_nearly_all_or_few_met_with_is_hidden(case) -> None:
    rows = many(case, (38, {"reminded": True, "extended": True}), (12, {"extended": True}), (4, {"complained": True}))
    control = Control(rows, 10)
    steps = control.steps()
    facts = sizes(control.facts(steps, control.outcomes(steps)))
    assert facts == {
        "identity": 0,
        "extended": None,
        "late": 0,
        "overdue": 0,
        "reminded": 38,
        "complained": None,
        "acknowledged": 0,
        "forced": 0,
        "withdrawn": 0,
    }


def test_nobody_is_overdue_but_a_few_that_were_not_answered(case) -> None:
    """20 without an answer, 15 of them overdue: 5 whose time still runs."""
    rows = many(case, (30, DATA), (15, {"overdue": True}), (5, {}))
    control = Control(rows, 10)
    steps = control.steps()
    assert control.facts(steps, control.outcomes(steps))["overdue"] is None


REQUESTS = st.lists(
    st.tuples(st.integers(0, 14), st.sampled_from("ABC"), st.sampled_from(Answer), *[st.booleans()] * 6),
    max_size=60,
    unique_by=lambda drawn: drawn[:2],
)


@given(REQUESTS, st.integers(3, 5))
def test_no_difference_of_two_steps_that_lie_in_one_another_is_small(case, drawn, least) -> None:
    rows = [
        case(
            member,
            name,
            outcome,
            received=received,
            bounced=bounced,
            readable=readable,
            overdue=overdue,
            late=overdue,
            pooled=pooled,
            identity_demanded=identity,
        )
        for member, name, outcome, received, bounced, readable, pooled, overdue, identity in drawn
    ]
    control = Control(rows, least)
    steps = control.steps()
    outcomes = control.outcomes(steps)
    facts = control.facts(steps, outcomes)
    shown = [*steps.values(), *(group.part for group in outcomes), *(part for part in facts.values() if part)]
    for part in shown:
        for other in shown:
            if part <= other:
                assert not 0 < len({rows[place].member for place in other - part}) < least
    if outcomes:
        assert Counter(place for group in outcomes for place in group.part) == Counter(steps["out"])
        received = steps.get("received", frozenset())
        dialogue = next((group.part for group in outcomes if group.keys == ("dialogue",)), frozenset())
        if received and dialogue:
            rest = received - steps["answered"] - dialogue
            assert not 0 < len({rows[place].member for place in rest}) < least
