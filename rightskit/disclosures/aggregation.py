"""Observations → counts of distinct people, in DuckDB in memory.

Whoever must not be counted twice has one number: a person with two entries, a household with one meter
(:mod:`rightskit.disclosures.people`). "Member" in what follows means that number.

Columns go in as lists (``unnest`` of a list parameter), so that neither numpy nor Arrow is needed: 100,000 rows take
0.3 s, where an insert for each row takes minutes. The database can reach no file, network or extension, and its
configuration is locked before the first row goes in.
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
"""A batch of observations, column by column: member, disclosure, row, recipe, variable, unit, provenance, number, text.
Of the last two one is None."""

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
        if crosses:
            _insert(base, "pair", [[f"{a} × {b}" for a, b in crosses], *zip(*crosses, strict=True)])
        return _aggregates(base, keep=keep)


@contextmanager
def loaded(batches: Iterable[Columns], people: Mapping[str, int], recipes: Sequence[Recipe]) -> Iterator[Any]:
    """A database with the observations of some members, in the tables ``value``, ``figure`` and ``cell``."""
    with locked_database() as base:
        base.execute(_TABLES)
        _insert(base, "person", [list(people), list(people.values())])
        for batch in batches:
            base.execute(_TAKE, [list(column) for column in batch])
        _insert_recipes(base, recipes)
        base.execute(_VIEWS)
        yield base


@contextmanager
def locked_database() -> Iterator[Any]:
    """A database in memory that reaches no file, network or extension, and whose configuration is locked."""
    import duckdb  # noqa: PLC0415 (heavy: only where used)

    with duckdb.connect(":memory:", config=dict(_CONFIG)) as base:
        base.execute("SET enable_external_access = false")
        base.execute("SET lock_configuration = true")
        yield base


def _insert_recipes(base: Any, recipes: Sequence[Recipe]) -> None:
    variables = {(v.id, v.by, recipe.name): v for recipe in recipes for v in recipe.variables}
    if variables:
        _insert(base, "spec", [*zip(*variables, strict=True)])
    bands = sorted({(v.id, *band) for v in variables.values() for band in _bands(v)})
    if bands:
        _insert(base, "band", [*zip(*bands, strict=True)])


def _bands(variable: Variable) -> Iterator[tuple[str, float, float]]:
    edges = (float("-inf"), *variable.bands, float("inf"))
    if variable.bands:
        yield from ((str(i), low, high) for i, (low, high) in enumerate(pairwise(edges)))


_COLUMNS = {
    "person": "VARCHAR BIGINT",
    "pair": "VARCHAR VARCHAR VARCHAR",
    "spec": "VARCHAR VARCHAR VARCHAR",
    "band": "VARCHAR VARCHAR DOUBLE DOUBLE",
}


def _insert(base: Any, table: str, columns: Sequence[Sequence[Any]]) -> None:
    lists = ", ".join(f"unnest(?::{kind}[])" for kind in _COLUMNS[table].split())
    base.execute(f"INSERT INTO {table} SELECT {lists}", [list(column) for column in columns])


_TABLES = """
CREATE TABLE person (name VARCHAR, member BIGINT);
CREATE TABLE observation (member BIGINT, disclosure VARCHAR, row INTEGER, recipe VARCHAR, variable VARCHAR,
                          unit VARCHAR, provenance VARCHAR, number DOUBLE, words VARCHAR);
CREATE TABLE pair (name VARCHAR, down VARCHAR, across VARCHAR);
CREATE TABLE spec (variable VARCHAR, "by" VARCHAR, recipe VARCHAR);
CREATE TABLE band (variable VARCHAR, label VARCHAR, low DOUBLE, high DOUBLE);
"""
_TAKE = """
INSERT INTO observation
    SELECT p.member, o.* EXCLUDE name
    FROM (SELECT unnest(?::VARCHAR[]) AS name, unnest(?::VARCHAR[]), unnest(?::INTEGER[]), unnest(?::VARCHAR[]),
                 unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::DOUBLE[]),
                 unnest(?::VARCHAR[])) o
    JOIN person p USING (name)
"""
_VIEWS = """
CREATE TABLE value AS
    SELECT DISTINCT o.member, o.variable, coalesce(k.words, '') AS key, o.number, o.words
    FROM observation o
    LEFT JOIN (SELECT DISTINCT variable, "by" FROM spec WHERE "by" <> '') s ON s.variable = o.variable
    LEFT JOIN observation k ON k.variable = s.by AND k.disclosure = o.disclosure AND k.row = o.row
                           AND k.member = o.member;
CREATE TABLE figure AS
    SELECT member, variable, key, avg(number) AS number FROM value WHERE number IS NOT NULL GROUP BY ALL;
CREATE TABLE cell AS
    SELECT member, variable, key, words AS label FROM value WHERE words IS NOT NULL
    UNION ALL
    SELECT member, variable, key, label FROM figure JOIN band USING (variable)
    WHERE number >= low AND number < high;
"""
_MARKS = """
CREATE TABLE mark AS
    SELECT DISTINCT 'base' AS kind, variable, '' AS key, '' AS label, member, 0::BIGINT AS print
    FROM (SELECT variable, recipe FROM spec UNION SELECT variable, recipe FROM observation) JOIN
         (SELECT DISTINCT member, recipe FROM observation) USING (recipe)
    UNION ALL
    SELECT DISTINCT 'total', s.variable, k.words, '', k.member, 0
    FROM (SELECT DISTINCT variable, "by" FROM spec WHERE "by" <> '') s JOIN observation k ON k.variable = s.by
    UNION ALL
    SELECT DISTINCT 'cell', variable, key, label, member, 0 FROM cell
    UNION ALL
    SELECT 'figure', variable, key, '', member, (md5_number_lower(concat(member, ':', number)) >> 1)::BIGINT FROM figure
    UNION ALL
    SELECT DISTINCT 'pool', '', '', '', member, 0 FROM observation;
INSERT INTO mark
    SELECT 'none', t.variable, t.key, '', t.member, 0
    FROM (SELECT * FROM mark WHERE kind = 'total' OR kind = 'base' AND variable NOT IN
             (SELECT variable FROM mark WHERE kind = 'total')) t
    ANTI JOIN cell c ON c.variable = t.variable AND c.key = t.key AND c.member = t.member;
CREATE TABLE joint AS
    SELECT DISTINCT e.name, e.member, coalesce(d.label, '') AS down, coalesce(a.label, '') AS across
    FROM (SELECT DISTINCT p.*, m.member FROM pair p
          JOIN mark m ON m.kind = 'base' AND m.variable IN (p.down, p.across)) e
    LEFT JOIN cell d ON d.variable = e.down AND d.key = '' AND d.member = e.member
    LEFT JOIN cell a ON a.variable = e.across AND a.key = '' AND a.member = e.member;
INSERT INTO mark SELECT 'cross', name, down, across, member, 0 FROM joint;
INSERT INTO mark SELECT DISTINCT 'row', name, down, '', member, 0 FROM joint;
INSERT INTO mark SELECT DISTINCT 'column', name, '', across, member, 0 FROM joint;
INSERT INTO mark SELECT DISTINCT 'both', name, '', '', member, 0 FROM joint;
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
SEVERAL = """
SELECT DISTINCT variable FROM (SELECT variable FROM cell GROUP BY member, variable, key HAVING count(*) > 1)
"""
SEEN = """
SELECT variable, min(unit), min(provenance), bool_or(number IS NOT NULL) FROM observation GROUP BY variable
"""


def _aggregates(base: Any, *, keep: bool) -> Aggregates:
    def rows(query: str) -> list[Any]:
        found: list[Any] = base.execute(query).fetchall()
        return found

    base.execute(_MARKS)
    numbers = {Mark(*mark): number for *mark, number in rows(_NUMBERS)}
    counts: dict[Place, dict[str, int]] = {}
    for mark, number in numbers.items():
        if mark.kind == "cell":
            counts.setdefault((mark.variable, mark.key), {})[mark.label] = number
    return Aggregates(
        members=numbers.get(Mark("pool"), 0),
        bases={mark.variable: number for mark, number in numbers.items() if mark.kind == "base"},
        totals={(mark.variable, mark.key): number for mark, number in numbers.items() if mark.kind == "total"},
        quantiles={(variable, key): Quantiles(*figures) for variable, key, *figures in rows(_FIGURES)},
        counts=counts,
        several=frozenset(variable for (variable,) in rows(SEVERAL)),
        seen={variable: (unit, provenance, number) for variable, unit, provenance, number in rows(SEEN)},
        numbers=numbers,
        marks=dict(_held(base)) if keep else {},
    )


def _held(base: Any) -> Iterator[tuple[Mark, Held]]:
    """Cell by cell: never the numbers of all of them as Python's objects at once."""
    found = base.execute(_HELD)
    while row := found.fetchone():
        *mark, members, prints = row
        yield Mark(*mark), Held(array("q", members).tobytes(), array("q", prints).tobytes() if any(prints) else b"")
