"""Observations → counts of distinct people, in DuckDB in memory.

Whoever must not be counted twice has one number: a person with two entries, a household with one meter
(:mod:`rightskit.disclosures.people`). "Member" in what follows means that number.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.disclosures.changes import Change, Held, Mark
from rightskit.disclosures.loading import loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.layout import Recipe
    from rightskit.disclosures.loading import Columns, Loaded

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
    SELECT 'figure', variable, key, 0, member,
           (md5_number_lower(concat(member, ':', printf('%.9g', number))) >> 1)::BIGINT
    FROM figure
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
