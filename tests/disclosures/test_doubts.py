"""A value that fits the recipe, and may yet not be what it seems, waits for a person; the others are taken."""

import dataclasses
import io
import json
import re
import zipfile

import pytest
from PIL import Image, ImageDraw
from scanner import pictures

from rightskit.disclosures import recipe, values
from rightskit.disclosures.extract import Extraction, extract
from rightskit.disclosures.line_view import Line, LineView
from rightskit.files.papers import PaperLine, Reader

RECIPE = """\
id: d
title: D
files:
  - format: csv
    require: [Day, Pay]
    rows:
      - count: {id: rows, title: Rows}
        totals: [{id: pay-total, from: Pay, title: Pay, unit: EUR, decimal: comma, range: [0, 5000]}]
        variables:
          - {id: pay, from: Pay, title: Pay, unit: EUR, decimal: comma, range: [0, 999]}
          - {id: month, from: Day, title: Month, type: date, date: ['%d/%m/%y', '%m/%d/%y'], coarsen: month}
"""


def read(returned, *rows: str) -> Extraction:
    content = "\n".join(["Day;Pay", *rows, ""]).encode()
    return extract(returned(content), [recipe.parse(RECIPE, "r.yaml")])


def doubts(found: Extraction) -> list[tuple[str, float | str, str]]:
    assert (found.outcome, found.reason) == ("read", "")
    return [(one.observation.variable, one.observation.value, one.why) for one in found.doubtful]


def test_a_document_without_doubts_leaves_none(returned) -> None:
    found = read(returned, "13/4/24;30,50", "14/4/24;1.000,00 EUR".replace("1.000", "100"))
    assert doubts(found) == []
    assert ("pay", 100.0) in [(one.variable, one.value) for one in found.observations]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("13/4/24;1500,00", ("pay", 1500.0, "range")),
        ("13/4/24;97.50", ("pay", 97.5, "decimal")),
        ("13/4/24;30,00 CHF", ("pay", "", "unit")),
        ("13/4/24;30 $", ("pay", "", "unit")),
        ("3/4/24;30,00", ("month", "", "date")),
    ],
)
def test_what_waits_is_no_observation_and_the_rest_is(row: str, expected, returned) -> None:
    found = read(returned, "13/4/24;20,00", row)
    assert expected in doubts(found)
    sure = [(one.variable, one.row) for one in found.observations]
    assert (expected[0], 2) not in sure
    assert ("pay", 1) in sure
    one = next(one for one in found.doubtful if one.observation.variable == expected[0])
    cell = row.split(";")[expected[0] == "pay"]
    assert cell in one.snippet
    assert one.observation.place == "line 3"


def test_a_sum_over_a_doubtful_row_is_doubtful_and_shows_the_row(returned) -> None:
    found = read(returned, "13/4/24;20,00", "14/4/24;30,00 CHF")
    total = next(one for one in found.doubtful if one.observation.variable == "pay-total")
    assert (total.observation.value, total.why) == ("", "unit")
    assert total.snippet == "line 3: Pay: 30,00 CHF"
    far = read(returned, *["13/4/24;900,00"] * 6)
    assert doubts(far) == [("pay-total", 5400.0, "range")]


def test_where_most_values_are_strange_the_layout_has_changed(returned) -> None:
    found = read(returned, *["13/4/24;97.50"] * 3)
    assert (found.outcome, found.observations, found.doubtful) == ("drift", (), ())
    assert "most values of pay" in found.reason
    assert "97" not in found.reason


def test_a_number_in_a_text_of_json_with_the_other_mark_waits(export, returned, shipped) -> None:
    with zipfile.ZipFile(io.BytesIO(export)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    value = json.loads(files["auskunft/data.json"])
    for score, proposed, why in (("97,38", 97.38, "decimal"), (973.8, 973.8, "range")):
        value["score"]["value"] = score
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in {**files, "auskunft/data.json": json.dumps(value).encode()}.items():
                archive.writestr(name, content)
        found = extract(returned(buffer.getvalue()), shipped)
        assert doubts(found) == [("base-score", proposed, why)]
        assert "base-score" not in {one.variable for one in found.observations}


def test_what_is_hard_to_read_on_a_scan_waits_and_what_is_clear_does_not(sheet, returned, shipped) -> None:
    def scanned(*pages: Image.Image) -> Extraction:
        target = io.BytesIO()
        pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=200, quality=70)
        return extract(dataclasses.replace(returned(target.getvalue()), languages=("de",)), shipped)

    first, second = pictures(sheet)
    clear = scanned(first, second)
    place = next(one.place for one in clear.observations if one.variable == "base-score")
    left, top, right, bottom = (round(int(side) * 200 / 72) for side in place.rpartition("box ")[2].split())
    middle = (top + bottom) // 2
    ImageDraw.Draw(first).line((left + 2 * (right - left) // 3, middle, right, middle), fill=0)  # a stroke of a pen
    smeared = scanned(first, second)
    (doubtful,) = (one for one in smeared.doubtful if one.observation.variable == "base-score")
    assert doubtful.why == "unsure"
    assert "Ihr Basisscore" in doubtful.snippet
    assert doubtful.observation.confidence < 0.85
    assert {one.variable for one in smeared.observations} == {one.variable for one in clear.observations} - {
        "base-score"
    }


LINES = (
    "Auskunft nach Artikel 15 DSGVO",
    "2. Basisscore",
    "Ihr Basisscörer 9,20%",
    "4. Branchenscores",
    "Mit freundlichen Grüßen",
)


@pytest.mark.parametrize(("sure", "found"), [(((0, 3, 0.9),), "Ihr Basisscörer 9,20%"), ((), None)])
def test_a_line_that_a_scan_misread_is_shown_and_in_a_print_it_is_drift(sure, found: str | None) -> None:
    view = LineView(tuple(Line(f"page 1, line {number}", text, sure) for number, text in enumerate(LINES, 1)))
    near = view.nearly(re.compile(r"^Ihr Basisscore: (?P<score>\d{1,3},\d\d) ?%$"))
    assert (near.text if near else None) == found
    assert view.nearly(re.compile(r"^Bonitätsklasse: (?P<class>[1-6])$")) is None


def test_what_should_stand_on_a_scan_once_and_was_misread_waits_without_a_value(sheet, returned, shipped) -> None:
    """As if the print had been scanned, and one line misread."""

    def misread(line: PaperLine) -> PaperLine:
        text = "Ihr Basisscörer 9,20%" if "Ihr Basisscore" in line.text else line.text
        return PaperLine(text, (1, 2, 3, 4), ((0, len(text), 0.9),))

    scanned = tuple(tuple(map(misread, page)) for page in Reader(("de",)).pages(sheet))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "pages", lambda *_: scanned)
        found = extract(returned(sheet), shipped)
    assert doubts(found) == [("base-score", "", "unsure")]
    assert found.doubtful[0].snippet == "Ihr Basisscörer 9,20%"
    assert {"sector-score", "entry-kind"} <= {one.variable for one in found.observations}


def test_a_person_writes_what_the_document_prints_or_what_tables_print(returned) -> None:
    pay, month = recipe.parse(RECIPE, "r.yaml").layouts[0].rules[0].variables
    assert values.corrected(pay, "1.000,50".replace("1.000", "100"), b"") == 100.5
    assert values.corrected(month, "2024-04", b"") == "2024-04"
    assert values.corrected(month, "13/4/24", b"") == "2024-04"
    for variable, text in ((pay, "1500"), (pay, "much"), (pay, ""), (month, "3/4/24"), (month, "April")):
        with pytest.raises(values.UnreadableError):
            values.corrected(variable, text, b"")
    assert values.allowed(pay) == "Write a number from 0 to 999, with comma as decimal mark: 1234,5"
