"""A scanned answer gives the observations of the printed one, each as sure as the words that it stands on."""

import dataclasses
from pathlib import Path

import pytest
import weasyprint
from scanner import photo, pictures, scan

from rightskit.disclosures import recipe
from rightskit.disclosures.extract import extract
from rightskit.files.papers import PaperLine, Reader

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"


def values(found) -> list[tuple[str, float | str, int]]:
    return [(one.variable, one.value, one.row) for one in found.observations]


@pytest.fixture
def german(returned):
    return lambda content: dataclasses.replace(returned(content), languages=("de",))


def test_a_scan_gives_what_the_print_gives(sheet, german, shipped) -> None:
    printed, scanned = extract(german(sheet), shipped), extract(german(scan(sheet, turn=180)), shipped)
    assert (scanned.outcome, scanned.reason, scanned.recipe) == ("read", "", printed.recipe)
    assert values(scanned) == values(printed)
    assert {one.confidence for one in printed.observations} == {0.95}
    assert len({one.confidence for one in scanned.observations}) > 3
    assert all(0.3 < one.confidence <= 1 for one in scanned.observations)
    score = next(one for one in scanned.observations if one.variable == "base-score")
    assert score.place.startswith("page 1, line ")
    assert ", box " in score.place


def test_a_photographed_letter_gives_what_the_print_gives_and_asks_where_it_is_unsure(german, shipped) -> None:
    letter = weasyprint.HTML(SAMPLES / "de-credit-class-letter" / "plain" / "selbstauskunft.pdf.html").write_pdf()
    printed, taken = (extract(german(content), shipped) for content in (letter, photo(pictures(letter, dpi=200)[0])))
    assert (taken.outcome, taken.reason, taken.recipe) == ("read", "", "de-credit-class-letter@1")
    sure = set(values(taken))
    waiting = {(one.observation.variable, one.observation.value, one.row) for one in taken.doubtful}
    assert {one.why for one in taken.doubtful} <= {"unsure"}
    assert sure | waiting == set(values(printed))
    assert len(sure) > 3 * len(waiting)


def test_without_tesseract_a_scan_is_told_from_an_unknown_layout(sheet, german, shipped, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = extract(german(scan(sheet)), shipped)
    assert (found.outcome, found.observations) == ("scan", ())
    assert "apt install tesseract-ocr" in found.reason


TABLE = """
id: letter
title: Letter with a table
files:
  - format: pdf
    require: ['^Einträge$', '^Ende$']
    rows:
      - after: '^Einträge$'
        before: '^Ende$'
        {announced}skip: ['^Art  Betrag$']
        line: '^(?P<kind>[A-Za-z]+)  (?P<amount>[0-9]+,[0-9][0-9])$'
        count: {{id: entries, title: Entries}}
        variables:
          - {{id: kind, from: kind, title: Kind, type: choice, values: {{Kredit: credit, Konto: account}}}}
          - {{id: amount, from: amount, title: Amount, decimal: comma}}
"""
ROWS = ["Kredit  10,00", "Konto  1,50", "Kredit  2,00"]
ANNOUNCED = "announced: '^Anzahl: ([0-9]+)$'\n        "


def table_of(rows: list[str], german, monkeypatch, *, announced: int = 0, scanned: bool = True):
    texts = ["Einträge", "Art  Betrag", *rows, *([f"Anzahl: {announced}"] if announced else []), "Ende"]
    page = tuple(
        PaperLine(text, (0, 0, 9, 9), ((0, len(text), 0.95),)) if scanned else PaperLine(text) for text in texts
    )
    monkeypatch.setattr(Reader, "pages", lambda self, content: (page,))
    reads = [recipe.parse(TABLE.format(announced=ANNOUNCED if announced else ""), "letter.yaml")]
    return extract(german(b"%PDF-1.7"), reads)


@pytest.mark.parametrize("announced", [0, 4, 3])
def test_a_row_that_was_misread_waits_for_a_person_and_the_others_are_read(german, monkeypatch, announced: int) -> None:
    """Where the letter announces three, what is left over is no row as it seems: a person sees that too."""
    found = table_of([*ROWS[:2], "Kred1t: 7 OO", ROWS[2]], german, monkeypatch, announced=announced)
    assert found.outcome == "read"
    assert values(found) == [
        ("kind", "credit", 1),
        ("amount", 10.0, 1),
        ("kind", "account", 2),
        ("amount", 1.5, 2),
        ("kind", "credit", 4),
        ("amount", 2.0, 4),
    ]
    assert [
        (one.observation.variable, one.observation.value, one.observation.row, one.why) for one in found.doubtful
    ] == [
        ("entries", 4.0, 0, "unsure"),
        ("kind", "", 3, "unsure"),
        ("amount", "", 3, "unsure"),
    ]
    assert all("Kred1t: 7 OO" in one.snippet for one in found.doubtful)


def test_lines_that_cannot_be_rows_are_drift_all_the_same(german, monkeypatch) -> None:
    strange = "Kred1t: 7 OO"
    assert table_of([*ROWS, strange], german, monkeypatch, scanned=False).outcome == "drift"
    assert table_of([*ROWS, strange, strange], german, monkeypatch).outcome == "drift"
    assert table_of([*ROWS, strange], german, monkeypatch, announced=7).outcome == "drift"
    assert table_of(ROWS, german, monkeypatch, announced=3).doubtful == ()
