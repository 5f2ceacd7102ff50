"""``deadline``: one sentence, a picture, the steps; and a sentence for everything that cannot be reckoned."""

import json

import pytest


def test_the_fixed_form(cli) -> None:
    said = cli("deadline", "--received", "2026-01-15", "--country", "DE", "--event", "extended=2026-02-16", "--json")
    found = json.loads(said.output)
    assert (found["earliest"], found["latest"], found["flags"]) == ("2026-04-15", "2026-04-15", [])
    assert set(found["steps"][0]) == {"rule", "source", "date", "text"}


def test_the_sentence_comes_first(cli) -> None:
    said = cli("deadline", "--received", "2026-03-03", "--country", "FR").output
    assert said.startswith("Due by 2026-04-03 in the strictest reading, by 2026-04-07 in the kindest")
    assert "Good Friday" in said


def test_the_picture(cli, monkeypatch) -> None:
    """Each day has its line, in proportion: ten of the 44 days are a quarter of the width."""
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-04-01")
    events = ("--event", "identity-demanded=2026-03-13", "--event", "identity-given=2026-03-23")
    said = cli("deadline", "--received", "2026-03-10", "--country", "DE", *events).output
    assert said.splitlines()[2:8] == [
        "2026-03-10  ●                                          received",
        "2026-03-13  ━━━●                                       identity-demanded",
        "2026-03-23  ━━━━━━━━━━━━●                              identity-given",
        "2026-04-01  ━━━━━━━━━━━━━━━━━━━━●                      today",
        "2026-04-10  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━●              due, read strictly: a reminder from the next day on",
        "2026-04-23  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━●  due, read in the controller's favour: overdue from the next day on",
    ]


def test_today_stands_in_the_picture_only_where_it_is_near(cli, monkeypatch) -> None:
    for today, there in (("2026-05-10", True), ("2030-01-01", False), ("2020-01-01", False)):
        monkeypatch.setenv("RIGHTSKIT_TODAY", today)
        assert ("today" in cli("deadline", "--received", "2026-03-10", "--country", "DE").output) is there


def test_no_time_runs_after_a_bounce(cli) -> None:
    said = cli("deadline", "--received", "2026-03-10", "--country", "DE", "--event", "bounced=2026-03-10").output
    assert said.startswith("No time runs: not-received")


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "receipt"),
    [
        (("2026-03-02", "--channel", "post"), "2026-04-07", "2026-04-07", "is taken to arrive on Thursday 5 March"),
        (("2026-03-02", "--channel", "registered"), "2026-04-07", "2026-04-07", "is taken to arrive on Thursday"),
        (("2026-03-02",), "2026-04-02", "2026-04-07", "between Monday 2 March 2026 and Thursday 5 March 2026"),
        (("2026-03-02T18:30",), "2026-04-02", "2026-04-07", "between Monday 2 March 2026 and Thursday 5 March 2026"),
        # half past eleven in London is the next day in Berlin; the clocks go back on 25 October
        (("2026-03-02T23:30+00:00",), "2026-04-07", "2026-04-07", "between Tuesday 3 March 2026 and Friday 6 March"),
        (("2026-03-02T23:30Z",), "2026-04-07", "2026-04-07", "between Tuesday 3 March 2026 and Friday 6 March"),
        (("2026-10-25T02:30",), "2026-11-25", "2026-11-30", "between Sunday 25 October 2026 and Wednesday 28"),
        (("2026-10-24T22:30Z",), "2026-11-25", "2026-11-30", "between Sunday 25 October 2026 and Wednesday 28"),
        (("2028-02-29",), "2028-03-29", "2028-04-03", "between Tuesday 29 February 2028 and Friday 3 March 2028"),
    ],
)
def test_the_receipt_is_derived_from_the_sending(
    cli, words: tuple[str, ...], earliest: str, latest: str, receipt: str
) -> None:
    found = json.loads(cli("deadline", "--country", "DE", "--json", "--sent", *words).output)
    assert (found["earliest"], found["latest"], found["flags"]) == (earliest, latest, ["receipt-assumed"])
    assert found["steps"][0]["rule"] == "sent"
    assert found["steps"][0]["source"]
    assert receipt in found["steps"][0]["text"]


BAD = [
    ("--country DE", "Give --received or --sent"),
    ("--country DE --received 2026-02-29", "there is no such day: 2026-02-29"),
    ("--country DE --received yesterday", "no date: 'yesterday'"),
    ("--country DE --received 2017-12-31", "2017-12-31 is outside 2018-01-01 to 2099-12-31"),
    ("--country DE --received 9999-12-31", "9999-12-31 is outside 2018-01-01 to 2099-12-31"),
    ("--country DE --sent 1999-12-31", "1999-12-31 is outside 2018-01-01 to 2099-12-31"),
    ("--country DE --sent 9999-12-31T23:59", "9999-12-31T23:59 is outside 2018-01-01 to 2099-12-31"),
    ("--country DE --sent 2026-03-02T25:30", "no moment: '2026-03-02T25:30'"),
    ("--country DE --sent 2026-03-02T12:00+99:00", "no moment: '2026-03-02T12:00+99:00'"),
    ("--country DE --sent 2026-03-02 --channel pigeon", "no such channel: 'pigeon'\nknown are: email, post, registered"),
    ("--country DE --sent 2026-03-05 --received 2026-03-01", "receipt on 2026-03-01 comes before the sending on 2026-03"),
    ("--country XX --received 2026-03-01", "no rules are known for the country 'XX'\nknown are: AT, BE, BG, CH, CY"),
    ("--country DE --subdivision XX --received 2026-03-01", "'XX' is no subdivision of DE that is known here"),
    ("--country DE --received 2026-03-01 --event lost=2026-03-02", "no such kind of event: 'lost'"),
    ("--country DE --received 2026-03-10 --event extended=2026-03-01", "comes before the receipt on 2026-03-10"),
    ("--country DE --received 2026-03-10 --event identity-given=2026-03-12", "has no identity-demanded on or before"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "sentence"), BAD)
def test_what_cannot_be_reckoned_is_said(cli, words: str, sentence: str) -> None:
    assert sentence in cli("deadline", *words.split(), code=2).output


def test_a_proven_receipt_outweighs_the_day_of_sending(cli) -> None:
    found = json.loads(
        cli("deadline", "--country", "DE", "--sent", "2026-03-02", "--received", "2026-03-10", "--json").output
    )
    assert (found["earliest"], found["latest"], found["flags"]) == ("2026-04-10", "2026-04-10", [])
