"""Observations → counts of distinct people, in DuckDB in memory.

Whoever must not be counted twice has one number: a person with two entries, a household with one meter
(:mod:`rightskit.disclosures.people`). "Member" in what follows means that number.

Texts go in as numbers, columns as numpy's arrays: a million rows take a third of a second, where lists of Python's
objects take four. The database can reach no file, network or extension, and its configuration is locked before the
first row goes in.
"""

from __future__ import annotations

from array import array
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rightskit.disclosures.changes import Change, Held, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.layout import Recipe, Variable

_CONFIG = {
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}

Columns = tuple["Sequence[Any]", ...]
"""A batch of observations, column by column: member, disclosure (or what tells it from a member's others), row, source,
number, text. Of the last two one is None. A source is recipe, variable, unit and provenance, joined by :data:`PART`:
there are few of them, and one text a row is read faster than four."""

PART = "\x1f"
"""Parts a source (ASCII's unit separator, which no id, unit or provenance holds)."""

Place = tuple[str, str]
"""A variable, and the value of the variable that it is told apart by (empty where there is none)."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """A number over members, each counted once with the mean of their values.

    Attributes:
        mean: None where one or two members make nearly all of the sum (p % rule with 10 %).
        lower: the first quartile; quartiles are values of members, not between two.
    """

    members: int
    mean: float | None
    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Aggregates:
    """What the tables are made of; all counts are distinct members.

    Attributes:
        members: with any observation.
        bases: variable → members with a document that can hold it.
        totals: place → members who have the value that the place is told apart by.
        quantiles: place → figures of a number.
        counts: place → value or number of the band → members.
        several: variables of which some member has several values.
        seen: variable → unit, provenance and whether it is a number.
        numbers: members behind each cell, by its mark.
        marks: who stands behind each cell; empty where nobody asked.
        changes: for each earlier release, by how many each cell differs from it.
    """

    members: int
    bases: Mapping[str, int]
    totals: Mapping[Place, int]
    quantiles: Mapping[Place, Quantiles]
    counts: Mapping[Place, Mapping[str, int]]
    several: frozenset[str]
    seen: Mapping[str, tuple[str, str, bool]]
    numbers: Mapping[Mark, int] = field(default_factory=dict)
    marks: Mapping[Mark, Held] = field(default_factory=dict)
    changes: Sequence[Change] = ()

    def risky(self, kind: str, variable: str, least: int, key: str = "", label: str = "") -> bool:
        """Whether a cell differs from one of an earlier release by fewer members than the threshold."""
        mark = Mark(kind, variable, key, label)
        return any(0 < change.of(mark) < least for change in self.changes)


def aggregate(
    batches: Iterable[Columns],
    people: Mapping[str, int],
    recipes: Sequence[Recipe],
    crosses: Sequence[tuple[str, str]] = (),
    *,
    keep: bool = False,
) -> Aggregates:
    """Count the observations of some members.

    Args:
        batches: observations of anyone.
        people: member → the number under which they are counted (63 bits); who is missing is left out.
        recipes: what tells the bands and ``by`` of a variable, and which documents can hold it.
        crosses: variables that are set against each other.
        keep: also give who stands behind each cell.
    """
    with loaded(batches, people, recipes) as base:
        base.insert("pair", ((f"{down} × {across}", down, across) for down, across in crosses))
        return _aggregates(base, keep=keep)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A database with observations, in which every text is a number.

    Attributes:
        base: with the tables ``observation``, ``source``, ``figure`` and ``cell``.
        codes: text → its number; the empty text is 0.
        disclosures: likewise of disclosures, which nobody asks for again.
        sources: source → its number.
        variables: number of a source → that of its variable.
    """

    base: Any
    codes: dict[str, int]
    disclosures: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    variables: list[int] = field(default_factory=list)

    def rows(self, query: str, texts: Sequence[int] = ()) -> Iterator[list[Any]]:
        """The rows of a query, of which some columns are texts; one after the other, for they may be large."""
        words = list(self.codes)
        found = self.base.execute(query)
        while row := found.fetchone():
            yield [words[cell] if place in texts and cell is not None else cell for place, cell in enumerate(row)]

    def insert(self, table: str, rows: Iterable[Sequence[str | float]]) -> None:
        """Put a few rows into a table; their texts become numbers."""
        for row in rows:
            cells = [self.code(cell) if isinstance(cell, str) else cell for cell in row]
            self.base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(cells))})", cells)  # noqa: S608 (a table of ours)

    def code(self, text: str) -> int:
        """The number of a text."""
        return self.codes.setdefault(text, len(self.codes))

    def take(self, batch: Columns, people: Mapping[str, int]) -> None:
        """Take the observations of those who are counted."""
        import numpy as np  # noqa: PLC0415 (heavy: only where used)

        codes = self.codes
        words = [-1 if text is None else codes.setdefault(text, len(codes)) for text in batch[5]]
        source = _coded(batch[3], self.sources)
        self._describe()
        columns = {
            "member": np.array([people.get(member, -1) for member in batch[0]], np.int64),
            "disclosure": _coded(batch[1], self.disclosures),
            "row": np.array(batch[2], np.int32),
            "source": source,
            "variable": np.array(self.variables, np.int32)[source],
            "number": np.array(batch[4], np.float64),  # None becomes NaN
            "words": np.array(words, np.int32),
        }
        self.base.register("batch", columns)
        self.base.execute(_TAKE)
        self.base.unregister("batch")

    def _describe(self) -> None:
        """Take apart the sources that are new."""
        for source in list(self.sources)[len(self.variables) :]:
            recipe, variable, unit, provenance = source.split(PART)
            self.insert("source", [(len(self.variables), recipe, variable, unit, provenance)])
            self.variables.append(self.code(variable))


def _coded(column: Sequence[str], codes: dict[str, int]) -> Any:
    """A column of texts as numbers; new ones are added to the codes."""
    import numpy as np  # noqa: PLC0415 (heavy: only where used)

    return np.fromiter((codes.setdefault(text, len(codes)) for text in column), np.int32, len(column))


@contextmanager
def loaded(batches: Iterable[Columns], people: Mapping[str, int], recipes: Sequence[Recipe]) -> Iterator[Loaded]:
    """A database with the observations of some members."""
    with locked_database() as base:
        base.execute(_TABLES)
        found = Loaded(base, {"": 0})
        for batch in batches:
            found.take(batch, people)
        _insert_recipes(found, recipes)
        base.execute(_VIEWS)
        yield found


@contextmanager
def locked_database() -> Iterator[Any]:
    """A database in memory that reaches no file, network or extension, and whose configuration is locked."""
    import duckdb  # noqa: PLC0415 (heavy: only where used)

    with duckdb.connect(":memory:", config=dict(_CONFIG)) as base:
        base.execute("SET preserve_insertion_order = false")  # nothing asks for it, and it takes memory
        base.execute("SET enable_external_access = false")
        base.execute("SET lock_configuration = true")
        yield base


def _insert_recipes(found: Loaded, recipes: Sequence[Recipe]) -> None:
    variables = {(v.id, v.by, recipe.name): v for recipe in recipes for v in recipe.variables}
    found.insert("spec", variables)
    found.insert("band", sorted({(v.id, *band) for v in variables.values() for band in _bands(v)}))


def _bands(variable: Variable) -> Iterator[tuple[str, float, float]]:
    edges = (float("-inf"), *variable.bands, float("inf"))
    if variable.bands:
        yield from ((str(i), low, high) for i, (low, high) in enumerate(pairwise(edges)))


_TABLES = """
CREATE TYPE kind AS ENUM ('pool', 'base', 'total', 'cell', 'none', 'figure', 'cross', 'row', 'column', 'both');
CREATE TABLE observation (member BIGINT, disclosure INTEGER, row INTEGER, source USMALLINT, variable INTEGER,
                          number DOUBLE, words INTEGER);
CREATE TABLE source (source USMALLINT, recipe INTEGER, variable INTEGER, unit INTEGER, provenance INTEGER);
CREATE TABLE pair (name INTEGER, down INTEGER, across INTEGER);
CREATE TABLE spec (variable INTEGER, "by" INTEGER, recipe INTEGER);
CREATE TABLE band (variable INTEGER, label INTEGER, low DOUBLE, high DOUBLE);
"""
_TAKE = """
INSERT INTO observation
    SELECT member, disclosure, row, source, variable, CASE WHEN NOT isnan(number) THEN number END, nullif(words, -1)
    FROM batch WHERE member >= 0
"""
# Each number counts once a member, each text too; texts first become few, and numbers are never beside them.
_VIEWS = """
CREATE VIEW value AS
    SELECT o.member, o.variable, coalesce(k.words, 0) AS key, o.number, o.words
    FROM observation o
    LEFT JOIN (SELECT DISTINCT variable, "by" FROM spec WHERE "by" <> 0) s ON s.variable = o.variable
    LEFT JOIN observation k ON k.variable = s.by AND k.disclosure = o.disclosure AND k.row = o.row
                           AND k.member = o.member;
CREATE TABLE figure AS
    SELECT member, variable, key, avg(DISTINCT number) AS number FROM value WHERE number IS NOT NULL GROUP BY ALL;
CREATE TABLE cell AS
    SELECT DISTINCT member, variable, key, words AS label FROM value WHERE words IS NOT NULL
    UNION ALL
    SELECT member, variable, key, label FROM figure JOIN band USING (variable)
    WHERE number >= low AND number < high;
DROP VIEW value;
"""
_MARKS = """
CREATE TABLE mark AS
    SELECT DISTINCT 'base'::kind AS kind, variable, 0 AS key, 0 AS label, member, 0::BIGINT AS print
    FROM (SELECT variable, recipe FROM spec UNION
          SELECT variable, recipe FROM source SEMI JOIN observation USING (source)) JOIN
         (SELECT DISTINCT member, recipe
          FROM (SELECT DISTINCT member, source FROM observation) JOIN source USING (source)) USING (recipe)
    UNION ALL
    SELECT DISTINCT 'total', s.variable, k.words, 0, k.member, 0
    FROM (SELECT DISTINCT variable, "by" FROM spec WHERE "by" <> 0) s JOIN observation k ON k.variable = s.by
    UNION ALL
    SELECT DISTINCT 'cell', variable, key, label, member, 0 FROM cell
    UNION ALL
    SELECT 'figure', variable, key, 0, member, (md5_number_lower(concat(member, ':', number)) >> 1)::BIGINT FROM figure
    UNION ALL
    SELECT DISTINCT 'pool', 0, 0, 0, member, 0 FROM observation;
INSERT INTO mark
    SELECT 'none', t.variable, t.key, 0, t.member, 0
    FROM (SELECT * FROM mark WHERE kind = 'total' OR kind = 'base' AND variable NOT IN
             (SELECT variable FROM mark WHERE kind = 'total')) t
    ANTI JOIN cell c ON c.variable = t.variable AND c.key = t.key AND c.member = t.member;
CREATE TABLE joint AS
    SELECT DISTINCT e.name, e.member, coalesce(d.label, 0) AS down, coalesce(a.label, 0) AS across
    FROM (SELECT DISTINCT p.*, m.member FROM pair p
          JOIN mark m ON m.kind = 'base' AND m.variable IN (p.down, p.across)) e
    LEFT JOIN cell d ON d.variable = e.down AND d.key = 0 AND d.member = e.member
    LEFT JOIN cell a ON a.variable = e.across AND a.key = 0 AND a.member = e.member;
INSERT INTO mark SELECT 'cross', name, down, across, member, 0 FROM joint;
INSERT INTO mark SELECT DISTINCT 'row', name, down, 0, member, 0 FROM joint;
INSERT INTO mark SELECT DISTINCT 'column', name, 0, across, member, 0 FROM joint;
INSERT INTO mark SELECT DISTINCT 'both', name, 0, 0, member, 0 FROM joint;
"""
_NUMBERS = "SELECT kind, variable, key, label, count(*) FROM mark GROUP BY ALL ORDER BY ALL"
_HELD = "SELECT kind, variable, key, label, list(member), list(print) FROM mark GROUP BY ALL"
# p % rule (Hundepool et al., section 4.2): the second largest must not be able to compute the largest within 10 %.
_FIGURES = """
SELECT variable, key, count(*),
       CASE WHEN list_sum(list_sort(list(abs(number)), 'DESC')[3:]) >= 0.1 * max(abs(number)) THEN avg(number) END,
       quantile_disc(number, 0.25), quantile_disc(number, 0.5), quantile_disc(number, 0.75)
FROM figure GROUP BY variable, key
"""
_SEVERAL = """
SELECT DISTINCT variable FROM (SELECT variable FROM cell GROUP BY member, variable, key HAVING count(*) > 1)
"""
_SEEN = """
SELECT s.variable, min(unit), min(provenance), bool_or(is_number)
FROM (SELECT source, bool_or(number IS NOT NULL) AS is_number FROM observation GROUP BY source) o
JOIN source s USING (source) GROUP BY s.variable
"""


def _aggregates(found: Loaded, *, keep: bool) -> Aggregates:
    found.base.execute(_MARKS)
    numbers = {Mark(*mark): number for *mark, number in found.rows(_NUMBERS, (1, 2, 3))}
    counts: dict[Place, dict[str, int]] = {}
    for mark, number in numbers.items():
        if mark.kind == "cell":
            counts.setdefault((mark.variable, mark.key), {})[mark.label] = number
    return Aggregates(
        members=numbers.get(Mark("pool"), 0),
        bases={mark.variable: number for mark, number in numbers.items() if mark.kind == "base"},
        totals={(mark.variable, mark.key): number for mark, number in numbers.items() if mark.kind == "total"},
        quantiles={(name, key): Quantiles(*figures) for name, key, *figures in found.rows(_FIGURES, (0, 1))},
        counts=counts,
        several=several(found),
        seen=seen(found),
        numbers=numbers,
        marks=dict(_held(found)) if keep else {},
    )


def several(found: Loaded) -> frozenset[str]:
    """The variables of which some member has several values."""
    return frozenset(name for (name,) in found.rows(_SEVERAL, (0,)))


def seen(found: Loaded) -> dict[str, tuple[str, str, bool]]:
    """Variable → unit, provenance and whether it is a number."""
    return {name: (unit, provenance, number) for name, unit, provenance, number in found.rows(_SEEN, (0, 1, 2))}


def _held(found: Loaded) -> Iterator[tuple[Mark, Held]]:
    """Cell by cell: never the numbers of all of them as Python's objects at once."""
    for *mark, members, prints in found.rows(_HELD, (1, 2, 3)):
        yield Mark(*mark), Held(array("q", members).tobytes(), array("q", prints).tobytes() if any(prints) else b"")
