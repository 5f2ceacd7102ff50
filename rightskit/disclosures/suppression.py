"""Which cells of a table must stay hidden so that nobody can compute a small one.

A table is a list of counts, and lines: sets of cells whose sum is published. Three rules, in this order:

1. A cell is hidden when it counts someone, but fewer than the threshold, or when it differs from the same cell of an
   earlier release by someone, but by fewer than the threshold (primary suppression).
2. Where a line has hidden cells, there are at least two of them, together they count twice the threshold, and they
   do not together differ from an earlier release by fewer than it;
   until then the next shown cell after the first hidden one is hidden too (complementary suppression). It is chosen
   by its position and not by its size, because a reader who knows that the smallest was taken could compute more:
   the tests try that against every small table.
3. An audit solves for each hidden cell, with all that a reader knows: the sums, the shown cells, and that a hidden
   cell counts at least one. If one can be recovered, another cell of its lines is hidden.

After Hundepool et al., Statistical Disclosure Control (2012), chapter 4; the audit's elimination is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

Line = frozenset[int]
"""Positions of the cells that add up to a published sum."""

Fact = tuple[Line, int, int]
"""Cells of which a reader knows that they count at least and at most so many, as a median tells."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What differs from an earlier release.

    Attributes:
        cells: members who came to each cell, or left it.
        sums: for each line, members who came to it as a whole, or left it.
    """

    cells: Sequence[int]
    sums: Sequence[int]

    def tells(self, place: int, line: Line, veiled: Collection[int], threshold: int) -> bool:
        """Whether the sum of a line's hidden cells may differ by fewer members than the threshold.

        Who moved from one hidden cell to another changes both, and their sum not at all. So what is reckoned with is
        the least by which the sum can differ: the change of the whole without that of what is shown.
        """
        if not any(self.cells[cell] for cell in line if cell in veiled):
            return False
        return self.sums[place] - sum(self.cells[cell] for cell in line if cell not in veiled) < threshold


def hidden(
    counts: Sequence[int],
    lines: Sequence[Line],
    threshold: int,
    changes: Sequence[Moved] = (),
    *,
    also: Collection[int] = (),
) -> frozenset[int]:
    """The cells that must not be shown.

    Args:
        counts: distinct members in each cell.
        lines: for each published sum, the positions of its cells.
        threshold: the least that may be shown.
        changes: for each earlier release, what differs from it.
        also: positions that are hidden for another reason.

    Returns:
        Positions; all of them where nothing less would do.
    """
    veiled = {cell for cell, count in enumerate(counts) if 0 < count < threshold or cell in also}
    veiled |= {cell for change in changes for cell, number in enumerate(change.cells) if 0 < number < threshold}
    while weak := next(_weak_lines(counts, lines, veiled, threshold, changes), None):
        shown = [cell for cell in weak if cell not in veiled and counts[cell]]
        if not shown:
            return frozenset(range(len(counts)))
        first = min(weak & veiled)
        veiled.add(min(shown, key=lambda cell: (cell - first) % len(counts)))
    return frozenset(veiled)


def _weak_lines(
    counts: Sequence[int], lines: Sequence[Line], veiled: set[int], threshold: int, changes: Sequence[Moved]
) -> Iterator[Line]:
    for place, line in enumerate(lines):
        inside = line & veiled
        if inside and sum(counts[cell] for cell in inside) < _least_sum(len(inside), threshold):
            yield line
        if any(change.tells(place, line, veiled, threshold) for change in changes):
            yield line
    leaks = recoverable(counts, lines, frozenset(veiled))
    yield from (line for line in lines if line & leaks)


def _least_sum(cells: int, threshold: int) -> float:
    return float("inf") if cells == 1 else max(2 * threshold, threshold + cells)


def recoverable(
    counts: Sequence[int], lines: Sequence[Line], veiled: frozenset[int], facts: Sequence[Fact] = ()
) -> frozenset[int]:
    """The hidden cells whose number a reader can compute.

    Args:
        counts: distinct members in each cell; of the hidden ones only their sums are used, and whether all of them
            hold someone, as they do unless a whole table is hidden.
        lines: for each published sum, the positions of its cells.
        veiled: the hidden positions.
        facts: what else is known about sums of cells.

    Returns:
        Positions of cells that linear elimination, or the least and most that each can be, pins to one number.
    """
    equations = [(line & veiled, sum(counts[cell] for cell in line & veiled)) for line in lines if line & veiled]
    known = [(line, total, total) for line, total in equations]
    known += [_about_hidden(counts, fact, veiled) for fact in facts if fact[0] & veiled]
    return _eliminated(equations, sorted(veiled)) | _pinned(
        known, veiled, all_hold=all(counts[cell] for cell in veiled)
    )


def _about_hidden(counts: Sequence[int], fact: Fact, veiled: frozenset[int]) -> Fact:
    line, low, high = fact
    shown = sum(counts[cell] for cell in line - veiled)
    return line & veiled, low - shown, high - shown


def _eliminated(equations: Sequence[tuple[Line, int]], cells: Sequence[int]) -> frozenset[int]:
    """Gauss-Jordan over fractions: an equation that is left with one cell gives it away."""
    rows = [[Fraction(cell in line) for cell in cells] for line, _ in equations]
    rank = 0
    for column in range(len(cells)):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for r, row in enumerate(rows):
            if r != rank and row[column]:
                rows[r] = [a - row[column] * b for a, b in zip(row, rows[rank], strict=True)]
        rank += 1
    left = ([column for column, value in enumerate(row) if value] for row in rows[:rank])
    return frozenset(cells[columns[0]] for columns in left if len(columns) == 1)


def _pinned(known: Sequence[Fact], veiled: frozenset[int], *, all_hold: bool) -> frozenset[int]:
    """Narrow the least and most of each cell, fact by fact, until nothing moves."""
    least = dict.fromkeys(veiled, int(all_hold))
    most = dict.fromkeys(veiled, max((high for _, _, high in known), default=0))
    moved = True
    # True facts never let least and most cross; facts that contradict each other must not loop for ever.
    while moved and all(least[cell] <= most[cell] for cell in veiled):
        moved = False
        for line, low, high in known:
            for cell in line:
                up = high - sum(least[other] for other in line if other != cell)
                down = low - sum(most[other] for other in line if other != cell)
                moved |= up < most[cell] or down > least[cell]
                most[cell], least[cell] = min(most[cell], up), max(least[cell], down)
    bounded = frozenset(cell for line, _, _ in known for cell in line)
    return frozenset(cell for cell in bounded if most[cell] <= least[cell])
