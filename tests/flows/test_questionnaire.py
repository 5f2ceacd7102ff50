"""``data questionnaire``: what members answered joins the pool, and nothing else of the form does."""

import pytest

from rightskit.vault import disclosures

ASKED = """\
questionnaire:
  - id: age-band
    title: Alter
    column: Wie alt sind Sie?
    answers: [unter 40, ab 40]
  - {id: household-size, title: Personen im Haushalt, range: [1, 20], bands: [2, 3]}
"""
HEAD = "Zeitstempel;member;Wie alt sind Sie?;household-size;Anmerkungen\n"
ROWS = (
    "2026-03-03 10:00;MJANA0001;unter 40;1;Mein Nachbar Moritz Muster sagt\n"
    "2026-03-03 10:05;MPETRA002;ab 40;4;\n"
    "2026-03-03 10:07;MZEHRA003;unter 40;;\n"
    "2026-03-03 10:09;MEMRE0004;ab 40;2;\n"
)


@pytest.fixture
def asking(at):
    campaign = at("joined")
    campaign.rewrite("campaign.yaml", more=ASKED)
    return campaign


def answered(campaign, text: str, code: int = 0, *words: str):
    path = campaign.folder / "answers.csv"
    path.write_text(text, encoding="utf-8")
    return campaign("data", "questionnaire", path, *words, code=code)


def observed(campaign) -> list[tuple[str, str, float | str, str]]:
    with campaign.vault().read() as connection:
        found = disclosures.observations(connection)
        return sorted((one.member, one.variable, one.value, one.provenance) for one in found)


KEPT = [
    ("MJANA0001", "age-band", "unter 40", "provided"),
    ("MJANA0001", "household-size", 1.0, "provided"),
    ("MPETRA002", "age-band", "ab 40", "provided"),
    ("MPETRA002", "household-size", 4.0, "provided"),
    ("MZEHRA003", "age-band", "unter 40", "provided"),
]


def test_answers_of_consenting_members_are_kept_and_stand_in_the_pool(asking) -> None:
    said = answered(asking, HEAD + ROWS).output
    assert "5 answers of 3 members kept.\n" in said
    assert "1 member did not agree" in said
    assert "2 columns belong to no question" in said
    assert observed(asking) == KEPT
    shown = asking("pool", "show").output
    assert shown.startswith("3 members agreed and have data")
    assert "Alter, provided" in shown


def test_the_same_file_again_changes_nothing_and_a_later_one_replaces(asking) -> None:
    answered(asking, HEAD + ROWS)
    answered(asking, HEAD + ROWS)
    assert observed(asking) == KEPT
    answered(asking, HEAD + "x;MJANA0001;ab 40;;\n")
    assert [row for row in observed(asking) if row[0] == "MJANA0001"] == [
        ("MJANA0001", "age-band", "ab 40", "provided")
    ]


def test_an_address_names_a_member_too(asking) -> None:
    table = "email,Wie alt sind Sie?,household-size\nJANA@heimpost.example,unter 40,1\n"
    assert "2 answers of 1 member" in answered(asking, table).output
    assert observed(asking) == KEPT[:2]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x;MJANA0009;unter 40;1;\n", "no member, or several"),
        ("x;MPETRA002;unter 40;1;\nx;MPETRA002;unter 40;1;\n", "a row above"),
        ("x;MPETRA002;39 Jahre;1;\n", "no answer to age-band — use one of: unter 40, ab 40"),
        ("x;MPETRA002;unter 40;200;\n", "no answer to household-size"),
        ("x;MPETRA002;unter 40;viele;\n", "no answer to household-size"),
    ],
)
def test_a_row_with_a_fault_is_named_and_the_others_wait_or_are_kept(asking, row: str, said: str) -> None:
    table = HEAD + "x;MJANA0001;unter 40;1;\n" + row
    told = answered(asking, table, 3).output
    assert "answers.csv:" in told
    assert said in told
    assert observed(asking) == []
    kept = answered(asking, table, 0, "--keep-valid")
    assert said in kept.stderr
    assert "1 row was left" in kept.output
    assert observed(asking)[:2] == KEPT[:2]


def test_what_is_missing_is_named(asking) -> None:
    assert "There is no file" in asking("data", "questionnaire", "none.csv", code=4).output
    told = answered(asking, "Name;household-size\nx;1\n", 3).output
    assert "no column says who answered" in told
    assert "add a column 'Wie alt sind Sie?'" in told
    asking.rewrite("campaign.yaml", (ASKED, ""))
    assert "asks its members nothing" in answered(asking, HEAD + ROWS, 5).output


def test_forgetting_a_member_forgets_the_answers(asking) -> None:
    answered(asking, HEAD + ROWS)
    asking("members", "forget", "MJANA0001", "--yes")
    assert {row[0] for row in observed(asking)} == {"MPETRA002", "MZEHRA003"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("answers: [unter 40, ab 40]", "unit: Jahre", "answers is missing"),
        ("range: [1, 20]", "range: [1, x]", "no number"),
        ("id: household-size", "id: age-band", "age-band is asked twice"),
        ("id: age-band", "id: Age", "small letters"),
        ("column:", "collumn:", "not a known key"),
    ],
)
def test_a_wrong_question_is_a_fault_of_the_campaign(asking, old: str, new: str, said: str) -> None:
    asking.rewrite("campaign.yaml", (old, new))
    assert said in asking("campaign", "check", code=3).output
