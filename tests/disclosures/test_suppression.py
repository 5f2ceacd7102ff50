"""No hidden cell can be computed: tried against every small table, and against random ones with two margins."""

import itertools
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.disclosures.suppression import hidden, recoverable


@pytest.mark.parametrize(
    ("counts", "veiled"),
    [
        ([12, 30, 0], set()),
        ([12, 9, 30, 0], {1, 2}),
        ([9, 0, 30, 40], {0, 2}),
        ([40, 30, 1], {2, 0}),
        ([9, 8, 30], {0, 1, 2}),
        ([5, 6, 9, 40], {0, 1, 2}),
        ([4, 5], {0, 1}),
    ],
)
def test_a_line_with_a_total(counts: list[int], veiled: set[int]) -> None:
    assert hidden(counts, [frozenset(range(len(counts)))], 10) == veiled


def test_without_a_total_only_small_cells_are_hidden() -> None:
    assert hidden([3, 30, 12], [], 10) == {0}


@pytest.mark.parametrize(("threshold", "cells", "most"), [(3, 2, 16), (3, 3, 16), (3, 4, 12), (4, 3, 18), (5, 3, 20)])
def test_who_knows_the_rules_and_the_total_still_has_a_choice(threshold: int, cells: int, most: int) -> None:
    """For all tables that look alike when published, each hidden cell has more than one possible number."""
    alike: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    line = [frozenset(range(cells))]
    for counts in itertools.product(range(most), repeat=cells):
        if threshold <= sum(counts) < most:
            veiled = hidden(counts, line, threshold)
            shown = tuple(None if cell in veiled else count for cell, count in enumerate(counts))
            alike[sum(counts), shown].append(counts)
    assert len(alike) > 50
    for (_, shown), tables in alike.items():
        for cell in range(cells):
            assert shown[cell] is not None or len({counts[cell] for counts in tables}) > 1


def margins(rows: int, columns: int) -> list[frozenset[int]]:
    across = [frozenset(range(row * columns, (row + 1) * columns)) for row in range(rows)]
    return across + [frozenset(range(column, rows * columns, columns)) for column in range(columns)]


def solutions(counts: list[int], lines: list[frozenset[int]], veiled: list[int], least: int) -> Iterator[list[int]]:
    """Every table with the same sums and the same shown cells."""
    if not veiled:
        yield counts
        return
    cell, *rest = veiled
    touching = [line for line in lines if cell in line]
    left = {line: sum(COUNTS[c] for c in line) - sum(counts[c] for c in line if c not in veiled) for line in touching}
    for number in range(least, min(left.values()) + 1):
        if all(left[line] == number for line in touching if not line & set(rest)):
            yield from solutions([*counts[:cell], number, *counts[cell + 1 :]], lines, rest, least)


COUNTS: list[int] = []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=9, max_size=9), st.integers(3, 4))
def test_no_cell_of_a_table_with_two_margins_can_be_solved_for(counts: list[int], threshold: int) -> None:
    lines = margins(3, 3)
    veiled = hidden(counts, lines, threshold)
    assert veiled >= {cell for cell, count in enumerate(counts) if 0 < count < threshold}
    COUNTS[:] = counts
    least = 0 if any(counts[cell] == 0 for cell in veiled) else 1
    possible: dict[int, set[int]] = defaultdict(set)
    for table in itertools.islice(solutions(list(counts), lines, sorted(veiled), least), 3_000):
        for cell in veiled:
            possible[cell].add(table[cell])
    whole = len(veiled) == len(counts)
    assert whole or all(len(possible[cell]) > 1 for cell in veiled)


def test_the_audit_finds_what_lines_alone_do_not_show() -> None:
    """Two blocks of two hidden cells each way, joined by one cell: that one is a difference of sums."""
    lines = margins(4, 4)
    block = {0, 1, 4, 5} | {10, 11, 14, 15}
    assert recoverable([5] * 16, lines, frozenset(block)) == frozenset()
    assert 6 in recoverable([5] * 16, lines, frozenset(block | {6}))


def test_the_audit_uses_what_a_quartile_tells() -> None:
    line = frozenset({0, 1, 2})
    assert recoverable([2, 9, 20], [line], frozenset({0, 1})) == frozenset()
    told = [(frozenset({0}), 0, 2), (frozenset({0, 1}), 11, 31), (frozenset({0}), 2, 31)]
    assert recoverable([2, 9, 20], [line], frozenset({0, 1}), told) == {0, 1}
