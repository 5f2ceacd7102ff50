"""Two variables against each other: margins agree with the variables' own tables, and no cell can be solved for."""

import itertools

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rightskit.campaign.tables import Tables
from rightskit.disclosures import recipe
from rightskit.disclosures.adapting import adapted
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
      - each: y[]
        per: {id: month, from: m, title: Month, type: date, coarsen: month}
        totals: [{id: energy, from: e, title: Energy, unit: kWh, provenance: observed}]
""",
    "r.yaml",
)
HOMES = ("own", "rent", "shared")
BANDS = {"under 10": 5.0, "10 to under 20": 15.0, "20 and more": 25.0, "no value": None}
Person = tuple[str, float | None]


def pool(people: dict[int, Person], earlier: list[Earlier], **more) -> Pool:
    rows = [
        (f"M{m}", f"D{m}", 0, PART.join(("r@1", "home", "", "provided")), None, home) for m, (home, _) in people.items()
    ]
    rows += [
        (f"M{m}", f"D{m}", 0, PART.join(("r@1", "score", "", "inferred")), s, None) for m, (_, s) in people.items() if s
    ]
    return tables([tuple(zip(*rows, strict=True))], {f"M{m}": m for m in people}, 3, [RECIPE], earlier, **more)


def cross(found: Pool) -> PoolTable | None:
    return next((table for table in found.tables if table.kind == "cross"), None)


def test_a_score_stands_against_what_members_gave_without_being_asked_for() -> None:
    table = cross(pool({m: (HOMES[m % 3], float(m % 30 + 0.5)) for m in range(90)}, []))
    assert table is not None
    assert table.columns == ("Home", "under 10", "10 to under 20", "20 and more", "members")
    assert table.rows[0] == ("own", 12, 9, 9, 30)
    assert table.rows[-1] == ("members", 30, 30, 30, 90)


def test_what_a_table_of_its_own_hides_stands_together() -> None:
    people = {m: ("own" if m < 2 else "rent" if m < 20 else "shared", float(m % 20 + 0.5)) for m in range(60)}
    table = cross(pool(people, []))
    assert table is not None
    assert [row[0] for row in table.rows] == ["shared", "other", "members"]
    assert table.rows[1][-1] == 20


def test_why_there_is_none_is_said_where_it_was_asked_for() -> None:
    rows = [
        (f"M{m}", f"D{m}", n, PART.join(("r@1", "home", "", "provided")), None, HOMES[n])
        for m in range(9)
        for n in (0, 1)
    ]
    rows += [(f"M{m}", f"D{m}", 0, PART.join(("r@1", "score", "", "inferred")), 1.0, None) for m in range(9)]
    numbers = {f"M{m}": m for m in range(9)}
    found = tables([tuple(zip(*rows, strict=True))], numbers, 3, [RECIPE], wanted=Tables(crosses=(("score", "home"),)))
    assert [one.reason for one in found.left_out] == ["members have several values of home"]
    assert tables([tuple(zip(*rows, strict=True))], numbers, 3, [RECIPE]).left_out == ()


def test_a_series_over_months_has_a_line_for_each_that_enough_have() -> None:
    rows = []
    for m in range(12):
        for n, month in enumerate(("2026-01", "2026-02", "2026-03")[: 3 if m < 2 else 2], 1):
            rows.append((f"M{m}", f"D{m}", n, PART.join(("r@1", "month", "", "observed")), None, month))
            rows.append((f"M{m}", f"D{m}", n, PART.join(("r@1", "energy", "kWh", "observed")), 100.0 + n, None))
    numbers = {f"M{m}": m for m in range(12)}
    found = tables([tuple(zip(*rows, strict=True))], numbers, 3, [adapted(RECIPE, {}, {"energy": "month"})])
    series = next(table for table in found.tables if table.variable == "energy")
    assert [(row[0], row[1], row[2]) for row in series.rows] == [("2026-01", 12, 101.0), ("2026-02", 12, 102.0)]


def fixed(table: PoolTable) -> set[tuple[int, int]]:
    """Hidden cells that can have one number alone: no other table with these sums differs from one that fits in them.

    Another table that fits differs by a round trip through hidden cells, one more and one less in turn.
    """
    inner = [list(row[1:-1]) for row in table.rows[:-1]]
    veiled = {(r, c) for r, row in enumerate(inner) for c, cell in enumerate(row) if cell is None}
    filled = _fill(inner, [row[-1] for row in table.rows[:-1]], list(table.rows[-1][1:-1]), sorted(veiled))
    more = {(("row", r), ("column", c)) for r, c in veiled}
    less = {(("column", c), ("row", r)) for r, c in veiled if filled[r, c]}
    return {
        (r, c)
        for r, c in veiled
        if not _leads(more | less, ("column", c), ("row", r), (r, c))
        and not (filled[r, c] and _leads(more | less, ("row", r), ("column", c), (r, c)))
    }


def _leads(edges, start, end, without) -> bool:
    direct = {(("row", without[0]), ("column", without[1])), (("column", without[1]), ("row", without[0]))}
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        waiting += [there for at, there in edges - direct if at == here and there not in seen]
        seen |= {there for at, there in edges - direct if at == here}
    return end in seen


def _fill(inner, sums, totals, veiled) -> dict[tuple[int, int], int]:
    """Some table that fits: one after the other goes into a hidden cell, and makes room where that is needed."""
    rows = {r: sums[r] - sum(cell or 0 for cell in row) for r, row in enumerate(inner)}
    columns = {c: totals[c] - sum(row[c] or 0 for row in inner) for c in range(len(totals))}
    found = dict.fromkeys(veiled, 0)
    for row in [row for row, left in rows.items() for _ in range(left)]:
        paths, seen = [[("row", row)]], {("row", row)}
        while not (paths[0][-1][0] == "column" and columns[paths[0][-1][1]]):
            here = paths[0][-1]
            there = {("column", c) for r, c in veiled if here == ("row", r)}
            there |= {("row", r) for r, c in veiled if here == ("column", c) and found[r, c]}
            paths = [*paths[1:], *([*paths[0], step] for step in sorted(there - seen))]
            seen |= there
        for (kind, one), (_, other) in itertools.pairwise(paths[0]):
            found[(one, other) if kind == "row" else (other, one)] += 1 if kind == "row" else -1
        columns[paths[0][-1][1]] -= 1
    return found


PEOPLE = st.dictionaries(
    st.integers(0, 40),
    st.tuples(st.sampled_from(HOMES), st.sampled_from(list(BANDS.values()))),
    min_size=9,
    max_size=34,
)


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(PEOPLE, PEOPLE)
def test_nobody_can_be_told_from_a_cross_table_or_from_two(first: dict[int, Person], second: dict[int, Person]) -> None:
    one = pool(first, [])
    two = pool(second, [Earlier("R1", one.edges, one.marks)])
    shown = [_attacked(found) for found in (one, two)]
    for place in shown[0].keys() & shown[1].keys():
        if "other" not in place and None not in {shown[0][place], shown[1][place]}:
            sets = [_behind(people, place) for people in (first, second)]
            assert len(sets[0] ^ sets[1]) not in {1, 2}


def _attacked(found: Pool) -> dict[tuple[str, str], int | None]:
    """Row and column → cell, after no hidden one could be solved for."""
    table = cross(found)
    if table is None:
        return {}
    assert not [cell for row in table.rows for cell in row[1:] if cell in {1, 2}]
    assert not fixed(table)
    return {(row[0], head): cell for row in table.rows for head, cell in zip(table.columns[1:], row[1:], strict=True)}


def _behind(people: dict[int, Person], place: tuple[str, str]) -> set[int]:
    row, column = place
    return {
        m
        for m, (home, score) in people.items()
        if row in {home, "members"} and (column == "members" or BANDS[column] == score)
    }
