"""What follows from sending alone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from rightskit.cases.deadline import deadline
from rightskit.cases.places import Place
from rightskit.cases.receipt import Receipt, receipt_from_sending
from rightskit.errors import WrongUsageError

HESSE = Place("DE", "HE")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def test_a_mail_counts_from_its_own_day_or_from_a_few_days_later() -> None:
    assert receipt_from_sending(day("03-02"), "email", HESSE) == Receipt(
        day("03-02"), day("03-05"), "sent", ("receipt-assumed",)
    )


def test_a_letter_arrives_some_days_later_and_never_on_a_sunday_in_the_kind_reading() -> None:
    assert receipt_from_sending(day("03-02"), "post", HESSE).first == day("03-05")
    friday = receipt_from_sending(day("03-06"), "registered", HESSE)
    assert (friday.first, friday.last) == (day("03-09"), day("03-09"))
    thursday = receipt_from_sending(day("03-05"), "post", HESSE)
    assert (thursday.first, thursday.last) == (day("03-08"), day("03-09"))
    assert receipt_from_sending(day("03-02"), "post", HESSE, days=1).first == day("03-03")


def test_the_day_is_the_one_at_the_controller() -> None:
    late_in_london = dt.datetime(2026, 3, 2, 23, 30, tzinfo=ZoneInfo("Europe/London"))
    assert receipt_from_sending(late_in_london, "email", HESSE).first == day("03-03")
    assert receipt_from_sending(late_in_london, "email", Place("GB", "ENG")).first == day("03-02")
    assert receipt_from_sending(late_in_london, "email", Place("PT"), timezone="Atlantic/Azores").first == day("03-02")


def test_a_german_business_mail_after_hours_may_count_from_the_next_working_day() -> None:
    # Thursday before Easter, 18:00: the next working day is Tuesday 7 April
    evening = dt.datetime(2026, 4, 2, 18, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert receipt_from_sending(evening, "email", HESSE).last == day("04-07")
    assert receipt_from_sending(evening, "email", Place("AT")).last == day("04-05")
    assert receipt_from_sending(evening.replace(hour=9), "email", HESSE).last == day("04-05")


def test_a_receipt_that_is_a_range_widens_the_deadline() -> None:
    result = deadline(receipt_from_sending(day("03-02"), "email", HESSE), HESSE)
    assert (result.earliest, result.latest, result.flags) == (day("04-02"), day("04-07"), ("receipt-assumed",))


def test_an_unknown_channel_is_a_wrong_usage() -> None:
    with pytest.raises(WrongUsageError, match="pigeon"):
        receipt_from_sending(day("03-02"), "pigeon", HESSE)
