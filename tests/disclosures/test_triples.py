"""Three sets put together: the bounds are those that a reader finds by trying every table, and nothing small is left."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.disclosures.triples import Population, bounds, cells_of_three, hidden_pairs

LEAST = 3
CELLS = list(itertools.product((0, 1), repeat=3))


def population(cells: tuple[int, ...]) -> Population:
    """From the eight cells of three sets."""
    overlaps = [
        [sum(n for n, cell in zip(cells, CELLS, strict=True) if cell[a] and cell[b]) for b in range(3)]
        for a in range(3)
    ]
    return Population(sum(cells), np.array(overlaps))


def tried(one: Population, hidden: np.ndarray) -> np.ndarray:
    """Every table of eight cells that has the sums that are known, one a row."""
    n, (a, b, c) = one.everyone, one.sizes.tolist()
    most = sorted((a, b, c))
    ways = [range(most[1] + 1) if hidden[pair] else [one.overlaps[pair]] for pair in ((0, 1), (0, 2), (1, 2))]
    ab, ac, bc, t = np.meshgrid(*ways, range(most[0] + 1), indexing="ij")
    found = {
        (1, 1, 1): t,
        (1, 1, 0): ab - t,
        (1, 0, 1): ac - t,
        (0, 1, 1): bc - t,
        (1, 0, 0): a - ab - ac + t,
        (0, 1, 0): b - ab - bc + t,
        (0, 0, 1): c - ac - bc + t,
        (0, 0, 0): n - a - b - c + ab + ac + bc - t,
    }
    rows = np.stack([found[cell].ravel() for cell in CELLS], axis=1)
    return rows[(rows >= 0).all(axis=1)]


def masks(pairs: list[tuple[int, int]]) -> np.ndarray:
    hidden = np.zeros((3, 3), bool)
    for a, b in pairs:
        hidden[a, b] = hidden[b, a] = True
    return hidden


PAIRS = st.lists(st.sampled_from([(0, 1), (0, 2), (1, 2)]), unique=True)


@settings(max_examples=150, deadline=None)
@given(st.tuples(*[st.integers(0, 3)] * 8), PAIRS)
def test_each_cell_is_bounded_as_by_trying_all(cells: tuple[int, ...], pairs: list[tuple[int, int]]) -> None:
    one, hidden = population(cells), masks(pairs)
    every = tried(one, hidden)
    reckoned = list(cells_of_three(one, bounds(one, hidden)))
    for turned, (low, high) in zip(itertools.product((0, 1), repeat=3), reckoned, strict=True):
        place = CELLS.index(tuple(1 - turn for turn in turned))
        assert (low[0, 1, 2], high[0, 1, 2]) == (every[:, place].min(), every[:, place].max())


@settings(max_examples=100, deadline=None)
@given(st.tuples(*[st.integers(0, 5)] * 8))
def test_no_small_cell_can_be_told_from_what_is_left(cells: tuple[int, ...]) -> None:
    one = population(cells)
    sizes = one.sizes
    if (sizes < LEAST).any() or (one.everyone - sizes < LEAST).any():
        return
    small = masks([pair for pair in ((0, 1), (0, 2), (1, 2)) if min(of_two(one, *pair)) < LEAST])
    every = tried(one, hidden_pairs([one], small, masks([]), 3, LEAST))
    for place in range(8):
        assert every[:, place].min() == 0 or every[:, place].max() >= LEAST
    for pair in itertools.combinations(range(3), 2):
        for wanted in itertools.product((0, 1), repeat=2):
            places = [i for i, cell in enumerate(CELLS) if (cell[pair[0]], cell[pair[1]]) == wanted]
            counts = every[:, places].sum(axis=1)
            assert counts.min() == 0 or counts.max() >= LEAST


def of_two(one: Population, a: int, b: int) -> tuple[int, ...]:
    both, (first, second) = one.overlaps[a, b], one.sizes[[a, b]]
    return both, first - both, second - both, one.everyone - first - second + both


def test_two_people_in_no_set_are_told_where_overlaps_are_empty_until_one_is_hidden() -> None:
    """Nobody is in the second and the third set: what three overlaps leave for none of the sets can only be two."""
    cells = dict.fromkeys(CELLS, 5) | {(0, 0, 0): 2, (0, 1, 1): 0, (1, 1, 1): 0}
    one = population(tuple(cells[cell] for cell in CELLS))
    assert set(tried(one, masks([]))[:, 0]) == {2}
    hidden = hidden_pairs([one], masks([]), masks([]), 3, LEAST)
    assert hidden.any()
    assert tried(one, hidden)[:, 0].min() == 0 or tried(one, hidden)[:, 0].max() >= LEAST


def test_who_has_any_value_is_a_set_that_two_others_share_out() -> None:
    """8 have the first, 8 the second, 4 both, and 14 any of three: 2 have neither of the two, and the third alone."""
    overlaps = np.array([[8, 4, 8], [4, 8, 8], [8, 8, 14]])
    hidden = hidden_pairs([Population(20, overlaps)], masks([]), masks([]), 2, LEAST)
    assert hidden[0, 1]
    assert not hidden[2].any()
