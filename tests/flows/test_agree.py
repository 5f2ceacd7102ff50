"""Consent is data: text, scope and day."""

import json

import pytest
from typer.testing import CliRunner

from rightskit.cli.main import app
from rightskit.vault import members

EMRE = "MEMRE0004"


@pytest.fixture
def joined(at):
    return at("joined").on("2026-03-10")


def consent(campaign, member: str):
    """What `members show` says; it is the one command here that prints a name."""
    shown = CliRunner().invoke(app, ["-C", str(campaign.folder), "members", "show", member, "--json"])
    line = json.loads(shown.stdout)
    return line["consent"], line["consent_scope"], line["consent_date"]


def test_who_agreed_on_the_form_did_on_the_day_of_the_import(joined) -> None:
    assert consent(joined, "MJANA0001") == ("1", ["statistics"], "2026-03-02")
    assert consent(joined, EMRE) == (None, [], None)


def test_a_consent_that_came_later_has_its_own_day_and_evidence(joined) -> None:
    joined("members", "agree", EMRE, "--date", "2026-03-08", "--evidence", "form on paper")
    assert consent(joined, EMRE) == ("1", ["statistics"], "2026-03-08")
    with joined.vault().read() as connection:
        (known,) = members.all_members(connection, [EMRE])
    assert (known.consent_version, known.consent_scope) == ("1", ("statistics",))


def test_who_withdrew_can_agree_again(joined) -> None:
    joined("members", "withdraw", "MJANA0001", "--consent")
    assert consent(joined, "MJANA0001")[0] is None
    joined("members", "agree", "MJANA0001", "--evidence", "mail of 10 March")
    assert consent(joined, "MJANA0001") == ("1", ["statistics"], "2026-03-10")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["MNOBODY00"], 4),
        ([EMRE, "--scope", "research"], 5),  # the text asks for statistics alone
        ([EMRE, "--date", "2026-03-11"], 5),
    ],
)
def test_what_was_not_agreed_is_refused(joined, words, code) -> None:
    joined("members", "agree", *words, "--evidence", "words", code=code)
    assert consent(joined, EMRE)[0] is None
