"""Returned documents become the observations that their golden files list, or a reason why not."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from rightskit.disclosures import recipe
from rightskit.disclosures.extract import extract
from rightskit.disclosures.model import Observation
from rightskit.simulation import documents
from rightskit.simulation.documents import score_sheet_pdf

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
COLUMNS = ("variable", "value", "unit", "provenance", "place", "row")


def lines(observations: tuple[Observation, ...]) -> list[list[str]]:
    """As golden files hold them; on which line of a page a row stands depends on the machine's fonts."""
    rows = [[str(getattr(observation, column)) for column in COLUMNS] for observation in observations]
    return [[re.sub(r"^(page \d+), line \d+$", r"\1", cell) for cell in row] for row in rows]


@pytest.mark.parametrize("name", ["de-credit-score-sheet", "de-credit-bureau-export"])
def test_a_sample_gives_its_golden_observations(name: str, sheet, export, returned, shipped) -> None:
    found = extract(returned(sheet if name.endswith("sheet") else export), shipped)
    golden = list(csv.reader((SAMPLES / f"{name}.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"))[1:]
    assert (found.outcome, found.reason, found.recipe) == ("read", "", f"{name}@1")
    assert lines(found.observations) == golden
    assert {(o.member, o.controller) for o in found.observations} == {("M7K3MQ2XP", "nordlicht")}


def test_no_person_leaves_the_document(sheet, export, returned, shipped) -> None:
    for content in (sheet, export):
        told = repr(extract(returned(content), shipped).observations)
        for secret in ("Zyxwvu", "Beispiel", "28195", "1980", "02-29", "2019-05", "11-30", "RK-7K3M", "Kreditwerk"):
            assert secret not in told


def test_a_document_without_entries_is_read_and_says_none(subject, file, returned, shipped) -> None:
    bare = documents.CreditFile(file.base_score, file.scores, file.scored, (), ())
    options = {"bureau": "B", "reference": "RK-7K3M-Q2XP", "on": file.scored}
    for content in (
        score_sheet_pdf(subject, bare, address="A", **options),
        documents.export_zip(subject, bare, **options),
    ):
        found = extract(returned(content), shipped)
        counts = {o.variable: o.value for o in found.observations if o.variable.endswith("-count")}
        assert (found.outcome, counts) == ("read", {"entry-count": 0.0, "enquiry-count": 0.0})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<th>Scorewert</th>", "<th>Punkte</th>"),
        ("4. Branchenscores", "4. Scores nach Branche"),
        ("<td>Banken</td>", "<td>Großbanken</td>"),
        ("<td>9612</td>", "<td>9.612,5</td>"),
        ("<td>B</td>", "<td>B+</td>"),
        ("<td>sehr geringes Risiko</td>", "<td>kaum Risiko</td>"),
        ("<td>12.345,60 EUR</td>", "<td>12.345,60 CHF</td>"),
        ("Anzahl der Einträge: 2", "Anzahl der Einträge: 3"),
        ("<h2>5. ", "<p>Erläuterung: die Werte sind gerundet</p><h2>5. "),
        ("<td>30.11.2023</td>", "<td>31.11.2023</td>"),
        ("<p>Ende der Auskunft</p>", "<h2>6. Anfragen der letzten zwölf Monate</h2><p>Ende der Auskunft</p>"),
    ],
)
def test_a_changed_sheet_is_drift_and_nothing_is_taken(  # noqa: PLR0913, PLR0917 (fixtures)
    old: str, new: str, subject, file, returned, shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = documents._sheet_page
    assert old in original(file)
    monkeypatch.setattr(documents, "_sheet_page", lambda file: original(file).replace(old, new))
    content = score_sheet_pdf(subject, file, bureau="B", address="A", reference="RK-7K3M-Q2XP", on=file.scored)
    found = extract(returned(content), shipped)
    assert (found.outcome, found.observations, found.recipe) == ("drift", (), "de-credit-score-sheet@1")
    assert found.reason
    assert not any(word in found.reason for word in ("Zyxwvu", "9.612", "Großbanken", "CHF"))


def test_a_second_base_score_is_not_guessed_at(subject, file, returned, shipped) -> None:
    teller = documents.Subject(
        "Ihr Basisscore: 12,00 %", subject.birthdate, "Ihr Basisscore: 12,00 %", subject.postal_code, subject.city
    )
    content = score_sheet_pdf(teller, file, bureau="B", address="A", reference="RK-7K3M-Q2XP", on=file.scored)
    assert extract(returned(content), shipped).outcome == "drift"


def rezipped(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            changed = changes.get(name.rpartition("/")[2], old.read(name))
            if changed is not None:
                new.writestr(name, changed)
    return buffer.getvalue()


def data(export: bytes) -> dict:
    return json.loads(zipfile.ZipFile(io.BytesIO(export)).read("auskunft/data.json"))


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value["score"].update(value=True),
        lambda value: value["score"].update(value=None),
        lambda value: value["score"].update(scale="points"),
        lambda value: value["score"].pop("calculatedAt"),
        lambda value: value.update(schema="auskunft-export/3"),
        lambda value: value.update(entries={}),
        lambda value: value["entries"][0].update(type="Zyxwvu"),
        lambda value: value["entries"][0].update(creditor="Zyxwvu Bank"),
        lambda value: value["entries"][0].update(reportedAt="02.05.2019"),
    ],
)
def test_a_changed_export_is_drift_and_nothing_is_taken(change, export, returned, shipped) -> None:
    value = data(export)
    change(value)
    content = rezipped(export, {"data.json": json.dumps(value).encode()})
    found = extract(returned(content), shipped)
    assert (found.outcome, found.observations, found.recipe) == ("drift", (), "de-credit-bureau-export@1")
    assert "Zyxwvu" not in found.reason


def test_a_missing_file_or_column_is_drift(export, returned, shipped) -> None:
    for changes in ({"data.json": None}, {"enquiries.csv": None}, {"enquiries.csv": b"Datum;Firma;Anlass\r\n"}):
        assert extract(returned(rezipped(export, changes)), shipped).outcome == "drift"


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (b"", "no-recipe"),
        (b"Guten Tag", "no-recipe"),
        (b'{"other": "layout"}', "no-recipe"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "broken"),
        (b"%PDF-1.7 nonsense", "broken"),
        (b"PK\x03\x04 nonsense", "broken"),
        (b'{"score": ', "broken"),
    ],
)
def test_what_no_recipe_knows_and_what_is_damaged_are_told_apart(content, outcome, returned, shipped) -> None:
    found = extract(returned(content), shipped)
    assert (found.outcome, found.observations) == (outcome, ())
    assert found.reason.endswith(".")


def test_a_bomb_inside_is_a_reason_not_a_crash(export, returned, shipped) -> None:
    found = extract(returned(rezipped(export, {"data.json": b"[" * 300_000})), shipped)
    assert (found.outcome, found.observations) == ("broken", ())


def pdf(body: str) -> bytes:
    import weasyprint

    content: bytes = weasyprint.HTML(string=body).write_pdf()
    return content


def test_a_letter_about_an_enclosure_a_scan_and_another_letter(returned, shipped) -> None:
    letter = pdf("<p>Guten Tag,</p><p>Ihre Auskunft finden Sie beigefügt.</p>")
    assert extract(returned(letter), shipped).outcome == "cover-letter"
    scan = extract(returned(pdf("<p style='width: 9cm; height: 9cm; background: grey'>")), shipped)
    assert (scan.outcome, "scan" in scan.reason) == ("no-recipe", True)
    assert extract(returned(pdf("<p>Wir haben Ihre Anfrage erhalten.</p>")), shipped).outcome == "no-recipe"


def test_two_recipes_that_claim_one_file_are_a_conflict(sheet, returned, shipped) -> None:
    text = (Path(__file__).parents[2] / "recipes" / "de-credit-score-sheet.yaml").read_text(encoding="utf-8")
    twin = recipe.parse(text.replace("id: de-credit-score-sheet", "id: twin"), "twin.yaml")
    found = extract(returned(sheet), [*shipped, twin])
    assert (found.outcome, found.observations) == ("conflict", ())
    assert "twin@1" in found.reason
    other = recipe.parse(text.replace("controllers: []", "controllers: [another]").replace("id: de-", "id: x-"), "x")
    assert extract(returned(sheet), [*shipped, other]).outcome == "read"


def of_one_file(name: str, variable: str) -> recipe.Recipe:
    text = f"""
id: {name}
title: One file
files:
  - format: json
    names: ["*{name}.json"]
    require: ["entries[].value"]
    rows:
      - each: entries[]
        variables: [{{id: {variable}, from: value, title: Value}}]
"""
    return recipe.parse(text, f"{name}.yaml")


def test_two_recipes_that_read_different_files_of_an_archive_both_read(returned) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a/first.json", '{"entries": [{"value": 1}, {"value": 2}]}')
        archive.writestr("b/second.json", '{"entries": [{"value": 3}]}')
    both = [of_one_file("first", "one"), of_one_file("second", "two")]
    found = extract(returned(buffer.getvalue()), both)
    assert (found.outcome, found.recipe) == ("read", "first@1, second@1")
    read = [(o.recipe, o.variable, o.value, o.row) for o in found.observations]
    assert read == [("first@1", "one", 1.0, 1), ("first@1", "one", 2.0, 2), ("second@1", "two", 3.0, 3)]


def test_a_third_recipe_for_one_of_the_files_is_a_conflict_of_these_two_alone(returned) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("first.json", '{"entries": [{"value": 1}]}')
        archive.writestr("second.json", '{"entries": [{"value": 3}]}')
        archive.writestr("new-second.json", '{"entries": [{"value": 3}]}')
    three = [of_one_file("first", "one"), of_one_file("second", "two"), of_one_file("new-second", "three")]
    found = extract(returned(buffer.getvalue()), three)
    assert (found.outcome, found.observations) == ("conflict", ())
    assert found.reason == "Several recipes claim the same file: second@1, new-second@1."


def test_where_one_of_two_recipes_cannot_read_its_file_nothing_is_taken(returned) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("first.json", '{"entries": [{"value": 1}]}')
        archive.writestr("second.json", '{"entries": [{"value": "Zyxwvu"}]}')
    found = extract(returned(buffer.getvalue()), [of_one_file("first", "one"), of_one_file("second", "two")])
    assert (found.outcome, found.observations, found.recipe) == ("drift", (), "second@1")
    assert "Zyxwvu" not in found.reason
