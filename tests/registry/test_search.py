"""Controllers are found by what people type."""

import pytest

from rightskit.registry.model import Controller, Registry
from rightskit.registry.search import best, entry, fold, select

RECORDS = [
    Controller("klee", "Klee Auskunft GmbH", "DE", also=("Kleeblatt",), serves=("DE",), categories=("credit-bureau",)),
    Controller("klee-bank", "Klee Bank AG", "DE", serves=("DE", "AT"), categories=("bank",)),
    Controller("generale", "Société Générale", "FR", serves=("FR",), categories=("bank",)),
    Controller("weltnetz", "Weltnetz Ltd", "IE", categories=("platform",)),
]
REGISTRY = Registry({record.id: record for record in RECORDS})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("klee", ["klee", "klee-bank"]),
        ("KLEEBLATT", ["klee"]),
        ("kleblatt", ["klee"]),
        ("societe generale", ["generale"]),
        ("Société Genrale", ["generale"]),
        ("credit bureau", ["klee"]),
        ("bank frankreich", ["generale"]),
        ("bank germany", ["klee-bank"]),
        ("weltnezt", ["weltnetz"]),
        ("klee bank", ["klee-bank"]),
        ("auskunft gmb", ["klee"]),
        ("xy klee", []),
        ("something else entirely", []),
        ("", []),
        ("…", []),
    ],
)
def test_search(text, found):
    assert search(REGISTRY, text) == found


def search(registry, text, limit=20):
    return best((entry(controller) for controller in registry.controllers.values()), text, limit)


def test_exact_comes_before_beginning_and_beginning_before_likeness():
    records = [Controller("a", "Orangen", "DE"), Controller("b", "Orange", "FR"), Controller("c", "Oranje", "NL")]
    registry = Registry({record.id: record for record in records})
    assert search(registry, "orange") == ["b", "a", "c"]


def test_the_limit_holds():
    assert len(search(REGISTRY, "germany", limit=1)) == 1


def test_select_by_category_and_country():
    def ids(categories=(), countries=()):
        return [controller.id for controller in select(REGISTRY, categories, countries)]

    assert ids(["bank"]) == ["generale", "klee-bank"]
    assert ids(["bank"], ["AT"]) == ["klee-bank"]
    assert ids(["bank", "credit-bureau"], ["DE"]) == ["klee", "klee-bank"]
    assert ids(["platform"], ["PT"]) == ["weltnetz"], "without serves it serves everywhere"
    assert len(ids()) == 4


def test_fold():
    assert fold("Société  Générale, S.A.") == "societe generale s a"
    assert fold("Straße") == "strasse"
