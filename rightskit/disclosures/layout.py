"""What a recipe says, as dataclasses: the layout of one kind of disclosure, and what may be taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    import re
    from collections.abc import Mapping

    from rightskit.rights import Right

FORMATS = ("pdf", "json", "csv")
TYPES = ("number", "choice", "date", "text")
PROVENANCES = ("provided", "observed", "derived", "inferred")
COARSENINGS = ("year", "month")


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that is taken from a row.

    Attributes:
        id: slug; the same in every recipe that yields the same thing.
        source: named group, path or column; empty for a count of rows.
        type: one of :data:`TYPES`.
        title: as tables print it.
        optional: whether it may be missing.
        empty: texts that mean "nothing", such as a dash.
        by: id of the choice variable of the same row that tells apart what may not be mixed, such as the sector.
        decimal: ``comma`` or ``point``.
        range: the least and the most that a number can be.
        bands: where one band of a number ends and the next starts, rising.
        values: printed text → the value that is meant.
        date: format for :func:`datetime.datetime.strptime`.
        coarsen: how much of a date is kept.
        pattern: what the whole of a text must match.
        table: whether the pool makes tables of it; false where another variable is a coarser form of the same thing,
            because two nested tables tell each other's hidden cells.
    """

    id: str
    source: str
    type: str
    title: str
    unit: str
    provenance: str
    optional: bool
    empty: tuple[str, ...]
    by: str
    decimal: str
    range: tuple[float, ...]
    bands: tuple[float, ...]
    values: Mapping[str, str]
    date: str
    coarsen: str
    pattern: re.Pattern[str] | None
    table: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the rows of one kind stand, and what is taken from each; see the module's table of keys."""

    after: re.Pattern[str] | None
    before: re.Pattern[str] | None
    line: re.Pattern[str] | None
    skip: tuple[re.Pattern[str], ...]
    announced: re.Pattern[str] | None
    each: str
    once: bool
    least: int
    count: Variable | None
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of a disclosure: how it is recognised and read."""

    format: str
    names: tuple[str, ...]
    require: tuple[str, ...]
    needed: bool
    skip: tuple[re.Pattern[str], ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to read one kind of disclosure.

    Attributes:
        date: when the layout was last seen like this.
        controllers: ids of those who return it; empty where several do.
    """

    id: str
    version: int
    date: dt.date | None
    title: str
    controllers: tuple[str, ...]
    right: Right
    layouts: tuple[Layout, ...]

    @property
    def name(self) -> str:
        """Id and version, as observations carry them: ``de-credit-score-sheet@1``."""
        return f"{self.id}@{self.version}"

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables that the recipe can yield, counts included."""
        rules = [rule for layout in self.layouts for rule in layout.rules]
        return tuple(chain.from_iterable((*rule.variables, *([rule.count] if rule.count else [])) for rule in rules))
