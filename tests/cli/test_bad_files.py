"""What is wrong in a file of the campaign is named with its line, and nothing is taken from it."""

from pathlib import Path

import pytest

HEAD = "given_name,family_name,street,city,email,birthdate,mandate_date\n"
JANA = "Jana,Özdemir,Lindenallee 12,Kiel,jana@heimpost.example,1988-04-09,2026-02-20\n"
YAML_FAULTS = {
    "broken": ("title: Was", "title: [Was", ":3: not valid YAML"),
    "tab": ("  name: I", "\tname: I", ":4: not valid YAML: found character that cannot start any token"),
    "no-mapping": (None, "hello", ":1: the file is 'hello' — start it with `key: value` lines"),
    "empty": (None, "", ":1 [slug]: slug is missing — add a line `slug: …`"),
    "twice": ("title: Was", "slug: other\ntitle: Was", ":2 [slug]: slug stands here twice — keep one of them"),
    "unknown-key": ("slug: p", "treshold: 12\nslug: p", ":1 [treshold]: treshold is not a known key here — did you"),
    "unknown-controller": (
        "[nordlicht]",
        "[nordlicth]",
        ":8 [controllers]: there is no controller 'nordlicth' — did you mean 'nordlicht'?",
    ),
    "unknown-category": (
        "controllers: [nordlicht]",
        "categories: [credit-bureu]",
        ":8 [categories]: no controller has the category 'credit-bureu' — did you mean 'credit-bureau'?",
    ),
    "unknown-right": ("[access]", "[acess]", ":7 [rights]: 'acess' is not known in rights — did you mean 'access'?"),
    "no-right": ("[access]", "", ":7 [rights]: rights is missing — add a line `rights: [access]`"),
    "missing-letter": (
        "    controllers",
        "    letter: nope\n    controllers",
        ":7 [letter]: there is no letter 'nope' — see: rightskit letters list",
    ),
    "small-threshold": ("slug: p", "threshold: 2\nslug: p", ":1 [threshold]: threshold is 2 — write 3 or more"),
    "slug-with-a-path": (
        "slug: p",
        "slug: ../../p",
        ":1 [slug]: slug is '../../probe' — write lower-case letters, digits",
    ),
    "no-mail-address": ("email: ", "email: write to ", ":5 [email]: email is 'write to "),
    "consent-without-version": (
        "slug: p",
        "consent: {text: Ja}\nslug: p",
        ":1 [version]: version is missing — add a line",
    ),
    "nul": ("title: W", "title: \0W", ":2: an invisible character stands here (U+0000) — delete it"),
    "no-number": ("slug: p", "threshold: ten\nslug: p", ":1 [threshold]: threshold is 'ten' — write a whole number"),
}


@pytest.mark.parametrize("fault", YAML_FAULTS)
@pytest.mark.parametrize("command", [("campaign", "check"), ("plan",)])
def test_a_fault_in_campaign_yaml_has_its_line(cli, campaign: Path, fault: str, command: tuple[str, ...]) -> None:
    (campaign / "members.csv").write_text(HEAD + JANA, encoding="utf-8")
    cli("members", "import", "members.csv")
    right, wrong, sentence = YAML_FAULTS[fault]
    path = campaign / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    assert right is None or right in text
    path.write_text(wrong if right is None else text.replace(right, wrong), encoding="utf-8")
    said = cli(*command, code=3)
    assert f"campaign.yaml{sentence}" in said.stderr
    assert said.stdout == ""
    path.write_text(text, encoding="utf-8")
    assert cli("status", "--json").stdout == ""


def test_an_unknown_recipe_has_its_line(cli, campaign: Path) -> None:
    with (campaign / "campaign.yaml").open("a", encoding="utf-8") as file:
        file.write("recipes: [de-credit-score-sheat]\n")
    sentence = "campaign.yaml:9 [recipes]: there is no recipe 'de-credit-score-sheat' — did you mean 'de-credit-score-"
    assert sentence in cli("campaign", "check", code=3).output


def test_a_fault_in_the_own_controllers_has_its_line(cli, campaign: Path) -> None:
    path = campaign / "controllers.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("country: DE", "contry: DE"), encoding="utf-8")
    assert "controllers.yaml:4 [contry]: " in cli("campaign", "check", code=3).output
    path.write_text(text.replace("country: DE", "country: Deutschland"), encoding="utf-8")
    said = "controllers.yaml:4 [country]: nordlicht: 'Deutschland' is no country known here (country-form)"
    assert said in cli("campaign", "check", code=3).output


def test_a_fault_in_an_own_letter_has_its_line(cli, campaign: Path) -> None:
    (campaign / "letters" / "de").mkdir(parents=True)
    (campaign / "letters" / "de" / "access.md").write_text(LETTER, encoding="utf-8")
    assert (
        "letters/de/access.md:11: nmae is not declared — did you mean 'name'?"
        in cli("campaign", "check", code=3).output
    )


LETTER = """\
---
letter: access
right: access
article: "15"
version: "1"
subject: "Auskunft"
needs: [name]
reviewed: false
---
Guten Tag,
ich heiße {{ nmae }}.
"""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("request,event,event,date\n", "list.csv:1 [event]: this column stands here twice — keep one of them"),
        ('request,event,date\n"RK' + "x" * 200_000, "list.csv:2: not a valid CSV row: field larger than field limit"),
    ],
)
def test_a_list_that_is_no_table_is_named(cli, campaign: Path, text: str, sentence: str) -> None:
    (campaign / "members.csv").write_text(HEAD, encoding="utf-8")
    cli("members", "import", "members.csv")
    (campaign / "list.csv").write_text(text, encoding="utf-8")
    assert sentence in cli("log", "--from", "list.csv", code=3).stderr
