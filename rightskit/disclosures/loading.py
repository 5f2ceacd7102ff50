"""Observations → a database in memory, in which every text is a number, with a figure or values for each person.

Columns go in as numpy's arrays: a million rows take a third of a second, where lists of Python's objects take four.
The database can reach no file, network or extension, and its configuration is locked before the first row goes in.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.layout import Recipe, Variable
    from rightskit.disclosures.origin import Origin

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

        source = _coded(batch[3], self.sources)
        self._describe()
        columns = {
            "member": np.fromiter(map(people.get, batch[0], repeat(-1)), np.int64, len(source)),
            "disclosure": _coded(batch[1], self.disclosures),
            "row": np.array(batch[2], np.int32),
            "source": source,
            "variable": np.array(self.variables, np.int32)[source],
            "number": np.array(batch[4], np.float64),  # None becomes NaN
            "words": _coded(batch[5], self.codes),
        }
        self.base.register("batch", columns)
        self.base.execute(_TAKE)
        self.base.unregister("batch")

    def source(self, recipe: str, variable: str, provenance: str) -> int:
        """The number of a source of our own."""
        number = self.sources.setdefault(PART.join((recipe, variable, "", provenance)), len(self.sources))
        self._describe()
        return number

    def _describe(self) -> None:
        """Take apart the sources that are new."""
        for source in list(self.sources)[len(self.variables) :]:
            recipe, variable, unit, provenance = source.split(PART)
            self.insert("source", [(len(self.variables), recipe, variable, unit, provenance)])
            self.variables.append(self.code(variable))


def _coded(column: Sequence[str | None], codes: dict[str, int]) -> Any:
    """A column of texts as numbers, −1 for none; new ones are added to the codes."""
    import numpy as np  # noqa: PLC0415 (heavy: only where used)

    for text in dict.fromkeys(column):
        if text is not None:
            codes.setdefault(text, len(codes))
    number: Callable[[Any, int], int] = codes.get
    return np.fromiter(map(number, column, repeat(-1)), np.int32, len(column))


@contextmanager
def loaded(
    batches: Iterable[Columns], people: Mapping[str, int], recipes: Sequence[Recipe], origin: Origin | None = None
) -> Iterator[Loaded]:
    """A database with the observations of some members, and with where a figure of theirs comes from."""
    with locked_database() as base:
        base.execute(_TABLES)
        found = Loaded(base, {"": 0})
        for batch in batches:
            found.take(batch, people)
        if origin:
            origin.insert(found)
        _insert_recipes(found, recipes)
        (observations,) = base.execute("SELECT count(*) FROM observation").fetchone()
        parts = observations // _AT_A_TIME + 1
        for part in range(parts):
            base.execute(_VALUE, {"parts": parts, "part": part})
            base.execute(_OF_VALUES)
        base.execute(_BANDED)
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
CREATE TABLE pair (name INTEGER, down INTEGER, across INTEGER, number INTEGER, "group" INTEGER);
CREATE TABLE spec (variable INTEGER, "by" INTEGER, recipe INTEGER);
CREATE TABLE band (variable INTEGER, label INTEGER, low DOUBLE, high DOUBLE);
CREATE TABLE figure (member BIGINT, variable INTEGER, key INTEGER, number DOUBLE);
CREATE TABLE cell (member BIGINT, variable INTEGER, key INTEGER, label INTEGER);
"""
_TAKE = """
INSERT INTO observation
    SELECT member, disclosure, row, source, variable, CASE WHEN NOT isnan(number) THEN number END, nullif(words, -1)
    FROM batch WHERE member >= 0
"""
_AT_A_TIME = 600_000
"""Observations: to tell which values were there takes memory, so it is done for some of the members at a time."""
_VALUE = """
CREATE OR REPLACE TABLE value AS
    WITH theirs AS (SELECT * FROM observation WHERE member % $parts = $part)
    SELECT o.member, o.variable, coalesce(k.words, 0) AS key, o.number, o.words
    FROM theirs o
    LEFT JOIN (SELECT DISTINCT variable, "by" FROM spec WHERE "by" <> 0) s ON s.variable = o.variable
    LEFT JOIN (SELECT * FROM theirs WHERE variable IN (SELECT "by" FROM spec)) k
           ON k.variable = s.by AND k.disclosure = o.disclosure AND k.row = o.row AND k.member = o.member
"""
# Each number counts once a member.
_OF_VALUES = """
INSERT INTO figure
    SELECT member, variable, key, avg(DISTINCT number) FROM value WHERE number IS NOT NULL GROUP BY ALL;
INSERT INTO cell SELECT DISTINCT member, variable, key, words FROM value WHERE words IS NOT NULL;
"""
_BANDED = """
INSERT INTO cell
    SELECT member, variable, key, label FROM figure JOIN band USING (variable)
    WHERE number >= low AND number < high;
DROP TABLE value;
"""
