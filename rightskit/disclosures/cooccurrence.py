"""Which values of one variable stand together in the documents of how many members: third parties, mostly.

- Values stand here that the variable's own table shows, and that the threshold's members have and have not; of these
  the most frequent ones.
- A pair is shown where each of its four cells (both, the one alone, the other alone, neither) has the threshold's
  members, and no cell differs from an earlier release by fewer.
- An audit puts three values together, and hides more pairs until no small group can be told
  (:mod:`rightskit.disclosures.triples`). That somebody has any value is one more set: the table of what documents hold
  tells how many these are, and so does a count of rows.
- Of few values, their overlaps and that number tell much of who has three or four of them: of three alone all. So with
  up to four values the table stands only where each combination of them is nobody's or that of the threshold's members.

The ledger needs nothing of its own: it knows who has each value, and so who has two of them.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from rightskit.disclosures.changes import Held, Mark
from rightskit.disclosures.line import Line, labels
from rightskit.disclosures.tabulation import PoolTable
from rightskit.disclosures.triples import Population, hidden_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from rightskit.disclosures.aggregation import Aggregates
    from rightskit.disclosures.changes import Earlier
    from rightskit.disclosures.layout import Variable
    from rightskit.disclosures.tabulation import Cell

NAME = "together"
MOST = 20
"""Values of one table; the audit's time grows with the fifth power of it at worst."""
_FEW = 4
"""Values of which each combination must be nobody's or large."""
COLUMNS = ("together with", "members with both", "members with the first", "members with the second", "both by chance")


@dataclass(frozen=True, slots=True)
class Sets:
    """Who has what, in one release.

    Attributes:
        members: for each value a row, for each of everybody's numbers a column: whether it has the value.
        everyone: likewise one row: who has a document that can hold the variable.
        gone: of each value, and last of everyone, how many were forgotten since.
    """

    members: NDArray[np.bool_]
    everyone: NDArray[np.bool_]
    gone: NDArray[np.int64]

    def population(self, of: NDArray[np.bool_] | None = None) -> Population:
        """The counts of everyone, or of some."""
        chosen = self.everyone if of is None else of
        within = (self.members & chosen).astype(
            np.float32
        )  # exact to 16 million, and multiplied by the machine's fast routines
        return Population(int(chosen.sum()), (within @ within.T).astype(np.int64))

    def cell(self, without: Sequence[int]) -> NDArray[np.bool_]:
        """Who has the first values, or has them not where a 1 stands."""
        rows = [_both(row, self.everyone)[turned] for row, turned in zip(self.members, without, strict=False)]
        found: NDArray[np.bool_] = np.logical_and.reduce(rows)
        return found

    def forgotten(self, without: Sequence[int]) -> tuple[int, int]:
        """The fewest and the most of such a cell who were forgotten: of each value it is known how many, no more."""
        whole = int(self.gone[-1])
        parts = [whole - int(gone) if turned else int(gone) for gone, turned in zip(self.gone, without, strict=False)]
        return max(0, sum(parts) - (len(parts) - 1) * whole), min(parts)


@dataclass(frozen=True, slots=True)
class Together:
    """The table of one variable of which members can have several values.

    Attributes:
        least: the least number of members that is shown.
        earlier: releases that left the house.
    """

    variable: Variable
    found: Aggregates
    least: int
    earlier: Sequence[Earlier]

    def make(self) -> PoolTable | str:
        """The table, or the reason why there is none."""
        if self.variable.by or self.variable.id not in self.found.several:
            return f"no member has several values of {self.variable.id}"
        line = Line(self.variable, self.found, "", self.found.bases.get(self.variable.id, 0), self.least)
        items = self._items(line)
        if len(items) < 2:  # noqa: PLR2004 (what could stand together)
            return f"fewer than two values are those of {self.least} members, and are missing in as many"
        marks = [Mark("cell", self.variable.id, "", label) for label in items]
        return self._table(items, *self._audited([*marks, Mark("none", self.variable.id)], len(items)))

    def _items(self, line: Line) -> Mapping[str, str]:
        """The values that may stand in the table, and how they are printed; the most frequent ones, these first."""
        printed = labels(self.variable, self.found)
        shown = zip(printed, line.cells, line.pairs, strict=False)
        fit = {name: count for name, count, cell in shown if cell and line.total - count >= self.least}
        ordered = sorted(fit, key=lambda name: (-fit[name], name))[:MOST]
        return {name: printed[name] for name in ordered}

    def _audited(self, marks: Sequence[Mark], items: int) -> tuple[Population, NDArray[np.bool_]]:
        """The counts, and which pairs are hidden."""
        before = [one.held for one in self.earlier if self.variable.id in one.edges and self._base in one.held]
        people = _everyone([self.found.marks, *before], self._base)
        now, *then = (_sets(held, marks, self._base, people) for held in (self.found.marks, *before))
        population = now.population()
        small, changed = self._small(now), np.zeros_like(population.overlaps, bool)
        for one in then:
            changed |= self._changed(now, one)
        if items <= _FEW:
            small |= self._any_combination_small(now, then, items)
        for mask in (small, changed):
            mask[items:, :] = mask[:, items:] = False
            np.fill_diagonal(mask, val=False)
        populations = [population, *(made for one in then for made in _between(now, one))]
        return population, hidden_pairs(populations, small, changed, items, self.least)

    @property
    def _base(self) -> Mark:
        return Mark("base", self.variable.id)

    def _small(self, now: Sets) -> NDArray[np.bool_]:
        """The pairs of which a cell has too few."""
        counts = [_overlaps(*turned) for turned in product(_both(now.members, now.everyone), repeat=2)]
        fewest: NDArray[np.int64] = np.minimum.reduce(counts)
        return fewest < self.least

    def _changed(self, now: Sets, then: Sets) -> NDArray[np.bool_]:
        """The pairs of which a cell differs from an earlier release by too few."""
        risky = np.zeros((len(now.members),) * 2, bool)
        ours, theirs = _both(now.members, now.everyone), _both(then.members, then.everyone)
        for down, across in product(range(2), repeat=2):
            same = _overlaps(ours[down] & theirs[down], ours[across] & theirs[across])
            steps = _overlaps(ours[down], ours[across]) + _overlaps(theirs[down], theirs[across]) - 2 * same
            fewest, most = _gone(then.gone, down, across)
            risky |= (steps + most > 0) & (steps + fewest < self.least)
        return risky

    def _any_combination_small(self, now: Sets, then: Sequence[Sets], items: int) -> bool:
        """Whether too few have one combination of the values, or it differs from an earlier release by too few."""
        for cell in product(range(2), repeat=items):
            ours = now.cell(cell)
            steps = [(ours ^ one.cell(cell)).sum() for one in then]
            gone = [one.forgotten(cell) for one in then]
            if 0 < ours.sum() < self.least:
                return True
            if any(step + most > 0 and step + few < self.least for step, (few, most) in zip(steps, gone, strict=True)):
                return True
        return False

    def _table(self, items: Mapping[str, str], now: Population, hidden: NDArray[np.bool_]) -> PoolTable | str:
        names = list(items.values())
        pairs = [pair for pair in combinations(range(len(names)), 2) if not hidden[pair]]
        if not pairs:
            return f"in a cell of each pair, or of few values together, fewer than {self.least} members stand"
        rows = _lines(names, pairs, now)
        missing = len(names) * (len(names) - 1) // 2 - len(pairs)
        note = f"{missing} pairs are hidden: fewer than {self.least} members, and what would tell how many."
        return PoolTable(
            variable=self.variable.id,
            title=f"{self.variable.title}: what stands together",
            kind=NAME,
            unit="",
            provenance=self.variable.provenance,
            members=now.everyone,
            columns=(self.variable.title, *COLUMNS),
            rows=rows,
            note=note if missing else "",
        )


def _lines(names: Sequence[str], pairs: Sequence[tuple[int, int]], now: Population) -> tuple[tuple[Cell, ...], ...]:
    """Of each pair: how many have both, and each, and how many would have both by chance; the largest first."""
    counts = now.overlaps.tolist()
    return tuple(
        (
            names[a],
            names[b],
            counts[a][b],
            counts[a][a],
            counts[b][b],
            round(counts[a][a] * counts[b][b] / now.everyone),
        )
        for a, b in sorted(pairs, key=lambda pair: (-counts[pair[0]][pair[1]], pair))
    )


def _everyone(held: Sequence[Mapping[Mark, Held]], base: Mark) -> NDArray[np.int64]:
    """All numbers that stand behind a mark in any release, rising."""
    return np.unique(np.concatenate([_numbers(one[base]) for one in held]))


def _numbers(held: Held) -> NDArray[np.int64]:
    return np.frombuffer(array("q", held.members), np.int64)


def _sets(held: Mapping[Mark, Held], marks: Sequence[Mark], base: Mark, people: NDArray[np.int64]) -> Sets:
    """Who has what; who has any value, where that is asked for, is everyone without who has none."""
    nobody = Held(b"")
    rows = np.zeros((len(marks), len(people)), bool)
    everyone = np.zeros(len(people), bool)
    everyone[np.searchsorted(people, _numbers(held[base]))] = True
    for place, mark in enumerate(marks):
        rows[place, np.searchsorted(people, _numbers(held.get(mark, nobody)))] = True
        if mark.kind == "none":
            rows[place] = everyone & ~rows[place]
    gone = [held.get(mark, nobody).gone for mark in (*marks, base)]
    return Sets(rows, everyone, np.array(gone, np.int64))


def _both(members: NDArray[np.bool_], everyone: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who has each value, and who has it not."""
    return members, everyone & ~members


def _overlaps(down: NDArray[np.bool_], across: NDArray[np.bool_]) -> NDArray[np.int64]:
    return (down.astype(np.float32) @ across.astype(np.float32).T).astype(np.int64)


def _gone(gone: NDArray[np.int64], down: int, across: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The fewest and the most of a pair's cell who were forgotten: of each value it is known how many, of pairs not."""
    whole = gone[-1]
    first = whole - gone[:-1] if down else gone[:-1]
    second = whole - gone[:-1] if across else gone[:-1]
    rows, columns = first[:, None], second[None, :]
    return np.maximum(0, rows + columns - whole), np.minimum(rows, columns)


def _between(now: Sets, then: Sets) -> list[Population]:
    """Who joined, where nobody left, or who left, where nobody joined; of others sums tell less.

    Nobody may have another value than before: what is subtracted would be no population.
    """
    for late, soon in ((now, then), (then, now)):
        inside = soon.everyone <= late.everyone
        if inside.all() and not then.gone.any() and (late.members & soon.everyone == soon.members).all():
            return [late.population(late.everyone & ~soon.everyone)]
    return []
