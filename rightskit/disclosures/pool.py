"""The observations of members who agreed → tables that expose nobody.

Members are counted, never observations. A count that is small, and what would give it away, is hidden:

- A cell is hidden under the threshold, and so is what would let it be computed from the rest
  (:mod:`rightskit.disclosures.suppression`). "no value" is a cell like any other, so that nothing is gained from the
  total.
- Where members can have several values (kinds of entries), each value is a table of two: who has it, and who not.
- Mean and quartiles stand only where the threshold is reached, rounded to three digits, and where they do not tell a
  hidden cell of the same variable's distribution; the mean only where no two members make nearly all of the sum. The
  number of members beside them is hidden where it would tell how few have no value. A member with several values
  counts once, with their mean.
- A value that no recipe lists (a year, a code) gets a line only where it is shown.

The total of a table is the number of members with a document that can hold the variable. It says how the campaign
went, not what stands in anyone's document, and is shown from the threshold on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.aggregation import aggregate
from rightskit.disclosures.layout import Variable
from rightskit.disclosures.tabulation import PoolTable, hidden_cells, pool_tables
from rightskit.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.aggregation import Aggregates
    from rightskit.disclosures.layout import Recipe
    from rightskit.disclosures.model import Observation

LEAST_THRESHOLD = 3
SCOPE = "statistics"


@dataclass(frozen=True, slots=True)
class Pool:
    """All tables of a campaign.

    Attributes:
        tables: in the order of the recipes.
        members: who consented and have at least one observation.
        hidden: how many cells are hidden.
        threshold: the least number of members that a cell shows.
    """

    tables: tuple[PoolTable, ...]
    members: int
    hidden: int
    threshold: int


def tables(
    observations: Iterable[Observation],
    consents: Mapping[str, Collection[str]],
    threshold: int,
    recipes: Sequence[Recipe] = (),
) -> Pool:
    """Make the tables of the members whose consent covers statistics.

    Args:
        observations: of all members.
        consents: member → the scopes that they agreed to; who is missing did not agree.
        threshold: the least number of members that is shown; 10 is usual, 3 the least.
        recipes: those that read the observations: titles, order, bands, and what is told apart by what.

    Raises:
        RefusedError: the threshold is below 3.
    """
    if threshold < LEAST_THRESHOLD:
        raise RefusedError(
            f"A threshold of {threshold} would show single members.", f"Write {LEAST_THRESHOLD} or more; 10 is usual."
        )
    agreed = {member for member, scopes in consents.items() if SCOPE in scopes}
    found = aggregate(observations, agreed, recipes)
    known = dict(_known(found, recipes))
    made = tuple(
        table
        for variable in known.values()
        if variable.table
        for table in pool_tables(variable, known, found, threshold)
    )
    return Pool(made, found.members, sum(hidden_cells(table) for table in made), threshold)


def _known(found: Aggregates, recipes: Sequence[Recipe]) -> Iterator[tuple[str, Variable]]:
    """The variables of the pool: those of the recipes in their order, then those that no recipe describes."""
    described = {v.id: v for recipe in reversed(recipes) for v in recipe.variables}
    ordered = [v.id for recipe in recipes for v in recipe.variables if v.id in found.seen]
    yield from ((name, described[name]) for name in dict.fromkeys(ordered))
    for name in sorted(found.seen.keys() - described.keys()):
        unit, provenance, number = found.seen[name]
        yield name, _undescribed(name, unit, provenance, "number" if number else "text")


def _undescribed(name: str, unit: str, provenance: str, kind: str) -> Variable:
    return Variable(
        id=name,
        source="",
        type=kind,
        title=name,
        unit=unit,
        provenance=provenance,
        optional=False,
        empty=(),
        by="",
        decimal="point",
        range=(),
        bands=(),
        values={},
        date=(),
        coarsen="",
        pattern=None,
    )
