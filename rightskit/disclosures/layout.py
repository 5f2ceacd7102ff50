"""What a recipe says, as dataclasses: the layout of one kind of disclosure, and what may be taken from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from rightskit.disclosures.labels import Label
    from rightskit.files.blocks import Marks
    from rightskit.rights import Right

LINES, TREES, TABLES = ("pdf", "text"), ("json", "xml"), ("csv", "xlsx", "html")
FORMATS = (*LINES, *TREES, *TABLES)
TYPES = ("number", "choice", "date", "text", "hashed")
PROVENANCES = ("provided", "observed", "derived", "inferred")
COARSENINGS = ("year", "month")
NOT_APPLICABLE = "not-applicable"
"""What a document answers where a question does not concern its sender."""
OR = " | "
"""Between names of one column or key in several languages."""
_FIGURE = re.compile(r"[1-9][0-9]*(\.[0-9]+)?|0\.[0-9]*[1-9]")


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that is taken from a row.

    Attributes:
        id: slug; the same in every recipe that yields the same thing.
        source: named group, path or column, several names of one joined by :data:`OR`; a figure may follow by which
            it is divided (``ms / 3600000``); empty for a count of rows.
        type: one of :data:`TYPES`.
        title: as tables print it.
        optional: whether it may be missing.
        empty: texts that mean "nothing", such as a dash.
        by: id of the choice variable of the same row that tells apart what may not be mixed, such as the sector.
        decimal: ``comma`` or ``point``.
        range: the least and the most that a number can be.
        bands: where one band of a number ends and the next starts, rising.
        divide: the two sources of which one is divided by the other; empty for a value as it stands.
        mean: whether a total is the mean of the rows, and not their sum.
        duration: whether a number may be written as hours, minutes and seconds (``1:30:00`` is 1.5 hours).
        values: printed text → the value that is meant; ``*`` is any other text.
        date: formats for :func:`datetime.datetime.strptime`, or ``iso``, ``unix``, ``unix-ms``,
            ``printed``.
        coarsen: how much of a value is kept: of a date the year or the month, of a number the step that it is
            rounded to, of a text how many of its first characters; empty keeps all of it.
        pattern: what the whole of a text must match.
        mentions: regular expressions, one of which makes the answer ``yes``; empty for a value that is read.
        inapplicable: likewise, for the answer ``not-applicable``, which goes before ``yes``.
        table: whether the pool makes tables of it; false where another variable is a coarser form of the same thing,
            because two nested tables tell each other's hidden cells.
        together: whether the pool tells which of its values stand together, for how many members.
    """

    id: str
    source: str
    type: str
    title: str
    provenance: str
    unit: str = ""
    optional: bool = False
    empty: tuple[str, ...] = ()
    by: str = ""
    decimal: str = "point"
    range: tuple[float, ...] = ()
    bands: tuple[float, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    date: tuple[str, ...] = ()
    coarsen: str = ""
    pattern: re.Pattern[str] | None = None
    table: bool = True
    divide: tuple[str, ...] = ()
    duration: bool = False
    mean: bool = False
    mentions: tuple[re.Pattern[str], ...] = ()
    inapplicable: tuple[re.Pattern[str], ...] = ()
    together: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """What is read for it: its source, or those sources that are divided."""
        return tuple(parted(part)[0] for part in self.divide or (self.source,))


def parted(text: str) -> tuple[str, float]:
    """A source, and the figure by which what stands there is divided."""
    source, _, figure = text.rpartition(" / ")
    return (source, float(figure)) if source and _FIGURE.fullmatch(figure) else (text, 1.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the rows of one kind stand, and what is taken from each; see the module's table of keys.

    Attributes:
        where: source → texts; other rows are passed over.
        alone: source that must hold the same in all rows, or nothing is taken: they would be several people's.
        dropped: sources that are known and left; where it is given, one that is neither taken nor dropped is drift.
        per: tells the groups apart for which ``totals`` and ``count`` are made; None: all rows together.
        totals: sums over rows, or a sum divided by another.
        mentions: what the document as a whole answers, yes or no.
    """

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
    where: Mapping[str, tuple[str, ...]]
    alone: str
    dropped: tuple[str, ...]
    per: Variable | None
    totals: tuple[Variable, ...]
    mentions: tuple[Variable, ...]

    @property
    def taken(self) -> tuple[Variable, ...]:
        """What is read from each row."""
        return (*self.variables, *self.totals, *([self.per] if self.per else []))

    @property
    def sources(self) -> frozenset[str]:
        """All that is looked at in a row."""
        read = chain.from_iterable(variable.sources for variable in self.taken)
        return frozenset(chain(read, self.where, [self.alone] if self.alone else []))

    @property
    def yields(self) -> Iterator[Variable]:
        """All variables that the rule can yield."""
        yield from (*self.taken, *self.mentions, *([self.count] if self.count else []))


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of a disclosure: how it is recognised and read.

    Attributes:
        packed: whether it is read inside an archive alone, where its name tells it from another file that looks alike.
        above: tables: regular expressions, each of a line above the headings; their named groups are columns too.
        blocks: pages: the blocks that stand for rows, and their parts for columns; None: tables are read.
    """

    format: str
    names: tuple[str, ...]
    require: tuple[str, ...]
    needed: bool
    skip: tuple[re.Pattern[str], ...]
    rules: tuple[Rule, ...]
    above: tuple[re.Pattern[str], ...] = ()
    blocks: Marks | None = None
    packed: bool = False

    @property
    def named_above(self) -> frozenset[str]:
        """What the lines above the headings name; no column is called like that."""
        return frozenset(chain.from_iterable(each.groupindex for each in self.above))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to read one kind of disclosure.

    Attributes:
        date: when the layout was last seen like this.
        controllers: ids of those who return it; empty where several do.
        general: whether it is tried only where no other recipe fits or nearly fits.
        labels: variable → what pages call it and its values in other languages.
    """

    id: str
    version: int
    date: dt.date | None
    title: str
    controllers: tuple[str, ...]
    right: Right
    layouts: tuple[Layout, ...]
    general: bool = False
    labels: Mapping[str, Label] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Id and version, as observations carry them: ``de-credit-score-sheet@1``."""
        return f"{self.id}@{self.version}"

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables that the recipe can yield, counts included."""
        return tuple(chain.from_iterable(rule.yields for layout in self.layouts for rule in layout.rules))
