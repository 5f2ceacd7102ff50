"""Each fault in campaign.yaml is named with its line and what to write instead."""

import datetime as dt
from pathlib import Path

import pytest

from rightskit.campaign import config
from rightskit.campaign.pace import Pace
from rightskit.campaign.reuse import Contact
from rightskit.errors import FaultsError, NotFoundError
from rightskit.registry.model import Controller, Registry
from rightskit.rights import Right

REGISTRY = Registry({"bureau": Controller("bureau", "Example Bureau AG", "DE", categories=("credit-bureau",))})
GOOD = """\
slug: open-files
title: Open files
organiser:
  name: Open Files Initiative
  email: campaign@example.org
requests:
  - rights: [access]
    controllers: [bureau]
threshold: 10
"""


def faults(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    (folder / "campaign.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError) as caught:
        config.load(folder, REGISTRY)
    return [(fault.line, fault.column, fault.suggestion) for fault in caught.value.faults]


def test_a_good_campaign(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text(GOOD, encoding="utf-8")
    campaign = config.load(tmp_path, REGISTRY)
    assert campaign.requests[0].rights == (Right.ACCESS,)
    assert campaign.followups.ask_members
    assert campaign.threshold == 10


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        ("[access]", "[acess]", (7, "rights", "did you mean 'access'?")),
        ("[bureau]", "[buro]", (8, "controllers", "did you mean 'bureau'?")),
        ("[bureau]", "[zzz]", (8, "controllers", "look it up with: rightskit controllers search TEXT")),
        ("threshold: 10", "threshold: 2", (9, "threshold", "write 3 or more")),
        ("threshold: 10", "threshold: ten", (9, "threshold", "write a whole number")),
        ("threshold: 10", "treshold: 10", (9, "treshold", "did you mean 'threshold'?")),
        ("    controllers: [bureau]\n", "", (7, "controllers", "add `controllers: [...]` or `categories: [...]`")),
        ("slug: open-files\n", "", (1, "slug", "add a line `slug: …`")),
        (
            "threshold: 10",
            "    details: {reason: we say so}",
            (9, "reason", "take it out: it is filled in for each letter"),
        ),
        ("threshold: 10", "    details: some", (9, "details", "write a mapping (key: value)")),
        ("threshold: 10", "slug: twice", (9, "slug", "keep one of them")),
        ("threshold: 10", "licence: CC-BY-4", (9, "licence", "did you mean 'CC-BY-4.0'?")),
        ("threshold: 10", "contact: data office", (9, "contact", "write a mapping (key: value)")),
        ("threshold: 10", "contact: {mail: a@b.example}", (9, "mail", "did you mean 'email'?")),
        ("threshold: 10", "contact: {email: data office}", (9, "email", "write one such as data@example.org")),
        ("campaign@example.org", "a@b.example\n  kind: nonprofit", (6, "kind", "did you mean 'non-profit'?")),
        ("threshold: 10", "organiser: me", (9, "organiser", "keep one of them")),
        ("[bureau]", "[bureau", (9, "", "check indentation, quotes and colons on this line")),
    ],
)
def test_faults_have_their_line(tmp_path: Path, wrong: str, right: str, fault: tuple[int, str, str]) -> None:
    assert fault in faults(tmp_path, GOOD.replace(wrong, right))


def test_data_are_published_under_cc_by_by_the_organiser_unless_the_campaign_says_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "campaign.yaml"
    path.write_text(GOOD, encoding="utf-8")
    campaign = config.load(tmp_path, REGISTRY)
    assert campaign.licence.id == "CC-BY-4.0"
    assert campaign.contact == Contact("Open Files Initiative", "campaign@example.org")
    path.write_text(
        f"{GOOD}licence: CC0-1.0\ncontact: {{name: Data office, email: data@example.org}}\n", encoding="utf-8"
    )
    campaign = config.load(tmp_path, REGISTRY)
    assert campaign.licence.url == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert campaign.contact == Contact("Data office", "data@example.org")


TRIAL = """\
    arms: [{name: mail, channel: email}, {name: paper, channel: post}]
  - rights: [erasure]
    controllers: [bureau]
    arms: ARMS
trial: {analysis: plan.md}
"""


def test_the_name_of_an_arm_means_the_same_in_all_rules(tmp_path: Path) -> None:
    text = GOOD.replace("threshold: 10\n", TRIAL)
    other = text.replace("ARMS", "[{name: mail, channel: email}, {name: fast, letter: access}]")
    found = faults(tmp_path, other)
    assert found == [(12, "arms", "give it another name here, or the same arms in both rules")]
    same = text.replace("ARMS", "[{name: mail, channel: email}, {name: paper, channel: post}]")
    (tmp_path / "campaign.yaml").write_text(same, encoding="utf-8")
    assert config.load(tmp_path, REGISTRY).trial


def test_a_category_nobody_has(tmp_path: Path) -> None:
    text = GOOD.replace("controllers: [bureau]", "categories: [credit-buro]")
    assert faults(tmp_path, text) == [(8, "categories", "did you mean 'credit-bureau'?")]


def test_the_nearest_campaign_upwards(tmp_path: Path) -> None:
    inner = tmp_path / "letters" / "de"
    inner.mkdir(parents=True)
    (tmp_path / "campaign.yaml").write_text(GOOD, encoding="utf-8")
    assert config.find(inner) == tmp_path


def test_no_campaign_anywhere(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"There is no campaign\.yaml"):
        config.find(tmp_path)


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("", Pace(per_hour=60)),
        ("pace: 600\n", Pace(per_hour=600)),
        ('pace: {per_minute: 2, per_day: 500, quiet: "20:00-7:30"}\n',
         Pace(per_minute=2, per_day=500, quiet=(dt.time(20), dt.time(7, 30)))),
        ("pace: {quiet: 22:00 – 06:00}\n", Pace(per_hour=60, quiet=(dt.time(22), dt.time(6)))),
        ("pace: {per_recipient: 20}\n", Pace(per_recipient=20)),
    ],
)  # fmt: skip
def test_the_pace_is_a_number_or_several(tmp_path: Path, text: str, pace: Pace) -> None:
    (tmp_path / "campaign.yaml").write_text(GOOD + text, encoding="utf-8")
    assert config.load(tmp_path, REGISTRY).pace == pace


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("pace: 0\n", (10, "pace", "write 1 or more")),
        ("pace: fast\n", (10, "pace", "write a whole number")),
        ("pace: {per_week: 3}\n", (10, "per_week", "use one of: per_day")),
        ('pace: {quiet: "at night"}\n', (10, "quiet", 'write hours such as "20:00-07:00"')),
        ('pace: {quiet: "20:00-25:00"}\n', (10, "quiet", 'write hours such as "20:00-07:00"')),
    ],
)
def test_a_pace_that_makes_no_sense(tmp_path: Path, text: str, fault: tuple[int, str, str]) -> None:
    [(line, column, suggestion)] = faults(tmp_path, GOOD + text)
    assert (line, column) == fault[:2]
    assert suggestion.startswith(fault[2][:12])
