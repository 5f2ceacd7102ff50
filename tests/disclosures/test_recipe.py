"""A recipe's faults are named with their line; what is not a whitelist is refused."""

from pathlib import Path

import pytest

from rightskit.disclosures import recipe
from rightskit.errors import FaultsError

GOOD = """\
id: shop
version: 2
date: 2025-01-31
title: A shop's orders
right: access
files:
  - format: json
    require: [orders]
    rows:
      - each: orders[]
        variables:
          - id: order-kind
            from: kind
            title: Kind
            type: choice
            values: {A: a, B: b}
          - id: order-price
            from: price
            title: Price
            unit: EUR
            provenance: observed
            by: order-kind
"""


def test_a_good_recipe() -> None:
    shop = recipe.parse(GOOD, "shop.yaml")
    assert (shop.name, [variable.id for variable in shop.variables]) == ("shop@2", ["order-kind", "order-price"])
    assert shop.variables[0].values == {"A": "a", "B": "b"}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("id: shop", "id: The Shop", 1, "small letters"),
        ("title: A shop", "titel: A shop", 4, "titel is not a known key"),
        ("right: access", "right: acces", 5, "did you mean 'access'"),
        ("format: json", "format: docx", 7, "format is 'docx'"),
        ("    require: [orders]\n", "", 7, "require is missing"),
        ("each: orders[]", "line: abc", 10, "line is not a known key"),
        ("            values: {A: a, B: b}\n", "", 12, "values is missing: a choice without values"),
        ("type: choice", "type: text", 12, "pattern is missing"),
        ("by: order-kind", "by: order-type", 11, "order-type is no other choice"),
        ("unit: EUR", "bands: [5, 3]", 20, "not rising"),
        ("unit: EUR", "range: [1, x]", 20, "no number"),
        ("unit: EUR", "coarsen: year", 20, "coarsen is 'year'"),
        ("provenance: observed", "provenance: guessed", 21, "provenance is 'guessed'"),
    ],
)
def test_a_fault_names_line_and_remedy(old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    with pytest.raises(FaultsError) as refused:
        recipe.parse(GOOD.replace(old, new), "shop.yaml")
    assert f"shop.yaml:{line}" in str(refused.value)
    assert message in str(refused.value)


PDF = """\
id: letter
title: A letter
files:
  - format: pdf
    require: ['^Score$']
    rows:
      - line: '^(?P<score>\\d+)$'
        variables:
          - {id: score, from: score, title: Score}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("from: score", "from: skore", "skore is no named group of line"),
        ("(?P<score>", "(?P<score", "not a regular expression"),
        ("      - line:", "      - after: '^x$'\n        line:", "after and before belong together"),
    ],
)
def test_regular_expressions_are_checked(old: str, new: str, message: str) -> None:
    assert recipe.parse(PDF, "letter.yaml").layouts[0].rules[0].variables
    with pytest.raises(FaultsError, match=message.replace("?", r"\?")):
        recipe.parse(PDF.replace(old, new), "letter.yaml")


def test_the_campaigns_own_recipe_wins_and_all_faults_come_at_once(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    (own / "shop.yaml").write_text(GOOD.replace("version: 2", "version: 3"), encoding="utf-8")
    (other / "shop.yaml").write_text(GOOD, encoding="utf-8")
    assert [found.name for found in recipe.load([own, other])] == ["shop@3"]
    (own / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (other / "b.yaml").write_text("id: [\n", encoding="utf-8")
    with pytest.raises(FaultsError) as refused:
        recipe.load([own, other])
    assert {Path(fault.path).name for fault in refused.value.faults} == {"a.yaml", "b.yaml"}


def test_recipes_that_describe_one_variable_differently_are_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "till.yaml").write_text(GOOD.replace("shop", "till").replace("EUR", "CHF"), encoding="utf-8")
    with pytest.raises(FaultsError, match="order-price differs from shop"):
        recipe.load([tmp_path])
