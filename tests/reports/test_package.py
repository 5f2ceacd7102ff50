"""The files of an export, from invented requests."""

import csv
import datetime as dt
import io
import json
import random
import re
from dataclasses import replace

import duckdb
import jsonschema
import pytest
import yaml
from frictionless import Package, system

from rightskit import yamlfile
from rightskit.campaign.population import Population
from rightskit.campaign.reuse import CC_BY, LICENCES, Contact
from rightskit.cases.model import Answer
from rightskit.disclosures.describing import DESCRIPTOR
from rightskit.disclosures.tabulation import PoolTable
from rightskit.reports.build import build
from rightskit.reports.codebook import LANGUAGES
from rightskit.reports.datatables import Basis, tables
from rightskit.reports.microdata import TAKEN, microdata
from rightskit.reports.package import About, files
from rightskit.reports.parquet import parquet
from rightskit.reports.quality import Audit
from rightskit.reports.recruitment import Recruitment

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
    none_here = {"decisions", "measures", "members", "ages", "population", "answers", "answer_figures"}
    assert {table.name for table in found if not table.rows} == none_here


def test_the_same_rows_give_the_same_bytes(requests) -> None:
    assert made(requests)[2] == made(list(requests))[2]


def test_parquet_holds_what_the_csv_holds_in_the_types_that_the_package_says(requests, tmp_path) -> None:
    data, _, content = made(requests)
    (tmp_path / "r.parquet").write_bytes(content["requests.parquet"])
    rows = duckdb.sql(f"SELECT * FROM read_parquet('{tmp_path}/r.parquet')")
    assert tuple(rows.columns) == data.columns
    fields = json.loads(content[DESCRIPTOR])["resources"][0]["schema"]["fields"]
    kinds = {"string": "VARCHAR"}
    assert [str(kind) for kind in rows.types] == [kinds[field["type"]] for field in fields]
    listed = list(csv.reader(io.StringIO(content["requests.csv"].decode())))
    assert [list(row) for row in rows.fetchall()] == listed[1:]
    assert parquet(content["requests.csv"]) == content["requests.parquet"]


def test_no_cell_is_a_formula(requests) -> None:
    for path, raw in made(requests)[2].items():
        if path.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(raw.decode())) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))], path
            assert all(re.fullmatch(r"-?[0-9.]+(e[-+][0-9]+)?", cell) for cell in cells if cell.startswith("-")), path


def test_every_csv_is_as_rfc_4180_has_it(requests) -> None:
    """Lines end with CRLF (2.1), all have as many cells (2.4), and only quoted cells hold quotes (2.5 to 2.7)."""
    for path, raw in made(requests)[2].items():
        if path.endswith(".csv"):
            text = raw.decode()
            assert text.endswith("\r\n"), path
            assert "\n" not in text.replace("\r\n", ""), path
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            assert len({len(row) for row in rows}) == 1, path
            assert len(set(rows[0])) == len(rows[0]), path
    assert b'"Gamma, ""Bureau"""' in made(requests)[2]["tables/controllers.csv"]


def test_every_column_of_every_csv_is_told_in_the_package_and_in_the_codebook(requests) -> None:
    """Type, meaning, unit of what counts, levels of what has codes, and what stands for a missing value."""
    _, _, content = made(requests)
    told = {one["path"]: one.get("schema") for one in json.loads(content[DESCRIPTOR])["resources"]}
    listed = [row for row in csv.DictReader(io.StringIO(content["codebook.csv"].decode())) if not row["code"]]
    known = {(row["kind"], row["id"]): row for row in listed}
    for path in (path for path in content if path.endswith(".csv")):
        head = next(csv.reader(io.StringIO(content[path].decode())))
        assert [field["name"] for field in told[path]["fields"]] == head, path
        assert all(field["type"] and field["description"] for field in told[path]["fields"]), path
        assert told[path]["missingValues"] == (["", TAKEN] if path == "requests.csv" else [""])
        for name in head if path != "codebook.csv" else ():
            table = path.removeprefix("tables/").removesuffix(".csv")
            places = [("variables", name)] if path == "requests.csv" else []
            places += [("columns", f"{table}.{name}"), ("columns", name), ("figures", name)]
            entry = next(known[place] for place in places if place in known)
            assert all(entry[f"{what}_{language}"] for what in ("title", "definition") for language in LANGUAGES)
    units = {field["name"]: field.get("unit") for field in told["tables/controllers.csv"]["fields"]}
    assert (units["requests"], units["share"], units["median_days"]) == ("requests", "share", "days")


def test_what_members_answered_stands_beside_the_population_and_is_no_formula(requests) -> None:
    rows = (("=cmd", 30), ("-x", 10), ("no value", None), ("members", 50))
    said = PoolTable("home", "Home", "distribution", "", "provided", 50, ("Home", "members"), rows, "", "2026-06-01")
    heads = ("Rent", "members", "mean", "lower quartile", "median", "upper quartile")
    paid = PoolTable(
        "rent", "Rent", "summary", "EUR", "provided", 50, heads, (("all", 50, 640.5, 400.0, None, 800.0),), ""
    )
    data = made(requests)[0]
    basis = Basis(
        build("T", "O", requests, None, today=TODAY, language="en", threshold=10).figures,
        requests,
        data,
        Audit(0, 0),
        TODAY,
        10,
    )
    known = Population("home", "Everybody", "an office", 2025, {"=cmd": 0.5, "-x": 0.5})
    content = files(ABOUT, data, tables(basis, Recruitment(populations=(known,)), (said, paid)))
    assert content["tables/answers.csv"].decode().splitlines()[1:] == [
        "home,Home,'=cmd,30,0.75,0.5,0.25,50,2026-06-01",
        "home,Home,'-x,10,0.25,0.5,-0.25,50,2026-06-01",
        "home,Home,no value,,,,,50,2026-06-01",
    ]
    assert content["tables/answer_figures.csv"].decode().splitlines()[1:] == [
        "rent,Rent,EUR,50,640.5,400,,800,2026-06-30"
    ]


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
