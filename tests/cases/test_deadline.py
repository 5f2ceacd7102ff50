"""What the worked examples leave open: other demands, other countries, doubtful days, bad input."""

from __future__ import annotations

import datetime as dt

import pytest

from rightskit.cases.calendar import _anywhere, tables_version
from rightskit.cases.deadline import deadline
from rightskit.cases.happenings import parse_event
from rightskit.cases.places import COUNTRIES, Place
from rightskit.errors import WrongUsageError
from rightskit.rights import Right


def ask(received: str, place: str, *events: str) -> tuple[str, str, str]:
    """Earliest, latest and flags, for a place such as ``DE-HE``."""
    country, _, subdivision = place.partition("-")
    result = deadline(dt.date.fromisoformat(received), Place(country, subdivision), [parse_event(e) for e in events])
    return str(result.earliest), str(result.latest), " ".join(result.flags)


DOUBTFUL = [
    # Good Friday 2026 is 3 April
    ("2026-03-03", "NL", "2026-04-03", "2026-04-07", "holiday-disputed"),
    ("2026-03-03", "LI", "2026-04-03", "2026-04-07", "holiday-disputed"),
    ("2026-04-05", "NL", "2026-05-05", "2026-05-06", "holiday-disputed"),  # Liberation Day, not a fifth year
    ("2030-04-05", "NL", "2030-05-06", "2030-05-06", ""),  # a Sunday in a fifth year
    ("2026-05-19", "SE", "2026-06-19", "2026-06-22", "holiday-disputed"),  # Midsummer Eve
    ("2026-11-24", "SE", "2026-12-24", "2026-12-28", "holiday-disputed"),
    ("2026-05-05", "DK", "2026-06-05", "2026-06-08", "holiday-disputed"),  # Constitution Day
    ("2026-07-21", "HU", "2026-08-21", "2026-08-24", "holiday-disputed"),  # exchanged for a Saturday
    ("2026-05-04", "DE-SN", "2026-06-04", "2026-06-05", "holiday-disputed"),  # Corpus Christi, some municipalities
    ("2026-05-04", "DE-BY", "2026-06-05", "2026-06-05", ""),
    ("2026-11-07", "IT-MI", "2026-12-07", "2026-12-09", "holiday-disputed"),  # Saint Ambrose, then 8 December
    ("2026-04-25", "IT-BZ", "2026-05-26", "2026-05-26", ""),  # Whit Monday, by law of the province
    ("2026-04-25", "IT", "2026-05-25", "2026-05-26", "place-unknown"),
    ("2026-03-03", "FR-67", "2026-04-07", "2026-04-07", ""),
    ("2026-03-03", "FR-75", "2026-04-03", "2026-04-03", ""),
    ("2026-03-03", "FR-GES", "2026-04-03", "2026-04-07", "place-unknown"),
    ("2026-02-17", "GB", "2026-03-17", "2026-03-18", "place-unknown"),  # St Patrick, Northern Ireland only
    ("2026-02-17", "GB-NIR", "2026-03-18", "2026-03-18", ""),
    ("2023-05-29", "GB-SCT", "2023-06-29", "2023-06-29", ""),
    ("2024-03-26", "DK", "2024-04-26", "2024-04-26", ""),  # Great Prayer Day was abolished from 2024 on
    ("2023-04-05", "DK", "2023-05-08", "2023-05-08", ""),  # and kept on 5 May 2023
]


@pytest.mark.parametrize(("received", "place", "earliest", "latest", "flags"), DOUBTFUL)
def test_doubtful_days_give_a_range(received: str, place: str, earliest: str, latest: str, flags: str) -> None:
    assert ask(received, place) == (earliest, latest, flags)


DEMANDS = [
    # a justified demand that nobody has answered: no latest date
    (("identity-demanded=2026-03-13", "demand-justified=2026-03-14"), "2026-04-10", "None", "waiting-for-member"),
    # answered, contested all the same
    (
        ("identity-demanded=2026-03-13", "identity-given=2026-03-23", "demand-contested=2026-03-24"),
        "2026-04-10",
        "2026-04-10",
        "",
    ),
    # late and answered: the clock never stopped
    (
        ("identity-demanded=2026-03-25", "identity-given=2026-03-27"),
        "2026-04-10",
        "2026-04-10",
        "late-identity-demand",
    ),
    # the fourteenth day is prompt
    (("identity-demanded=2026-03-24",), "2026-04-10", "None", "waiting-for-member"),
    (
        ("mandate-demanded=2026-03-13", "mandate-given=2026-03-23"),
        "2026-04-10",
        "2026-04-23",
        "demand-not-judged",
    ),
    (("clarification-demanded=2026-04-01",), "2026-04-10", "2026-04-10", "late-demand"),
    # two demands in one letter, one answer missing
    (
        ("identity-demanded=2026-03-13", "mandate-demanded=2026-03-13", "identity-given=2026-03-20"),
        "2026-04-10",
        "None",
        "demand-not-judged waiting-for-member",
    ),
    # both answered and judged justified: 13 to 23 March overlap and count once; Monday 20 to Thursday 23 April
    (
        (
            "identity-demanded=2026-03-13",
            "mandate-demanded=2026-03-13",
            "demand-justified=2026-03-14",
            "identity-given=2026-03-20",
            "mandate-given=2026-03-23",
        ),
        "2026-04-20",
        "2026-04-23",
        "",
    ),
    # a restart, then an extension: three months from 23 March
    (
        ("identity-demanded=2026-03-13", "identity-given=2026-03-23", "extended=2026-04-20"),
        "2026-04-10",
        "2026-06-23",
        "demand-not-judged",
    ),
    # the form letter comes again after it was contested: it stays contested
    (
        ("identity-demanded=2026-03-11", "demand-contested=2026-03-12", "identity-demanded=2026-03-20"),
        "2026-04-10",
        "2026-04-10",
        "",
    ),
    # other events leave the clock alone
    (("acknowledged=2026-03-11", "fee-demanded=2026-03-12", "reminded=2026-04-12"), "2026-04-10", "2026-04-10", ""),
    # a second notice of extension gives no further months
    (("extended=2026-03-20", "extended=2026-05-20"), "2026-06-10", "2026-06-10", ""),
    # reasons that follow within the month
    (("extended-without-reasons=2026-03-20", "extended=2026-04-09"), "2026-06-10", "2026-06-10", ""),
    # bounced, then delivered
    (("bounced=2026-03-10", "delivered=2026-03-16"), "2026-04-16", "2026-04-16", ""),
]


@pytest.mark.parametrize(("events", "earliest", "latest", "flags"), DEMANDS)
def test_demands_and_extensions(events: tuple[str, ...], earliest: str, latest: str, flags: str) -> None:
    assert ask("2026-03-10", "DE", *events) == (earliest, latest, flags)


def test_an_extension_on_a_day_that_is_the_last_only_in_some_regions_gives_the_whole_range() -> None:
    # 6 January: working day in Berlin, Epiphany in Bavaria, so a notice on the 7th is in time there only
    assert ask("2026-12-06", "DE", "extended=2027-01-07") == ("2027-01-06", "2027-03-08", "place-unknown")
    assert ask("2026-12-06", "DE-BE", "extended=2027-01-07") == ("2027-01-06", "2027-01-06", "late-extension")
    assert ask("2026-12-06", "DE-BY", "extended=2027-01-07")[1] == "2027-03-08"


def test_switzerland_counts_days_and_its_extension_has_no_limit_of_its_own() -> None:
    assert ask("2026-01-31", "CH-ZH") == ("2026-03-02", "2026-03-02", "")
    assert ask("2026-03-02", "CH-ZH", "extended=2026-03-20") == ("2026-04-01", "2026-06-01", "extension-without-limit")


def test_the_united_kingdom_waits_for_identity_too() -> None:
    assert ask("2026-03-10", "GB-ENG", "identity-demanded=2026-03-11") == (
        "2026-04-10",
        "None",
        "waiting-for-member",
    )


def test_an_objection_to_marketing_takes_effect_at_once_and_a_complaint_has_its_own_date() -> None:
    events = [parse_event("complained=2026-05-31")]
    steps = deadline(dt.date(2026, 3, 10), Place("DE"), events, right=Right.OBJECTION).steps
    assert [(step.rule, step.source, str(step.date)) for step in steps if step.rule in {"at-once", "authority"}] == [
        ("at-once", "GDPR Art. 21(3)", "None"),
        ("authority", "GDPR Art. 78(2); Reg. 1182/71 Art. 3(4)", "2026-08-31"),
    ]


def test_every_step_of_the_law_names_its_source() -> None:
    steps = deadline(dt.date(2026, 12, 6), Place("DE"), [parse_event("extended=2026-12-30")]).steps
    assert all(step.source for step in steps if step.rule not in {"due", "earliest", "latest"})
    assert "Epiphany" in " ".join(step.text for step in deadline(dt.date(2026, 12, 6), Place("DE", "BY")).steps)


@pytest.mark.parametrize(
    ("received", "place", "events", "words"),
    [
        ("2026-03-10", "US", (), "no rules are known for the country 'US'"),
        ("2026-03-10", "DE-XX", (), "'XX' is no subdivision of DE"),
        ("2026-03-10", "DE", ("identity-given=2026-03-12",), "identity-given on 2026-03-12 has no identity-demanded"),
        (
            "2026-03-10",
            "DE",
            ("identity-given=2026-03-12", "identity-demanded=2026-03-13"),
            "identity-given on 2026-03-12 has no identity-demanded",
        ),
        ("2026-03-10", "DE", ("demand-contested=2026-03-12",), "demand-contested on 2026-03-12 has no"),
        ("2026-03-10", "DE", ("extended=2026-03-09",), "extended on 2026-03-09 comes before the receipt"),
        ("2017-12-31", "DE", (), "2017-12-31 is outside"),
        ("2026-03-10", "DE", ("extended=9999-12-31",), "extended on 9999-12-31 is outside"),
    ],
)
def test_what_cannot_be_is_said(received: str, place: str, events: tuple[str, ...], words: str) -> None:
    with pytest.raises(WrongUsageError) as raised:
        ask(received, place, *events)
    assert words in str(raised.value)
    assert raised.value.hint


@pytest.mark.parametrize(
    "text",
    ["", "extended", "extended=", "extended=2026-02-30", "extended=20260210", "nonsense=2026-02-10", "=2026-02-10"],
)
def test_an_event_that_cannot_be_read_is_a_wrong_usage(text: str) -> None:
    with pytest.raises(WrongUsageError):
        parse_event(text)


def test_the_known_countries_are_those_of_the_eea_switzerland_and_the_united_kingdom() -> None:
    assert len(COUNTRIES) == 32
    for country in COUNTRIES:
        assert len(_anywhere(Place(country), 2026)) >= 4, country


@pytest.mark.parametrize(("alias", "country"), [("uk", "GB"), ("EL", "GR"), (" de ", "DE")])
def test_other_spellings_of_a_country_are_understood(alias: str, country: str) -> None:
    day = dt.date(2026, 3, 3)
    assert deadline(day, Place(alias)) == deadline(day, Place(country))
    assert deadline(day, Place("DE", "de-he")) == deadline(day, Place("DE", "HE"))


def test_the_version_of_the_tables_can_be_kept_with_a_deadline() -> None:
    assert tables_version().startswith("holidays ")
