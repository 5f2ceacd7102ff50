"""Margins of the people whom a campaign speaks of: read as written, and each fault at its line with what to write."""

from pathlib import Path

import pytest

from rightskit.campaign import ages, questionnaire
from rightskit.campaign.population import Population, read
from rightskit.yamlfile import parse

GOOD = """\
questionnaire:
  - {id: gender, title: Gender, answers: [women, men, other, no answer]}
  - {id: floor-area, title: Floor area, range: [5, 500]}
population:
  - of: ages
    who: Adults in Example Land
    source: an office
    year: 2024
    counts: {18-24: 20, 25-29: 10, 30-44: 30, 45-59: 20, 60-74: 15, 75-84: 4, 85+: 1}
  - of: gender
    who: Everybody
    source: a register
    year: 2023
    shares: {women: 50.6, men: 48.9, other: 0.4}
"""


def margins(text: str, path: str = "campaign.yaml"):
    top = parse(text, path)
    found = read(top, questionnaire.read(top))
    return found, [(Path(one.path).name, one.line, one.message, one.suggestion) for one in top.faults]


def test_ages_fold_into_the_campaigns_own_and_shares_add_up_to_all() -> None:
    found, faults = margins(GOOD)
    assert faults == []
    bands = {"18-29": 0.3, "30-44": 0.3, "45-59": 0.2, "60-74": 0.15, "75+": 0.05}
    assert found[0] == Population("ages", "Adults in Example Land", "an office", 2024, pytest.approx(bands))
    assert found[1].shares == pytest.approx({"women": 50.6 / 99.9, "men": 48.9 / 99.9, "other": 0.4 / 99.9})


def test_a_campaign_that_names_nobody() -> None:
    assert margins("slug: x\n") == ((), [])


def test_a_table_beside_the_campaign_may_count_each_year_of_age(tmp_path: Path) -> None:
    rows = "".join(f"{year};{1 + year % 2}\n" for year in range(18, 85)) + "85+;9\n"
    (tmp_path / "ages.csv").write_text("value;count\n" + rows, encoding="utf-8")
    text = GOOD.replace(
        "counts: {18-24: 20, 25-29: 10, 30-44: 30, 45-59: 20, 60-74: 15, 75-84: 4, 85+: 1}", "file: ages.csv"
    )
    found, faults = margins(text, str(tmp_path / "campaign.yaml"))
    assert faults == []
    assert found[0].shares["18-29"] == pytest.approx(18 / 109)
    assert found[0].shares["75+"] == pytest.approx((5 * 2 + 5 + 9) / 109)


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        ("of: ages", "of: age", (5, "age is no question with answers", "did you mean 'ages'?")),
        ("of: gender", "of: floor-area", (10, "floor-area is no question with answers", "use one of: ages, gender")),
        ("of: gender", "of: ages", (10, "ages stands above already", "keep one of them")),
        ("    who: Everybody\n", "", (10, "who is missing", "add a line `who: …`")),
        ("    source: an office\n", "", (5, "source is missing", "add a line `source: …`")),
        ("    year: 2024\n", "", (5, "year is missing", "write the year of the figures: `year: 2024`")),
        ("year: 2024", "year: 24", (8, "year is 24", "write 1800 or more")),
        ("men: 48.9", "man: 48.9", (14, "'man' is none of the campaign's gender", "did you mean 'men'?")),
        ("men: 48.9", "men: some", (14, "this is no number of people", "write a number with a point: 12.5")),
        ("men: 48.9", "men: -1", (14, "this is no number of people", "write a number with a point: 12.5")),
        (
            "men: 48.9",
            "men: 4.89",
            (14, "the shares add up to 55.89", "write per cent of all, 100 together, or `counts:`"),
        ),
        (
            "18-24: 20, 25-29: 10, 30-44: 30",
            "18-34: 30, 35-44: 30",
            (9, "'18-34' is none of the campaign's ages", "divide it, so that each part lies in one of: 18-29, 30-44"),
        ),
        (
            "75-84: 4",
            "75 to 84: 4",
            (9, "'75 to 84' is none of the campaign's ages", "write years of age: 18-29, 42 or 75+"),
        ),
        ("25-29: 10", "24-29: 10", (9, "24-29 begins before 25", "count each age once")),
        ("25-29: 10, ", "", (9, "25 to 29 years are missing", "add them, 0 for nobody")),
        (
            "counts: {18",
            "file: ages.csv\n    counts: {18",
            (
                10,
                "it has counts and file",
                WAYS := (
                    "write one of `counts: {18-29: 10985912}`, `shares: {18-29: 15.8}` (per cent) or `file: ages.csv`"
                ),
            ),
        ),
        ("    shares: {women: 50.6, men: 48.9, other: 0.4}\n", "", (10, "it has no figures", WAYS)),
        (
            "shares: {women: 50.6, men: 48.9, other: 0.4}",
            "counts: {women: 0, men: 0}",
            (14, "the figures add up to nothing", "write how many people each value has"),
        ),
        ("source: a register", "sauce: a register", (12, "sauce is not a known key here", "did you mean 'source'?")),
    ],
)
def test_faults_have_their_line(wrong: str, right: str, fault: tuple[int, str, str]) -> None:
    assert wrong in GOOD
    assert ("campaign.yaml", *fault) in margins(GOOD.replace(wrong, right))[1]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("value,count\nwomen,1\nmem,2\n", ("gender.csv", 3, "'mem' is none of the campaign's gender", "did you mean 'men'?")),
        ("value,count\nwomen,1\nmen,\n", ("gender.csv", 3, "this is no number of people", "write a number with a point: 12.5")),
        ("gender,people\nwomen,1\n", ("gender.csv", 1, "Columns are missing.", "begin with a line `value,count` or `value,share`")),
        ("value,share\nwomen,50\nmen,40\n", ("gender.csv", 1, "the shares add up to 90", "write per cent of all, 100 together, or `counts:`")),
        ("", ("gender.csv", 1, "Columns are missing.", "begin with a line `value,count` or `value,share`")),
        (None, ("campaign.yaml", 14, "there is no file gender.csv", "put it beside campaign.yaml")),
    ],
)  # fmt: skip
def test_faults_of_a_table_name_it(tmp_path: Path, content: str | None, fault: tuple[str, int, str, str]) -> None:
    if content is not None:
        (tmp_path / "gender.csv").write_text(content, encoding="utf-8")
    text = GOOD.replace("shares: {women: 50.6, men: 48.9, other: 0.4}", "file: gender.csv")
    assert fault in margins(text, str(tmp_path / "campaign.yaml"))[1]


@pytest.mark.parametrize(("age", "band"), [(0, "0-17"), (17, "0-17"), (18, "18-29"), (74, "60-74"), (75, "75+")])
def test_ages_are_told_in_bands(age, band) -> None:
    assert ages.band(age) == band


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("18-29", range(18, 30)),
        ("18–29", range(18, 30)),
        ("42", range(42, 43)),
        ("85+", range(85, 151)),
        ("29-18", None),
        ("18 and over", None),
        ("", None),
        ("9999", None),
    ],
)
def test_years_of_age_as_people_write_them(text, years) -> None:
    assert ages.years(text) == years
