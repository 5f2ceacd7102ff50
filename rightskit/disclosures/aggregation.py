"""Observations → counts of distinct people, in DuckDB in memory.

Whoever must not be counted twice has one number: a person with two entries, a household with one meter
(:mod:`rightskit.disclosures.people`). "Member" in what follows means that number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.disclosures.changes import Change, Held, Mark
from rightskit.disclosures.crosstable import cross_name, sides
from rightskit.disclosures.loading import loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.layout import Recipe, Variable
    from rightskit.disclosures.loading import Columns, Loaded
    from rightskit.disclosures.origin import Origin

Place = tuple[str, str]
"""A variable, and the value of the variable that it is told apart by (empty where there is none)."""

Sizes = tuple[float, float, float]
"""The largest absolute value, the second, and the sum of the rest."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """A number over members, each counted once with the mean of their values.

    Attributes:
        average: which may tell a member's value; see :attr:`mean`.
        lower: the first quartile; quartiles are values of members, not between two.
        sizes: what tells whether a few members make nearly all of the sum.
    """

    members: int
    average: float
    lower: float
    median: float
    upper: float
    sizes: Sizes

    @property
    def mean(self) -> float | None:
        """The average; None where one or two members make nearly all of the sum."""
        return None if dominated([self.sizes]) else self.average


def dominated(parts: Iterable[Sizes]) -> bool:
    """Whether one or two members make nearly all of a sum, or of several together.

    The p % rule (Hundepool et al., section 4.2) with p = 10: the second largest must not be able to compute the largest
    within 10 %.
    """
    known = list(parts)
    largest, _, *others = sorted((size for one in known for size in one[:2]), reverse=True)
    return sum(others) + sum(rest for _, _, rest in known) < largest / 10


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


def aggregate(  # noqa: PLR0913 (what is counted, and how)
    batches: Iterable[Columns],
    people: Mapping[str, int],
    recipes: Sequence[Recipe],
    crosses: Sequence[tuple[str, str]] = (),
    origin: Origin | None = None,
    *,
    keep: bool = False,
) -> Aggregates:
    """Count the observations of some members.

    Args:
        batches: observations of anyone.
        people: member → the number under which they are counted (63 bits); who is missing is left out.
        recipes: what tells the bands and ``by`` of a variable, and which documents can hold it.
        crosses: variables that are set against each other.
        origin: of which figure it is told who returned it.
        keep: also give who stands behind each cell.
    """
    known = {variable.id: variable for recipe in recipes for variable in recipe.variables}
    with loaded(batches, people, recipes, origin) as base:
        base.insert("pair", (_pair(pair, known) for pair in crosses))
        return _aggregates(base, keep=keep)


def _pair(pair: tuple[str, str], known: Mapping[str, Variable]) -> tuple[str, ...]:
    """Its name, its variables, and which of them is a number that is set against groups of the other, if one is."""
    both = [known[name] for name in pair if name in known]
    halves = sides(both[0], both[1]) if len(both) == len(pair) else None
    return (cross_name(*pair), *pair, *((half.id for half in halves) if halves else ("", "")))


_MARKS = """
CREATE MACRO fingerprint(member, number) AS
    (md5_number_lower(concat(member, ':', printf('%.9g', number))) >> 1)::BIGINT;
CREATE TABLE had AS SELECT DISTINCT member, source FROM observation;
CREATE TABLE mark AS
    SELECT DISTINCT 'base'::kind AS kind, variable, 0 AS key, 0 AS label, member, 0::BIGINT AS print
    FROM (SELECT variable, recipe FROM spec UNION
          SELECT variable, recipe FROM source SEMI JOIN had USING (source)) JOIN
         (SELECT DISTINCT member, recipe FROM had JOIN source USING (source)) USING (recipe)
    UNION ALL
    SELECT DISTINCT 'total', s.variable, c.label, 0, c.member, 0
    FROM (SELECT DISTINCT variable, "by" FROM spec WHERE "by" <> 0) s JOIN cell c ON c.variable = s.by
    UNION ALL
    SELECT DISTINCT 'cell', variable, key, label, member, 0 FROM cell
    UNION ALL
    SELECT 'figure', variable, key, 0, member, fingerprint(member, number) FROM figure
    UNION ALL
    SELECT DISTINCT 'pool', 0, 0, 0, member, 0 FROM had;
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
CREATE TABLE grouped AS
    SELECT DISTINCT e.name AS variable, coalesce(g.label, 0) AS key, e.member, f.number
    FROM (SELECT j.member, p.* FROM joint j JOIN pair p USING (name) WHERE p.number <> 0) e
    LEFT JOIN figure f ON f.variable = e.number AND f.key = 0 AND f.member = e.member
    LEFT JOIN cell g ON g.variable = e."group" AND g.key = 0 AND g.member = e.member;
INSERT INTO mark
    SELECT 'figure', variable, key, 0, member, fingerprint(member, number) FROM grouped WHERE number IS NOT NULL;
INSERT INTO mark SELECT 'none', variable, key, 0, member, 0 FROM grouped WHERE number IS NULL;
"""
_NUMBERS = "SELECT kind, variable, key, label, count(*) FROM mark GROUP BY ALL ORDER BY ALL"
_BEHIND = "SELECT member, print FROM mark ORDER BY kind, variable, key, label, member"
_FIGURES = """
SELECT variable, key, members, average, lower, median, upper,
       sizes[1], coalesce(sizes[2], 0), coalesce(list_sum(sizes[3:]), 0)
FROM (SELECT variable, key, count(*) AS members, avg(number) AS average, quantile_disc(number, 0.25) AS lower,
             quantile_disc(number, 0.5) AS median, quantile_disc(number, 0.75) AS upper,
             list_sort(list(abs(number)), 'DESC') AS sizes
      FROM (SELECT variable, key, number FROM figure
            UNION ALL SELECT variable, key, number FROM grouped WHERE number IS NOT NULL)
      GROUP BY variable, key)
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
        quantiles=dict(_quantiles(found)),
        counts=counts,
        several=several(found),
        seen=seen(found),
        numbers=numbers,
        marks=dict(_held(found, numbers)) if keep else {},
    )


def _quantiles(found: Loaded) -> Iterator[tuple[Place, Quantiles]]:
    for name, key, members, average, lower, median, upper, *sizes in found.rows(_FIGURES, (0, 1)):
        largest, second, rest = sizes
        yield (name, key), Quantiles(members, average, lower, median, upper, (largest, second, rest))


def several(found: Loaded) -> frozenset[str]:
    """The variables of which some member has several values."""
    return frozenset(name for (name,) in found.rows(_SEVERAL, (0,)))


def seen(found: Loaded) -> dict[str, tuple[str, str, bool]]:
    """Variable → unit, provenance and whether it is a number."""
    return {name: (unit, provenance, number) for name, unit, provenance, number in found.rows(_SEEN, (0, 1, 2))}


def _held(found: Loaded, numbers: Mapping[Mark, int]) -> Iterator[tuple[Mark, Held]]:
    """Cell by cell, in the order of their numbers: never those who stand behind them as Python's objects."""
    behind = found.base.execute(_BEHIND).fetchnumpy()
    start = 0
    for mark, number in numbers.items():
        members, prints = (behind[name][start : start + number] for name in ("member", "print"))
        yield mark, Held(members.tobytes(), prints.tobytes() if prints.any() else b"")
        start += number
