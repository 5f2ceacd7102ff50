"""Whatever a person's files and words get wrong is named with its place, and nothing is half-done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "given_name,family_name,street,city,email,birthdate,mandate_date\n"
JANA = "Jana,Özdemir,Lindenallee 12,Kiel,jana@heimpost.example,1988-04-09,2026-02-20\n"
PETRA = "Petra,Wiśniewska,Fährgasse 7,Hamburg,petra@heimpost.example,1975-11-30,2026-02-20\n"
PERSONAL = ("Jana", "Petra", "Özdemir", "Wiśniewska", "Lindenallee", "Fährgasse", "heimpost", "1988")


def names(cli) -> list[str]:
    """Who is in the vault."""
    return [json.loads(line)["name"] for line in cli("members", "list", "--json").stdout.splitlines()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_members_come_from_any_spreadsheet(cli, campaign: Path, delimiter: str, encoding: str, end: str) -> None:
    rows = (("given_name", "family_name", "street"), ("Jörg", "Müller", "Größe 1"), ("Zoé", "O'Brien", ""))
    text = end.join(delimiter.join(row) for row in rows) + end
    (campaign / "members.csv").write_bytes(text.encode(encoding))
    assert cli("members", "import", "members.csv").output == "2 members imported.\n"
    assert names(cli) == ["Jörg Müller", "Zoé O'Brien"]


@pytest.mark.parametrize(
    ("heading", "sentences"),
    [
        (
            "given_name,family_nam",
            [
                "members.csv:1 [family_nam]: this column is not known — did you mean 'family_name'?",
                "members.csv:1 [family_name]: this column is missing — add a column with the heading family_name",
            ],
        ),
        (
            "given_name,family_name,",
            ["members.csv:1 [(empty)]: this column is not known — give it a heading, or delete it"],
        ),
        ("given_name,family_name,email,email", ["members.csv:1 [email]: this column stands here twice — keep one"]),
        ("given_name|family_name", ["members.csv:1 [given_name|family_name]: this column is not known"]),
        ("", ["members.csv:1 [given_name]: this column is missing"]),
        ("PK\x03\x04\x00", ["members.csv: the file is not a text table — export it as CSV"]),
        ('given_name,family_name\nJana,O\n"Petra,N', ["members.csv:3: not a valid CSV row"]),
    ],
)
@pytest.mark.parametrize("keep_valid", [False, True])
def test_a_heading_that_does_not_fit_stops_the_import(
    cli, campaign: Path, heading: str, sentences: list[str], *, keep_valid: bool
) -> None:
    (campaign / "members.csv").write_text(heading, encoding="utf-8")
    said = cli("members", "import", "members.csv", *(["--keep-valid"] if keep_valid else []), code=3).output
    for sentence in sentences:
        assert sentence in said
    assert names(cli) == []


FAULTS = {
    "same-person": (
        "JANA,Özdemir,,,,1988-04-09,",
        "members.csv:4: perhaps the same person as line 2: the same name and date of birth — delete the row if so",
    ),
    "day-that-is-none": (
        "Hans,Moreau,,,,1988-02-30,",
        "members.csv:4 [birthdate]: not a date — write YYYY-MM-DD, such as 1985-07-31",
    ),
    "american-date": (
        "Hans,Moreau,,,,07/31/1985,",
        "members.csv:4 [birthdate]: not a date — write YYYY-MM-DD, such as 1985-07-31",
    ),
    "future": (
        "Hans,Moreau,,,,,2031-01-01",
        "members.csv:4 [mandate_date]: this date cannot be — write a date from 1900-01-01 to 2026-03-02",
    ),
    "blank-in-mail": (
        "Hans,Moreau,,,hans @heimpost.example,,",
        "members.csv:4 [email]: not a mail address — write name@example.org, without blanks",
    ),
    "formula": (
        "Hans,Moreau,=HYPERLINK(A1),,,,",
        "members.csv:4 [street]: a formula stands in this cell — write the plain value",
    ),
    "formula-as-name": (
        "@SUM(A1),Moreau,,,,,",
        "members.csv:4 [given_name]: a formula stands in this cell — write the plain value",
    ),
    "no-name": ("Hans,,,,,,", "members.csv:4 [family_name]: this cell is empty — a letter needs the name"),
    "hidden-character": (
        "Ha\u200bns,Moreau,,,,,",
        "members.csv:4 [given_name]: an invisible or broken character stands in this cell — type the cell anew",
    ),
    "too-few": (
        "Hans,Moreau",
        "members.csv:4: the row has 2 cells, the heading 7 — check for a missing or an extra separator",
    ),
    "too-many": (
        "Hans,Moreau,Weg 1,Kiel,,,,x",
        "members.csv:4: the row has 8 cells, the heading 7 — check for a missing or an extra separator",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_row_is_named_and_valid_rows_are_kept_only_on_request(cli, campaign: Path, fault: str) -> None:
    row, sentence = FAULTS[fault]
    (campaign / "members.csv").write_text(f"{HEAD}{JANA}{PETRA}{row}\n", encoding="utf-8")
    refused = cli("members", "import", "members.csv", code=3)
    assert sentence in refused.stderr
    assert "Nothing was imported. Correct the file, or take the 2 valid rows: --keep-valid" in refused.stderr
    assert names(cli) == []
    kept = cli("members", "import", "members.csv", "--keep-valid")
    assert sentence in kept.stderr
    assert kept.stdout == "2 members imported; 1 faults, their rows were left.\n"
    assert names(cli) == ["Jana Özdemir", "Petra Wiśniewska"]
    for word in (*PERSONAL, "Hans", "Moreau"):
        assert word not in refused.output
        assert word not in kept.output


def test_all_faults_of_a_file_are_named_at_once(cli, campaign: Path) -> None:
    rows = "".join(f"{row}\n" for row, _ in FAULTS.values())
    (campaign / "members.csv").write_text(f"{HEAD}{JANA}{rows}", encoding="utf-8")
    said = cli("members", "import", "members.csv", code=3).output
    assert [line.split("members.csv:")[1].split(":")[0].split(" ")[0] for line in said.splitlines()[:-1]] == [
        str(number) for number in range(3, 3 + len(FAULTS))
    ]


def test_nobody_is_imported_twice(cli, campaign: Path) -> None:
    (campaign / "members.csv").write_text(HEAD + JANA, encoding="utf-8")
    cli("members", "import", "members.csv")
    (campaign / "more.csv").write_text(HEAD + PETRA + JANA, encoding="utf-8")
    assert cli("members", "import", "more.csv").output == "1 member imported, 1 were known.\n"
    assert names(cli) == ["Jana Özdemir", "Petra Wiśniewska"]


def test_the_same_name_and_date_of_birth_is_a_question_to_a_person(cli, campaign: Path) -> None:
    (campaign / "members.csv").write_text(HEAD + JANA, encoding="utf-8")
    cli("members", "import", "members.csv")
    (campaign / "more.csv").write_text(HEAD + JANA.replace("Kiel", "Bremen"), encoding="utf-8")
    said = cli("members", "import", "more.csv", code=3).output
    assert "more.csv:2: perhaps the same person as M" in said
    assert "in the vault: the same name and date of birth" in said
    assert names(cli) == ["Jana Özdemir"]
    cli("members", "import", "more.csv", "--distinct", "2")
    assert names(cli) == ["Jana Özdemir", "Jana Özdemir"]


def test_a_missing_file_of_members(cli, campaign: Path) -> None:
    assert "There is no file nowhere.csv." in cli("members", "import", "nowhere.csv", code=4).output


def test_no_campaign_here(cli) -> None:
    said = cli("status", code=4).output
    assert "There is no campaign.yaml in" in said
    assert "rightskit campaign new openschufa" in said


def test_no_vault_yet(cli, campaign: Path) -> None:
    assert "Import members first: rightskit members import FILE.csv" in cli("plan", code=4).output
    assert not list(campaign.glob("vault*"))


def test_an_empty_campaign_has_nothing_to_do(cli, campaign: Path) -> None:
    (campaign / "members.csv").write_text(HEAD, encoding="utf-8")
    assert cli("members", "import", "members.csv").output == "0 members imported.\n"
    (campaign / "inbox" / "cur").mkdir(parents=True)
    for words, sentence in {
        "plan": "There are no members yet: rightskit members import FILE.csv",
        "send --to outbox": "Nothing is planned: rightskit plan",
        "send --to print": "Nothing to write.",
        "sync --from inbox": "0 new messages: nothing new.",
        "replies list": "No replies yet: rightskit sync",
        "review": "Nothing waits for you.",
        "review --sample 5": "There is nothing to draw from",
        "status": "No requests yet: rightskit plan",
        "status --list": "No requests yet: rightskit plan",
        "due": "No requests yet: rightskit plan",
        "due --list": "No requests yet: rightskit plan",
        "mandates list": "Nothing is noted as signed: rightskit mandates add",
        "data funnel": "Nothing came back yet: rightskit sync, or rightskit data add",
        "data drift": "No document is unread.",
        "pool ledger": "Nothing left the house yet.",
        "ask": "Nobody has to be asked.",
        "followup": "Nothing to write.",
        "followup --dry-run": "Nothing would be written.",
        "data extract": "0 documents: nothing new.",
        "pool show": "0 members agreed and have data",
        "report": "report.html is ready.",
        "members list": "No members yet: rightskit members import FILE.csv",
        "members missing": "Nobody lacks anything.",
    }.items():
        assert sentence in cli(*words.split()).output
    assert "No request went out yet." in cli("export", code=5).output
    assert "Plan them first: rightskit plan" in cli("data", "covers", code=4).output
    assert not (campaign / "covers.pdf").exists()
    assert cli("status", "--json").stdout == ""


def test_a_file_that_is_not_there_is_named_and_so_is_nothing_to_do(cli, campaign: Path) -> None:
    (campaign / "members.csv").write_text(HEAD, encoding="utf-8")
    cli("members", "import", "members.csv")
    assert (
        cli("statement", "nordlicht", "reply", "gone.txt", code=4).stderr == "rightskit: There is no file gone.txt.\n"
    )
    assert cli("posted").output == "No letter waits for your word.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("report -o papers", "papers is a folder; name a file."),
        ("report -o members.csv/report.html", "members.csv is there already, and is no folder."),
        ("due --ics papers", "papers is a folder; name a file."),
        ("campaign papers members.csv", "members.csv is there already, and is no folder."),
        ("letter access nordlicht --lang de --me papers", "papers is a folder; name a file."),
    ],
)
def test_a_place_that_is_taken_is_named_and_nothing_is_published(
    cli, campaign: Path, words: str, sentence: str
) -> None:
    (campaign / "members.csv").write_text(HEAD, encoding="utf-8")
    (campaign / "papers").mkdir()
    cli("members", "import", "members.csv")
    assert cli(*words.split(), code=2).stderr.endswith(f"{sentence}\n")
    assert cli("pool", "ledger").output == "Nothing left the house yet.\n"
    assert (campaign / "members.csv").read_text(encoding="utf-8") == HEAD
    assert not list(campaign.glob(".part-*"))


def test_a_question_without_an_answer_ends_the_command(cli, campaign: Path) -> None:
    (campaign / "members.csv").write_text(HEAD, encoding="utf-8")
    cli("members", "import", "members.csv")
    assert "stopped at a question" in cli("members", "add", code=130, answers="Jana\n").stderr
    assert "No members yet" in cli("members", "list").output


def test_a_wrong_passphrase_is_one_sentence(cli, campaign: Path, monkeypatch) -> None:
    (campaign / "members.csv").write_text(HEAD + JANA, encoding="utf-8")
    cli("members", "import", "members.csv")
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", "another one")
    said = cli("status", code=2)
    assert said.stdout == ""
    assert said.stderr.splitlines()[0].startswith("rightskit: The passphrase does not open ")
    assert "Traceback" not in said.stderr
    assert "another one" not in said.stderr


@pytest.mark.parametrize("words", ["members import members.csv", "status"])
def test_nobody_there_to_type_a_passphrase(cli, campaign: Path, monkeypatch, words: str) -> None:
    (campaign / "members.csv").write_text(HEAD + JANA, encoding="utf-8")
    if words == "status":
        cli("members", "import", "members.csv")
    monkeypatch.delenv("RIGHTSKIT_PASSPHRASE")
    said = cli(*words.split(), code=2).output
    assert "The vault needs a passphrase, and nobody is there to type it." in said
    assert "RIGHTSKIT_PASSPHRASE" in said
    assert "--passphrase-command" in said
    assert (campaign / "vault.db").exists() is (words == "status")


def test_an_empty_passphrase_makes_no_vault(cli, campaign: Path, monkeypatch) -> None:
    (campaign / "members.csv").write_text(HEAD + JANA, encoding="utf-8")
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", "")
    cli("members", "import", "members.csv", code=5)
    assert not list(campaign.glob("vault*"))


def test_a_passphrase_from_a_command(cli, campaign: Path, monkeypatch) -> None:
    (campaign / "members.csv").write_text(HEAD + JANA, encoding="utf-8")
    monkeypatch.delenv("RIGHTSKIT_PASSPHRASE")
    cli("--passphrase-command", "printf %s six-invented-words", "members", "import", "members.csv")
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", "six-invented-words")
    assert names(cli) == ["Jana Özdemir"]
    monkeypatch.delenv("RIGHTSKIT_PASSPHRASE")
    for command in ("false", "no-such-program-anywhere", "printf 'open quote"):
        said = cli("--passphrase-command", command, "status", code=2)
        assert said.stderr.startswith("rightskit: ")


@pytest.mark.parametrize("today", ["yesterday", "2026-02-30", "02.03.2026"])
def test_a_day_that_is_none(cli, campaign: Path, monkeypatch, today: str) -> None:
    (campaign / "members.csv").write_text(HEAD, encoding="utf-8")
    monkeypatch.setenv("RIGHTSKIT_TODAY", today)
    said = cli("members", "import", "members.csv", code=2).output
    assert f"RIGHTSKIT_TODAY is '{today}'." in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("snd --to outbox", "No such command 'snd'"),
        ("send", "--to"),
        ("send --to nowhere", "nowhere"),
        ("send --to outbox --limit 0", "--limit"),
        ("log RK-0000-0000", "Say which request and what happened"),
        ("sync --from", "--from"),
        ("posted batch --date 3.3.2026", "3.3.2026"),
        ("status --no-such-option", "--no-such-option"),
    ],
)
def test_words_that_do_not_fit(cli, campaign: Path, words: str, sentence: str) -> None:
    (campaign / "members.csv").write_text(HEAD, encoding="utf-8")
    cli("members", "import", "members.csv")
    said = cli(*words.split(), code=2).output
    assert sentence in said
    assert "Traceback" not in said


def test_a_bug_leaves_a_report_without_anybodys_data(cli, campaign: Path, monkeypatch) -> None:
    from rightskit.flows import plan

    def broken(*_: object, **__: object) -> None:
        raise KeyError("Jana Özdemir")

    (campaign / "members.csv").write_text(HEAD + JANA, encoding="utf-8")
    cli("members", "import", "members.csv")
    monkeypatch.setattr(plan, "plan", broken)
    said = cli("plan", code=1)
    report = Path(said.stderr.splitlines()[-1])
    assert "KeyError" in report.read_text(encoding="utf-8")
    assert "test_bad_input.py" in report.read_text(encoding="utf-8")
    for word in PERSONAL:
        assert word not in said.output
        assert word not in report.read_text(encoding="utf-8")
    monkeypatch.setenv("RIGHTSKIT_HOME", str(campaign / "members.csv"))
    assert "no file: " in cli("plan", code=1).stderr


def _start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "rightskit", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([os.environ["PYTHONPATH"], str(Path(__file__).parents[2])])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_at_once_send_each_letter_once(campaign: Path, monkeypatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", "six invented words for a test")
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-03-02")
    rows = [f"Jana,Nummer{number},,,n{number}@heimpost.example,,2026-02-20\n" for number in range(20)]
    (campaign / "members.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    both = [_start(campaign, "members", "import", "members.csv") for _ in range(2)]
    said = [one.communicate()[1] for one in both]
    assert sorted(one.returncode for one in both) in ([0, 3], [0, 5]), said
    assert "20 requests planned" in _start(campaign, "plan").communicate()[0]
    _start(campaign, "letters", "approve", "--by", "Ada Beispiel").communicate()
    both = [_start(campaign, "send", "--to", "outbox") for _ in range(2)]
    printed = [one.communicate() for one in both]
    assert {one.returncode for one in both} <= {0, 5}
    assert 0 in {one.returncode for one in both}
    assert sum("20 letters lie in" in out for out, _ in printed) == 1
    assert len(list((campaign / "outbox").iterdir())) == 20
    listed = _start(campaign, "status", "--json").communicate()[0].splitlines()
    assert [json.loads(line)["delivery"] for line in listed] == ["queued"] * 20
