"""The example campaign is one that rightskit reads, and one whose words we may ship."""

import csv

from rightskit import paths
from rightskit.campaign import config, members_csv
from rightskit.registry import load

FOLDER = paths.shipped("campaigns") / "openschufa"


def test_the_campaign_is_read_against_the_shipped_registry():
    campaign = config.load(FOLDER, load.load([paths.shipped("controllers.yaml")]))
    assert campaign.slug == "openschufa"
    assert campaign.threshold == 10
    assert campaign.organiser.email.endswith(".example.org")
    assert campaign.consent.version == "1"
    assert "jederzeit" in campaign.consent.text
    assert campaign.recipes == ("de-credit-score-sheet", "de-credit-bureau-export")


def test_its_letter_has_the_modules_that_it_asks_for():
    campaign = config.load(FOLDER)
    letter = (paths.shipped("letters") / "de" / "access.md").read_text(encoding="utf-8")
    assert all(f'"{module}" in modules' in letter for module in campaign.requests[0].modules)


def test_the_form_has_columns_that_the_importer_knows():
    with (FOLDER / "members-form.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1
    assert set(rows[0]) <= set(members_csv.COLUMNS)


def test_the_folder_holds_nothing_private():
    assert {path.name for path in FOLDER.iterdir()} == {"campaign.yaml", "README.md", "members-form.csv"}
