"""A scanned answer gives the observations of the printed one, each as sure as the words that it stands on."""

import dataclasses
from pathlib import Path

import pytest
import weasyprint
from scanner import photo, pictures, scan

from rightskit.disclosures.extract import extract

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
