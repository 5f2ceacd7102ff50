"""The metadata for portals, read by an RDF parser and held against DCAT-AP 3.0 as SHACL (``shapes/dcat_ap.ttl``)."""

import datetime as dt
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
from babel.core import get_global
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, Graph, Literal, URIRef
from rdflib.namespace import Namespace

from rightskit.campaign.reuse import CC_BY, KINDS, LICENCES, Contact
from rightskit.disclosures.describing import DESCRIPTOR
from rightskit.reports.datatables import DataTable
from rightskit.reports.dcat import COUNTRIES, since
from rightskit.reports.microdata import microdata
from rightskit.reports.package import About, files

# rdflib's own reader of JSON-LD uses what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SPDX = Namespace("http://spdx.org/rdf/terms#")
SHAPES = Path(__file__).parent / "shapes" / "dcat_ap.ttl"
HERE = "https://data.example.org/exports/R3/"
TODAY = dt.date(2026, 6, 30)
ABOUT = About(
    "R3",
    "probe",
    "Was wissen sie?",
    "Initiative",
    TODAY,
    10,
    "0.1.0",
    "ab" * 32,
    CC_BY,
    Contact("Data office", "data@example.org"),
    web="https://initiative.example.org",
    countries=("DE", "FR"),
)


@pytest.fixture(scope="module")
def data(case):
    rows = [case(n, reference=f"RK-{n}", sent=dt.date(2025, 11, 5 + n % 5), channel="email") for n in range(12)]
    return microdata(rows, today=TODAY, threshold=10, name=str)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def graph(content: bytes) -> Graph:
    """As a harvester reads it that found the file at its address."""
    return Graph().parse(data=content.decode(), format="json-ld", publicID=HERE)


def found(told: Graph, shapes: Graph, severity=SH.Violation) -> set[str]:
    """``Agent type`` for each rule that is broken: the shape, and the last word of the property."""
    _, results, _ = pyshacl.validate(told, shacl_graph=shapes, allow_warnings=True)
    broken = set()
    for one in results.subjects(SH.resultSeverity, severity):
        focus, path = results.value(one, SH.focusNode), results.value(one, SH.resultPath)
        kind = told.value(focus, RDF.type) or focus
        broken.add(f"{kind.rpartition('#')[2].rpartition('/')[2]} {str(path).rpartition('#')[2].rpartition('/')[2]}")
    return broken


def test_dcat_ap_finds_nothing_missing_but_what_kind_of_organisation_the_publisher_is(data, shapes) -> None:
    told = graph(files(ABOUT, data, [])["dcat.jsonld"])
    assert found(told, shapes) == set()
    assert found(told, shapes, SH.Warning) == {"Agent type"}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_missing_once_the_campaign_says_what_kind_of_organisation_runs_it(data, shapes, kind) -> None:
    told = graph(files(replace(ABOUT, kind=kind), data, [])["dcat.jsonld"])
    assert found(told, shapes) == found(told, shapes, SH.Warning) == set()
    code = URIRef(f"http://purl.org/adms/publishertype/{KINDS[kind][0]}")
    assert {told.value(one, DCTERMS.type) for one in told.subjects(RDF.type, FOAF.Agent)} == {code}


def test_turtle_that_a_portal_makes_of_it_says_the_same(data, shapes) -> None:
    told = graph(files(ABOUT, data, [])["dcat.jsonld"])
    again = Graph().parse(data=told.serialize(format="turtle"), format="turtle")
    assert again.isomorphic(told)
    assert found(again, shapes) == set()


def test_without_address_and_countries_only_recommended_things_are_missing(data, shapes) -> None:
    told = graph(files(replace(ABOUT, web="example.org", countries=("ZZ",)), data, [])["dcat.jsonld"])
    assert found(told, shapes) == set()
    assert found(told, shapes, SH.Warning) == {"Agent type", "Catalog homepage", "Catalog spatial", "Dataset spatial"}


@pytest.mark.parametrize(
    ("gone", "rule"),
    [
        (DCTERMS.title, "Catalog title"),
        (DCTERMS.description, "Dataset description"),
        (DCTERMS.publisher, "Catalog publisher"),
        (DCAT.accessURL, "Distribution accessURL"),
        (FOAF.name, "Agent name"),
        (SPDX.checksumValue, "Checksum checksumValue"),
    ],
)
def test_the_shapes_miss_what_is_mandatory(data, shapes, gone, rule) -> None:
    told = graph(files(ABOUT, data, [])["dcat.jsonld"])
    told.remove((None, gone, None))
    assert rule in found(told, shapes)


def test_the_shapes_see_an_address_that_is_text_and_a_file_about_nothing(data, shapes) -> None:
    told = graph(files(ABOUT, data, [])["dcat.jsonld"])
    for one in told.subjects(RDF.type, DCAT.Distribution):
        told.set((one, DCAT.accessURL, Literal("requests.csv")))
    assert found(told, shapes) == {"Distribution accessURL"}
    assert len(found(Graph(), shapes)) == 7


def test_each_file_of_data_is_a_distribution_with_its_size_and_sum(data, shapes) -> None:
    table = DataTable("outcomes", "What came", {"outcome": "string", "requests": "integer"}, (("data", 12),))
    content = files(ABOUT, data, [table])
    told = graph(content["dcat.jsonld"])
    assert found(told, shapes) == set()
    addresses = set(told.objects(None, DCAT.downloadURL))
    assert addresses == {URIRef(HERE + path) for path in content if path.endswith((".csv", ".parquet"))}
    assert URIRef(HERE + "tables/outcomes.csv") in addresses
    assert {str(page).removeprefix(HERE) for page in told.objects(None, FOAF.page)} == {
        path for path in content if path.endswith(".md") and path != "LICENCE.md"
    } | {DESCRIPTOR}
    for one in told.subjects(RDF.type, DCAT.Distribution):
        assert str(one).startswith(f"urn:rightskit:{'ab' * 8}:r3:"), "a name that stays"
        raw = content[str(told.value(one, DCAT.downloadURL)).removeprefix(HERE)]
        told_sum = told.value(told.value(one, SPDX.checksum), SPDX.checksumValue)
        assert str(told_sum).lower() == hashlib.sha256(raw).hexdigest()
        assert told.value(one, DCAT.byteSize).toPython() == len(raw)


@pytest.mark.parametrize("licence", LICENCES.values(), ids=LICENCES)
def test_every_licence_of_a_campaign_is_one_that_portals_know(data, shapes, licence) -> None:
    told = graph(files(replace(ABOUT, licence=licence), data, [])["dcat.jsonld"])
    assert set(told.objects(None, DCTERMS.license)) == {URIRef(licence.portal)}
    assert found(told, shapes) == set()


def test_a_portal_in_each_country_finds_its_words(data) -> None:
    told = graph(files(ABOUT, data, [])["dcat.jsonld"])
    for place in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution):
        [*nodes] = told.subjects(RDF.type, place)
        for node in nodes:
            assert {text.language for text in told.objects(node, DCTERMS.description)} == {"de", "en", "fr"}
    words = {str(word) for word in told.objects(None, DCAT.keyword)}
    assert words >= {"DSGVO", "RGPD", "GDPR", "droit d’accès"}
    assert Literal("Anträge nach der DSGVO und was daraus wurde, bis zum 30. Juni 2026.", lang="de") in set(
        told.objects(None, DCTERMS.description)
    )


def test_the_period_begins_with_the_quarter_that_the_rows_tell(data, case) -> None:
    assert since(data) == dt.date(2025, 10, 1)
    told = json.loads(files(ABOUT, data, [])["dcat.jsonld"])["dcat:dataset"][0]["dct:temporal"]
    assert (told["dcat:startDate"], told["dcat:endDate"]) == ("2025-10-01", "2026-06-30")
    mixed = [case(n, reference=f"RK-{n}", sent=dt.date(2025, 1 + n, 1), channel="email") for n in range(12)]
    assert since(microdata(mixed, today=TODAY, threshold=10, name=str)) is None


def test_countries_have_the_three_letters_of_the_standard() -> None:
    """CLDR knows the longer codes as other names of the shorter ones."""
    assert {two: get_global("territory_aliases")[three] for two, three in COUNTRIES.items()} == {
        two: [two] for two in COUNTRIES
    }
