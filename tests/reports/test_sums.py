"""Up to four numbers put together, held against all sums written out."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.reports.sums import Sums

MEMBERS = [f"M{place}" for place in range(20)]


def sums(*parts, members=MEMBERS, threshold=4) -> Sums:
    found = Sums(members, threshold)
    for part in parts:
        found.add(part)
    return found


@pytest.mark.parametrize(
    ("known", "part", "fits"),
    [
        ([], range(3), False),
        ([], range(4), True),
        ([], [], True),
        ([range(20)], range(17), False),
        ([range(20)], range(16), True),
        ([range(20), range(10)], range(10, 17), False),  # all less both
        ([range(20), range(10)], range(10, 16), True),
        ([range(20), range(8), range(8, 13)], range(13, 18), False),  # all less three
        ([range(12), range(8, 20), range(4, 14)], [*range(4), *range(14, 18), *range(8, 12)], False),
        ([range(18), [*range(8), *range(10, 18)]], range(6, 20), True),
    ],
)
def test_four_numbers_at_most_tell_of_nobody_or_of_enough(known, part, fits) -> None:
    assert sums(*known).fits(part) is fits


def test_what_is_counted_is_people_not_requests() -> None:
    twice = [name for name in MEMBERS[:10] for _ in "ab"]
    assert not sums(range(20), members=twice).fits(range(14))  # six requests of three
    assert sums(range(20), members=twice).fits(range(12))


def test_a_number_that_is_told_already_is_told_again() -> None:
    found = sums(range(20), range(17))
    assert found.fits(range(17))


def test_only_what_fits_is_taken() -> None:
    found = sums(range(20))
    assert found.take(range(10))
    assert not found.take(range(10, 17))
    assert found.fits(range(10, 15))


def test_a_line_of_a_controller_is_put_together_with_numbers_but_with_no_other_line() -> None:
    found = sums(range(20), range(10, 15))
    found.beside(range(5))
    assert not found.fits(range(5, 8))
    assert not found.fits([*range(5, 10), *range(15, 18)])  # all less five, the line and these: two are left
    assert found.fits(range(5, 10))
    found.beside(range(15, 18))
    assert found.fits(range(5, 10))


def test_a_line_of_a_controller_is_compared_with_one_number() -> None:
    found = sums(range(20))
    found.beside(range(9))
    assert not found.fits(range(6))  # three of the line are left
    assert not found.fits(range(12))
    assert found.fits(range(5))
    assert found.fits(range(4, 14))  # neither lies in the other


def few(known, part, members, threshold) -> bool:
    """Whether some sum leaves each request once or not at all, and those of 1 to threshold - 1 people."""
    sets = [np.isin(np.arange(len(members)), list(one)).astype(int) for one in ([], *known)]
    own = np.isin(np.arange(len(members)), list(part)).astype(int)
    for others in combinations_with_replacement(sets, 3):
        for signs in product((1, -1), repeat=4):
            left = sum(sign * one for sign, one in zip(signs, (own, *others), strict=True))
            people = {members[place] for place in np.flatnonzero(left == 1)}
            if set(left) <= {0, 1} and 0 < len(people) < threshold:
                return True
    return False


@given(
    members=st.lists(st.sampled_from("abcdef"), min_size=8, max_size=8),
    parts=st.lists(st.frozensets(st.integers(0, 7)), min_size=1, max_size=4),
)
def test_it_finds_what_all_sums_written_out_find(members, parts) -> None:
    *known, part = parts
    if part and part not in known:
        assert sums(*known, members=members, threshold=3).fits(part) is not few(known, part, members, 3)
