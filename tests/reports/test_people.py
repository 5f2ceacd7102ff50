"""Who takes part, and how good the answers were."""

from __future__ import annotations

import pytest

from rightskit import texts
from rightskit.cases.model import Answer
from rightskit.reports.people import languages, traits
from rightskit.reports.quality import Audit


def members(case, **counts: int):
    """So many members of each language, each with two requests."""
    number = 0
    for language, count in counts.items():
        for _ in range(count):
            number += 1
            yield from (case(number, name, language=language) for name in ("Alpha", "Beta"))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"de": 40, "fr": 20}, [("de", 40), ("fr", 20)]),
        ({"de": 40, "fr": 20, "tr": 6, "pl": 5}, [("de", 40), ("fr", 20), ("others", 11)]),
        ({"de": 40, "fr": 20, "pl": 3}, [("de", 40), ("others", 23)]),
        ({"de": 40, "pl": 3}, []),
        ({"de": 40}, []),
        ({"de": 6, "fr": 6}, []),
        ({}, []),
    ],
)
def test_members_by_language(case, counts, shown) -> None:
    rows = list(members(case, **counts))
    assert [(bar.keys[0], bar.count) for bar in languages(rows, 10)] == shown
    if shown:
        assert sum(count for _, count in shown) == sum(counts.values())


def test_letters_in_the_language_of_the_controller_are_no_margin(case) -> None:
    assert languages([case(n, name, language=name) for n in range(40) for name in ("de", "fr")], 10) == ()


@pytest.mark.parametrize("language", ["de", "fr", "en"])
def test_how_good_the_answers_were(case, language: str) -> None:
    rows = [case(n, outcome=Answer.DATA, days=9, form="json" if n < 30 else "pdf") for n in range(50)]
    found = {trait.name: trait for trait in traits(rows, Audit(80, 2), 10, language)}
    assert (found["machine_readable"].value, found["machine_readable"].behind) == (0.6, 50)
    assert (found["machine_error"].value, found["machine_error"].behind) == (0.025, 50)
    assert all(trait.title and trait.definition for trait in found.values())
    assert "completeness" not in found


def test_what_few_stand_behind_is_left_out(case) -> None:
    rows = [case(n, outcome=Answer.DATA, days=9, form="json" if n < 5 else "pdf") for n in range(50)]
    assert "machine_readable" not in {trait.name for trait in traits(rows, Audit(0, 0), 10, "en")}


def test_languages_have_names() -> None:
    assert [texts.language_name(language, "fr") for language in ("de", "fr", "en")] == [
        "Französisch",
        "français",
        "French",
    ]
