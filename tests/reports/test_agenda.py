"""The calendar is what other programs read: every property comes back, and no line is too long."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from rightskit.reports.agenda import Entry, calendar

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
words = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"), max_size=200)
texts = st.lists(words, max_size=3).map("\n".join)


@given(texts, texts, st.dates(dt.date(2000, 1, 1), dt.date(2200, 1, 1)), st.booleans())
def test_what_is_written_is_read_again(summary, description, day, gone) -> None:
    raw = calendar([Entry("rk-1.answer@rightskit.invalid", day, summary, description, 5, gone)], "Was wissen sie?", NOW)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    read = Calendar.from_ical(raw)
    assert read["x-wr-calname"] == "Was wissen sie?"
    (event,) = read.walk("VEVENT")
    assert (event["summary"], event["description"]) == (summary, description)
    assert (event["dtstart"].dt, event["dtend"].dt) == (day, day + dt.timedelta(days=1))
    assert event["dtstamp"].dt == NOW
    assert (event["uid"], event["sequence"]) == ("rk-1.answer@rightskit.invalid", 5)
    assert event["status"] == ("CANCELLED" if gone else "CONFIRMED")


def test_entries_stand_in_the_order_of_their_days() -> None:
    entries = [Entry(f"{day}@x", dt.date(2026, 3, day), str(day), "", 1) for day in (9, 2, 5)]
    found = Calendar.from_ical(calendar(entries, "t", NOW)).walk("VEVENT")
    assert [str(event["summary"]) for event in found] == ["2", "5", "9"]


def test_a_calendar_without_entries_is_one() -> None:
    assert Calendar.from_ical(calendar([], "t", NOW)).walk("VEVENT") == []
