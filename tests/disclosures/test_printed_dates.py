"""Moments as pages print them for people."""

import datetime as dt

import pytest

from rightskit.disclosures.printed_dates import printed

DAY = dt.datetime(2024, 3, 11)  # noqa: DTZ001 (the day as it is printed)


@pytest.mark.parametrize(
    "text",
    [
        "11 Mar 2024, 10:11:12 CET",
        "Mar 11, 2024, 10:11:12\u202fAM CET",
        "March 11, 2024 at 10:11 PM",
        "11 March 2024, 10:11:12 GMT+01:00",
        "11 mars 2024, 10:11:12 UTC+1",
        "11\u00a0mars 2024 à 10:11:12 CET",
        "11.03.2024, 10:11:12 MEZ",
        "11.3.2024",
        "11. März 2024 um 10:11 MEZ",
    ],
)
def test_a_day_in_english_german_and_french(text: str) -> None:
    assert printed(text) == DAY


MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
}


@pytest.mark.parametrize("language", MONTHS)
def test_all_months(language: str) -> None:
    names = MONTHS[language].split()
    days = [printed(f"1 {name} 2023, 00:00:00 UTC") for name in names]
    assert [day.month if day else None for day in days] == list(range(1, 13))


@pytest.mark.parametrize(
    "text",
    [
        "3/4/2024, 10:11:12",
        "11 ventôse 2024, 10:11:12 CET",
        "31.02.2024, 10:11:12 MEZ",
        "11 Mar 24, 10:11:12 CET",
        "11 Mar 2024, 10:11:12 CET\n12 Mar 2024, 10:11:12 CET",
        "Searched for 11 Mar 2024",
        "11 Mar 2024, yesterday",
        "0 Mar 2024",
        "",
    ],
)
def test_what_is_no_day_that_is_known_is_not_guessed(text: str) -> None:
    assert printed(text) is None
