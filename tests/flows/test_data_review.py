"""``data review``: what is doubtful is in no table before a named person has taken it."""

import datetime as dt
import json

import pytest

from rightskit.cli import datareview
from rightskit.vault import disclosures, doubts

RECIPE = """\
id: scores
version: 1
title: Scores
files:
  - format: csv
    require: [Day, Score]
    rows:
      - variables:
          - {id: score, from: Score, title: Score, unit: percent, decimal: comma, range: [0, 100], bands: [50]}
          - {id: month, from: Day, title: Month, type: date, date: ['%d/%m/%y', '%m/%d/%y'], coarsen: month}
"""
FILES = {"jana": "13/4/24;97,50", "petra": "3/4/24;12,5", "zehra": "13/4/24;970,0", "emre": "13/4/24;80.5"}


@pytest.fixture
def doubtful(sent, tmp_path):
    """Four documents are read; three of them hold a value that waits."""
    (sent.folder / "recipes").mkdir()
    (sent.folder / "recipes" / "scores.yaml").write_text(RECIPE, encoding="utf-8")
    sent.rewrite("campaign.yaml", ("recipes: [", "recipes: [scores, "))
    sent.on("2026-03-24")
    for member, row in FILES.items():
        file = tmp_path / f"{sent.request(member, 'nordlicht')}.csv"
        file.write_text(f"Day;Score\n{row}\n", encoding="utf-8")
        sent("data", "add", file)
    said = sent("data", "extract").output
    assert "4 documents: 4 read. 5 observations." in said
    assert "3 values wait for a person: rightskit data review" in said
    return sent


def observed(campaign) -> list[tuple[str, float | str, float]]:
    with campaign.vault().read() as connection:
        return [(one.member, one.value, one.confidence) for one in disclosures.observations(connection)]


def waiting(campaign) -> dict[str, dict]:
    return {one["member"]: one for one in map(json.loads, campaign("data", "review", "--json").output.splitlines())}


def test_what_waits_is_listed_with_its_snippet_and_place(doubtful) -> None:
    found = waiting(doubtful)
    assert {(one["variable"], one["why"], one["value"]) for one in found.values()} == {
        ("month", "date", None),
        ("score", "range", 970.0),
        ("score", "decimal", 80.5),
    }
    assert found["MPETRA002"]["snippet"] == "Day: 3/4/24"
    assert found["MPETRA002"]["place"] == "line 2"
    assert found["MPETRA002"]["request"] == doubtful.request("petra", "nordlicht")
    said = doubtful("data", "review").output
    for words in ("score:range", "score:decimal", "month:date", "Score: 970,0", "970 percent", "--accept N"):
        assert words in said


def test_the_pool_says_what_is_not_in_it(doubtful) -> None:
    assert "3 values wait for a person, and are in no table" in doubtful("pool", "show").stderr
    doubtful(
        "data", "review", "--drop", "score:range", "--drop", "score:decimal", "--drop", "month:date", "--by", "Ada"
    )
    assert "wait for a person" not in doubtful("pool", "show").stderr


def test_a_named_person_accepts_corrects_and_drops(doubtful) -> None:
    found = waiting(doubtful)
    petra, zehra = (found[name]["number"] for name in ("MPETRA002", "MZEHRA003"))
    before = observed(doubtful)
    assert "needs the name" in doubtful("data", "review", "--accept", "score:decimal", code=2).output
    assert "is out" not in doubtful("data", "review").output
    said = doubtful(
        "data",
        "review",
        "--accept",
        "score:decimal",
        "--set",
        f"{petra}=2024-04",
        "--drop",
        zehra,
        "--by",
        "Ada Beispiel",
    ).output
    assert said.strip() == "1 accepted, 1 corrected, 1 dropped."
    assert sorted(set(observed(doubtful)) - set(before)) == [("MEMRE0004", 80.5, 1.0), ("MPETRA002", "2024-04", 1.0)]
    assert doubtful("data", "review").output.strip() == "Nothing waits for you."
    with doubtful.vault().read() as connection:
        rows = [
            row for member in ("MEMRE0004", "MPETRA002", "MZEHRA003") for row in doubts.of_member(connection, member)
        ]
    assert [row["decision"] for row in rows] == ["accepted", "corrected", "dropped"]
    assert {(row["name"], row["decided"].date(), row["snippet"]) for row in rows} == {
        ("Ada Beispiel", dt.date(2026, 3, 24), "")
    }


def test_a_wrong_word_keeps_nothing(doubtful) -> None:
    found, before = waiting(doubtful), observed(doubtful)
    petra, zehra = (found[name]["number"] for name in ("MPETRA002", "MZEHRA003"))
    said = doubtful("data", "review", "--accept", zehra, "--set", f"{petra}=April", "--by", "Ada", code=2).output
    assert "Write the month: 2024-05" in said
    assert (
        "no value that could be accepted" in doubtful("data", "review", "--accept", petra, "--by", "Ada", code=5).output
    )
    assert "says no value" in doubtful("data", "review", "--set", petra, "--by", "Ada", code=2).output
    assert "Nothing waits under 999" in doubtful("data", "review", "--drop", "999", "--by", "Ada", code=4).output
    assert observed(doubtful) == before
    assert waiting(doubtful) == found


def test_a_decision_holds_when_the_document_is_read_again(doubtful) -> None:
    zehra = waiting(doubtful)["MZEHRA003"]["number"]
    doubtful("data", "review", "--accept", zehra, "--by", "Ada")
    after = observed(doubtful)
    said = doubtful("data", "extract", "--again").output  # the two that still leave a doubt
    assert "2 documents: 2 read." in said
    assert sorted(map(str, observed(doubtful))) == sorted(map(str, after))
    assert set(waiting(doubtful)) == {"MPETRA002", "MEMRE0004"}
    path = doubtful.folder / "recipes" / "scores.yaml"
    path.write_text(path.read_text("utf-8").replace("'%d/%m/%y', '%m/%d/%y'", "'%d/%m/%y'"), encoding="utf-8")
    doubtful("data", "extract", "--again")
    assert set(waiting(doubtful)) == {"MEMRE0004"}
    assert ("MPETRA002", "2024-04", 1.0) in observed(doubtful)


def test_in_the_dialogue_a_group_is_taken_at_once_and_the_rest_one_by_one(doubtful, monkeypatch) -> None:
    keys = iter("acda")
    monkeypatch.setattr(datareview, "_interactive", lambda: True)
    monkeypatch.setattr(datareview.typer, "getchar", lambda: next(keys))
    said = doubtful("data", "review", answers="Ada Beispiel\n2024-03\n").output
    assert "Your name" in said
    assert "no value that could be accepted" in said
    assert doubtful("data", "review").output.strip() == "Nothing waits for you."
    assert {(member, value) for member, value, sure in observed(doubtful) if sure == 1.0} >= {
        ("MPETRA002", "2024-03"),
        ("MZEHRA003", 970.0),
    }
    assert 80.5 not in [value for _, value, _ in observed(doubtful)]


def test_a_group_of_the_dialogue(doubtful, monkeypatch) -> None:
    keys = iter(["l", "a", "q"])
    monkeypatch.setattr(datareview, "_interactive", lambda: True)
    monkeypatch.setattr(datareview, "_TOGETHER", 1)
    monkeypatch.setattr(datareview.typer, "getchar", lambda: next(keys))
    said = doubtful("data", "review", "--by", "Ada").output
    assert "1 values of" in said
    assert "1 accepted." in said
    assert "Everything you decided is kept." in said
    assert len(waiting(doubtful)) == 2


def test_what_is_doubtful_goes_with_the_member(doubtful) -> None:
    doubtful("members", "forget", "MZEHRA003", "--yes")
    assert set(waiting(doubtful)) == {"MPETRA002", "MEMRE0004"}
    with doubtful.vault().read() as connection:
        assert doubts.of_member(connection, "MZEHRA003") == []


def test_due_says_what_waits(doubtful) -> None:
    assert "3 values of 3 documents wait for a person: rightskit data review" in doubtful("due").output
    doubtful("data", "review", "--drop", "score:range", "--by", "Ada")
    assert "2 values of 2 documents wait for a person: rightskit data review" in doubtful("due").output
    doubtful("data", "review", "--drop", "score:decimal", "--drop", "month:date", "--by", "Ada")
    assert "data review" not in doubtful("due").output


def test_the_document_can_be_looked_at_by_who_decides(doubtful, tmp_path) -> None:
    petra = waiting(doubtful)["MPETRA002"]["number"]
    said = doubtful("data", "review", "--save", f"{petra}={tmp_path / 'seen.csv'}").output
    assert "outside of the vault" in said
    assert (tmp_path / "seen.csv").read_bytes() == f"Day;Score\n{FILES['petra']}\n".encode()
    assert (tmp_path / "seen.csv").stat().st_mode & 0o777 == 0o600
    for name, target, code in ((petra, "seen.csv", 5), (petra, "nowhere/seen.csv", 5), (999, "other.csv", 4)):
        doubtful("data", "review", "--save", f"{name}={tmp_path / target}", code=code)
    assert not [path.name for path in tmp_path.rglob(".document-*")]
    assert len(waiting(doubtful)) == 3


def test_the_dialogue_saves_and_asks_again(doubtful, monkeypatch, tmp_path) -> None:
    keys = iter("ssaq")
    monkeypatch.setattr(datareview, "_interactive", lambda: True)
    monkeypatch.setattr(datareview.typer, "getchar", lambda: next(keys))
    answers = f"Ada Beispiel\n{tmp_path / 'one.csv'}\n{tmp_path / 'one.csv'}\n"
    said = doubtful("data", "review", answers=answers).output
    assert (tmp_path / "one.csv").read_bytes().startswith(b"Day;Score")
    assert "one.csv already" in said
