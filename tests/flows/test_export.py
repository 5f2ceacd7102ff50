"""``export`` by the command that a person types: refused, written, written again, validated."""

import csv
import hashlib
import json

import pytest
from frictionless import Package, system

from rightskit import __version__

MEMBERS = ("jana", "petra", "zehra", "emre", "tamar")


def answered(run) -> None:
    """Four of five have an answer of suedstern: three got data on paper, one a refusal."""
    for member, kind in zip(MEMBERS, ("data-received", "data-received", "data-received", "refused"), strict=False):
        run.on("2026-03-20")("log", run.request(member, "suedstern"), kind, "--date", "2026-03-18")


@pytest.fixture
def campaign(at):
    return at("answered-by-log", "sent", answered).on("2026-05-04")


def files(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_export_is_a_valid_data_package_that_names_nobody(campaign) -> None:
    done = campaign.json("export")[0]
    folder = campaign.folder / "releases" / "R1"
    assert (done["release"], done["folder"]) == ("R1", str(folder))
    assert done["k"] >= 3
    with system.use_context(trusted=True):
        report = Package(folder / "datapackage.json").validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    for name, content in files(folder).items():
        for word in (b"RK-", b"MJANA", *(member.capitalize().encode() for member in MEMBERS)):
            assert word not in content, name


def test_the_rows_are_those_that_went_out_and_equal_ones_are_of_three_members_at_least(campaign) -> None:
    campaign("export")
    with (campaign.folder / "releases" / "R1" / "requests.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len({row["row"] for row in rows})
    assert {row["controller"] for row in rows} == {"Papierwerk Inkasso KG", "others"}
    looks = [tuple(value for name, value in row.items() if name != "row") for row in rows]
    assert min(looks.count(look) for look in looks) >= 3


def test_the_same_ledger_entry_gives_the_same_bytes_on_another_day(campaign) -> None:
    campaign("export")
    campaign.on("2026-07-01")("export", "--again", "R1", campaign.folder / "copy")
    assert files(campaign.folder / "copy") == files(campaign.folder / "releases" / "R1")
    campaign("export", campaign.folder / "other")
    names = [
        {row.split(",")[0] for row in (folder / "requests.csv").read_text(encoding="utf-8").splitlines()[1:]}
        for folder in (campaign.folder / "copy", campaign.folder / "other")
    ]
    assert not names[0] & names[1]


def test_the_ledger_knows_it_before_anybody_sees_it(campaign) -> None:
    campaign("export")
    digest = hashlib.sha256((campaign.folder / "releases" / "R1" / "datapackage.json").read_bytes()).hexdigest()
    entry = campaign.json("pool", "ledger")[0]
    assert (entry["name"], entry["kind"], entry["sha256"]) == ("R1", "export", digest)


def test_an_export_of_a_changed_campaign_is_not_written_again(campaign) -> None:
    campaign("export")
    path = campaign.folder / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Was wissen sie?", "Was wissen die?"), encoding="utf-8")
    assert "can no longer be made" in campaign("export", "--again", "R1", campaign.folder / "copy", code=5).output
    assert not (campaign.folder / "copy").exists()
    assert "no export R7" in campaign("export", "--again", "R7", code=4).output


def test_below_the_threshold_nothing_leaves_and_the_reason_is_told(campaign) -> None:
    path = campaign.folder / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("threshold: 3", "threshold: 10"), encoding="utf-8")
    said = campaign("export", code=5).output
    assert "5 members" in said
    assert not (campaign.folder / "releases").exists() or not list((campaign.folder / "releases").iterdir())
    assert campaign.json("pool", "ledger") == []


def test_a_folder_that_is_there_is_not_written_over(campaign) -> None:
    (campaign.folder / "mine").mkdir()
    assert "is there already" in campaign("export", campaign.folder / "mine", code=5).output


def test_the_provenance_names_program_campaign_and_ledger(campaign) -> None:
    name = campaign.json("export")[0]["release"]
    told = json.loads((campaign.folder / "releases" / name / "provenance.json").read_text(encoding="utf-8"))
    terms = hashlib.sha256((campaign.folder / "campaign.yaml").read_bytes()).hexdigest()
    assert (told["software"], told["campaign_yaml_sha256"], told["ledger"]) == (f"rightskit {__version__}", terms, name)
    assert [entry["name"] for entry in campaign.json("pool", "ledger")] == [name]
    assert (told["date"], told["threshold"]) == ("2026-05-04", 3)


def test_metadata_for_portals_point_at_the_files_with_their_sums(campaign) -> None:
    campaign("export")
    folder = campaign.folder / "releases" / "R1"
    found = json.loads((folder / "dcat.jsonld").read_text(encoding="utf-8"))
    for one in found["dcat:dataset"][0]["dcat:distribution"]:
        content = (folder / one["dcat:downloadURL"]["@id"]).read_bytes()
        assert one["spdx:checksum"]["spdx:checksumValue"] == hashlib.sha256(content).hexdigest()
        assert one["dcat:byteSize"] == str(len(content))
