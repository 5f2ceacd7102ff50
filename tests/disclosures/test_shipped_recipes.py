"""Every shipped recipe: its invented samples give their golden observations, a changed layout is refused.

A sample is a folder under ``tests/samples/disclosures/RECIPE/``: one file stands alone, several are a ZIP; ``.pdf.html``
is printed to PDF, ``.xlsx.json`` (sheet → rows) written as a workbook. ``RECIPE/SAMPLE.csv`` is what must come out.
"""

import csv
import dataclasses
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from workbook import workbook

from rightskit.disclosures.drift import compare
from rightskit.disclosures.extract import Extraction, extract
from rightskit.disclosures.keys import Keys
from rightskit.disclosures.layout import Recipe
from rightskit.disclosures.model import Disclosure
from rightskit.disclosures.skeleton import skeletons

SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
FOLDERS = sorted(path for path in SAMPLES.glob("*/*") if path.is_dir())
MARKER = "Zyxwvu"
KEYS = Keys("sample", b"of an invented vault")
COLUMNS = ("variable", "value", "unit", "provenance", "confidence", "place", "row")

Change = Callable[[str, str], str]
"""Path inside the sample and its text → the changed text."""


def pdf(text: str) -> bytes:
    import weasyprint

    printed: bytes = weasyprint.HTML(string=text).write_pdf()
    return printed


def files_of(folder: Path, change: Change) -> dict[str, bytes]:
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        text = change(name, path.read_text(encoding="utf-8"))
        if name.endswith(".pdf.html"):
            found[name.removesuffix(".html")] = pdf(text)
        elif name.endswith(".xlsx.json"):
            found[name.removesuffix(".json")] = workbook(json.loads(text))
        else:
            found[name] = text.encode()
    return found


def packed(files: dict[str, bytes]) -> bytes:
    if len(files) == 1:
        return next(iter(files.values()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def opened(shipped: tuple[Recipe, ...], returned: Callable[[bytes], Disclosure]) -> Callable[..., Extraction]:
    """What comes out of a sample, changed or not, when it arrives from a controller that returns it."""

    def read(folder: Path, change: Change = lambda _, text: text) -> Extraction:
        recipe = next(one for one in shipped if one.id == folder.parent.name)
        document = returned(packed(files_of(folder, change)))
        if recipe.controllers:
            document = dataclasses.replace(document, controller=recipe.controllers[0])
        return extract(document, shipped, KEYS)

    return read


def printed(found: Extraction) -> list[list[str]]:
    rows = [[str(getattr(one, column)) for column in COLUMNS] for one in found.observations]
    return [[re.sub(r"^(page \d+), line \d+$", r"\1", cell) for cell in row] for row in rows]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_gives_its_golden_observations_and_nobody_leaves_it(folder: Path, opened) -> None:
    found = opened(folder)
    golden = csv.reader(folder.with_suffix(".csv").read_text(encoding="utf-8").splitlines(), delimiter=";")
    assert (found.outcome, found.reason, found.recipe) == ("read", "", f"{folder.parent.name}@1")
    assert printed(found) == [*golden][1:]
    told = repr(found)
    for person in (MARKER, "Beispiel", "1912345678", "GI123456", "192.0.2.7"):
        assert person not in told
    assert not re.search(r"\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4}", told), "a whole date left the document"


def test_every_sample_names_somebody_and_every_recipe_has_samples(shipped) -> None:
    for folder in FOLDERS:
        told = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())
        assert MARKER in told or "1912345678" in told, folder
    older = {"de-credit-score-sheet", "de-credit-bureau-export"}  # made by the simulation: test_extract
    assert {folder.parent.name for folder in FOLDERS} | older == {one.id for one in shipped}


DRIFT = {
    "spotify/account": ('"msPlayed"', '"msplayed"'),
    "spotify/extended": ("2022-06-17T19:53:06Z", "17/06/2022 19:53"),
    "netflix/one-profile": ("Supplemental Video Type", "Extra Type"),
    "netflix/family": ("Gross Sale Amt", "Gross Amount"),
    "netflix/list": ("13.2.24", "13. Februar 2024"),
    "google-takeout/english": ('"distance": 4200', '"distance": "4200 +/- 5"'),
    "google-takeout/german": ('"timestampMs"', '"time"'),
    "google-takeout/french": ('"header"', '"entete"'),
    "google-takeout/phone": ('"topCandidate": {', '"candidates": {'),
    "google-takeout/english-pages": ("header-cell", "heading-cell"),
    "google-takeout/german-pages": (".2024, ", "-2024, "),
    "google-takeout/french-pages": (" mars ", " ventôse "),
    "facebook/layout-2019": ('"timestamp": 1583000000', '"timestamp": "March 2020"'),
    "facebook/layout-2022": ('"has_data_file_custom_audience"', '"has_list"'),
    "instagram/layout-2020": ("2020-03-01T10:00:00+00:00", "vor zwei Tagen"),
    "instagram/layout-2022": ('"Time"', '"Zeitpunkt"'),
    "uber-driver/semicolons": ("minutes_on_trip", "minutes_in_trip"),
    "uber-driver/commas": ("trip_duration_seconds", "trip_duration_minutes"),
    "deliveroo-rider/english": ("Hours worked", "Hours online"),
    "deliveroo-rider/french": ("2,5;6;30,00", "2 h 30;6;30,00"),
    "enedis-linky/preamble": (";Consommation;", ";Production;"),
    "enedis-linky/long": ("Valeur;", "Mesure;"),
    "enedis-linky/days": ("Consommation Quotidienne", "Production Quotidienne"),
    "grdf-gas/workbook": ("Energie consommée (kWh)", "Energie (kWh PCS)"),
    "grdf-gas/table": ("1.120,5", "etwa 1.120,5"),
    "de-credit-short-sheet/plain": ("Anzahl der Einträge: 2", "Anzahl der Einträge: 3"),
    "de-credit-class-letter/plain": ("vertragsgemäß", "vorbildlich"),
    "de-credit-portal-page/plain": ("<th>Stand</th>", "<th>Datum</th>"),
}


@pytest.mark.parametrize("name", DRIFT)
def test_a_changed_layout_is_drift_and_nothing_is_taken(name: str, opened) -> None:
    old, new = DRIFT[name]
    seen = []

    def change(_: str, text: str) -> str:
        seen.append(old in text)
        return text.replace(old, new)

    found = opened(SAMPLES / name, change)
    assert any(seen)
    assert (found.outcome, found.observations, found.recipe) == ("drift", (), f"{name.partition('/')[0]}@1")
    assert found.reason
    assert MARKER not in found.reason


def test_every_sample_has_a_drifted_form() -> None:
    general = {"art15-answer"}  # Words without a layout cannot drift: see below.
    assert {f"{path.parent.name}/{path.name}" for path in FOLDERS if path.parent.name not in general} == set(DRIFT)


def test_a_letter_that_is_no_answer_under_art_15_is_no_such_answer(opened) -> None:
    found = opened(SAMPLES / "art15-answer" / "english", lambda _, text: text.replace("Article 15", "Article 17"))
    assert (found.outcome, found.observations) == ("no-recipe", ())


def test_an_answer_that_encloses_more_is_read_and_a_mere_cover_letter_is_not(opened) -> None:
    folder = SAMPLES / "art15-answer" / "german"
    found = opened(folder, lambda _, text: text.replace("teilen wir mit", "teilen wir mit (Kopie der Daten anbei)"))
    assert (found.outcome, found.recipe) == ("read", "art15-answer@1")
    cover = opened(folder, lambda *_: "<p>Anbei erhalten Sie Ihre Auskunft nach Art. 15 DSGVO.</p>")
    assert (cover.outcome, cover.observations) == ("cover-letter", ())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_skeleton_of_a_sample_fits_its_recipe(folder: Path, shipped) -> None:
    recipe = next(one for one in shipped if one.id == folder.parent.name)
    seen = skeletons(packed(files_of(folder, lambda _, text: text)), shipped)
    near = compare(seen, [recipe])
    assert near
    assert any(one.fits for one in near), near


@pytest.mark.parametrize("kind", ["html", "json"])
def test_a_watch_history_alone_is_read_as_activity_for_no_name_tells_them_apart(kind, opened, tmp_path) -> None:
    """What is counted is right either way; in the archive it is counted apart, for activity tells much of it too."""
    name = {"html": "english-pages", "json": "english"}[kind]
    [source] = (SAMPLES / "google-takeout" / name).rglob(f"watch-history.{kind}")
    alone = tmp_path / "google-takeout" / "alone"
    alone.mkdir(parents=True)
    (alone / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    found = opened(alone)
    assert {one.variable for one in found.observations} == {"activity-year", "activities"}
    assert sum(one.value for one in found.observations if one.variable == "activities") == {"html": 3, "json": 2}[kind]
