"""A number by groups: means and quartiles, of which none tells what another table hides."""

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from rightskit.campaign.tables import Tables
from rightskit.disclosures import recipe
from rightskit.disclosures.changes import Earlier
from rightskit.disclosures.loading import PART
from rightskit.disclosures.pool import Pool, tables
from rightskit.disclosures.tabulation import PoolTable

RECIPE = recipe.parse(
    """
id: r
title: R
files:
  - format: json
    require: [x]
    rows:
      - once: true
        variables:
          - {id: home, from: h, title: Home, provenance: provided, type: choice, values: {O: own, R: rent, S: shared}}
          - {id: score, from: s, title: Score, unit: points, provenance: inferred, bands: [10, 20], optional: true}
          - {id: pay, from: p, title: Pay, unit: EUR, provenance: derived, optional: true}
      - each: y[]
        count: {id: lines, title: Lines, bands: [1, 2, 3]}
""",
    "r.yaml",
)
HOMES = ("own", "rent", "shared")
PAIR = (("home", "score"),)
Person = tuple[str | None, float | None]


def pool(
    people: dict[int, Person], earlier: list[Earlier] | None = None, *, of: str = "score", pairs=(("home", "score"),)
) -> Pool:
    """Members with a home and a number; who has neither has a document all the same."""
    rows = [
        (f"M{m}", f"D{m}", 0, PART.join(("r@1", "home", "", "provided")), None, home)
        for m, (home, _) in people.items()
        if home
    ]
    rows += [
        (f"M{m}", f"D{m}", 0, PART.join(("r@1", of, "", "inferred")), number, None)
        for m, (_, number) in people.items()
        if number is not None
    ]
    rows += [(f"M{m}", f"D{m}", 0, PART.join(("r@1", "lines", "", "inferred")), 9.0, None) for m in people]
    numbers = {f"M{m}": m for m in people}
    return tables([tuple(zip(*rows, strict=True))], numbers, 3, [RECIPE], earlier or [], wanted=Tables(crosses=pairs))


def table(found: Pool, kind: str = "means") -> PoolTable | None:
    return next((one for one in found.tables if one.kind == kind and one.variable != "lines"), None)


def evenly(each: int = 10) -> dict[int, Person]:
    """Each group with numbers from 5 to 25, higher by a little from group to group."""
    return {m: (HOMES[m % 3], 5.0 * (1 + m // 3 % 5) + m % 3) for m in range(3 * each)}


def test_a_score_by_what_members_gave_has_numbers_means_and_quartiles() -> None:
    found = pool(evenly(20))
    made = table(found)
    assert made is not None
    assert (made.title, made.unit, made.members) == ("Score, by: Home", "points", 60)
    assert made.columns == ("Home", "members", "mean", "lower quartile", "median", "upper quartile")
    assert made.rows == (
        ("own", 20, 15.0, 10.0, 15.0, 20.0),
        ("rent", 20, 16.0, 11.0, 16.0, 21.0),
        ("shared", 20, 17.0, 12.0, 17.0, 22.0),
    )
    assert found.left_out == ()
    turned = pool(evenly(20), pairs=(("score", "home"),))
    assert table(turned).rows == made.rows


def test_a_number_without_bands_has_no_cross_table_and_means_all_the_same() -> None:
    found = pool(evenly(20), of="pay", pairs=(("home", "pay"),))
    assert table(found).rows[0] == ("own", 20, 15.0, 10.0, 15.0, 20.0)
    assert (table(found, "cross"), found.left_out) == (None, ())


def test_a_small_group_takes_another_mean_with_it() -> None:
    """Members times mean of all others, from members times mean of all, would tell its own."""
    people = {m: ("own" if m < 14 else "rent" if m < 28 else "shared", 5.0 + m % 2) for m in range(30)}
    made = table(pool(people))
    assert [row[0] for row in made.rows] == ["rent", "other"]  # its own table hides it with another
    people |= dict.fromkeys(range(30, 40), ("shared", None))
    made = table(pool(people, of="pay", pairs=(("home", "pay"),)))
    assert [row[:3] for row in made.rows] == [("own", None, None), ("rent", 14, 5.5), ("shared", None, None)]


def test_who_earns_nearly_all_of_a_group_is_not_told() -> None:
    people = {m: (HOMES[m % 3], 10.0) for m in range(36)} | {0: ("own", 90_000.0)}
    made = table(pool(people, of="pay", pairs=(("home", "pay"),)))
    # Together with another group one member still makes nearly all: so no mean is left.
    assert [row[:3] for row in made.rows] == [("own", 12, None), ("rent", 12, None), ("shared", 12, None)]
    assert [row[4] for row in made.rows] == [10.0, 10.0, 10.0]


def test_the_mean_of_such_a_group_is_not_what_is_left_of_all() -> None:
    people = {m: (HOMES[m % 3], 10.0) for m in range(36)} | {0: ("own", 1500.0)}
    made = table(pool(people, of="pay", pairs=(("home", "pay"),)))
    assert [row[:3] for row in made.rows] == [("own", 12, None), ("rent", 12, None), ("shared", 12, 10.0)]


def test_two_new_numbers_in_a_group_are_not_told_by_its_quartiles() -> None:
    people = evenly(20)
    first = pool(people, of="pay", pairs=(("home", "pay"),))
    changed = people | {0: ("own", 99.0), 3: ("own", 99.0)}
    second = pool(changed, [Earlier("R1", first.edges, first.marks)], of="pay", pairs=(("home", "pay"),))
    assert table(second) is None
    changed |= dict.fromkeys((1, 4, 7, 10), ("rent", 99.0))
    second = pool(changed, [Earlier("R1", first.edges, first.marks)], of="pay", pairs=(("home", "pay"),))
    assert table(second).rows[0] == ("own", *(None,) * 5)
    changed |= {m: (HOMES[m % 3], 99.0) for m in range(12)}
    second = pool(changed, [Earlier("R1", first.edges, first.marks)], of="pay", pairs=(("home", "pay"),))
    assert [row[0] for row in table(second).rows if None not in row] == ["own", "rent", "shared"]


def test_a_count_of_rows_has_quartiles_and_no_mean() -> None:
    people = {m: (HOMES[m % 3], 1.0) for m in range(30)}
    made = table(pool(people, pairs=(("home", "lines"),)))
    assert made.variable == "home-by-lines"
    assert made.rows[0] == ("own", 10, "", 9.0, 9.0, 9.0)


PERSON = st.tuples(st.sampled_from([*HOMES, None]), st.sampled_from([4.0, 9.0, 12.0, 15.0, 25.0, 26.0, None]))
PEOPLE = st.dictionaries(st.integers(0, 40), PERSON, min_size=9, max_size=38)
CAME_OR_CHANGED = st.dictionaries(st.integers(0, 40), PERSON, max_size=8)


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(PEOPLE, CAME_OR_CHANGED)
def test_an_attacker_with_all_tables_and_two_releases_learns_nothing_of_a_few(
    first: dict[int, Person], more: dict[int, Person]
) -> None:
    second = first | more
    one = pool(first)
    two = pool(second, [Earlier("R1", one.edges, one.marks)])
    for found, people in ((one, first), (two, second)):
        if made := table(found):
            singled_out(made, people)
            subtracted(made, table(found, "summary"), people)
            solved(made, table(found, "cross"))
    if table(one) and table(two):
        compared(table(one), table(two), first, second)


def group(people: dict[int, Person], name: object) -> dict[int, float | None]:
    home = None if name == "no value" else name
    return {m: number for m, (lives, number) in people.items() if lives == home}


def singled_out(made: PoolTable, people: dict[int, Person]) -> None:
    for name, members, mean, *quartiles in made.rows:
        if name != "other":
            numbers = [number for number in group(people, name).values() if number is not None]
            assert members in {None, len(numbers)}
            assert len(numbers) not in {1, 2} or (members, mean, *quartiles) == (None,) * 5
            if members is not None:
                assert len(group(people, name)) - members not in {1, 2}


def subtracted(made: PoolTable, summary: PoolTable | None, people: dict[int, Person]) -> None:
    """What all members come to, less the groups that are shown, is the rest."""
    if summary is None or summary.rows[0][2] is None:
        return
    hidden = [row[0] for row in made.rows if row[2] is None]
    if not hidden or "other" in [row[0] for row in made.rows]:
        return
    rest = [number for name in hidden for number in group(people, name).values() if number is not None]
    assert len(rest) >= 6
    assert len([name for name in hidden if any(group(people, name).values())]) > 1
    assert sum(sorted(rest)[:-2]) >= max(rest) / 10


def solved(made: PoolTable, cross: PoolTable | None) -> None:
    """For each hidden cell of the cross-table the least and the most that fits all that is shown."""
    if cross is None:
        return
    inner = [row[1:-1] for row in cross.rows[:-1]]
    heads = list(cross.columns[1:-1])
    names = [row[0] for row in cross.rows[:-1]]
    width = len(heads)
    veiled = [(r, c) for r, row in enumerate(inner) for c, cell in enumerate(row) if cell is None]
    known: list[tuple[dict[tuple[int, int], int], float, float]] = [
        ({(r, c): 1 for c in range(width)}, cross.rows[r][-1], cross.rows[r][-1]) for r in range(len(names))
    ]
    known += [({(r, c): 1 for r in range(len(names))}, cross.rows[-1][c + 1], cross.rows[-1][c + 1]) for c in range(width)]  # fmt: skip
    known += [({(r, c): 1}, cell, cell) for r, row in enumerate(inner) for c, cell in enumerate(row) if cell is not None]  # fmt: skip
    for name, members, _, *quartiles in made.rows:
        at = names.index(name)
        if members is not None:
            bands = {(at, c): 1 for c, head in enumerate(heads) if head != "no value"}
            if "other" not in heads:
                known.append((bands, members, members))
            for share, quartile in zip((0.25, 0.5, 0.75), quartiles, strict=True):
                if quartile is not None:
                    rank = -(-members * share // 1)
                    up_to = {
                        (at, c): 1 for c, head in enumerate(heads) if head != "no value" and not above(head, quartile)
                    }
                    below = {(at, c): 1 for c, head in enumerate(heads) if under(head, quartile)}
                    known += [(up_to, rank, members), (below, 0, rank - 1)]
    for cell in veiled:
        least, most = (extreme(cell, sign, known, len(names), width) for sign in (1, -1))
        assert least < most, (cell, made, cross)


BANDS = {"under 10": (0, 10), "10 to under 20": (10, 20), "20 and more": (20, 1e9)}


def above(head: str, quartile: float) -> bool:
    """Whether all of a column is surely above."""
    return head in BANDS and BANDS[head][0] > quartile


def under(head: str, quartile: float) -> bool:
    return head in BANDS and BANDS[head][1] <= quartile


def extreme(cell: tuple[int, int], sign: int, known, height: int, width: int) -> float:
    wanted = np.zeros(height * width)
    wanted[cell[0] * width + cell[1]] = sign
    matrix = np.zeros((len(known), height * width))
    for line, (parts, _, _) in enumerate(known):
        for (r, c), factor in parts.items():
            matrix[line, r * width + c] = factor
    limits = LinearConstraint(matrix, [low for _, low, _ in known], [high for _, _, high in known])
    found = milp(wanted, constraints=limits, integrality=np.ones(height * width), bounds=Bounds(0, np.inf))
    assert found.success
    return sign * round(found.fun)


def compared(one: PoolTable, two: PoolTable, first: dict[int, Person], second: dict[int, Person]) -> None:
    before, after = ({row[0]: row[1:] for row in made.rows} for made in (one, two))
    for name in (before.keys() & after.keys()) - {"other"}:
        sets = [
            {(m, number) for m, number in group(people, name).items() if number is not None}
            for people in (first, second)
        ]
        for was, now in zip(before[name], after[name], strict=True):
            if was is not None and now is not None:
                assert len(sets[0] ^ sets[1]) not in {1, 2}
