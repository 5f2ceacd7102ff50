import datetime as dt
from pathlib import Path

import pytest

from rightskit import texts
from rightskit.campaign import lots
from rightskit.cases import rulings
from rightskit.cases.model import Answer
from rightskit.reports import attributes, breakdown, demanded, forms, funnels, recruitment, rows
from rightskit.reports.arms import Arm, Comparison
from rightskit.reports.build import build
from rightskit.reports.codebook import COLUMNS, FIGURES, LANGUAGES, VARIABLES, codebook, column, entry, markdown
from rightskit.reports.datatables import Basis, tables
from rightskit.reports.microdata import TAKEN, microdata
from rightskit.reports.quality import Audit
from rightskit.rights import Right

NBSP = "\u00a0"
TODAY = dt.date(2026, 6, 1)


def test_every_entry_is_told_in_three_languages() -> None:
    for one in codebook():
        told = [one.title, one.definition, *one.values.values()]
        assert all(set(text) == set(LANGUAGES) and all(text.values()) for text in told), one.id
        assert all(text["en"].endswith(".") and text["de"].endswith(".") for text in [one.definition]), one.id


def test_french_keeps_its_marks_together() -> None:
    for one in codebook():
        for text in (one.title["fr"], one.definition["fr"], *(told["fr"] for told in one.values.values())):
            assert not [
                mark for mark in ";:?!»" if f" {mark}" in text or (mark in text and f"{NBSP}{mark}" not in text)
            ], text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", ["funnel", "facts"])
def test_the_report_calls_a_figure_as_the_codebook_does(language, group) -> None:
    known = {one.id: one.title[language] for one in codebook() if one.kind == FIGURES}
    for name in (
        ("planned", "sent", "bounced", "out", "received", "answered", "data", "readable", "pooled")
        if group == "funnel"
        else (
            "identity",
            "extended",
            "late",
            "overdue",
            "reminded",
            "complained",
            "acknowledged",
            "forced",
            "withdrawn",
        )
    ):
        assert texts.text(language, f"report.{group}.{name}") == known[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_calls_members_as_the_codebook_does(language) -> None:
    for name in recruitment.FACTS:
        assert texts.text(language, f"report.members.{name}") == entry(FIGURES, name).title[language]
    assert texts.text(language, "report.ages.title") == entry(FIGURES, "ages").title[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_form_decision_measure_and_step_has_a_name_in_the_report(language) -> None:
    groups = {"forms": forms.FORMS, "decisions": breakdown.DECISIONS, "measures": breakdown.MEASURES}
    groups |= {"lines": tuple(funnels.STEPS)}
    for group, names in groups.items():
        told = [texts.text(language, f"report.{group}.{name}") for name in names]
        assert len(set(told)) == len(names), group


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_of_competing_outcomes_what_the_codebook_says(language) -> None:
    one = entry(FIGURES, "incidence")
    assert texts.text(language, "report.when.title") == one.title[language]
    assert texts.text(language, "report.when.lead") == one.definition[language]


def test_what_a_share_is_of_has_an_entry_too() -> None:
    known = {one.id for one in codebook()} | {"due"}
    assert {one.base for one in codebook() if one.base} <= known


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("answer", {one.value.replace(" ", "-") for one in Answer}),
        ("right", set(Right)),
        ("form", {*forms.FORMS, "none"}),
        ("forced", {*demanded.CHANNELS, "none"}),
        ("identity_proof", {*demanded.PROOFS, "none"}),
        ("identity_judged", {*attributes.JUDGED, "none"}),
        ("time", set(attributes.TIMES)),
        ("complaint", {*rows.COMPLAINTS, "none"}),
        ("decision", {*rulings.Outcome, "none"}),
        ("measure", {*rulings.Measure, "none"}),
        ("days_final", set(attributes.BANDS)),
        ("days_first", set(attributes.BANDS)),
        ("order", {lots.EARLY, lots.LATE, "none"}),
    ],
)
def test_every_code_is_explained(name, codes) -> None:
    assert set(entry(VARIABLES, name).values) == codes


def test_every_column_has_an_entry_and_every_entry_a_column(case) -> None:
    made = microdata(
        [case(n, outcome=Answer.DATA, days=9, reference=f"RK-{n}", channel="email") for n in range(12)],
        today=dt.date(2026, 6, 1),
        threshold=10,
        name=str,
    )
    assert sorted(made.columns) == sorted(one.id for one in codebook() if one.kind == VARIABLES)
    for line in made.rows:
        for name, value in zip(made.columns, line, strict=True):
            allowed = entry(VARIABLES, name).values
            assert not allowed or value in {*allowed, TAKEN}, name


def test_every_column_of_every_table_has_an_entry_those_of_a_trial_too(case) -> None:
    rows = [case(n, outcome=Answer.DATA, days=9, reference=f"RK-{n}", channel="email") for n in range(12)]
    data = microdata(rows, today=TODAY, threshold=10, name=str)
    found = build("T", "O", rows, None, today=TODAY, language="en", threshold=10)
    trial = [Comparison((Arm("a", 10, 0.5, None),), (), 30)]
    every = tables(Basis(found.figures, rows, data, Audit(0, 0), TODAY, 10, trial), found.recruitment, ())
    assert {"arms", "arm_differences", "funnels", "quality"} <= {table.name for table in every}
    used = {column(table.name, name).id for table in every for name in table.columns}
    assert used >= {one.id for one in codebook() if one.kind == COLUMNS}, "an entry that no table has"


def test_what_explains_the_codes_of_a_column_is_there() -> None:
    known = {one.id for one in codebook() if one.kind == VARIABLES} | {FIGURES, VARIABLES, "column"}
    assert {one.codes for one in codebook() if one.codes} <= known


def test_the_page_of_the_documentation_is_the_codebook() -> None:
    """Written anew by: python -c "from rightskit.reports.codebook import *; print(markdown(codebook(), 'en'))"."""
    page = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")
    assert page.endswith(markdown(codebook(), "en"))
