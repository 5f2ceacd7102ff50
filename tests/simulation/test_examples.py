"""The example campaigns are ones that rightskit reads, and ones whose words we may ship."""

import csv
import re
from pathlib import Path

import pytest

from rightskit import paths
from rightskit.campaign import config, members_csv
from rightskit.disclosures import recipe
from rightskit.flows.recipes import pooled_recipes
from rightskit.registry import load
from rightskit.registry.model import Registry

FOLDERS = sorted(path.parent for path in paths.shipped("campaigns").glob("*/campaign.yaml"))
WITHDRAWN = {"openschufa": "jederzeit", "no-marketing": "jederzeit", "platform-work": "at any time"}
NAMES = {"openschufa", "self-data-territorial", "platform-work", "no-marketing", "forgotten"}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load.load([paths.shipped("controllers.yaml")])


@pytest.fixture(params=FOLDERS, ids=lambda path: path.name)
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_all_five_are_there() -> None:
    assert {path.name for path in FOLDERS} == NAMES


def test_a_campaign_is_read_against_the_shipped_registry(folder, registry) -> None:
    campaign = config.load(folder, registry)
    assert campaign.slug == folder.name
    assert campaign.threshold == 10
    assert campaign.organiser.email.endswith(".example.org")
    assert campaign.organiser.authority in registry.authorities
    assert campaign.consent.version == "1"
    assert WITHDRAWN.get(folder.name, "à tout\n    moment").split()[-1] in campaign.consent.text
    assert campaign.organiser.email in campaign.consent.text
    assert campaign.questionnaire


def test_its_recipes_are_there_and_agree_with_its_questions(folder) -> None:
    campaign = config.load(folder)
    known = pooled_recipes(folder, campaign)
    assert {one.id for one in known} == {*campaign.recipes, "questionnaire"}
    everything = recipe.load([paths.shipped("recipes")])
    asked = {question.id for question in campaign.questionnaire}
    assert not asked & {variable.id for one in everything for variable in one.variables}


def test_its_letters_have_the_modules_that_it_asks_for(folder) -> None:
    campaign = config.load(folder)
    for rule in campaign.requests:
        for language in ("de", "en", "fr"):
            heads = [(paths.shipped("letters") / language / f"{right}.md").read_text("utf-8") for right in rule.rights]
            for module in rule.modules:
                assert any(f'"{module}" in modules' in head for head in heads), (rule.rights, module, language)


def test_the_form_has_columns_that_the_importer_knows(folder) -> None:
    with (folder / "members-form.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1
    assert set(rows[0]) <= set(members_csv.COLUMNS)


def test_the_folder_holds_nothing_private(folder) -> None:
    held = {path.name for path in folder.iterdir()}
    assert held == {"campaign.yaml", "README.md", "members-form.csv", "members-text.md"}


def test_the_text_for_members_promises_what_the_campaign_keeps(folder) -> None:
    text = (folder / "members-text.md").read_text(encoding="utf-8")
    assert re.search(r"\b(ten|zehn|dix)\b", text), "the smallest group"
    assert len(text.split()) > 150
