"""What must hold for every deadline, and a second, slow and literal reading of Regulation 1182/71 Art. 3."""

from __future__ import annotations

import datetime as dt
import itertools

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.cases.calendar import _working_day
from rightskit.cases.deadline import deadline
from rightskit.cases.happenings import Happening
from rightskit.cases.model import EventKind
from rightskit.cases.places import COUNTRIES, Place

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2035, 12, 31))
SETTLED = [Place(c) for c in COUNTRIES] + [
    Place(*pair.split("-"))
    for pair in ("DE-BY", "DE-BE", "DE-HE", "GB-ENG", "GB-SCT", "GB-NIR", "CH-ZH", "CH-GE", "ES-MD", "FR-57", "IT-BZ")
]
PLACES = st.sampled_from(SETTLED)
DEMANDS = st.sampled_from([EventKind.IDENTITY_DEMANDED, EventKind.MANDATE_DEMANDED, EventKind.CLARIFICATION_DEMANDED])
KINDS = st.sampled_from(
    [
        EventKind.IDENTITY_DEMANDED,
        EventKind.IDENTITY_GIVEN,
        EventKind.MANDATE_DEMANDED,
        EventKind.MANDATE_GIVEN,
        EventKind.CLARIFICATION_DEMANDED,
        EventKind.CLARIFICATION_GIVEN,
        EventKind.DEMAND_JUSTIFIED,
        EventKind.EXTENDED,
        EventKind.COMPLAINED,
    ]
)
GIVEN = {
    EventKind.IDENTITY_GIVEN: EventKind.IDENTITY_DEMANDED,
    EventKind.MANDATE_GIVEN: EventKind.MANDATE_DEMANDED,
    EventKind.CLARIFICATION_GIVEN: EventKind.CLARIFICATION_DEMANDED,
}


def after(days: int, day: dt.date) -> dt.date:
    return day + dt.timedelta(days=days)


@st.composite
def histories(draw: st.DrawFn, received: dt.date) -> list[Happening]:
    """Happenings that fit together: every answer and judgement follows a demand."""
    found: list[Happening] = []
    for offset, kind in sorted(draw(st.lists(st.tuples(st.integers(0, 80), KINDS), max_size=6))):
        wanted = [GIVEN[kind]] if kind in GIVEN else list(GIVEN.values()) if kind is EventKind.DEMAND_JUSTIFIED else []
        if not wanted or any(one.kind in wanted for one in found):
            found.append(Happening(after(offset, received), kind, reasons=draw(st.booleans())))
    return found


@given(DAYS, PLACES, st.data())
@settings(max_examples=200, deadline=None)
def test_earliest_is_never_after_latest_and_neither_before_the_receipt(day, place, data) -> None:
    result = deadline(day, place, data.draw(histories(day)))
    assert result.earliest is not None
    assert result.earliest > day
    assert result.latest is None or result.earliest <= result.latest


@given(DAYS, PLACES, st.data())
@settings(max_examples=200, deadline=None)
def test_the_steps_lead_to_the_answer(day, place, data) -> None:
    result = deadline(day, place, data.draw(histories(day)))
    ends = {step.rule: step.date for step in result.steps}
    assert ends.get("due", ends.get("earliest")) == result.earliest
    assert ends.get("due", ends.get("latest")) == result.latest
    assert all(step.text and not step.text.isspace() for step in result.steps)
    reached = [s.date for s in result.steps if s.rule in {"month", "thirty-days", "roll", "extension"}]
    assert result.earliest in reached
    assert result.latest is None or result.latest in reached


@given(DAYS, PLACES, st.data())
@settings(max_examples=200, deadline=None)
def test_the_order_and_the_repetition_of_events_do_not_matter(day, place, data) -> None:
    events = data.draw(histories(day))
    shuffled = data.draw(st.permutations(events))
    assert deadline(day, place, events) == deadline(day, place, shuffled)
    # A demand heard twice is one demand as long as it is open; repeating all other events changes nothing either.
    assert deadline(day, place, events) == deadline(day, place, [*events, *(e for e in events if e.kind not in GIVEN)])


@given(DAYS, PLACES)
@settings(max_examples=200, deadline=None)
def test_a_last_day_is_a_working_day(day, place) -> None:
    result = deadline(day, place)
    assert result.earliest is not None
    assert result.latest is not None
    for end in (result.earliest, result.latest):
        assert end.weekday() < 5
    if place.subdivision:  # elsewhere each day is a working day in some region only
        for end, disputed in ((result.earliest, False), (result.latest, True)):
            assert _working_day(place.country, place.subdivision, end, disputed=disputed) == end


@given(DAYS, PLACES, st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_a_later_receipt_never_gives_an_earlier_day(day, place, later) -> None:
    first, second = deadline(day, place), deadline(after(later, day), place)
    assert first.earliest is not None
    assert second.earliest is not None
    assert first.latest is not None
    assert second.latest is not None
    assert first.earliest <= second.earliest
    assert first.latest <= second.latest


@given(DAYS, PLACES, st.integers(41, 80), st.integers(0, 40), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_later_receipt_never_gives_an_earlier_day_with_an_answered_demand(
    day, place, given_on, later, judged
) -> None:
    asked = after(40, day)
    events = [Happening(asked, EventKind.IDENTITY_DEMANDED), Happening(after(given_on, day), EventKind.IDENTITY_GIVEN)]
    events += [Happening(asked, EventKind.DEMAND_JUSTIFIED)] if judged else []
    first, second = deadline(day, place, events), deadline(after(later, day), place, events)
    assert first.earliest is not None
    assert second.earliest is not None
    assert first.latest is not None
    assert second.latest is not None
    assert first.latest <= second.latest
    if place.country != "GB":
        assert first.earliest <= second.earliest


@given(DAYS, PLACES, DEMANDS, st.tuples(st.integers(0, 60), st.integers(0, 30)), st.data())
@settings(max_examples=200, deadline=None)
def test_a_contested_demand_changes_nothing(day, place, kind, when, data) -> None:
    asked, contested = when
    extensions = [
        Happening(after(n, day), EventKind.EXTENDED) for n in data.draw(st.lists(st.integers(0, 60), max_size=2))
    ]
    contest = [Happening(after(asked, day), kind), Happening(after(asked + contested, day), EventKind.DEMAND_CONTESTED)]
    plain, contested_too = deadline(day, place, extensions), deadline(day, place, [*extensions, *contest])
    assert (plain.earliest, plain.latest, plain.flags) == (
        contested_too.earliest,
        contested_too.latest,
        contested_too.flags,
    )


def unrolled(start: dt.date, months: int = 1) -> dt.date:
    """Art. 3(2)(c), day by day: the same date so many months later, or the last day of that month."""
    target = (start.month + months - 1) % 12 + 1
    day = start
    while day.month != target or (day.day != start.day and after(1, day).month == target):
        day = after(1, day)
    return day


def literal(received: dt.date, country: str, subdivision: str) -> dt.date:
    """Art. 3 of Regulation 1182/71, word by word, with the public holidays of one region and nothing else.

    Art. 3(1): the day of the event does not count, so the period starts with the day after it. Art. 3(2)(c): a period
    in months ends with the last hour of whichever day in the last month is the same date as the day from which it
    runs; where that day does not occur in the last month, with the last hour of the last day of that month. Art. 3(4):
    where the last day is a public holiday, Sunday or Saturday, the period ends with the last hour of the following
    working day.
    """
    day = unrolled(received)
    table = holidays.country_holidays(country, subdiv=subdivision or None, years=range(day.year, day.year + 2))
    while day in table or day.strftime("%u") in "67":
        day = after(1, day)
    return day


@given(DAYS, st.sampled_from(sorted(set(COUNTRIES) - {"CH"})), st.none() | st.integers(0, 90), st.booleans())
@settings(max_examples=200, deadline=None)
def test_each_step_follows_from_the_one_before_it(day, country, extended, reasons) -> None:
    """A month after the receipt, a working day after what is none, two or three months where it was extended."""
    notice = [] if extended is None else [Happening(after(extended, day), EventKind.EXTENDED, reasons=reasons)]
    result = deadline(day, Place(country), notice)
    for reading in ("Read strictly", "Read in the controller's favour"):
        chain = [step for step in result.steps if step.text.startswith(reading) or not step.text.startswith("Read ")]
        dated = [step for step in chain if step.rule in {"receipt", "month", "roll", "extension"}]
        assert [step.rule for step in dated[:2]] == ["receipt", "month"]
        for before, step in itertools.pairwise(dated):
            match step.rule:
                case "month":
                    assert step.date == unrolled(before.date)
                case "roll":
                    assert before.date <= step.date <= after(11, before.date)
                case "extension":
                    assert step.date in {unrolled(unrolled(day, 2)), unrolled(unrolled(day), 2), unrolled(day, 3)}


# Places where neither the region nor a reading is in doubt.
CLEAR = ["AT-", "BE-", "BG-", "CY-", "CZ-", "EE-", "GR-", "HR-", "IE-", "IS-", "LT-", "LU-", "MT-", "NO-", "PL-", "RO-"]
CLEAR += ["SI-", "SK-", "DE-BE", "DE-HE", "DE-NW", "DE-SL", "ES-MD", "ES-CT", "GB-ENG", "GB-SCT", "GB-NIR", "FR-57"]


@given(DAYS, st.sampled_from(CLEAR))
@settings(max_examples=200, deadline=None)
def test_it_agrees_with_a_literal_reading_of_the_regulation(day, clear) -> None:
    country, _, subdivision = clear.partition("-")
    expected = literal(day, country, subdivision)
    result = deadline(day, Place(country, subdivision))
    assert (result.earliest, result.latest, result.flags) == (expected, expected, ())


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2024-01-31", "2024-02-29"),
        ("2023-01-29", "2023-02-28"),
        ("2026-12-31", "2027-02-01"),
        ("2026-02-27", "2026-03-27"),
    ],
)
def test_the_literal_reading_itself_is_right(received: str, expected: str) -> None:
    assert literal(dt.date.fromisoformat(received), "LU", "") == dt.date.fromisoformat(expected)
