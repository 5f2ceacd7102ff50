"""The pool counts members who agreed, and shows nothing from which a small group can be told."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.disclosures import recipe
from rightskit.disclosures.extract import extract
from rightskit.disclosures.loading import PART, locked_database
from rightskit.disclosures.model import Observation
from rightskit.disclosures.pool import Pool, tables
from rightskit.disclosures.tabulation import PoolTable
from rightskit.errors import RefusedError

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
          - {id: score, from: s, title: Score, unit: points, provenance: inferred, bands: [10, 20]}
          - {id: colour, from: c, title: Colour, type: choice, values: {R: red, G: green, B: blue}, optional: true}
      - each: x[]
        count: {id: lines, title: Lines, bands: [1, 2, 3]}
        variables:
          - {id: kind, from: k, title: Kind, type: choice, values: {A: a, B: b}}
          - {id: price, from: p, title: Price, unit: EUR, by: kind, optional: true}
          - {id: year, from: y, title: Year, type: date, coarsen: year}
""",
    "r.yaml",
)


def seen(member: int, variable: str, value: float | str, row: int = 0) -> Observation:
    name = f"M{member:08d}"
    return Observation(name, "c", variable, value, "", "observed", 1.0, "top", row, "r@1", f"D{member}")


def pool(observations: list[Observation], threshold: int = 3) -> Pool:
    return tables(columns(observations), numbered(observations), threshold, [RECIPE])


def columns(observations: list[Observation]) -> list[tuple[tuple[object, ...], ...]]:
    """As the vault gives them: a batch, column by column."""
    rows = [
        (o.member, o.disclosure, o.row, PART.join((o.recipe, o.variable, o.unit, o.provenance)))
        + ((None, o.value) if isinstance(o.value, str) else (o.value, None))
        for o in observations
    ]
    return [tuple(zip(*rows, strict=True))] if rows else []


def numbered(observations: list[Observation]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted({o.member for o in observations}))}


def table(found: Pool, variable: str, kind: str) -> PoolTable:
    return next(t for t in found.tables if (t.variable, t.kind) == (variable, kind))


def cells(found: Pool, variable: str) -> dict[object, object]:
    return {row[0]: row[1] for row in table(found, variable, "distribution").rows}


def test_a_number_has_a_summary_and_its_bands() -> None:
    found = pool([seen(m, "score", float(m)) for m in range(1, 28)])
    assert table(found, "score", "summary").columns[1:] == (
        "members",
        "mean",
        "lower quartile",
        "median",
        "upper quartile",
    )
    assert table(found, "score", "summary").rows == (("all", 27, 14.0, 7.0, 14.0, 21.0),)
    assert cells(found, "score") == {"under 10": 9, "10 to under 20": 10, "20 and more": 8, "members": 27}
    assert (found.members, found.hidden, found.threshold) == (27, 0, 3)


@pytest.mark.parametrize("threshold", [-1, 0, 1, 2])
def test_a_threshold_under_three_is_refused(threshold: int) -> None:
    with pytest.raises(RefusedError):
        tables([], {}, threshold)


def test_only_who_has_a_number_counts() -> None:
    observations = [seen(m, "score", 1.0) for m in range(12)]
    found = tables(columns(observations), numbered(observations[:8]), 3, [RECIPE])
    assert (found.members, cells(found, "score")["under 10"]) == (8, 8)


def test_members_with_one_number_count_once() -> None:
    observations = [seen(m, "colour", "red") for m in range(12)]
    found = tables(columns(observations), {f"M{m:08d}": m // 2 for m in range(12)}, 3, [RECIPE])
    assert (found.members, cells(found, "colour")["red"]) == (6, 6)


def test_a_member_counts_once_with_the_mean_of_their_values() -> None:
    observations = [seen(1, "score", 30.0, row) for row in range(50)] + [seen(m, "score", 6.0) for m in (2, 3, 4)]
    found = pool([*observations, *(seen(m, "score", 29.0) for m in (5, 6)), seen(1, "score", 20.0, 99)])
    assert table(found, "score", "summary").rows[0][1] == 6
    assert cells(found, "score")["20 and more"] == 3
    assert found.members == 6


def test_a_small_band_takes_another_with_it_and_the_mean() -> None:
    values = [1.0] * 9 + [11.0] * 14 + [21.0]
    found = pool([seen(m, "score", value) for m, value in enumerate(values)])
    shown = cells(found, "score")
    assert shown == {"under 10": None, "10 to under 20": 14, "20 and more": None, "members": 24}
    assert table(found, "score", "summary").rows == (("all", 24, None, 1.0, 11.0, 11.0),)
    assert "fewer than 3" in table(found, "score", "distribution").note


def test_members_without_a_value_are_a_cell_like_any_other() -> None:
    observations = [seen(m, "score", 1.0) for m in range(20)]
    observations += [seen(m, "colour", "red" if m < 9 else "green") for m in range(19)]
    shown = cells(pool(observations), "colour")
    assert shown["members"] == 20
    assert shown["no value"] is None
    assert [shown["red"], shown["green"]].count(None) == 1


def test_the_number_beside_figures_is_hidden_where_it_tells_who_has_none() -> None:
    observations = [seen(m, "colour", "red") for m in range(20)]
    row = table(pool(observations + [seen(m, "score", m) for m in range(19)]), "score", "summary").rows[0]
    assert row[1] is None
    row = table(pool(observations + [seen(m, "score", m) for m in range(17)]), "score", "summary").rows[0]
    assert row[1] == 17


def test_with_several_values_having_and_not_having_are_both_guarded() -> None:
    observations = [seen(m, "kind", "a", 1) for m in range(19)] + [seen(m, "kind", "b", 2) for m in range(12, 20)]
    assert cells(pool(observations), "kind") == {"a": None, "b": 8, "members": 20}


def test_figures_are_told_apart_by_kind_and_small_kinds_are_hidden() -> None:
    observations = [o for m in range(8) for o in (seen(m, "kind", "a", 1), seen(m, "price", 10.0 + m, 1))]
    observations += [o for m in range(2) for o in (seen(m, "kind", "b", 2), seen(m, "price", 99.0, 2))]
    assert table(pool(observations), "price", "summary").rows == (
        ("a", 8, 13.5, 11.0, 13.0, 15.0),
        ("b", None, None, None, None, None),
    )


def test_a_mean_that_one_member_makes_is_hidden() -> None:
    observations = [seen(m, "kind", "a", 1) for m in range(8)]
    row = table(
        pool(observations + [seen(m, "price", 1.0, 1) for m in range(7)] + [seen(7, "price", 1e6, 1)]),
        "price",
        "summary",
    ).rows[0]
    assert row == ("a", 8, None, 1.0, 1.0, 1.0)


def test_a_year_that_few_have_gets_no_line() -> None:
    observations = [seen(m, "year", "2020", 1) for m in range(9)] + [seen(m, "year", "2021", 2) for m in range(2)]
    assert list(cells(pool(observations), "year")) == ["2020", "members"]


def test_a_count_of_rows_has_no_mean() -> None:
    found = pool([seen(m, "lines", float(m % 4)) for m in range(40)])
    assert table(found, "lines", "summary").rows[0][2] == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["red", "green", "blue", None]), min_size=4, max_size=14))
def test_an_attacker_with_all_totals_cannot_solve_for_a_hidden_cell(colours: list[str | None]) -> None:
    observations = [seen(m, "score", 1.0) for m in range(len(colours))]
    observations += [seen(m, "colour", colour) for m, colour in enumerate(colours) if colour]
    if not any(colours):
        return
    found = pool(observations)
    shown = cells(found, "colour")
    known = sum(count for name, count in shown.items() if count is not None and name != "members")
    veiled = [name for name, count in shown.items() if count is None]
    if not veiled:
        return
    missing = found.members - known
    least = 0 if known == 0 else 1  # Where the whole line is hidden, some of it may be nobody.
    ways = [p for p in itertools.product(range(least, missing + 1), repeat=len(veiled)) if sum(p) == missing]
    for place, _ in enumerate(veiled):
        assert len({way[place] for way in ways}) > 1


def test_planted_markers_never_reach_a_table(sheet, export, returned, shipped) -> None:
    rng, observations = random.Random(1), []
    for content in (sheet, export):
        one = extract(returned(content), shipped).observations
        for m in range(30):
            copied = (Observation(f"M{m:08d}", o.controller, o.variable, o.value, o.unit, o.provenance, 1.0,
                                  o.place, o.row, o.recipe, f"D{m}{rng.random()}"[:6]) for o in one)  # fmt: skip
            observations += copied
    found = tables(columns(observations), numbered(observations), 10, shipped)
    told = repr(found)
    assert found.members == 30
    assert "Zyxwvu" not in told
    assert "M000000" not in told
    assert {t.variable for t in found.tables} >= {"base-score", "sector-score", "sector-risk", "entry-amount"}
    assert "sector-rating" not in {t.variable for t in found.tables}


def test_without_recipes_variables_keep_their_slugs() -> None:
    observations = [seen(m, "score", 1.0 + m) for m in range(5)]
    found = tables(columns(observations), numbered(observations), 3)
    assert [(t.title, t.kind) for t in found.tables] == [
        ("score", "summary"),
        ("What the documents hold", "presence"),
    ]


def test_the_database_is_locked(tmp_path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "a.csv").write_text("a\n1\n", encoding="utf-8")
    with locked_database() as base:
        for query in (
            f"SELECT * FROM read_csv('{tmp_path}/a.csv')",
            f"COPY (SELECT 1) TO '{tmp_path}/b.csv'",
            f"ATTACH '{tmp_path}/c.db'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET temp_directory = '.'",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                base.execute(query)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
