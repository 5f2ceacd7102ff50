"""``campaign``, ``letters`` and ``demo``, as a person meets them; and where ``-C`` may stand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def test_a_new_campaign_is_ready_to_be_adapted_and_checked(cli, tmp_path: Path) -> None:
    said = cli("campaign", "new", "openschufa", "mine").output
    assert "rightskit -C mine campaign check" in said
    assert "nothing to mend." in cli("-C", "mine", "campaign", "check").output
    assert (tmp_path / "mine" / "campaign.yaml").is_file()


def test_what_is_private_stays_out_of_version_control(cli, tmp_path: Path) -> None:
    cli("campaign", "new", "openschufa", "mine")
    subprocess.run(["git", "init", "-q", tmp_path / "mine"], check=True)
    private = ["vault.db", "vault.db-wal", "outbox/a.eml", "print/b/letters.pdf", "questions/M.eml", "members.csv"]
    public = ["campaign.yaml", "letters/de/access.md", "recipes/own.yaml", "controllers.yaml", "report.html"]
    asked = ["git", "-C", tmp_path / "mine", "check-ignore", "--no-index", *private, *public]
    ignored = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
    assert ignored == private


def test_a_new_campaign_overwrites_nothing(cli, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert "mine is not empty." in cli("campaign", "new", "openschufa", "mine", code=5).output
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_an_unknown_example(cli) -> None:
    said = cli("campaign", "new", "openshufa", code=4).output
    assert "There is no example campaign 'openshufa'." in said
    assert "openschufa" in said.splitlines()[-1]


def test_a_campaign_is_shown(cli, campaign: Path) -> None:
    said = cli("campaign", "show").output
    assert "Was wissen sie? (probe), run by Initiative Mitmachen" in said
    assert "access  nordlicht" in said
    assert "Groups under 10 members are not published." in said


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_folder_may_stand_anywhere_on_the_line(cli, campaign: Path, place: int, monkeypatch) -> None:
    monkeypatch.chdir(campaign.parent)
    words = ["campaign", "show"]
    words[place:place] = ["-C", str(campaign)]
    assert "Initiative Mitmachen" in cli(*words).output


def test_the_nearest_campaign_upwards_is_meant(cli, campaign: Path, monkeypatch) -> None:
    (campaign / "letters" / "de").mkdir(parents=True)
    monkeypatch.chdir(campaign / "letters" / "de")
    assert "Initiative Mitmachen" in cli("campaign", "show").output


def test_a_folder_that_is_no_campaign(cli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "campaign.yaml" in cli("-C", "empty", "campaign", "show", code=4).output


def test_letters_are_listed_with_their_languages(cli) -> None:
    listed = [json.loads(line) for line in cli("letters", "list", "--json").stdout.splitlines()]
    assert all(list(line) == ["letter", "language", "version"] for line in listed)
    pairs = {(line["letter"], line["language"]) for line in listed}
    for letter in ("access", "reminder", "complaint", "ask"):
        assert {(letter, language) for language in ("de", "fr", "en")} <= pairs
    assert "nothing to mend." in cli("letters", "check").output


def test_an_own_letter_wins_over_the_shipped_one(cli, campaign: Path) -> None:
    own = campaign / "letters" / "de"
    own.mkdir(parents=True)
    (own / "access.md").write_text(LETTER, encoding="utf-8")
    assert "Eigene Worte" in cli("letters", "show", "access", "--lang", "de").output
    assert "Eigene Worte" not in cli("letters", "show", "access", "--lang", "fr").output


LETTER = """\
---
letter: access
right: access
article: "15"
version: "7"
subject: "Auskunft"
needs: []
reviewed: false
---
Eigene Worte nach Art. 15 DSGVO.
"""


# What invented controllers answer goes by the references: drawn at random, one campaign in some hundreds sees no form
# letter, and judges nothing.
_DRAWN = """\
from rightskit.campaign import reference
from rightskit.cli.main import main
from rightskit.delivery import message
from tests.servers.lots import Lot

reference.secrets = message.secrets = Lot("demo")
main()
"""


def _demo(folder: Path) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([os.environ["PYTHONPATH"], str(Path(__file__).parents[2])])
    return subprocess.run(
        [sys.executable, "-c", _DRAWN, "demo", folder, "--members", "24"],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.timeout(240)
def test_the_demo_runs_and_can_be_run_again_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    for _ in range(2):
        ran = _demo(folder)
        assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
        assert "Traceback" not in ran.stderr
        typed = [line.split()[4] for line in ran.stdout.splitlines() if line.startswith("$ rightskit -C ")]
        for command in ("campaign", "members", "plan", "send", "posted", "sync", "review", "log", "status", "due"):
            assert command in typed
        for command in ("ask", "followup", "data", "pool", "judge", "report"):
            assert command in typed
        assert (folder / "vault.db").stat().st_mode & 0o777 == 0o600
        page = (folder / "report.html").read_text(encoding="utf-8")
        assert "SCHUFA" in page
        assert "<script" not in page
        assert f"{folder}/barometer/index.html is ready" in ran.stdout
        assert "50 decisions of the machine were looked at again" in ran.stdout
        assert "every figure on this page is invented" in (folder / "barometer" / "index.html").read_text("utf-8")
        assert [path for path in (folder / "outbox").iterdir() if path.name.endswith("-reminder.eml")]
        (folder / "report.html").unlink()


def test_the_demo_leaves_a_folder_alone_that_no_demo_made(cli, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    said = cli("demo", tmp_path / "mine", code=5).output
    assert "mine is not empty, and no demo made it." in said
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
