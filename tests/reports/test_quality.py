from dataclasses import replace

import pytest

from rightskit.cases.model import Answer
from rightskit.reports.quality import Audit, behind_shares, quality
from rightskit.reports.rowparts import changed

NOBODY = Audit(0, 0)


def figure(name: str, rows, audit=NOBODY, least=3):
    rows = [replace(row, reference=f"RK-{number}") for number, row in enumerate(rows)]
    return next(one for one in quality(rows, audit, least) if one.name == name)


def test_machine_readable_is_a_share_of_the_answers_in_a_known_form(case) -> None:
    forms = ["json"] * 4 + ["pdf"] * 6 + ["portal"] * 3
    found = figure(
        "machine_readable", [case(n, outcome=Answer.DATA, days=9, form=form) for n, form in enumerate(forms)]
    )
    assert (found.n, found.value) == (10, 0.4)


def test_a_share_is_hidden_where_one_of_its_sides_is_small(case) -> None:
    forms = ["json"] * 2 + ["pdf"] * 9
    assert (
        figure("machine_readable", [case(n, outcome=Answer.DATA, days=9, form=form) for n, form in enumerate(forms)]).n
        is None
    )


def test_what_is_left_of_a_published_count_must_be_enough_as_well(case) -> None:
    """12 answers with data, 10 of them in a known form: whoever reads both numbers knows of two."""
    forms = ["json"] * 4 + ["pdf"] * 6 + ["portal"] * 2
    rows = [case(n, outcome=Answer.DATA, days=9, form=form, reference=f"RK-{n}") for n, form in enumerate(forms)]
    assert figure("machine_readable", rows).n is None


def test_rows_are_held_against_the_requests_behind_each_share_that_is_told(case) -> None:
    """4 in JSON and 6 on paper; 2 of 8 demands are excessive, too few to be told."""
    forms = ["json"] * 4 + ["paper"] * 6
    rows = [case(n, outcome=Answer.DATA, days=9, form=form, reference=f"RK-{n}") for n, form in enumerate(forms)]
    rows = [
        changed(row, identity_demanded=n < 8, excessive=frozenset({"identity"} if n < 2 else ()))
        for n, row in enumerate(rows)
    ]
    assert list(behind_shares(rows, 3)) == [rows, rows[:4]]


def test_completeness_is_the_mean_number_of_items(case) -> None:
    rows = [case(n, outcome=Answer.DATA, days=9, items=frozenset("abcdefgh"[: n + 4])) for n in range(4)]
    found = figure("completeness", [*rows, *(case(n, outcome=Answer.DATA, days=9) for n in range(9, 12))])
    assert (found.n, found.value) == (4, 5.5)


def test_consistency_compares_answers_to_the_same_letter_alone(case) -> None:
    """Alpha: 3 data, 1 refusal: 3 of 6 pairs alike. Another letter to Alpha: one pair, alike. 4 of 7."""
    rows = [case(n, outcome=Answer.DATA, days=9, letter="access") for n in range(3)]
    rows += [case(3, outcome=Answer.REFUSED, days=9, letter="access")]
    rows += [case(n, outcome=Answer.REFUSED, days=9, letter="access-short") for n in (4, 5)]
    assert figure("consistency", rows).value == round(4 / 7, 2)
    assert figure("consistency", rows[:1] * 4).n is None  # one member


def test_excessive_is_what_persons_judged_so(case) -> None:
    rows = [case(n, identity_demanded=True, excessive=frozenset({"identity"} if n < 4 else set())) for n in range(8)]
    assert (figure("excessive", rows).n, figure("excessive", rows).value) == (8, 0.5)


def test_the_error_rate_of_the_machine_needs_a_second_look() -> None:
    assert figure("machine_error", []).value is None
    found = figure("machine_error", [], Audit(20, 1))
    assert (found.n, found.value) == (20, 0.05)
    assert (found.low, found.high) == pytest.approx((0.0089, 0.2361), abs=1e-4)


@pytest.mark.parametrize(("read", "shown"), [(10, 10), (12, None), (14, 10)])
def test_answers_with_items_less_those_that_a_recipe_read_are_not_a_few(case, read, shown) -> None:
    rows = [
        case(n, outcome=Answer.DATA, days=9, readable=n < read, items=frozenset("ab") if n < 10 else None)
        for n in range(20)
    ]
    assert figure("completeness", rows).n == shown
