"""How far documents came, by controller: neither a step nor the difference of two tells of a few."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.disclosures import funnel
from rightskit.disclosures.changes import Earlier
from rightskit.disclosures.funnel import STEPS, Came, Reached, counts, reached, with_funnel
from rightskit.disclosures.pool import NOTHING, Pool

LAST = len(STEPS) - 1
NAMES = {"north": "Nord AG", "south": "Süd AG"}


def came(member: int, outcome: str = "read", controller: str = "north", **more: bool) -> Came:
    facts = {"doubtful": False, "accepted": True, "tabled": True} | more
    return Came(f"M{member}", controller, outcome, **facts)


def test_each_step_holds_for_a_part_of_the_one_before() -> None:
    documents = [
        came(0, "locked"),
        came(1, "no-recipe"),
        came(2, "drift"),
        came(3, accepted=False, tabled=False),
        came(4, accepted=False, tabled=False, doubtful=True),
        came(5),
        came(6, tabled=False),
        came(7),
    ]
    found = reached(documents, {f"M{m}": m for m in range(8)}, {"M6", "M7"})
    assert found == {"north": {m: m for m in range(8)}}
    assert list(counts(found["north"]).values()) == [8, 7, 6, 5, 4, 3, 2, 1]


def test_a_person_counts_once_with_what_came_furthest() -> None:
    documents = [came(0, "locked"), came(0), came(1, "broken"), came(1, "read", "south")]
    found = reached(documents, {"M0": 5, "M1": 5}, {"M0", "M1"})
    assert found == {"north": {5: LAST}, "south": {5: LAST}}


def people(*stopped: int) -> dict[int, int]:
    """So many people who stopped at each step."""
    places = [place for place, number in enumerate(stopped) for _ in range(number)]
    return dict(enumerate(places))


def shown(found: Reached, *earlier: Earlier) -> dict[str, tuple[int | None, ...]]:
    return {row[0]: row[1:] for table in with_funnel(NOTHING, found, NAMES, earlier).tables for row in table.rows}


def test_a_step_that_loses_a_few_is_hidden_until_enough_are_lost() -> None:
    found = {"north": people(0, 2, 0, 0, 4, 0, 0, 20)}
    # Two were not recognised: the steps at which 24 are left are hidden, and that of 20 is not, for six are lost by then.
    assert shown(found) == {"Nord AG": (26, 26, None, None, None, 20, 20, 20)}


def test_a_controller_with_a_few_people_has_no_line() -> None:
    assert shown({"north": people(0, 0, 0, 0, 0, 0, 0, 2), "south": people(3)}) == {"Süd AG": (3, 0, 0, 0, 0, 0, 0, 0)}


def released(found: Reached) -> tuple[Pool, Earlier]:
    pool = with_funnel(NOTHING, found, NAMES, [])
    return pool, Earlier("R1", pool.edges, pool.marks)


def test_one_more_person_hides_the_line_and_progress_of_many_shows() -> None:
    before = {"north": people(0, 0, 0, 20)}
    _, earlier = released(before)
    assert shown({"north": people(0, 0, 0, 21)}, earlier) == {}
    # All were read then; now all are in the pool.
    assert shown({"north": people(0, 0, 0, 0, 0, 0, 0, 20)}, earlier) == {"Nord AG": (20,) * 8}
    # One of them is: the pool would tell who.
    moved = people(0, 0, 0, 20) | {3: LAST}
    assert shown({"north": moved}, earlier) == {"Nord AG": (20, 20, 20, 20, None, None, None, None)}


def test_the_same_again_needs_nothing_new_in_the_ledger() -> None:
    found = {"north": people(0, 0, 0, 20)}
    pool, earlier = released(found)
    assert funnel.NAME not in pool.unchanged
    assert funnel.NAME in with_funnel(NOTHING, found, NAMES, [earlier]).unchanged


STOPPED = st.dictionaries(st.integers(0, 24), st.integers(0, LAST), min_size=6, max_size=25)


@settings(max_examples=150, deadline=None)
@given(STOPPED, STOPPED)
def test_who_subtracts_steps_and_releases_finds_nobody(first: dict[int, int], second: dict[int, int]) -> None:
    one, two = {"north": first}, {"north": second}
    lines = [shown(one).get("Nord AG"), shown(two, released(one)[1]).get("Nord AG")]
    for line, persons in zip(lines, (first, second), strict=True):
        for start, end, number in groups(line):
            assert number == len(between(persons, start, end))
            assert number not in {1, 2}
    both = [{(start, end) for start, end, _ in groups(line)} for line in lines]
    for start, end in both[0] & both[1]:
        assert len(between(first, start, end) ^ between(second, start, end)) not in {1, 2}


def groups(line: tuple[int | None, ...] | None) -> list[tuple[int, int, int]]:
    """What can be read or subtracted: those who came from one step on, and no further than before another."""
    known = [(place, number) for place, number in enumerate(line or ()) if number is not None]
    known.append((LAST + 1, 0))
    return [(a, b, more - less) for at, (a, more) in enumerate(known) for b, less in known[at + 1 :]]


def between(persons: dict[int, int], start: int, end: int) -> set[int]:
    return {person for person, last in persons.items() if start <= last < end}
