"""``data funnel``, and the same table in a release: how far what a controller returned came."""

import csv
import hashlib
import io
import json

import pytest
from sqlalchemy import select

from rightskit.disclosures.model import Disclosure
from rightskit.vault import disclosures, ledger, requests

CAMPAIGN = """\
slug: probe
title: Was wissen sie?
organiser: {name: Initiative Mitmachen, email: hallo@mitmachen.example}
ways: [own-name]
account: campaign
requests:
  - rights: [access]
    controllers: [suedstern]
consent: {version: "1", scopes: [statistics], text: Ja.}
recipes: [probe-file]
threshold: 3
"""
RECIPE = """\
id: probe-file
title: The file of a shop
right: access
files:
  - format: json
    require: [colour]
    rows:
      - once: true
        variables:
          - {id: colour, from: colour, title: Colour, provenance: observed, type: choice, values: {R: red, G: green}}
"""
HEAD = "member,given_name,family_name,street,postal_code,city,country,email,mandate_date,receive_date,consent_version,consent_scope"
SIZE = 16
DISAGREED = (3, 4, 5)


def member(number: int) -> str:
    agreed = "," if number in DISAGREED else "1,statistics"
    who = f"M{number:08},Person{number},Beispiel,Weg {number},28195,Bremen,DE,p{number}@post.example"
    return f"{who},2026-02-20,2026-02-20,{agreed}"


def returned(campaign, numbers, content: dict[str, str]) -> None:
    """A file for each of them, and all that came is read."""
    with campaign.vault().write() as connection:
        for number in numbers:
            (one,) = requests.of_member(connection, f"M{number:08}")
            raw = json.dumps(content | {"for": number}).encode()
            key = hashlib.sha256(raw).hexdigest()
            document = Disclosure(key, one.reference, one.member, "suedstern", "file.json", "application/json", raw)
            disclosures.add(connection, document)
    campaign("data", "extract")


def _gather(campaign) -> None:
    """Three have a file of another layout, eleven one that is read, and three of these did not agree to the pool."""
    (campaign.folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (campaign.folder / "recipes").mkdir()
    (campaign.folder / "recipes" / "probe-file.yaml").write_text(RECIPE, encoding="utf-8")
    rows = "\n".join([HEAD, *map(member, range(SIZE))])
    (campaign.folder / "all.csv").write_text(rows + "\n", encoding="utf-8")
    campaign("members", "import", campaign.folder / "all.csv")
    campaign("plan")
    returned(campaign, range(3), {"size": "L"})
    returned(campaign, range(3, 14), {"colour": "R"})


@pytest.fixture
def came(at):
    return at("came", "founded", _gather).on("2026-03-20")


def funnel(folder) -> list[list[str]]:
    (path,) = (folder / "tables").glob("*-funnel-funnel.csv")
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_organiser_sees_people_at_each_step(came) -> None:
    expected = {"received": 14, "opened": 14, "recognised": 11, "read": 11, "values": 11}
    expected |= {"accepted": 11, "consented": 8, "pooled": 8}
    assert came.json("data", "funnel") == [{"controller": "Südstern Versand AG", **expected}]
    shown = came("data", "funnel").stdout.splitlines()
    assert shown[1].split()[-8:] == list(map(str, expected.values()))


def test_a_release_shows_the_steps_that_tell_of_enough(came) -> None:
    came("pool", "release")
    heads, row = funnel(came.folder / "releases" / "R1")
    assert heads[:3] == ["Controller", "received", "opened"]
    assert row == ["Südstern Versand AG", "14", "14", "11", "11", "11", "11", "8", "8"]
    returned(came, [14], {"size": "L"})
    (line,) = [line for line in came("pool", "show").stdout.splitlines() if line.startswith("Südstern")]
    assert line.split()[-8:] == ["·", "·", "11", "11", "11", "11", "8", "8"]
    assert came.json("data", "funnel")[0]["received"] == 15
    returned(came, [15], {"size": "L"})
    came("members", "withdraw", "M00000006", "--consent")
    found = came.json("data", "funnel")[0]
    assert (found["received"], found["consented"]) == (16, 7)
    assert "No table may leave the house" in came("pool", "release", code=5).output


def test_a_second_release_of_the_same_documents_keeps_nobody_twice(came) -> None:
    came("pool", "release")
    came("report")
    with came.vault().read() as connection:
        counted = connection.execute(select(ledger.release_returned.c.release)).scalars().all()
    assert counted == ["R1"] * 14


def test_who_is_forgotten_leaves_the_ledger_though_they_never_agreed(came) -> None:
    came("pool", "release")
    with came.vault().read() as connection:
        table = ledger.release_returned
        number = connection.execute(select(table.c.number).where(table.c.member == "M00000004")).scalar_one()
    came("members", "forget", "M00000004", "--yes")
    with came.vault().read() as connection:
        (earlier,) = ledger.earlier(connection)
        assert "M00000004" not in connection.execute(select(table.c.member)).scalars().all()
    cells = [held for mark, held in earlier.held.items() if mark.variable == "funnel"]
    assert number.to_bytes(8, "little") not in b"".join(held.members for held in cells)
    assert sum(held.gone for held in cells) == 1
    (line,) = came.json("pool", "ledger")
    assert (line["members"], line["forgotten"]) == (8, 1)
