"""Counts of people that cross: no sum or difference of those that are shown counts a few."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.reports.peoplecontrol import Subtraction

LEAST = 3


def people(text: str) -> frozenset[str]:
    return frozenset(text)


def test_what_lies_in_a_shown_count_and_leaves_a_few_is_not_shown() -> None:
    joined, signed, complete = people("abcdefgh"), people("abcdef"), people("abcde")
    shown = Subtraction([joined, signed, complete], [], LEAST)
    assert [shown.show(one) for one in (joined, signed, complete)] == [True, False, True]


def test_parts_of_a_whole_tell_the_last_one() -> None:
    """Eight agreed or refused, two took it back: 10 - 4 - 4 = 2."""
    joined, given_, none, back = people("abcdefghij"), people("abcd"), people("efgh"), people("ij")
    shown = Subtraction([joined, given_, none, back], [], LEAST)
    assert [shown.show(one) for one in (joined, given_, none, back)] == [True, True, False, False]


def test_what_the_page_tells_elsewhere_counts_too() -> None:
    signed, written = people("abcdefgh"), people("abcdef")
    assert not Subtraction([signed], [written], LEAST).show(signed)
    assert Subtraction([signed], [], LEAST).show(signed)


def test_nobody_may_be_told_and_all_or_none_of_several_are_shown() -> None:
    shown = Subtraction([people("abc"), people("xy"), people("")], [], LEAST)
    assert shown.show(people(""))
    assert not shown.show(people("abc"), people("xy"))
    assert shown.show(people("abc"))


SETS = st.lists(st.frozensets(st.sampled_from("abcdefghijkl")), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(SETS)
def test_an_attacker_who_adds_and_takes_away_finds_nobody(counts) -> None:
    """Every way to add or take away up to four shown counts, by plain arithmetic on each person."""
    decided = Subtraction(counts, [], LEAST)
    shown = list(dict.fromkeys(count for count in counts if decided.show(count)))
    for size in range(1, 5):
        for some in itertools.combinations(shown, size):
            for signs in itertools.product((1, -1), repeat=size):
                times = {p: sum(s for s, one in zip(signs, some, strict=True) if p in one) for p in "abcdefghijkl"}
                if set(times.values()) <= {0, 1}:
                    assert sum(times.values()) not in {1, 2}, (signs, some)


@given(SETS)
def test_a_count_of_few_is_never_shown_and_the_first_of_enough_always(counts) -> None:
    decided = Subtraction(counts, [], LEAST)
    assert decided.show(counts[0]) == (len(counts[0]) not in {1, 2})


@settings(max_examples=200, deadline=None)
@given(SETS, SETS)
def test_beside_a_line_no_count_alone_or_with_another_leaves_a_few(counts, lines) -> None:
    told = [line for line in lines if len(line) not in {1, 2}]
    decided = Subtraction(counts, [], LEAST, told)
    shown = list(dict.fromkeys(count for count in counts if decided.show(count)))
    pairs = [one - other for one in shown for other in shown if other <= one]
    pairs += [one | other for one in shown for other in shown if not one & other]
    for found in (*shown, *pairs):
        for line in filter(None, told):
            if line <= found or found <= line:
                assert len(line ^ found) not in {1, 2}, (found, line)
