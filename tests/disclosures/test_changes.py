"""What differs between two releases by a few members is hidden in the second, whatever joins and leaves."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.disclosures import recipe
from rightskit.disclosures.changes import Earlier, Held, Mark, changes
from rightskit.disclosures.loading import PART
from rightskit.disclosures.people import people
from rightskit.disclosures.pool import Pool, tables
from rightskit.disclosures.suppression import Moved, hidden

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
          - {id: colour, from: c, title: Colour, type: choice, values: {R: red, G: green, B: blue}, optional: true}
""",
    "r.yaml",
)


def held(*members: int, gone: int = 0) -> Held:
    return Held(b"".join(number.to_bytes(8, "little") for number in members), b"", gone)


def test_a_difference_counts_who_came_who_went_and_who_was_forgotten() -> None:
    assert held(1, 2, 3).differs(held(2, 3, 4)) == 2
    assert held(1, 2).differs(held(1, gone=2)) == 3
    same, other = Held(held(7).members, held(1).members), Held(held(7).members, held(2).members)
    assert same.differs(other) == 1
    assert same.differs(same) == 0


def test_a_release_without_a_variable_says_nothing_about_it() -> None:
    (change,) = changes({Mark("base", "a"): held(1)}, [Earlier("R1", {"b": ()}, {Mark("base", "b"): held(2)})])
    assert (change.of(Mark("base", "a")), change.of(Mark("base", "b"))) == (0, 1)


def test_who_shares_something_counts_as_one_whatever_the_chain() -> None:
    found = people(
        ["a", "b", "c", "d"], [("a", "meter"), ("b", "meter"), ("b", "name"), ("c", "name"), ("x", "meter")], b"k"
    )
    assert found["a"] == found["b"] == found["c"] != found["d"]
    assert found.keys() == {"a", "b", "c", "d"}
    assert people(["a"], [], b"other") != {"a": found["a"]}
    assert all(0 <= number < 1 << 63 for number in found.values())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=2, max_size=5), st.integers(3, 5))
def test_hidden_cells_never_differ_together_by_a_few(cells: list[tuple[int, int]], threshold: int) -> None:
    counts, change = [count for count, _ in cells], [moved for _, moved in cells]
    veiled = hidden(counts, [frozenset(range(len(counts)))], threshold, [Moved(change, [sum(change)])])
    if len(veiled) == len(counts):
        return
    assert all(change[cell] == 0 or change[cell] >= threshold for cell in range(len(counts)) if cell not in veiled)
    together = sum(change[cell] for cell in veiled)
    assert together == 0 or together >= threshold


def pooled(colours: dict[int, str], earlier: list[Earlier]) -> Pool:
    rows = [
        (f"M{m}", f"D{m}", 0, PART.join(("r@1", "colour", "", "observed")), None, colour)
        for m, colour in colours.items()
    ]
    numbers = {f"M{m}": m for m in colours}
    return tables([tuple(zip(*rows, strict=True))], numbers, 3, [RECIPE], earlier)


COLOURS = st.dictionaries(st.integers(0, 25), st.sampled_from(["red", "green", "blue"]), min_size=6, max_size=26)


@settings(max_examples=40, deadline=None)
@given(COLOURS, COLOURS)
def test_who_subtracts_two_releases_finds_nobody(first: dict[int, str], second: dict[int, str]) -> None:
    """Whatever both show differs in nobody or in three members; the sums of what both hide, likewise."""
    one = pooled(first, [])
    two = pooled(second, [Earlier("R1", one.edges, one.marks)])
    shown = [{row[0]: row[1] for row in found.tables[0].rows} for found in (one, two)]
    for label, before in shown[0].items():
        after = shown[1].get(label)
        if before is None or after is None:
            continue
        sets = [{m for m, colour in colours.items() if label in {colour, "members"}} for colours in (first, second)]
        assert [before, after] == [len(members) for members in sets]
        assert len(sets[0] ^ sets[1]) not in {1, 2}
    veiled = [{label for label, count in counts.items() if count is None} for counts in shown]
    if veiled[0] == veiled[1] and "members" not in veiled[0]:
        blocks = [{m for m, colour in colours.items() if colour in veiled[0]} for colours in (first, second)]
        assert len(blocks[0] ^ blocks[1]) not in {1, 2}
