"""What pages call variables and values: faults with their line, and every shipped recipe in three languages."""

import pytest

from rightskit import paths
from rightskit.disclosures import recipe
from rightskit.disclosures.labels import LANGUAGES, by_title
from rightskit.errors import FaultsError

SHIPPED = recipe.load([paths.shipped("recipes")])
NBSP = "\u00a0"
SHOP = """\
id: shop
title: A shop's orders
files:
  - format: json
    require: [orders]
    rows:
      - each: orders[]
        count: {id: orders, title: Orders}
        variables:
          - {id: order-kind, from: kind, title: Kind, type: choice, values: {A: gift, B: own-use}}
          - {id: order-price, from: price, title: Price, unit: points}
labels:
  orders: {de: Bestellungen}
  order-kind:
    de: Art
    values:
      own-use: {de: für sich selbst}
  order-price: {de: Preis, unit: {de: Punkte}}
"""


def test_variables_values_and_units_have_their_words() -> None:
    found = by_title([recipe.parse(SHOP, "shop.yaml")])
    assert {title: label.title for title, label in found.items()} == {
        "Orders": {"de": "Bestellungen"},
        "Kind": {"de": "Art"},
        "Price": {"de": "Preis"},
    }
    assert found["Kind"].values == {"own-use": {"de": "für sich selbst"}}
    assert found["Price"].unit == {"de": "Punkte"}


def test_of_two_recipes_with_one_title_the_first_holds_and_the_second_completes_it() -> None:
    other = SHOP.replace("id: shop", "id: mall").replace("de: Bestellungen", "de: Aufträge, fr: commandes")
    found = by_title([recipe.parse(SHOP, "shop.yaml"), recipe.parse(other, "mall.yaml")])
    assert found["Orders"].title == {"de": "Bestellungen", "fr": "commandes"}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("  orders: {de", "  order: {de", 13, "order is no variable of this recipe"),
        ("own-use: {de", "own-usage: {de", 17, "own-usage is no value of this variable"),
        ("    de: Art\n", "    du: Art\n", 15, "du is not a known key"),
        ("  orders: {de: Bestellungen}", "  orders: Bestellungen", 13, "write a mapping"),
        ("unit: {de: Punkte}", "unit: Punkte", 18, "write a mapping"),
        ("    de: Art\n", "    de:\n", 15, "de is missing"),
    ],
)
def test_a_fault_names_line_and_remedy(old, new, line, message) -> None:
    assert SHOP.count(old) == 1
    with pytest.raises(FaultsError) as refused:
        recipe.parse(SHOP.replace(old, new), "shop.yaml")
    assert f"shop.yaml:{line}" in str(refused.value)
    assert message in str(refused.value)


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda found: found.id)
def test_a_shipped_recipe_is_told_in_three_languages(shipped) -> None:
    """In English the title is the word for the variable; yes and no are the pool's own words."""
    for variable in shipped.variables:
        if variable.type == "hashed":
            continue
        label = shipped.labels[variable.id]
        assert set(label.title) | {"en"} == set(LANGUAGES), variable.id
        told = set() if variable.mentions else set(variable.values.values())
        assert set(label.values) >= told, variable.id
        assert all(set(words) == set(LANGUAGES) for words in label.values.values()), variable.id
        assert not variable.unit[:1].islower() or variable.unit in {"h", "km", "kWh"} or label.unit, variable.id


def test_one_variable_is_called_the_same_in_all_shipped_recipes() -> None:
    known = {}
    for each in SHIPPED:
        for name, label in each.labels.items():
            assert known.setdefault(name, label) == label, f"{each.id}: {name}"


def test_french_keeps_its_marks_together() -> None:
    for each in SHIPPED:
        for label in each.labels.values():
            for text in (label.title["fr"], *(words["fr"] for words in label.values.values())):
                assert not [mark for mark in ";:?!»" if mark in text and f"{NBSP}{mark}" not in text], text
