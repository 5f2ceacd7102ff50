"""Arms are drawn by lot: balanced in each stratum, the same for the same seed, and kept when members join."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rightskit.campaign.lots import half
from rightskit.campaign.trial import Unit, assigned

seeds = st.text(max_size=12)
names = st.lists(st.sampled_from("abcde"), min_size=2, max_size=5, unique=True).map(tuple)
strata = st.tuples(st.sampled_from(["schufa", "crif"]), st.sampled_from(["DE", "FR", ""]))


@st.composite
def lists(draw) -> list[Unit]:
    arms = draw(names)
    keys = draw(st.lists(st.integers(0, 10_000), max_size=60, unique=True))
    return [Unit(f"M{key:08d}", draw(strata), arms) for key in keys]


def counted(units, drawn) -> dict:
    found = {unit.stratum: Counter(dict.fromkeys(unit.arms, 0)) for unit in units}
    for unit in units:
        found[unit.stratum][drawn[unit.key]] += 1
    return found


@given(lists(), seeds)
def test_in_each_stratum_the_arms_differ_by_one_at_most(units, seed) -> None:
    drawn = assigned(units, seed, {})
    assert drawn.keys() == {unit.key for unit in units}
    assert all(max(some.values()) - min(some.values()) <= 1 for some in counted(units, drawn).values())


@given(lists(), seeds, st.randoms())
def test_the_order_of_the_list_makes_no_difference(units, seed, random) -> None:
    mixed = units.copy()
    random.shuffle(mixed)
    assert assigned(units, seed, {}) == assigned(mixed, seed, {})


@given(lists(), seeds, st.lists(st.integers(0, 60), max_size=4))
def test_who_joins_later_is_balanced_with_those_who_were_drawn(units, seed, cuts) -> None:
    """However many times members join: each is drawn once, and the arms stay even."""
    edges = [0, *sorted(cut for cut in cuts if cut < len(units)), len(units)]
    drawn: dict[str, str] = {}
    for start, end in pairwise(edges):
        before = counted(units[:start], drawn)
        drawn |= assigned(units[start:end], seed, before)
        some = counted(units[:end], drawn)
        assert all(max(arms.values()) - min(arms.values()) <= 1 for arms in some.values())


def test_places_in_the_order_are_told_in_halves() -> None:
    assert [half(rank, 5) for rank in range(1, 6)] == ["early", "early", "late", "late", "late"]
    assert [half(rank, 2) for rank in (1, 2)] == ["early", "late"]


def test_another_seed_is_another_lot() -> None:
    units = [Unit(f"M{number:08d}", ("schufa",), ("mail", "paper")) for number in range(200)]
    one, other = assigned(units, "2026", {}), assigned(units, "2027", {})
    assert 60 < sum(one[key] != other[key] for key in one) < 140
    assert one == assigned(units, "2026", {})


def test_the_lot_is_what_it_was() -> None:
    """A released version must draw the same again: these were drawn by the first one."""
    units = [Unit(f"M{number:08d}", ("schufa", "DE"), ("mail", "paper")) for number in range(6)]
    assert assigned(units, "2026", {}) == DRAWN


def test_arms_that_fell_behind_are_drawn_first() -> None:
    units = [Unit(f"M{number:08d}", ("schufa",), ("mail", "paper")) for number in range(3)]
    assert set(assigned(units, "2026", {("schufa",): {"mail": 5, "paper": 2}}).values()) == {"paper"}


def test_neither_arm_comes_first_more_often() -> None:
    """Over many strata, the first of each block is either arm as often."""
    firsts = Counter(
        assigned([Unit("M00000001", (str(number),), ("mail", "paper"))], "2026", {})["M00000001"]
        for number in range(400)
    )
    assert 160 < firsts["mail"] < 240


DRAWN = {
    "M00000000": "mail",
    "M00000001": "mail",
    "M00000002": "paper",
    "M00000003": "paper",
    "M00000004": "paper",
    "M00000005": "mail",
}
