"""The files of an export, from invented requests."""

import csv
import datetime as dt
import io
import json
import random
from dataclasses import replace

import duckdb
import jsonschema
import pytest
import yaml
from frictionless import Package, system

from rightskit import yamlfile
from rightskit.campaign.reuse import CC_BY, LICENCES, Contact
from rightskit.cases.model import Answer
from rightskit.reports.build import build
from rightskit.reports.datatables import Basis, tables
from rightskit.reports.microdata import microdata
from rightskit.reports.package import DESCRIPTOR, About, files
from rightskit.reports.parquet import parquet
from rightskit.reports.quality import Audit

TODAY = dt.date(2026, 6, 30)
OFFICE = Contact("Data office", "data@example.org")
ABOUT = About("R3", "probe", "Was wissen sie?", "Initiative", TODAY, 10, "0.1.0", "ab" * 32, CC_BY, OFFICE)


@pytest.fixture(scope="module")
def requests(case):
    """240 invented requests to three controllers; one has a name that a spreadsheet would take for a formula."""
    rng, rows = random.Random(3), []
    for place, name in enumerate(("Alpha Bureau", "=Beta()", 'Gamma, "Bureau"')):
        for member in range(80):
            outcome = rng.choice([Answer.DATA] * 4 + [Answer.REFUSED] * 2 + [Answer.NONE] * 2)
            days = rng.randint(3, 80)
            told = (
                {"days": days, "since": dt.date(2026, 3, 2) + dt.timedelta(days=days // 2)}
                if outcome is not Answer.NONE
                else {}
            )
            rows.append(
                case(
                    member,
                    name,
                    outcome,
                    **told,
                    reference=f"RK-{place}-{member}",
                    form=rng.choice(["json", "pdf"]),
                    items=frozenset("abcd"),
                    overdue=outcome is Answer.NONE,
                    channel="email",
                    letter="access",
                    language="de",
                )
            )
    return rows


def made(rows) -> tuple:
    data = microdata(rows, today=TODAY, threshold=10, name=lambda reference: reference[::-1])
    report = build("T", "O", rows, None, today=TODAY, language="en", threshold=10)
    found = tables(Basis(report.figures, rows, data, Audit(40, 2), TODAY, 10), report.recruitment, report.pool)
    return data, found, files(ABOUT, data, found)


def test_it_is_a_valid_data_package(requests, tmp_path) -> None:
    _, found, content = made(requests)
    for path, raw in content.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    with system.use_context(trusted=True):
        report = Package(tmp_path / DESCRIPTOR).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])
    described = json.loads(content[DESCRIPTOR])
    assert {one["path"] for one in described["resources"]} == set(content) - {DESCRIPTOR}
    assert {table.name for table in found} >= {
        "funnel",
        "outcomes",
        "facts",
        "controllers",
        "times",
        "at_risk",
        "incidence",
        "quality",
        "by_controller",
    }
    none_here = {"decisions", "measures", "members", "ages", "population"}
    assert {table.name for table in found if not table.rows} == none_here


def test_the_same_rows_give_the_same_bytes(requests) -> None:
    assert made(requests)[2] == made(list(requests))[2]


def test_parquet_holds_what_the_csv_holds(requests, tmp_path) -> None:
    data, _, content = made(requests)
    (tmp_path / "r.parquet").write_bytes(content["requests.parquet"])
    rows = duckdb.sql(f"SELECT * FROM read_parquet('{tmp_path}/r.parquet')")
    assert tuple(rows.columns) == data.columns
    listed = list(csv.reader(io.StringIO(content["requests.csv"].decode())))
    assert [list(row) for row in rows.fetchall()] == listed[1:]
    assert parquet(content["requests.csv"]) == content["requests.parquet"]


def test_no_cell_is_a_formula(requests) -> None:
    for path, raw in made(requests)[2].items():
        if path.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(raw.decode())) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))], path


def test_the_tables_say_what_the_figures_say(requests) -> None:
    found = {table.name: table for table in made(requests)[1]}
    out = next(row for row in found["funnel"].rows if row[0] == "out")
    assert out[1] == 240
    assert sum(row[1] for row in found["outcomes"].rows) == 240
    final = [row for row in found["times"].rows if row[0] == "final"]
    assert final[-1][2] > final[1][2] > 0
    assert all(row[5] is not None and row[5] >= row[2] - 0.01 for row in final), "answers of unknown day came earlier"
    last = {row[0]: row[2] for row in found["incidence"].rows}
    assert set(last) == {"data", "refused"}
    assert sum(last.values()) == pytest.approx(final[-1][2], abs=0.03)
    quality = {row[0]: row for row in found["quality"].rows}
    assert quality["machine_error"][1:3] == (40, 0.05)
    assert quality["completeness"][2] == 4.0
    names = [row[0] for row in found["controllers"].rows]
    assert sorted(names) == sorted({row.request.controller for row in requests})
    assert all(row[-3] is None or row[-2] <= row[-3] <= row[-1] for row in found["controllers"].rows)


@pytest.mark.parametrize("licence", LICENCES.values(), ids=LICENCES)
def test_every_file_that_names_a_licence_names_that_of_the_campaign(requests, licence) -> None:
    data, found, _ = made(requests)
    content = files(replace(ABOUT, licence=licence), data, found)
    assert json.loads(content[DESCRIPTOR])["licenses"] == [
        {"name": licence.id, "title": licence.title, "path": licence.url}
    ]
    assert yamlfile.parse(content["CITATION.cff"].decode(), "CITATION.cff").text("license") == licence.id
    assert all(licence.url in content[name].decode() for name in ("README.md", "LICENCE.md"))


# The keys that we use of the Citation File Format 1.2.0 (github.com/citation-file-format, guide for 1.2.0): what is
# required, what kind of thing stands where, and nothing besides.
CITATION = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": {"type": "string", "minLength": 1},
        "type": {"enum": ["dataset", "software"]},
        "title": {"type": "string", "minLength": 1},
        "abstract": {"type": "string", "minLength": 1},
        "keywords": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string", "minLength": 1}},
        "authors": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"$ref": "#/$defs/entity"}},
        "contact": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"$ref": "#/$defs/entity"}},
        "version": {"type": "string", "minLength": 1},
        "date-released": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "license": {"enum": list(LICENCES)},
    },
    "$defs": {
        "entity": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "email": {"type": "string", "pattern": r"^[\S]+@[\S]+\.[\S]{2,}$"},
                "website": {"type": "string", "pattern": "^https?://.+"},
            },
        }
    },
}


@pytest.mark.parametrize("licence", LICENCES.values(), ids=LICENCES)
def test_the_citation_is_of_the_form_that_programs_read(requests, licence) -> None:
    data, found, _ = made(requests)
    about = replace(ABOUT, licence=licence, web="https://initiative.example.org")
    cited = yaml.safe_load(files(about, data, found)["CITATION.cff"])
    jsonschema.validate(cited, CITATION)
    assert cited["license"] == licence.id
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({name: told for name, told in cited.items() if name != "authors"}, CITATION)


def test_citation_and_provenance_name_the_release(requests) -> None:
    content = made(requests)[2]
    cited = yamlfile.parse(content["CITATION.cff"].decode(), "CITATION.cff")
    assert cited.text("version") == "R3"
    told = json.loads(content["provenance.json"])
    assert (told["ledger"], told["campaign_yaml_sha256"], told["k"] >= 10) == ("R3", "ab" * 32, True)
