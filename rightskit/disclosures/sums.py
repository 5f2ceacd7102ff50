"""What is taken from a document, value by value, and what rows of it come to together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.totals import Total
from rightskit.disclosures.values import UNSURE, DoubtfulError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Rule, Variable
    from rightskit.disclosures.rows import Row

SURE = 0.85
"""What Tesseract is less sure of is wrong too often: on clean scans nearly all words are above it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One value.

    Attributes:
        value: an empty text where it is in doubt and nothing can be proposed.
        row: number of the row inside the rule; 0: all rows together.
        why: it is in doubt; empty where it is not.
        snippet: what stands there, where it is in doubt.
    """

    variable: Variable
    value: float | str
    place: str
    row: int
    confidence: float
    why: str = ""
    snippet: str = ""

    @property
    def is_strange(self) -> bool:
        """Whether it is not as the recipe says, and not merely hard to read."""
        return bool(self.why) and (self.why != UNSURE or self.value == "")


class Sums:
    """What rows come to together.

    Attributes:
        rows: how many.
        sure: how sure each of them is, where it does not say itself.
    """

    def __init__(self, rule: Rule, place: str, sure: float) -> None:
        self.rows = 0
        self.sure = sure
        self._place = place
        self._unsure: list[Row] = []  # those of a scan, each as sure as its words
        self._misread: list[Row] = []  # those that may hold more
        self._doubtful: dict[str, Row] = {}
        self._count = rule.count
        self._totals = [(variable, Total(variable)) for variable in rule.totals]

    def add(self, row: Row) -> None:
        """Count a row in.

        Raises:
            UnreadableError: as :meth:`rightskit.disclosures.totals.Total.add`.
        """
        self.rows += 1
        if row.is_misread:
            self._misread.append(row)
            return
        if row.sure:
            self._unsure.append(row)
        for variable, total in self._totals:
            if total.add(row.parts):
                self._doubtful.setdefault(variable.id, row)

    def miss(self, rows: Sequence[Row]) -> None:
        """Rows of which nobody can tell whether they belong here: what the others come to is in doubt."""
        self._misread += rows

    def come_to(self, variable: Variable, value: float | str, number: int, doubt: DoubtfulError | None = None) -> Taken:
        """What they yield: as sure as the worst of them."""
        each = [(row.confidence(variable.sources, self.sure), row) for row in self._unsure]
        sure, worst = min(each, key=lambda one: one[0], default=(self.sure, None))
        why = doubt.why if doubt else UNSURE if self._misread or (worst and sure < SURE) else ""
        if not why:
            return Taken(variable, value, self._place, number, sure)
        shown = self._doubtful.get(variable.id) if doubt else next(iter(self._misread), worst)
        snippet = f"{shown.place}: {shown.snippet(variable.sources)}" if shown else f"{self.rows} rows together"
        return Taken(variable, value, self._place, number, sure, why, snippet)

    def taken(self, number: int) -> Iterator[Taken]:
        """Their count and their totals, as the row of that number; 0: as none."""
        if self._count:
            yield self.come_to(self._count, float(self.rows), number)
        for variable, total in self._totals:
            try:
                value = total.value
            except DoubtfulError as doubt:
                yield self.come_to(variable, proposed(doubt), number, doubt)
            else:
                if value is not None:
                    yield self.come_to(variable, value, number)


def proposed(doubt: DoubtfulError) -> float | str:
    """What a doubtful value probably is; an empty text where nobody can tell."""
    return "" if doubt.proposed is None else doubt.proposed
