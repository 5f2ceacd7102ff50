"""Pay held against a minimum: shares by who pays and by what members answered, and nothing that the others hide."""

from collections import Counter

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rightskit.campaign.tables import Minimum, Tables
from rightskit.disclosures import recipe
from rightskit.disclosures.adapting import adapted
from rightskit.disclosures.changes import Earlier
from rightskit.disclosures.loading import PART
from rightskit.disclosures.pool import Pool, tables
from rightskit.disclosures.tabulation import PoolTable

LEAST = 3
MINIMUM = Minimum("pay", 10.0, "a law", margin=20, by=("controller", "status"))
WANTED = Tables(minimum=MINIMUM)
BANDS = ("under 10", "10 to under 12", "12 and more")
PAYS = dict(zip(BANDS, (8.0, 11.0, 20.0), strict=True))


def platform(name: str) -> recipe.Recipe:
    made = recipe.parse(
        f"id: {name}\ntitle: {name}\ncontrollers: [{name}]\nfiles:\n  - format: json\n    require: [x]\n    rows:\n"
        "      - once: true\n        variables:\n"
        "          - {id: pay, from: p, title: Pay, unit: EUR/h, bands: [5, 15], optional: true}\n"
        "          - {id: status, from: s, title: Status, type: choice, values: {F: free, E: employed}, optional: true}\n",
        f"{name}.yaml",
    )
    return adapted(made, {"pay": MINIMUM.bands}, {})


RECIPES = [platform("velo"), platform("taxi")]
Person = tuple[str, float | None, str]
"""Who pays (``velo``, ``taxi``, or both), how much an hour, and the status."""
People = dict[int, Person]


def pool(people: People, earlier: list[Earlier] | None = None) -> Pool:
    rows = []
    for m, (who, pay, status) in people.items():
        for name in who.split():
            source = f"{name}@1"
            if pay is not None:
                rows.append((f"M{m}", f"D{m}{name}", 0, PART.join((source, "pay", "EUR/h", "observed")), pay, None))
            rows.append((f"M{m}", f"D{m}{name}", 0, PART.join((source, "status", "", "observed")), None, status))
    numbers = {f"M{m}": m for m in people}
    return tables([tuple(zip(*rows, strict=True))], numbers, LEAST, RECIPES, earlier, wanted=WANTED)


def find(found: Pool, kind: str, variable: str = "pay") -> PoolTable | None:
    return next((one for one in found.tables if (one.kind, one.variable) == (kind, variable)), None)


def many(**counts: int) -> People:
    """``velo_8_free=5`` are five people who get 8 an hour from velo and are free."""
    people = [name.split("_") for name, count in counts.items() for _ in range(count)]
    return {
        m: (who.replace("both", "velo taxi"), None if pay == "none" else float(pay), status)
        for m, (who, pay, status) in enumerate(people)
    }


def test_shares_under_little_above_and_above() -> None:
    people = many(
        velo_8_free=6, velo_11_free=3, velo_20_free=3, taxi_8_employed=3, taxi_11_employed=3, taxi_20_employed=6
    )
    found = find(pool(people), "minimum")
    assert found is not None
    assert found.title == "Pay: minimum 10 (a law)"
    assert found.columns == ("Pay", "by", "members", *BANDS, *(f"{band}, %" for band in BANDS))
    assert found.rows == (
        ("all", "", 24, 9, 6, 9, 38, 25, 38),
        ("velo", "Who returned it", 12, 6, 3, 3, 50, 25, 25),
        ("taxi", "Who returned it", 12, 3, 3, 6, 25, 25, 50),
        ("free", "Status", 12, 6, 3, 3, 50, 25, 25),
        ("employed", "Status", 12, 3, 3, 6, 25, 25, 50),
    )


def test_who_is_paid_by_two_stands_in_a_line_of_their_own() -> None:
    people = many(velo_8_free=6, velo_20_free=6, taxi_8_free=6, taxi_20_free=6, both_8_free=5, both_20_free=4)
    found = find(pool(people), "minimum")
    assert found is not None
    lines = {row[0]: row[2] for row in found.rows if row[1] == "Who returned it"}
    assert lines == {"velo": 12, "taxi": 12, "several": 9}


def test_who_pays_is_not_told_where_that_would_tell_who_has_no_pay() -> None:
    """Two are without pay: "no value" is hidden, and the number of those of whom somebody is known to pay would tell it."""
    found = pool(many(velo_8_free=6, velo_20_free=6, taxi_8_free=6, taxi_20_free=6, taxi_none_free=2))
    assert find(found, "distribution", "pay-from") is None
    assert [one.variable for one in found.left_out][:1] == ["pay-from"]
    table = find(found, "minimum")
    assert table is not None
    assert table.rows[0][2] is None


def test_a_controller_that_few_have_is_hidden_with_its_shares() -> None:
    found = find(pool(many(velo_8_free=9, velo_20_free=9, taxi_8_free=2, both_20_free=5)), "minimum")
    assert found is not None
    assert "taxi" not in [row[0] for row in found.rows]


def test_another_amount_than_before_leaves_the_table_out() -> None:
    people = many(velo_8_free=6, velo_20_free=6)
    one = pool(people)
    changed = {"pay": ("9", "10.8")}
    two = pool(people, [Earlier("R1", {**one.edges, **changed}, one.marks)])
    assert find(two, "minimum") is None
    assert {one.variable for one in two.left_out} >= {"pay", "pay-from"}


PERSON = st.tuples(
    st.sampled_from(["velo", "taxi", "velo taxi"]),
    st.sampled_from([*PAYS.values(), None]),
    st.sampled_from(["free", "employed"]),
)
PEOPLE = st.dictionaries(st.integers(0, 40), PERSON, min_size=9, max_size=34)


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(PEOPLE, PEOPLE)
def test_it_tells_what_other_tables_tell_and_two_tell_nobody(first: People, second: People) -> None:
    if not all(any(pay for _, pay, _ in people.values()) for people in (first, second)):
        return
    one = pool(first, [])
    two = pool(second, [Earlier("R1", one.edges, one.marks)])
    shown = [attacked(found, people) for found, people in ((one, first), (two, second))]
    for place in shown[0].keys() & shown[1].keys():
        assert len(shown[0][place] ^ shown[1][place]) not in {1, 2}


def attacked(found: Pool, people: People) -> dict[tuple[str, str], set[int]]:
    """Line and band → who stands behind a shown number, after each was right, and none small."""
    table = find(found, "minimum")
    shown: dict[tuple[str, str], set[int]] = {}
    for label, group, members, *cells in table.rows if table else ():
        if label in {"other", "no value"}:
            continue
        for band, count, share in zip(BANDS, cells[:3], cells[3:], strict=True):
            behind = {m for m, person in people.items() if _stands(person, label, group) and person[1] == PAYS[band]}
            assert count is None or (count == len(behind) and count not in {1, 2})
            assert share is None or (members and share == round(100 * len(behind) / members))
            if count is not None:
                shown[label, band] = behind
    if table and table.rows[0][2] is not None:
        without = Counter(pay for _, pay, _ in people.values())[None]
        assert without not in {1, 2}
    return shown


def _stands(person: Person, label: str, group: str) -> bool:
    who, _, status = person
    if group == "Status":
        return status == label
    return not group or label == ("several" if " " in who else who)
