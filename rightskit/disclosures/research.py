"""Observations → rows for research: one for each person, and none that can be told from its like.

What somebody may know of a member otherwise (age, housing, a year) are the columns by which rows could be found: the
quasi-identifiers. Rows that too few others equal in these lose them (Samarati and Sweeney, k-anonymity, 1998); how
many values of each other column stand behind a group is measured (Machanavajjhala et al., l-diversity, 2007). Numbers
stand as bands, or rounded to two digits; keyed hashes and what a member has several of are left out.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.aggregation import seen, several
from rightskit.disclosures.changes import Held, Mark, changes
from rightskit.disclosures.line import band_labels
from rightskit.disclosures.loading import loaded
from rightskit.disclosures.pool import described
from rightskit.errors import NotFoundError, RefusedError
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.disclosures.changes import Earlier
    from rightskit.disclosures.layout import Recipe, Variable
    from rightskit.disclosures.loading import Columns, Loaded

TAKEN = "*"
"""Stands where a value was taken from a row, because too few others had the same."""
_ID_BYTES = 6
_DIGITS = 2

Known = tuple[str, ...]
"""What somebody may know of a member: the values of the quasi-identifiers."""


@dataclass(frozen=True, slots=True)
class ResearchCopy:
    """Rows that may be given to researchers.

    Attributes:
        known: the quasi-identifiers.
        others: the other columns.
        rows: a random id, the values of ``known``, those of ``others``; in random order.
        k: the fewest rows that look alike in what is known.
        diversity: l, the fewest different values of another column among rows that look alike.
        taken: how many rows lost what is known.
        several: ids of the variables that are left out, because members have several values or no recipe describes it.
        held: who looks alike; for the ledger alone.
    """

    known: tuple[Variable, ...]
    others: tuple[Variable, ...]
    rows: tuple[tuple[str, ...], ...]
    k: int
    diversity: int
    taken: int
    several: tuple[str, ...]
    held: Mapping[Mark, Held]


@dataclass(frozen=True, slots=True)
class _Person:
    number: int
    known: Known
    others: tuple[str, ...]


def research_copy(  # noqa: PLR0913 (what the rows are made of, and what they must keep)
    batches: Iterable[Columns],
    people: Mapping[str, int],
    recipes: Sequence[Recipe],
    *,
    known: Sequence[str],
    k: int,
    earlier: Iterable[Earlier],
) -> ResearchCopy:
    """Make the rows.

    Args:
        batches: observations of anyone.
        people: member → number, of those whose consent covers research.
        recipes: what describes the variables.
        known: ids of the quasi-identifiers; empty: what members gave themselves, and dates.
        k: at least so many rows look alike.
        earlier: copies that left the house.

    Raises:
        NotFoundError: a quasi-identifier is no variable of the campaign.
        RefusedError: fewer than k rows would look alike, or differ from an earlier copy.
    """
    _demand_described(known, recipes)
    sheet = _sheet(batches, people, recipes, known)
    guarded = _guarded(sheet.rows, k)
    held = _held(guarded)
    _demand_distance(held, earlier, k)
    return ResearchCopy(
        known=sheet.known,
        others=sheet.others,
        rows=tuple(sorted((secrets.token_hex(_ID_BYTES), *row.known, *row.others) for row in guarded)),
        k=min(map(len, _groups(guarded).values())),
        diversity=min(_diversities(guarded), default=0),
        taken=sum(new is not old for new, old in zip(guarded, sheet.rows, strict=True)),
        several=sheet.several,
        held=held,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everybody's row, as it was returned; the attributes are those of the copy."""

    known: tuple[Variable, ...]
    others: tuple[Variable, ...]
    rows: tuple[_Person, ...]
    several: tuple[str, ...]


def _sheet(
    batches: Iterable[Columns], people: Mapping[str, int], recipes: Sequence[Recipe], known: Sequence[str]
) -> _Sheet:
    with loaded(batches, people, recipes) as base:
        variables, left = _variables(base, recipes)
        cells = _cells(base, variables)
    columns = tuple(variable for variable in variables if _is_known(variable, known))
    others = tuple(variable for variable in variables if variable not in columns)
    return _Sheet(columns, others, tuple(_persons(cells, columns, others)), left)


def _persons(
    cells: Mapping[int, Mapping[str, str]], known: Sequence[Variable], others: Sequence[Variable]
) -> Iterator[_Person]:
    for number, row in sorted(cells.items()):
        yield _Person(number, *(tuple(row.get(v.id, "") for v in part) for part in (known, others)))


def _diversities(rows: Iterable[_Person]) -> Iterator[int]:
    """For each group and each other column, how many values there are."""
    for group in _groups(rows).values():
        yield from (len(set(values)) for values in zip(*(row.others for row in group), strict=True))


def _demand_described(known: Sequence[str], recipes: Sequence[Recipe]) -> None:
    names = {variable.id for recipe in recipes for variable in recipe.variables}
    for name in known:
        if name not in names:
            raise NotFoundError(
                f"campaign.yaml names {name!r} under research, and no recipe or question has it.",
                did_you_mean(name, names),
            )


def _is_known(variable: Variable, known: Sequence[str]) -> bool:
    return variable.id in known if known else variable.provenance == "provided" or variable.type == "date"


def _variables(base: Loaded, recipes: Sequence[Recipe]) -> tuple[list[Variable], tuple[str, ...]]:
    """Those of which everyone has one value, and the ids of the others."""
    more = several(base)
    fine: list[Variable] = []
    left: list[Variable] = []
    for name, variable in described(seen(base), recipes):
        if variable.type == "hashed":
            continue
        whole = bool(variable.values or variable.bands or variable.type in {"number", "date"})
        plain = whole and not variable.by and name not in more
        (fine if plain else left).append(variable)
    return fine, tuple(variable.id for variable in left)


_ROWS = """
SELECT member, variable, label, NULL FROM cell WHERE key = 0
UNION ALL
SELECT member, variable, NULL, number FROM figure WHERE key = 0 AND variable NOT IN (SELECT variable FROM band)
"""


def _cells(base: Loaded, variables: Sequence[Variable]) -> dict[int, dict[str, str]]:
    """Number of a person → variable → value, as it may be given."""
    bands = {variable.id: tuple(band_labels(variable.bands)) for variable in variables if variable.bands}
    wanted = {variable.id for variable in variables}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for member, variable, label, number in base.rows(_ROWS, (1, 2)):
        if variable in wanted:
            text = _rounded(number) if label is None else bands[variable][int(label)] if variable in bands else label
            found[member][variable] = text
    return found


def _rounded(number: float) -> str:
    return f"{round(number, _DIGITS - 1 - math.floor(math.log10(abs(number)))):g}" if number else "0"


def _groups(rows: Iterable[_Person]) -> dict[Known, list[_Person]]:
    groups: dict[Known, list[_Person]] = defaultdict(list)
    for row in rows:
        groups[row.known].append(row)
    return groups


def _guarded(rows: Sequence[_Person], k: int) -> list[_Person]:
    """Take what is known from rows that too few equal, and from the next smallest group until those are enough.

    Raises:
        RefusedError: there are fewer than k rows.
    """
    if len(rows) < k:
        raise RefusedError(
            f"{len(rows)} people agreed to research and have data; {k} rows must look alike.",
            "Wait for more answers; k stands under research in campaign.yaml, else it is the threshold.",
        )
    sizes = Counter(row.known for row in rows)
    rare = {known for known, size in sizes.items() if size < k}
    rest = sorted((size, known) for known, size in sizes.items() if size >= k)
    while rare and sum(sizes[known] for known in rare) < k:
        rare.add(rest.pop(0)[1])
    return [_Person(row.number, (TAKEN,) * len(row.known), row.others) if row.known in rare else row for row in rows]


def _held(rows: Iterable[_Person]) -> dict[Mark, Held]:
    """Who looks alike, with a fingerprint of what else their rows say."""
    return {
        Mark("class", "", "|".join(known)): Held(
            array("q", [row.number for row in group]).tobytes(), array("q", map(_print, group)).tobytes()
        )
        for known, group in _groups(rows).items()
    }


def _print(row: _Person) -> int:
    text = "\0".join((str(row.number), *row.others))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1


def _demand_distance(held: Mapping[Mark, Held], earlier: Iterable[Earlier], k: int) -> None:
    """Rows can be subtracted from an earlier copy's: those that are new must be as many, and look alike.

    Raises:
        RefusedError: they are not.
    """
    for change in changes(held, earlier):
        if any(0 < number < k for number in change.by.values()):
            raise RefusedError(
                f"In what is known of them, fewer than {k} rows differ from those of {change.release}.",
                "Whoever has both copies would single them out. Wait for more members.",
            )
