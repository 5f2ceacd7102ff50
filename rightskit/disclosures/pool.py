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

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rightskit.campaign.tables import CONTROLLER, Tables
from rightskit.disclosures import minimum
from rightskit.disclosures.aggregation import aggregate
from rightskit.disclosures.changes import changes
from rightskit.disclosures.crosstable import cross_name, pairs
from rightskit.disclosures.labels import by_title
from rightskit.disclosures.layout import Variable
from rightskit.disclosures.line import edges
from rightskit.disclosures.means import paired_tables
from rightskit.disclosures.origin import origin
from rightskit.disclosures.presence import presence
from rightskit.disclosures.tabulation import PoolTable, TableLeftOut, hidden_cells, is_empty, pool_tables
from rightskit.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.aggregation import Aggregates
    from rightskit.disclosures.changes import Change, Earlier, Held, Mark
    from rightskit.disclosures.labels import Label
    from rightskit.disclosures.layout import Recipe
    from rightskit.disclosures.loading import Columns
    from rightskit.disclosures.origin import Origin

LEAST_THRESHOLD = 3


@dataclass(frozen=True, slots=True)
class Pool:
    """All tables of a campaign.

    Attributes:
        tables: in the order of the recipes.
        members: who consented and have at least one observation; None where that differs from an earlier release by
            fewer than the threshold.
        hidden: how many cells are hidden.
        threshold: the least number of members that a cell shows.
        left_out: variables that have no table because of an earlier release.
        edges: variable → what its tables tell apart.
        marks: who stands behind each cell; for the ledger alone.
        unchanged: variables whose cells are those of an earlier release: the ledger knows them.
        people: member → the number under which they are counted, of all who agreed; for the ledger alone.
        returned: likewise of all of whom a document came; numbers of another kind.
        labels: title of a variable → what pages call it and its values; the tables hold codes.
    """

    tables: tuple[PoolTable, ...]
    members: int | None
    hidden: int
    threshold: int
    left_out: tuple[TableLeftOut, ...] = ()
    edges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: Mapping[Mark, Held] = field(default_factory=dict, repr=False)
    unchanged: frozenset[str] = frozenset()
    people: Mapping[str, int] = field(default_factory=dict, repr=False)
    returned: Mapping[str, int] = field(default_factory=dict, repr=False)
    labels: Mapping[str, Label] = field(default_factory=dict, repr=False)


NOTHING = Pool((), None, 0, LEAST_THRESHOLD)
NO_WISHES = Tables()


def tables(  # noqa: PLR0913 (what is counted, and what must be guarded)
    batches: Iterable[Columns],
    people: Mapping[str, int],
    threshold: int,
    recipes: Sequence[Recipe] = (),
    earlier: Iterable[Earlier] | None = None,
    *,
    wanted: Tables = NO_WISHES,
) -> Pool:
    """Make the tables of some members.

    Args:
        batches: observations of all members.
        people: member → the number under which they are counted; who is missing did not agree.
        threshold: the least number of members that is shown; 10 is usual, 3 the least.
        recipes: those that read the observations: titles, order, bands, and what is told apart by what.
        earlier: releases that left the house, from which the tables must not differ by a few members; None where
            nothing was ever released, and who stands behind each cell is of no interest.
        wanted: what the campaign wants beside the tables of each variable; its bands stand in the recipes already.

    Raises:
        RefusedError: the threshold is below 3.
    """
    demand_threshold(threshold)
    before, source = list(earlier or ()), _origin(wanted, recipes)
    both = pairs(wanted.crosses, [variable for recipe in recipes for variable in recipe.variables])
    crossed = minimum.crossed(both, wanted.minimum, source)
    recipes = (*recipes, source.recipe) if source else recipes
    keep = earlier is not None or bool(wanted.together)
    found = aggregate(batches, people, recipes, crossed, source, keep=keep)
    found = replace(found, changes=changes(found.marks, before))
    known = dict(described(found.seen, recipes))
    left = tuple(_divided_otherwise(known, _edges(known), before))
    left += tuple(minimum.untold(source, known, left, found, threshold)) if source else ()
    told = {name: edges for name, edges in _edges(known).items() if name not in {out.variable for out in left}}
    shown_pairs = [pair for pair in crossed if told.keys() >= set(pair)]
    made, unfit = _made(told, shown_pairs, known, found, threshold)
    if wanted.minimum and wanted.minimum.variable in told:
        made += (minimum.against(wanted.minimum, known, found, made, threshold),)
    more, alone = _together([known[name] for name in told], wanted.together, found, threshold, before)
    made += more
    told |= {cross_name(*pair): (*told[pair[0]], "×", *told[pair[1]]) for pair in shown_pairs}
    members = None if found.risky("pool", "", threshold) else found.members
    hidden = sum(map(hidden_cells, made))
    left += (*(unfit if wanted.crosses or wanted.minimum else ()), *alone)
    unchanged = frozenset(_unchanged(found.changes))
    return Pool(made, members, hidden, threshold, left, told, found.marks, unchanged, people, labels=by_title(recipes))


def _origin(wanted: Tables, recipes: Sequence[Recipe]) -> Origin | None:
    asked = wanted.minimum
    return origin(asked.variable, recipes) if asked and CONTROLLER in asked.by else None


def _together(
    variables: Sequence[Variable], asked: Sequence[str], found: Aggregates, least: int, earlier: Sequence[Earlier]
) -> tuple[tuple[PoolTable, ...], tuple[TableLeftOut, ...]]:
    """What stands together, of variables that the campaign or a recipe marks; reasons where the campaign asked."""
    wanted = [variable for variable in variables if variable.together or variable.id in asked]
    if not wanted or not found.marks:
        return (), ()
    from rightskit.disclosures.cooccurrence import Together  # noqa: PLC0415 (numpy: only where it is used)

    both = [(variable, Together(variable, found, least, earlier).make()) for variable in wanted]
    left = ((variable, made) for variable, made in both if isinstance(made, str) and variable.id in asked)
    out = tuple(TableLeftOut(variable.id, f"{variable.title}, together", reason) for variable, reason in left)
    return tuple(made for _, made in both if isinstance(made, PoolTable)), out


def _unchanged(known: Iterable[Change]) -> Iterator[str]:
    for change in known:
        yield from change.variables - {mark.variable for mark in change.by}


def demand_threshold(threshold: int) -> None:
    """See to it that no figure can show a single member.

    Raises:
        RefusedError: the threshold is below 3.
    """
    if threshold < LEAST_THRESHOLD:
        raise RefusedError(
            f"A threshold of {threshold} would show single members.", f"Write {LEAST_THRESHOLD} or more; 10 is usual."
        )


def _edges(known: Mapping[str, Variable]) -> dict[str, tuple[str, ...]]:
    return {name: edges(variable) for name, variable in known.items() if variable.table}


def _made(
    told: Iterable[str],
    crossed: Sequence[tuple[str, str]],
    known: Mapping[str, Variable],
    found: Aggregates,
    least: int,
) -> tuple[tuple[PoolTable, ...], tuple[TableLeftOut, ...]]:
    """The tables of single variables and of pairs, and the pairs that have none."""
    single = [table for name in told for table in pool_tables(known[name], known, found, least)]
    shown = dict.fromkeys(table.variable for table in single if not is_empty(table))
    there = presence([known[name] for name in shown], found, least)
    both = list(paired_tables(crossed, known, found, least))
    made = [*single, *(table for table in both if isinstance(table, PoolTable)), *([there] if there else [])]
    return tuple(made), tuple(out for out in both if isinstance(out, TableLeftOut))


def _divided_otherwise(
    known: Mapping[str, Variable], told: Mapping[str, tuple[str, ...]], earlier: Sequence[Earlier]
) -> Iterator[TableLeftOut]:
    """Bands of 10 to 20 and of 10 to 21 would tell who is between."""
    for name, now in told.items():
        other = next((one.name for one in earlier if one.edges.get(name, now) != now), None)
        if other:
            reason = f"its values are divided otherwise than in {other}: both could be subtracted from each other"
            yield TableLeftOut(name, known[name].title, reason)


def described(seen: Mapping[str, tuple[str, str, bool]], recipes: Sequence[Recipe]) -> Iterator[tuple[str, Variable]]:
    """The variables of the pool: those of the recipes in their order, then those that no recipe describes."""
    told = {v.id: v for recipe in reversed(recipes) for v in recipe.variables}
    ordered = [v.id for recipe in recipes for v in recipe.variables if v.id in seen]
    yield from ((name, told[name]) for name in dict.fromkeys(ordered))
    for name in sorted(seen.keys() - told.keys()):
        unit, provenance, number = seen[name]
        yield name, _undescribed(name, unit, provenance, "number" if number else "text")


def _undescribed(name: str, unit: str, provenance: str, kind: str) -> Variable:
    return Variable(id=name, source="", type=kind, title=name, unit=unit, provenance=provenance)
