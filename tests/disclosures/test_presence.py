"""Presence of each variable tells what the variables' own tables tell, and nothing more."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.disclosures import recipe
from rightskit.disclosures.loading import PART
from rightskit.disclosures.pool import Pool, tables

LEAST = 3
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
          - {id: score, from: s, title: Score, provenance: inferred, bands: [10, 20], optional: true}
          - {id: pay, from: p, title: Pay, provenance: observed, optional: true}
      - each: x[]
        variables:
          - {id: kind, from: k, title: Kind, type: choice, values: {A: a, B: b}, optional: true}
""",
    "r.yaml",
)


def pooled(people: dict[int, dict[str, object]]) -> Pool:
    """Member → variable → a number, or the kinds that they have."""
    rows = []
    for member, values in people.items():
        for name, value in {"here": 1.0, **values}.items():
            for number, one in enumerate([value] if isinstance(value, float) else list(value)):
                both = (one, None) if isinstance(one, float) else (None, one)
                rows.append((f"M{member}", f"D{member}", number, PART.join(("r@1", name, "", "observed")), *both))
    return tables([tuple(zip(*rows, strict=True))], {f"M{m}": m for m in people}, LEAST, [RECIPE])


def present(found: Pool) -> dict[object, tuple[object, ...]]:
    rows = next((table.rows for table in found.tables if table.kind == "presence"), ())
    return {row[0]: row[1:] for row in rows}


def test_each_variable_has_a_line() -> None:
    people = {m: {"score": 5.0, "kind": "a"} for m in range(6)} | {m: {"pay": 9.0, "kind": "b"} for m in range(6, 10)}
    assert present(pooled(people)) == {
        "Score": (10, 6, 60),
        "Pay": (10, 4, 40),
        "Kind": (10, 10, 100),
        "here": (10, 10, 100),
    }


def test_a_summary_does_not_tell_what_the_distribution_hides() -> None:
    """20 and more: 2 of 4 + 3 + 2 + 5. With "no value" hidden for its sake, 9 with a score would tell it."""
    people = {m: {"score": 5.0} for m in range(4)} | {m: {"score": 15.0} for m in range(4, 7)}
    people |= {m: {"score": 25.0} for m in (7, 8)} | {m: {} for m in range(9, 14)}
    found = pooled(people)
    shown = {table.kind: table for table in found.tables if table.variable == "score"}
    assert dict(row for row in shown["distribution"].rows)["no value"] is None
    assert shown["summary"].rows[0][1] is None
    assert present(found)["Score"] == (14, None, None)


def test_who_has_another_value_only_is_not_told_by_a_few() -> None:
    """6 have a, 5 have b, and 8 one of them: 2 have b alone."""
    people = {m: {"kind": "a"} for m in range(3)} | {m: {"kind": "ab"} for m in range(3, 6)}
    people |= {m: {"kind": "b"} for m in (6, 7)} | {m: {} for m in range(8, 12)}
    assert present(pooled(people))["Kind"] == (12, None, None)


LIFE = st.fixed_dictionaries(
    {},
    optional={
        "score": st.sampled_from([5.0, 15.0, 25.0]),
        "pay": st.sampled_from([1.0, 2.0]),
        "kind": st.sampled_from(["a", "b", "ab"]),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 40), LIFE, min_size=8, max_size=30))
def test_an_attacker_who_reads_all_tables_of_a_score_finds_no_small_cell(people) -> None:
    """Whatever "no value" and the summary tell, each hidden band can still be several numbers."""
    found = pooled(people)
    rows = next((t.rows for t in found.tables if (t.variable, t.kind) == ("score", "distribution")), ())
    cells = dict(rows)
    whole, some, _ = present(found).get("Score", (None, None, None))
    if not rows or whole is None:
        return
    if some is not None:
        assert cells.get("no value", 0) in {whole - some, None}
        cells["no value"] = whole - some
    hidden = [name for name, count in cells.items() if count is None and name != "members"]
    left = whole - sum(count or 0 for name, count in cells.items() if name != "members")
    if hidden and cells["members"] is not None:
        ways = [way for way in itertools.product(range(left + 1), repeat=len(hidden)) if sum(way) == left]
        assert all(len({way[place] for way in ways}) > 1 for place in range(len(hidden)))
