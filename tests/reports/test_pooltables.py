"""The pool's own words come out in the language of the page, and the recipe's where it has labels; else they stay."""

from dataclasses import replace

import pytest

from rightskit import texts
from rightskit.campaign.tables import Tables
from rightskit.disclosures import origin, recipe
from rightskit.disclosures.labels import Label, by_title
from rightskit.disclosures.loading import PART
from rightskit.disclosures.model import Observation
from rightskit.disclosures.pool import tables
from rightskit.disclosures.questionnaire import unread
from rightskit.disclosures.tabulation import PoolTable
from rightskit.reports.pooltables import label, labelled, translated

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
          - {id: score, from: s, title: Punktwert, unit: P, provenance: inferred, bands: [10, 97.5]}
          - {id: colour, from: c, title: Farbe, type: choice, values: {R: rot, B: blau}, optional: true}
""",
    "r.yaml",
)


def seen(member: int, variable: str, value: float | str) -> Observation:
    return Observation(f"M{member:08d}", "c", variable, value, "", "observed", 1.0, "top", 0, "r@1", f"D{member}")


def columns(observations: list[Observation]) -> tuple[tuple[object, ...], ...]:
    """As the vault gives them, column by column."""
    rows = [
        (o.member, o.disclosure, o.row, PART.join((o.recipe, o.variable, o.unit, o.provenance)))
        + ((None, o.value) if isinstance(o.value, str) else (o.value, None))
        for o in observations
    ]
    return tuple(zip(*rows, strict=True))


def test_every_word_of_the_pool_is_translated() -> None:
    observations = [seen(m, "score", float(m % 120)) for m in range(240)]
    observations += [seen(m, "colour", "rot" if m % 2 else "blau") for m in range(200)]
    numbers = {observation.member: m for m, observation in enumerate(observations)}
    found = tables([columns(observations)], numbers, 5, [RECIPE]).tables
    summary, bands, colours, present = translated(found, "de")
    assert (present.title, present.columns[0]) == ("Was die Dokumente enthalten", "Angabe")
    assert summary.columns == ("Punktwert", "Menschen", "Mittelwert", "Unteres Quartil", "Median", "Oberes Quartil")
    assert summary.rows[0][0] == "alle"
    assert bands.columns == ("Punktwert", "Menschen")
    assert [row[0] for row in bands.rows][:3] == ["unter 10", "10 bis unter 97,5", "97,5 und mehr"]
    assert [row[0] for row in colours.rows] == ["rot", "blau", "kein Wert", "Menschen"]
    assert [row[1:] for row in summary.rows] == [row[1:] for row in found[0].rows]


LABELLED = """
id: r
title: R
files:
  - format: json
    require: [x]
    rows:
      - each: x
        variables:
          - {id: trade, from: t, title: Sector, type: choice, values: {B: banks, M: mail-order}}
          - {id: score, from: s, title: Score by sector, by: trade, unit: points, provenance: inferred}
          - {id: asked, from: a, title: Asked, type: choice, values: {Y: 'yes', N: 'no', B: banks}}
labels:
  trade:
    de: Branche
    fr: Secteur
    values: {banks: {de: Banken, fr: banques, en: Banks}, mail-order: {de: Versandhandel}}
  score: {de: Score nach Branche, unit: {de: Punkte}}
  asked: {de: Gefragt, values: {banks: {de: von Banken}}}
"""


def test_variables_and_values_have_the_words_of_their_recipe() -> None:
    known = recipe.parse(LABELLED, "r.yaml")
    observations = [seen(m, "trade", ("banks", "mail-order")[m % 2]) for m in range(60)]
    observations += [seen(m, "score", float(m)) for m in range(60)]
    observations += [seen(m, "asked", ("yes", "no", "banks")[m % 3]) for m in range(60)]
    numbers = {f"M{m:08d}": m for m in range(60)}
    wanted = Tables(crosses=(("asked", "trade"),))
    found = tables([columns(observations)], numbers, 5, [known], wanted=wanted)
    told = {(table.variable, table.kind): table for table in translated(found.tables, "de", found.labels)}
    score, trade = told["score", "summary"], told["trade", "distribution"]
    assert (score.title, score.unit, score.columns[0]) == ("Score nach Branche", "Punkte", "Branche")
    assert [row[0] for row in score.rows] == ["Banken", "Versandhandel"]
    assert (trade.title, trade.columns) == ("Branche", ("Branche", "Menschen"))
    assert [row[0] for row in told["presence", "presence"].rows] == ["Branche", "Gefragt"]
    [cross] = [table for table in told.values() if table.kind == "cross"]
    assert cross.title == "Gefragt nach Branche"
    assert cross.columns == ("Gefragt", "Banken", "Versandhandel", "Menschen"), "the heading's value is the sector's"
    assert [row[0] for row in cross.rows][:3] == ["ja", "nein", "von Banken"], "the row's is the question's"


def test_without_a_word_in_the_language_the_recipe_s_own_stays() -> None:
    known = recipe.parse(LABELLED, "r.yaml")
    numbers = {f"M{m:08d}": m for m in range(60)}
    found = tables(
        [columns([seen(m, "trade", ("banks", "mail-order")[m % 2]) for m in range(60)])], numbers, 5, [known]
    )
    for language, words in (("fr", ["Secteur", "banques", "mail-order"]), ("en", ["Sector", "Banks", "mail-order"])):
        trade = translated(found.tables, language, found.labels)[0]
        assert [trade.title, *(row[0] for row in trade.rows[:2])] == words
    assert [row[0] for row in found.tables[0].rows[:2]] == ["banks", "mail-order"], "files keep the codes"


def test_in_the_terminal_the_pool_s_own_words_stay() -> None:
    known = recipe.parse(LABELLED.replace("fr: Secteur", "fr: Secteur\n    en: Trade"), "r.yaml")
    observations = [seen(m, "trade", ("banks", "mail-order")[m % 2]) for m in range(60)]
    observations += [seen(m, "asked", ("yes", "no", "banks")[m % 3]) for m in range(60)]
    wanted = Tables(crosses=(("asked", "trade"),), together=("trade",))
    found = tables([columns(observations)], {f"M{m:08d}": m for m in range(60)}, 5, [known], wanted=wanted)
    told = {table.kind: table for table in labelled(found.tables, found.labels)}
    assert told["cross"].title == "Asked, by: Trade"
    assert told["cross"].columns == ("Asked", "Banks", "mail-order", "members")
    assert told["presence"].columns[1] == "members with a document"


def test_a_title_inside_a_title_has_its_word_too() -> None:
    known = recipe.parse(LABELLED, "r.yaml")
    table = PoolTable(
        "trade", "Sector: what stands together", "together", "", "", None, ("Sector", "together with"), (), ""
    )
    [german] = translated([table], "de", by_title([known]))
    assert (german.title, german.columns) == ("Branche: was zusammen vorkommt", ("Branche", "zusammen mit"))
    [terse] = labelled([table], {"Sector": Label({"en": "Trade"})})
    assert (terse.title, terse.columns) == ("Trade: what stands together", ("Trade", "together with"))


@pytest.mark.parametrize("word", ["banks", "under the counter", "not under 10", "one and more things", ""])
def test_other_words_stay(word) -> None:
    assert label("de", word) == word


def test_a_band_that_holds_no_number_stays() -> None:
    assert label("fr", "under age") == "moins de age"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Pay: minimum 14.15 (a law (2026))", "Pay: gemessen am Mindestbetrag von 14,15 (a law (2026))"),
        ("Source: what stands together", "Source: was zusammen vorkommt"),
        ("under 14.15, %", "unter 14,15, %"),
        ("Who returned it", "Von wem es kam"),
        ("members with both", "Menschen mit beidem"),
    ],
)
def test_words_of_the_tables_that_a_campaign_asks_for(word, said) -> None:
    assert label("de", word) == said


def test_who_returned_it_is_translated_within_a_title_too() -> None:
    table = PoolTable(
        "a", "Who returned it, by: Pay", "cross", "", "derived", 9, ("Who returned it",), (("several",),), ""
    )
    (found,) = translated([table], "de")
    assert found.title == texts.text("de", "report.pool.by", what="Von wem es kam", whom="Pay")
    assert found.rows == (("mehrere",),)


def test_who_returned_it_has_the_names_of_the_controllers() -> None:
    couriers = unread("couriers", "Courier, trips", ("velo", "taxi"), ())
    called = origin.names(
        [couriers, unread("any", "Any answer", (), ())], {"velo": "Velo", "taxi": "Taxi AG"}.__getitem__
    )
    rows = (("velo, taxi", 12), ("several", 10), ("Any answer", 11))
    alone = PoolTable(
        "pay-from", "Who returned it", "distribution", "", "derived", 33, ("Who returned it", "members"), rows, ""
    )
    measured = replace(alone, kind="minimum", columns=("Pay", "by"), rows=(("velo, taxi", "Who returned it"),))
    first, second = translated([alone, measured], "de", called)
    assert [row[0] for row in first.rows] == ["Velo, Taxi AG", "mehrere", "Any answer"]
    assert second.rows == (("Velo, Taxi AG", "Von wem es kam"),)


@pytest.mark.parametrize(("word", "said"), [("2026-03", "mars 2026"), ("2026-13", "2026-13"), ("2026", "2026")])
def test_months_are_written_in_words(word, said) -> None:
    assert label("fr", word) == said


def shown(*rows: tuple[str | float | None, ...], kind: str = "distribution") -> list[PoolTable]:
    columns = ("Sector", "members", "mean", "median")[: len(rows[0])]
    return list(translated([PoolTable("s", "Sector", kind, "", "inferred", 25, columns, rows, "")], "en"))


def test_a_list_of_values_that_everybody_has_is_left_out() -> None:
    assert shown(("banks", 25), ("retail", 25), ("members", 25)) == []
    assert shown(("banks", 25), ("retail", 24), ("members", 25))
    assert shown(("banks", 25), ("retail", None), ("members", 25))
    assert shown(("banks", 25), ("members", 25))


def test_a_mean_that_no_line_has_needs_no_column_and_a_hidden_one_keeps_it() -> None:
    assert shown(("all", 25, "", 2.5), kind="summary")[0].rows == (("all", 25, 2.5),)
    assert shown(("all", 25, None, 2.5), kind="summary")[0].rows == (("all", 25, None, 2.5),)
