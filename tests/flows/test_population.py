"""The people of whom a campaign speaks, beside its members: in the report, the export and a release of the pool."""

import csv
import json
import re

import pytest
from probe_texts import CROWD

SIZE = 40
TERMS = f"""\
{CROWD}threshold: 10
consent: {{version: "1", scopes: [statistics], text: Ich bin einverstanden.}}
questionnaire:
  - {{id: gender, title: Geschlecht, answers: [weiblich, männlich, keine Angabe]}}
population:
  - of: ages
    who: Erwachsene in Musterland
    source: Amt für Beispiele
    year: 2024
    counts: {{18-29: 20, 30-44: 30, 45-59: 25, 60-74: 15, 75+: 10}}
  - of: gender
    who: Erwachsene in Musterland
    source: Amt für Beispiele
    year: 2024
    shares: {{weiblich: 51.5, männlich: 48.5}}
"""
HEAD = "member,given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date,consent_version,consent_scope"


def _send(campaign) -> None:
    """30 are in their twenties, of whom 20 received data, ten in their fifties, who all did; 20 are women, 10 men."""
    rows = [
        f"M{n:08},Qx{n:02}vorn,Qx{n:02}nach,Weg {n},28195,Bremen,DE,q{n}@post.example,{2000 if n < 30 else 1970}-01-01,"
        "2026-02-20,2026-02-20,1,statistics"
        for n in range(SIZE)
    ]
    campaign.crowd(TERMS, [HEAD, *rows])
    campaign("letters", "approve", "--by", "Ada Beispiel")
    campaign("send", "--to", "outbox")
    campaign("posted", "2026-03-02-outbox-1")
    said = ["weiblich"] * 20 + ["männlich"] * 10 + ["keine Angabe"] * 10
    answers = "member,gender\n" + "".join(f"M{n:08},{answer}\n" for n, answer in enumerate(said))
    (campaign.folder / "answers.csv").write_text(answers, encoding="utf-8")
    campaign("data", "questionnaire", campaign.folder / "answers.csv")
    lines = [(one["member"], f"{one['request']},data-received,2026-03-12") for one in campaign.json("status")]
    came = [line for member, line in lines if 10 <= int(member[1:]) < SIZE]
    (campaign.folder / "log.csv").write_text("request,event,date\n" + "\n".join(came) + "\n", encoding="utf-8")
    campaign.on("2026-03-13")("log", "--from", campaign.folder / "log.csv")


@pytest.fixture
def asked(at):
    return at("population", "founded", _send).on("2026-03-20")


def words(campaign) -> str:
    campaign("report", "--lang", "en")
    page = (campaign.folder / "report.html").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"(?s)<style>.*?</style>|<[^>]+>", " ", page))


def test_the_report_sets_ages_and_answers_beside_the_population(asked) -> None:
    page = words(asked)
    assert page.count("For comparison: Erwachsene in Musterland, 2024. Source: Amt für Beispiele.") == 2
    assert page.count("the members are no sample of it") == 1
    assert re.search(r"18 to 29 20\.0% 30 75\.0% \+55\.0.points 30 75\.0% \+55\.0.points", page)
    assert re.search(r"45 to 59 25\.0% 10 25\.0% ±0\.0.points", page)
    assert re.search(r"18 to 29 .* 20 66\.7% \+46\.7.points 45 to 59", page)
    assert re.search(r"weiblich 51\.5% 20 66\.7% \+15\.2.points", page)
    assert re.search(r"männlich 48\.5% 10 33\.3% −15\.2.points keine Angabe 10 ", page)


def test_the_export_has_the_differences_and_the_populations_figures(asked) -> None:
    asked("export", asked.folder / "data")
    with (asked.folder / "data" / "tables" / "ages.csv").open(encoding="utf-8", newline="") as stream:
        ages = {line["ages"]: line for line in csv.DictReader(stream)}
    assert ages["18-29"]["population_share"] == "0.2"
    assert ages["18-29"]["joined_difference"] == ages["18-29"]["complete_difference"] == "0.55"
    assert [ages["18-29"][name] for name in ("delivered", "delivered_share", "delivered_difference")] == [
        *("20", "0.6667", "0.4667")
    ]
    with (asked.folder / "data" / "tables" / "population.csv").open(encoding="utf-8", newline="") as stream:
        margins = [(line["of"], line["value"], line["share"], line["year"]) for line in csv.DictReader(stream)]
    assert ("ages", "75+", "0.1", "2024") in margins
    assert ("gender", "weiblich", "0.515", "2024") in margins
    assert len(margins) == 7
    with (asked.folder / "data" / "tables" / "answers.csv").open(encoding="utf-8", newline="") as stream:
        said = [(line["answer"], line["members"], line["share"], line["difference"]) for line in csv.DictReader(stream)]
    assert said == [
        ("weiblich", "20", "0.6667", "0.1517"),
        ("männlich", "10", "0.3333", "-0.1517"),
        ("keine Angabe", "10", "", ""),
    ]
    entry = asked.json("pool", "ledger")[0]
    assert (entry["kind"], entry["members"]) == ("export", 40)
    asked.on("2026-04-01")("export", "--again", "R1", asked.folder / "again")
    assert (asked.folder / "again" / "datapackage.json").read_bytes() == (
        asked.folder / "data" / "datapackage.json"
    ).read_bytes()


def test_a_release_of_the_pool_names_the_population_in_its_manifest(asked) -> None:
    asked("pool", "release", asked.folder / "tables")
    manifest = json.loads((asked.folder / "tables" / "manifest.json").read_text(encoding="utf-8"))
    assert [(one["of"], one["who"], one["year"]) for one in manifest["population"]] == [
        ("ages", "Erwachsene in Musterland", 2024),
        ("gender", "Erwachsene in Musterland", 2024),
    ]


def test_an_answer_that_one_changed_is_told_neither_here_nor_in_the_pools_table(asked) -> None:
    """A woman says that she is a man: nobody may read from two pages that one did."""
    words(asked)
    path = asked.folder / "answers.csv"
    changed = path.read_text(encoding="utf-8").replace("M00000000,weiblich", "M00000000,männlich")
    path.write_text(changed, encoding="utf-8")
    asked("data", "questionnaire", path)
    page = words(asked)
    assert page.count("For comparison: Erwachsene in Musterland") == 1, "of the ages alone"
    assert "weiblich hidden männlich hidden keine Angabe hidden" in page
    assert "51.5" not in page


def test_a_fault_names_its_line_and_what_to_write(asked) -> None:
    asked.rewrite("campaign.yaml", ("18-29: 20, 30-44: 30", "18-34: 20, 35-44: 30"))
    said = asked("campaign", "check", code=3).output
    assert "divide it, so that each part lies in one of: 18-29, 30-44" in said
