"""What an authority decided, as it is typed; and what is wrong with it."""

from __future__ import annotations

import pytest

from rightskit.cases.model import EventKind
from rightskit.cases.rulings import Ruling, fine, only, wrong

DECIDED = EventKind.AUTHORITY_DECIDED


@pytest.mark.parametrize(
    "ruling",
    [
        Ruling(),
        Ruling("upheld"),
        Ruling("partly-upheld", "reprimand"),
        Ruling("rejected", "no-measure"),
        Ruling("upheld", "fine", "5000 EUR"),
        Ruling("upheld", "", "1250.50 CHF"),
        Ruling("upheld", "fine"),
    ],
)
def test_it_is_right(ruling) -> None:
    assert wrong(DECIDED, ruling) is None


@pytest.mark.parametrize(
    ("kind", "ruling", "column"),
    [
        (EventKind.REFUSED, Ruling("upheld"), "outcome"),
        (EventKind.REFUSED, Ruling("", "", "5 EUR"), "fine"),
        (DECIDED, Ruling("uphold"), "outcome"),
        (DECIDED, Ruling("upheld", "warning"), "measure"),
        (DECIDED, Ruling("", "reprimand"), "outcome"),
        (DECIDED, Ruling("upheld", "reprimand", "5000 EUR"), "fine"),
        (DECIDED, Ruling("upheld", "fine", "a lot"), "fine"),
        (DECIDED, Ruling("upheld", "fine", "0 EUR"), "fine"),
        (DECIDED, Ruling("upheld", "fine", "5000"), "fine"),
    ],
)
def test_it_is_wrong(kind, ruling, column) -> None:
    found = wrong(kind, ruling)
    assert found is not None
    assert found.column == column
    assert found.text
    assert found.hint or found.allowed


def test_a_fine_with_an_amount_is_a_fine() -> None:
    detail = Ruling("upheld", "", "1250.50 CHF").detail
    assert detail == {"outcome": "upheld", "measure": "fine", "fine": "1250.50 CHF"}
    assert fine(detail) == (1250.5, "CHF")
    assert fine({}) is None
    assert only({"by": "authority", **detail}) == detail
