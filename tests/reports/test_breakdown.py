"""In which form data came, and what authorities decided: parts of a shown count, of which none is a few."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.reports.build import figures
from rightskit.reports.forms import FORMS, machine_readable

if TYPE_CHECKING:
    from rightskit.reports.breakdown import Breakdown

TODAY = dt.date(2026, 6, 1)
DATA = {"outcome": Answer.DATA, "days": 9}


def many(case, *groups):
    """(how many members, values of their request), each member once."""
    rows = []
    for count, values in groups:
        rows += [case(len(rows) + number, reference=f"RK-{len(rows) + number}", **values) for number in range(count)]
    return rows


def of(rows, least=10) -> Breakdown:
    return figures(rows, least, TODAY).breakdown


def counts(bars) -> dict[str, int]:
    return {"+".join(bar.keys): bar.count for bar in bars}


def test_answers_by_their_form(case) -> None:
    rows = many(
        case, (30, DATA | {"form": "pdf"}), (12, DATA | {"form": "json"}), (11, DATA | {"form": "paper"}), (20, {})
    )
    found = of(rows).forms
    assert counts(found) == {"json": 12, "pdf": 30, "paper": 11}
    assert sum(bar.share for bar in found) == 1


def test_a_rare_form_stands_with_one_that_a_machine_reads_as_well(case) -> None:
    """The page tells how many can be read by machines: JSON beside PDF would tell of four tables."""
    rows = many(
        case,
        *((size, DATA | {"form": form}) for form, size in {"table": 4, "json": 20, "picture": 5, "pdf": 30}.items()),
    )
    assert counts(of(rows).forms) == {"table+json": 24, "picture+pdf": 35}


def test_forms_of_a_few_answers_are_not_told(case) -> None:
    assert of(many(case, (4, DATA | {"form": "pdf"}), (40, {}))).forms == ()


LODGED = {"complained": True, "complaint": "lodged", "overdue": True}
UPHELD = {"complained": True, "complaint": "decided", "decision": "upheld", "overdue": True}


def test_complaints_by_outcome_and_measure(case) -> None:
    rows = many(
        case,
        (40, DATA),
        (14, LODGED),
        (20, UPHELD | {"measure": "reprimand"}),
        (11, UPHELD | {"decision": "rejected", "measure": "no-measure"}),
        (10, UPHELD | {"decision": "", "measure": ""}),
    )
    found = of(rows)
    assert counts(found.decisions) == {"upheld": 20, "rejected": 11, "untold": 10, "pending": 14}
    assert counts(found.measures) == {"no-measure": 11, "reprimand": 20, "untold": 10}


def test_rare_outcomes_stand_together(case) -> None:
    rows = many(
        case, (40, DATA), (20, UPHELD), (3, UPHELD | {"decision": "rejected"}), (8, UPHELD | {"decision": "settled"})
    )
    assert counts(of(rows).decisions) == {"upheld": 20, "rejected+settled": 11}


def test_a_few_complaints_are_not_told_of(case) -> None:
    found = of(many(case, (40, DATA), (4, UPHELD), (20, {})))
    assert (found.decisions, found.measures) == ((), ())


LIFE = st.tuples(st.sampled_from(FORMS), st.booleans(), st.sampled_from(["", "upheld", "rejected", "settled"]))


@settings(max_examples=100, deadline=None)
@given(st.lists(LIFE, min_size=6, max_size=30))
def test_no_part_that_is_told_is_a_few_and_all_add_up(case, lives) -> None:
    rows = [
        case(n, reference=f"RK-{n}", form=form, complained=lodged, decision=decision if lodged else "", **DATA)
        for n, (form, lodged, decision) in enumerate(lives)
    ]
    found = of(rows, 3)
    for bars, whole in ((found.forms, len(rows)), (found.decisions, sum(row.dispute.complained for row in rows))):
        assert all(bar.count >= 3 for bar in bars)
        assert not bars or sum(bar.count for bar in bars) == whole
    classes = Counter(machine_readable(row.data.form) for row in rows)
    if {1, 2}.isdisjoint(classes.values()):  # then the page tells the share that a machine can read
        assert all(len({machine_readable(form) for form in bar.keys}) == 1 for bar in found.forms)


def test_electronic_answers_less_those_that_a_recipe_read_are_not_a_few(case) -> None:
    """Of 62 answers 20 came on paper, and of the other 42 a recipe read 40: two could not be read."""
    rows = many(
        case,
        (20, DATA | {"form": "paper"}),
        (12, DATA | {"form": "json", "readable": True}),
        (28, DATA | {"form": "pdf", "readable": True}),
        (2, DATA | {"form": "pdf"}),
    )
    assert of(rows).forms == ()
    assert counts(of(rows[:60]).forms) == {"json": 12, "pdf": 28, "paper": 20}
