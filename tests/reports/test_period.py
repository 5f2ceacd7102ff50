"""Since when requests went out, without a word of the few who went first."""

from __future__ import annotations

import datetime as dt

import pytest

from rightskit import texts
from rightskit.reports.period import began

JANUARY, MARCH = dt.date(2026, 1, 30), dt.date(2026, 3, 17)


def test_a_month_in_which_a_few_went_first_is_passed_over(case) -> None:
    early = [case(member, sent=JANUARY) for member in range(9)]
    late = [case(member, sent=MARCH) for member in range(20, 30)]
    assert began([*early, *late], 10) == dt.date(2026, 3, 1)
    assert began([*early, case(9, sent=JANUARY), *late], 10) == dt.date(2026, 1, 1)


def test_many_requests_of_a_few_make_no_month(case) -> None:
    rows = [case(member, name, sent=MARCH) for member in range(9) for name in ("Alpha Bureau", "Beta AG")]
    assert began(rows, 10) is None
    assert began([case(1, sent=None)], 10) is None
    assert began([], 10) is None


@pytest.mark.parametrize(
    ("language", "written"), [("de", "März 2026"), ("fr", "mars 2026"), ("en", "March 2026"), ("nl", "maart 2026")]
)
def test_a_month_is_written_in_words(language, written) -> None:
    assert texts.month(language, MARCH) == written
