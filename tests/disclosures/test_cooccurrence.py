"""Values that stand together in one person's documents: pairs of large groups, and nothing that tells a small one."""

import itertools

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rightskit.campaign.tables import Tables
from rightskit.disclosures import recipe
from rightskit.disclosures.changes import Earlier
from rightskit.disclosures.loading import PART
from rightskit.disclosures.pool import Pool, tables
from rightskit.disclosures.tabulation import PoolTable

LEAST = 3
RECIPE = recipe.parse(
    """
id: r
title: R
files:
  - format: json
    require: [x]
    rows:
      - each: x[]
        variables:
          - {id: source, from: s, title: Source, type: choice, values: {A: a, B: b, C: c, '*': other}}
""",
    "r.yaml",
)
WANTED = Tables(together=("source",))
HEADS = (
    "Source",
    "together with",
    "members with both",
    "members with the first",
    "members with the second",
    "both by chance",
)
People = dict[int, str]
"""Member → the letters of the values that they have; a letter of no value is a document without one."""


def pool(people: People, earlier: list[Earlier] | None = None, wanted: Tables = WANTED) -> Pool:
    names = {"a": "a", "b": "b", "c": "c", "d": "other"}
    rows = [
        (f"M{m}", f"D{m}", n, PART.join(("r@1", "source" if letter in names else "here", "", "observed")))
        + ((None, names[letter]) if letter in names else (1.0, None))
        for m, letters in people.items()
        for n, letter in enumerate(letters)
    ]
    return tables(
        [tuple(zip(*rows, strict=True))], {f"M{m}": m for m in people}, LEAST, [RECIPE], earlier, wanted=wanted
    )


def table(found: Pool) -> PoolTable | None:
    return next((one for one in found.tables if one.kind == "together"), None)


def spread(counts: dict[str, int]) -> People:
    """So many members with each combination."""
    return dict(enumerate(letters for letters, count in counts.items() for _ in range(count)))


def test_a_pair_of_large_groups_is_shown_with_what_chance_would_give() -> None:
    found = table(pool(spread({"a": 10, "b": 12, "ab": 20, "-": 18})))
    assert found is not None
    assert found.columns == HEADS
    assert found.rows == (("b", "a", 20, 32, 30, 16),)
    assert (found.members, found.note) == (60, "")


def test_a_pair_is_hidden_where_one_of_its_four_cells_is_small() -> None:
    for counts in (
        {"a": 10, "b": 12, "ab": 2, "-": 18},
        {"a": 2, "b": 12, "ab": 20, "-": 18},
        {"a": 10, "b": 12, "ab": 20, "-": 2},
        {"a": 10, "b": 12, "ab": 20},
        {"a": 10, "b": 12, "-": 20},
    ):
        assert table(pool(spread(counts))) is None


def test_with_up_to_four_values_each_combination_is_nobodys_or_large() -> None:
    """How many have any value, and the overlaps of three, tell how many have all three: here two."""
    few = {"-": 9, "a": 9, "b": 9, "c": 9, "ab": 9, "ac": 9, "bc": 9, "abc": 2}
    assert table(pool(spread(few))) is None
    found = table(pool(spread(few | {"abc": 3})))
    assert found is not None
    assert len(found.rows) == 3
    assert table(pool(spread(few | {"abc": 9, "abcd": 2, "d": 9}))) is None
    assert table(pool(spread(few | {"abc": 9, "abcd": 9, "ad": 9, "d": 9}))) is not None


def test_why_there_is_none_is_said_where_it_was_asked_for() -> None:
    found = pool(spread({"a": 10, "b": 12, "ab": 2, "-": 18}))
    assert [one.reason for one in found.left_out] == [
        "in a cell of each pair, or of few values together, fewer than 3 members stand"
    ]
    assert [one.reason for one in pool(spread({"a": 10, "b": 12})).left_out] == [
        "no member has several values of source"
    ]
    assert pool(spread({"a": 10, "b": 12}), wanted=Tables()).left_out == ()


def test_nobody_who_did_not_ask_gets_the_table() -> None:
    assert table(pool(spread({"a": 10, "b": 12, "ab": 20, "-": 18}), [], Tables())) is None


def test_a_recipe_can_ask_for_it() -> None:
    marked = recipe.parse(
        "id: r\ntitle: R\nfiles:\n  - format: json\n    require: [x]\n    rows:\n      - each: x[]\n        variables:\n"
        "          - {id: s, from: s, title: S, type: choice, values: {A: a}, together: true}\n",
        "r.yaml",
    )
    assert [variable.together for variable in marked.variables] == [True]


def test_most_frequent_values_alone() -> None:
    """25 values of an open list: the table has 20, the pairs of which are all large."""
    rows = [
        (f"M{m}", f"D{m}", n, PART.join(("q@1", "firm", "", "observed")), None, f"firm {n:02}")
        for m in range(400)
        for n in range(25)
        if (m >> (n % 5)) % 2 == 0 and (m + n) % 3
    ]
    numbers = {f"M{m}": m for m in range(400)}
    found = tables([tuple(zip(*rows, strict=True))], numbers, LEAST, wanted=Tables(together=("firm",)))
    made = table(found)
    assert made is not None
    assert len({name for row in made.rows for name in row[:2]}) <= 20
    for one, other, both, first, second, _ in made.rows:
        sets = [{row[0] for row in rows if row[5] == name} for name in (one, other)]
        assert (both, first, second) == (len(sets[0] & sets[1]), len(sets[0]), len(sets[1]))


PEOPLE = st.dictionaries(
    st.integers(0, 40), st.sampled_from(["a", "b", "c", "ab", "ac", "bc", "abc", "-"]), min_size=9, max_size=26
)


def attacked(found: Pool) -> dict[frozenset[str], int]:
    """Pair → members with both, after no cell of three values could be told to be small."""
    made = table(found)
    shown = {frozenset(row[:2]): row[2] for row in made.rows} if made else {}
    cells = {
        row[0]: row[1]
        for one in found.tables
        if (one.variable, one.kind) == ("source", "distribution")
        for row in one.rows
    }
    present = {row[0]: row[1:3] for one in found.tables if one.kind == "presence" for row in one.rows}
    whole, some = present.get("Source", (None, None))
    if shown:
        assert isinstance(whole, int)
        for low, high in ranges(whole, some, cells, shown):
            assert low == 0 or high >= LEAST
    return shown


def ranges(whole, some, cells, shown) -> list[tuple[int, int]]:
    """The least and most of each of the eight cells, over all tables that fit all that is published."""
    if None in (sizes := [cells.get(letter) for letter in "abc"]):
        return []
    a, b, c = sizes
    most = range(sorted(sizes)[1] + 1)
    ways = [[shown[p]] if (p := frozenset(pair)) in shown else most for pair in ("ab", "ac", "bc")]
    ab, ac, bc, t = np.meshgrid(*ways, most, indexing="ij")
    fit = [t, ab - t, ac - t, bc - t, a - ab - ac + t, b - ab - bc + t, c - ac - bc + t]
    rows = np.stack([each.ravel() for each in (*fit, whole - sum(fit))], axis=1)
    rows = rows[(rows >= 0).all(axis=1) & ((rows[:, 7] == whole - some) if some is not None else True)]
    return list(zip(rows.min(axis=0), rows.max(axis=0), strict=True))


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(PEOPLE, PEOPLE)
def test_nobody_can_be_told_from_one_table_or_from_two(first: People, second: People) -> None:
    if not any(set("abc") & set(letters) for letters in first.values()):
        return
    one = pool(first, [])
    two = pool(second, [Earlier("R1", one.edges, one.marks)])
    shown = [attacked(found) for found in (one, two)]
    for pair in shown[0].keys() & shown[1].keys():
        for wanted in itertools.product((True, False), repeat=2):
            sets = [
                {m for m, letters in people.items() if tuple(name in letters for name in sorted(pair)) == wanted}
                for people in (first, second)
            ]
            assert len(sets[0] ^ sets[1]) not in {1, 2}


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.integers(0, 3), min_size=8, max_size=8), st.lists(st.integers(0, 4), min_size=8, max_size=8))
def test_who_joined_is_not_told_by_subtracting_three_values_from_three(before: list[int], joined: list[int]) -> None:
    kinds = ("-", "a", "b", "c", "ab", "ac", "bc", "abc")
    first = spread(dict(zip(kinds, (4 + n for n in before), strict=True)))
    more = [letters for letters, n in zip(kinds, joined, strict=True) for _ in range(n)]
    second = first | {len(first) + n: letters for n, letters in enumerate(more)}
    one = pool(first, [])
    two = pool(second, [Earlier("R1", one.edges, one.marks)])
    shown = [attacked(found) for found in (one, two)]
    there = shown[0].keys() & shown[1].keys()
    sizes = [
        {row[0]: row[1] for t in found.tables if t.kind == "distribution" for row in t.rows} for found in (one, two)
    ]
    if not there or any(size.get(letter) is None for size in sizes for letter in (*"abc", "members")):
        return
    steps = {letter: sizes[1][letter] - sizes[0][letter] for letter in "abc"}
    taken = {pair: shown[1][pair] - shown[0][pair] for pair in there}
    for low, high in ranges(sizes[1]["members"] - sizes[0]["members"], None, steps, taken):
        assert low == 0 or high >= LEAST
