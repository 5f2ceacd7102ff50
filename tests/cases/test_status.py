"""Histories of requests, with the facts that a person would write down for each."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.campaign.model import Followups
from rightskit.cases.facts import FACTS
from rightskit.cases.model import Clock, Delivery, Event, EventKind, NextStep, Status
from rightskit.cases.places import Place
from rightskit.cases.status import fold
from rightskit.rights import Right

BERLIN = Place("DE", "BE")
REFERENCE = "RK-0000-0000"


def events(*texts: str) -> list[Event]:
    """Events from ``KIND=MM-DD key=value …`` in 2026, numbered and noted in the order given."""
    found = []
    for number, text in enumerate(texts, 1):
        head, *details = text.split()
        kind, _, day = head.partition("=")
        detail = dict(pair.split("=") for pair in details)
        evidence = detail.pop("evidence", "")
        noted = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number)
        happened = dt.date.fromisoformat(f"2026-{day}")
        found.append(Event(REFERENCE, EventKind(kind), happened, noted, evidence=evidence, detail=detail, id=number))
    return found


def look(today: str, *texts: str, ask_members: bool = False, **more: object) -> Status:
    followups = Followups(remind_after=1, complain_after=21, ask_members=ask_members)
    day = dt.date.fromisoformat(f"2026-{today}")
    return fold(events(*texts), BERLIN, right=Right.ACCESS, today=day, followups=followups, **more)


# A mail of Monday 2 March: strictly due on Thursday 2 April; read kindly it arrived on the 5th, and 5 April is Easter.
SENT = "sent=03-02 channel=email"
HISTORIES = [
    # --- not yet sent
    ("planned", "03-10", ["planned=03-01"], "unsent", "not running", "none", "nothing", None),
    ("queued", "03-10", ["planned=03-01", "queued=03-02"], "queued", "not running", "none", "wait", None),
    # --- silence
    ("sent", "03-10", [SENT], "sent", "running", "none", "wait", "04-07"),
    ("last strict day", "04-02", [SENT], "sent", "running", "none", "wait", "04-07"),
    ("the day after it", "04-03", [SENT], "sent", "running", "none", "remind", "04-07"),
    ("last kind day", "04-07", [SENT], "sent", "running", "none", "remind", "04-07"),
    ("overdue", "04-08", [SENT], "sent", "overdue", "none", "remind", "04-07"),
    ("reminded", "04-20", [SENT, "reminded=04-08"], "sent", "overdue", "none", "wait", "04-07"),
    ("patience is over", "04-29", [SENT, "reminded=04-08"], "sent", "overdue", "none", "complain", "04-07"),
    ("complained", "05-10", [SENT, "reminded=04-08", "complained=05-04"], "sent", "overdue", "none", "wait", "08-04"),
    ("delayed mail", "03-04", [SENT, "delayed=03-03"], "sent", "running", "none", "wait", "04-07"),
    # --- proof of receipt
    ("positive report", "03-10", [SENT, "delivered=03-02"], "received", "running", "none", "wait", "04-02"),
    (
        "tracking",
        "03-10",
        ["sent=03-02 channel=post", "delivered=03-04"],
        "received",
        "running",
        "none",
        "wait",
        "04-07",
    ),
    ("acknowledged", "03-10", [SENT, "acknowledged=03-03"], "received", "running", "acknowledged", "wait", "04-07"),
    ("word without sending", "03-10", ["acknowledged=03-03"], "received", "running", "acknowledged", "wait", "04-07"),
    # --- an out-of-office hides nothing
    (
        "away, then silence",
        "04-08",
        [SENT, "noted=03-02 kind=auto-reply"],
        "sent",
        "overdue",
        "none",
        "remind",
        "04-07",
    ),
    ("ticket, then silence", "04-08", [SENT, "delivered=03-02"], "received", "overdue", "none", "remind", "04-02"),
    (
        "away after the reminder",
        "04-29",
        [SENT, "reminded=04-08", "noted=04-08"],
        "sent",
        "overdue",
        "none",
        "complain",
        "04-07",
    ),
    # --- bounces
    ("bounced", "03-10", [SENT, "bounced=03-02"], "bounced", "not running", "none", "fix the address", None),
    ("bounced long ago", "08-10", [SENT, "bounced=03-02"], "bounced", "not running", "none", "fix the address", None),
    (
        "sent again",
        "03-10",
        [SENT, "bounced=03-02", "sent=03-09 channel=email"],
        "sent",
        "running",
        "none",
        "wait",
        "04-13",
    ),
    (
        "bounced again",
        "03-20",
        [SENT, "bounced=03-02", "sent=03-09", "bounced=03-09"],
        "bounced",
        "not running",
        "none",
        "fix the address",
        None,
    ),
    (
        "the reminder bounced",
        "04-12",
        [SENT, "acknowledged=03-03", "reminded=04-08", "bounced=04-08"],
        "received",
        "overdue",
        "acknowledged",
        "wait",
        "04-07",
    ),
    (
        "bounce, and a reply all the same",
        "03-12",
        [SENT, "bounced=03-02", "acknowledged=03-10"],
        "received",
        "running",
        "acknowledged",
        "wait",
        "04-10",
    ),
    # --- identity
    (
        "identity asked",
        "03-10",
        [SENT, "identity-demanded=03-05"],
        "received",
        "paused",
        "in dialogue",
        "answer an identity demand",
        "04-02",
    ),
    (
        "identity asked, months ago",
        "07-10",
        [SENT, "identity-demanded=03-05"],
        "received",
        "paused",
        "in dialogue",
        "answer an identity demand",
        "04-02",
    ),
    (
        "identity given",
        "03-20",
        [SENT, "identity-demanded=03-05", "identity-given=03-12"],
        "received",
        "running",
        "in dialogue",
        "wait",
        "04-13",
    ),
    (
        "identity given, overdue",
        "04-14",
        [SENT, "identity-demanded=03-05", "identity-given=03-12"],
        "received",
        "overdue",
        "in dialogue",
        "remind",
        "04-13",
    ),
    (
        "identity contested",
        "03-20",
        [SENT, "identity-demanded=03-05", "demand-contested=03-06"],
        "received",
        "running",
        "in dialogue",
        "wait",
        "04-07",
    ),
    (
        "identity contested, overdue",
        "04-08",
        [SENT, "identity-demanded=03-05", "demand-contested=03-06"],
        "received",
        "overdue",
        "in dialogue",
        "remind",
        "04-07",
    ),
    (
        "identity asked late",
        "03-30",
        [SENT, "identity-demanded=03-27"],
        "received",
        "running",
        "in dialogue",
        "answer an identity demand",
        "04-07",
    ),
    (
        "identity asked late, overdue",
        "04-08",
        [SENT, "identity-demanded=03-27"],
        "received",
        "overdue",
        "in dialogue",
        "remind",
        "04-07",
    ),
    (
        "mandate asked",
        "03-10",
        [SENT, "mandate-demanded=03-05"],
        "received",
        "paused",
        "in dialogue",
        "answer a mandate demand",
        "04-02",
    ),
    (
        "clarification asked",
        "03-10",
        [SENT, "clarification-demanded=03-05"],
        "received",
        "paused",
        "in dialogue",
        "answer a clarification demand",
        "04-02",
    ),
    (
        "acknowledged after the demand",
        "03-12",
        [SENT, "identity-demanded=03-05", "acknowledged=03-10"],
        "received",
        "paused",
        "in dialogue",
        "answer an identity demand",
        "04-02",
    ),
    # --- fee, channel, controller
    ("fee", "03-10", [SENT, "fee-demanded=03-05"], "received", "running", "in dialogue", "contest", "04-07"),
    (
        "fee contested",
        "03-10",
        [SENT, "fee-demanded=03-05", "demand-contested=03-06"],
        "received",
        "running",
        "in dialogue",
        "wait",
        "04-07",
    ),
    (
        "other channel",
        "03-10",
        [SENT, "redirected=03-05 to=channel"],
        "received",
        "running",
        "in dialogue",
        "contest",
        "04-07",
    ),
    (
        "not an official address",
        "03-10",
        [SENT, "redirected=03-05 to=channel official=no"],
        "sent",
        "running",
        "in dialogue",
        "contest",
        "04-07",
    ),
    (
        "wrong controller",
        "03-10",
        [SENT, "redirected=03-05 to=controller"],
        "received",
        "stopped",
        "refused",
        "review a reply",
        None,
    ),
    # --- extension
    ("extended", "03-20", [SENT, "extended=03-16"], "received", "extended", "acknowledged", "wait", "06-05"),
    (
        "extended, between the readings",
        "06-03",
        [SENT, "extended=03-16"],
        "received",
        "extended",
        "acknowledged",
        "remind",
        "06-05",
    ),
    ("extended, overdue", "06-06", [SENT, "extended=03-16"], "received", "overdue", "acknowledged", "remind", "06-05"),
    ("extended too late", "04-09", [SENT, "extended=04-08"], "received", "overdue", "acknowledged", "remind", "04-07"),
    (
        "extended without reasons",
        "04-08",
        [SENT, "extended=03-16 reasons=no"],
        "received",
        "extended",
        "acknowledged",
        "remind",
        "06-05",
    ),
    # --- answers
    ("data", "04-30", [SENT, "data-received=03-20"], "received", "stopped", "data", "extract", None),
    (
        "data extracted",
        "04-30",
        [SENT, "data-received=03-20", "noted=03-21 extracted=yes"],
        "received",
        "stopped",
        "data",
        "nothing",
        None,
    ),
    ("part", "04-30", [SENT, "partly-granted=03-20"], "received", "stopped", "partial", "contest", None),
    (
        "part and data in one message",
        "04-30",
        [SENT, "partly-granted=03-20 evidence=m1", "data-received=03-20 evidence=m1"],
        "received",
        "stopped",
        "partial",
        "contest",
        None,
    ),
    (
        "part, then the rest",
        "04-30",
        [SENT, "partly-granted=03-20 evidence=m1", "data-received=04-10 evidence=m2"],
        "received",
        "stopped",
        "data",
        "extract",
        None,
    ),
    ("confirmed", "04-30", [SENT, "confirmed=03-20"], "received", "stopped", "confirmed", "wait", None),
    ("refused", "04-30", [SENT, "refused=03-20"], "received", "stopped", "refused", "complain", None),
    (
        "refused and complained",
        "04-30",
        [SENT, "refused=03-20", "complained=04-01"],
        "received",
        "stopped",
        "refused",
        "wait",
        "07-01",
    ),
    (
        "data after the complaint",
        "06-30",
        [SENT, "refused=03-20", "complained=04-01", "data-received=06-20"],
        "received",
        "stopped",
        "data",
        "extract",
        "07-01",
    ),
    (
        "data, then a refusal to give more",
        "04-30",
        [SENT, "data-received=03-20", "refused=04-02"],
        "received",
        "stopped",
        "partial",
        "contest",
        None,
    ),
    ("no data", "04-30", [SENT, "no-data=03-20"], "received", "stopped", "no data", "ask the member", None),
    (
        "no data, member asked",
        "03-25",
        [SENT, "no-data=03-20", "member-asked=03-21"],
        "received",
        "stopped",
        "no data",
        "wait",
        None,
    ),
    (
        "no data, member content",
        "04-30",
        [SENT, "no-data=03-20", "member-asked=03-21", "member-reported=03-29"],
        "received",
        "stopped",
        "no data",
        "nothing",
        None,
    ),
    (
        "a demand after the answer",
        "04-30",
        [SENT, "refused=03-20", "identity-demanded=03-25"],
        "received",
        "stopped",
        "refused",
        "complain",
        None,
    ),
    (
        "link",
        "03-22",
        [SENT, "data-received=03-20 link=yes"],
        "received",
        "running",
        "in dialogue",
        "ask the member",
        "04-07",
    ),
    (
        "link opened",
        "04-30",
        [SENT, "data-received=03-20 link=yes", "member-reported=03-22 opened=yes"],
        "received",
        "stopped",
        "data",
        "extract",
        None,
    ),
    (
        "link, never opened",
        "04-30",
        [SENT, "data-received=03-20 link=yes", "member-asked=03-22"],
        "received",
        "overdue",
        "in dialogue",
        "ask the member",
        "04-07",
    ),
    (
        "by post",
        "03-22",
        [SENT, "answer-announced=03-20"],
        "received",
        "running",
        "acknowledged",
        "ask the member",
        "04-07",
    ),
    (
        "by post, it came",
        "04-30",
        [SENT, "answer-announced=03-20", "member-reported=03-25", "data-received=03-24"],
        "received",
        "stopped",
        "data",
        "extract",
        None,
    ),
    # --- corrections
    (
        "filed by mistake",
        "04-08",
        [SENT, "refused=03-20", "corrected=03-22 corrects=2"],
        "sent",
        "overdue",
        "none",
        "remind",
        "04-07",
    ),
    (
        "the correction was wrong",
        "04-30",
        [SENT, "refused=03-20", "corrected=03-22 corrects=2", "corrected=03-23 corrects=3"],
        "received",
        "stopped",
        "refused",
        "complain",
        None,
    ),
    (
        "another answer holds",
        "04-30",
        [SENT, "refused=03-20", "corrected=03-22 corrects=2 answer=data"],
        "sent",
        "stopped",
        "data",
        "extract",
        None,
    ),
    (
        "no answer after all",
        "04-08",
        [SENT, "acknowledged=03-03", "data-received=03-20", "corrected=03-22 answer=acknowledged"],
        "received",
        "overdue",
        "acknowledged",
        "remind",
        "04-07",
    ),
    (
        "a correction of nothing",
        "03-10",
        [SENT, "corrected=03-05 corrects=77 answer=nonsense"],
        "sent",
        "running",
        "none",
        "wait",
        "04-07",
    ),
    # --- the end
    ("withdrawn", "08-01", [SENT, "withdrawn=03-20"], "sent", "stopped", "none", "nothing", None),
    (
        "withdrawn while asked",
        "08-01",
        [SENT, "identity-demanded=03-05", "withdrawn=03-20"],
        "received",
        "stopped",
        "in dialogue",
        "nothing",
        None,
    ),
    ("closed", "08-01", [SENT, "data-received=03-20", "closed=03-25"], "received", "stopped", "data", "nothing", None),
]


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history[0])
def test_the_facts_of_a_history(history) -> None:
    _, today, texts, delivery, clock, answer, following, due = history
    status = look(today, *texts)
    found = (status.delivery, status.clock, status.answer, status.next, status.due and f"{status.due:%m-%d}")
    assert found == (delivery, clock, answer, following, due)


ASKED = [
    ("before it is due nobody is asked", "03-10", [SENT], "none", "wait"),
    ("due: first ask", "04-03", [SENT], "none", "ask the member"),
    ("asked", "04-08", [SENT, "member-asked=04-03"], "unknown", "wait"),
    ("asked, no answer for two weeks", "04-17", [SENT, "member-asked=04-03"], "unknown", "ask the member"),
    ("nothing came", "04-08", [SENT, "member-asked=04-03", "member-reported=04-06"], "none", "remind"),
    (
        "what was reported before the day tells nothing",
        "04-08",
        [SENT, "member-reported=03-20"],
        "none",
        "ask the member",
    ),
    ("reminded", "04-10", [SENT, "member-asked=04-03", "member-reported=04-06", "reminded=04-08"], "none", "wait"),
    ("complain", "04-29", [SENT, "member-asked=04-03", "member-reported=04-06", "reminded=04-08"], "none", "complain"),
    (
        "asked again meanwhile",
        "04-29",
        [SENT, "member-asked=04-03", "member-reported=04-06", "reminded=04-08", "member-asked=04-28"],
        "unknown",
        "wait",
    ),
    ("in dialogue stays so", "04-08", [SENT, "fee-demanded=03-05", "member-asked=04-03"], "in dialogue", "wait"),
]


@pytest.mark.parametrize("history", ASKED, ids=lambda history: history[0])
def test_nobody_is_reminded_before_the_member_was_asked(history) -> None:
    _, today, texts, answer, following = history
    status = look(today, *texts, ask_members=True)
    assert (status.answer, status.next) == (answer, following)


def test_a_reply_that_waits_for_a_person_holds_the_escalation_but_not_the_clock() -> None:
    status = look("04-29", SENT, "reminded=04-08", waiting_review=True)
    assert (status.clock, status.next, status.waiting_review) == (Clock.OVERDUE, NextStep.REVIEW_REPLY, True)
    assert look("03-10", SENT, "identity-demanded=03-05", waiting_review=True).next is NextStep.ANSWER_IDENTITY
    assert look("03-10", SENT, "data-received=03-05", waiting_review=True).next is NextStep.REVIEW_REPLY


def test_what_is_only_assumed_or_odd_is_flagged() -> None:
    assert look("03-10", SENT).flags == ("receipt-assumed",)
    assert look("03-10", SENT, "acknowledged=03-03").flags == ()
    assert look("03-10", SENT, "data-received=03-05 link=yes").flags == ("link",)
    assert look("03-01", SENT).flags == ("future-date", "receipt-assumed")
    assert look("08-05", SENT, "reminded=04-08", "complained=05-04").flags == ("authority-overdue", "receipt-assumed")


def test_the_received_day_is_the_strict_one_and_the_steps_stay_after_an_answer() -> None:
    status = look("04-30", SENT, "data-received=03-20")
    assert status.received == dt.date(2026, 3, 2)
    assert status.deadline is not None
    assert status.deadline.latest == dt.date(2026, 4, 7)


@pytest.mark.parametrize("place", [Place("US"), Place("DE", "XX"), Place("")])
def test_a_place_without_rules_still_has_a_clock(place: Place) -> None:
    status = fold(events(SENT), place, right=Right.ACCESS, today=dt.date(2026, 5, 1))
    assert status.clock is Clock.OVERDUE
    assert ("no-holiday-table" in status.flags) == (place.country != "DE")


ANY_EVENT = st.builds(
    Event,
    reference=st.just(REFERENCE),
    kind=st.sampled_from(EventKind),
    happened=st.dates() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
    noted=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(dt.UTC)),  # noqa: DTZ001 (hypothesis adds the zone)
    detail=st.dictionaries(
        st.sampled_from(["corrects", "answer", "to", "link", "opened", "reasons", "channel", "demand", "official"]),
        st.sampled_from(
            ["", "1", "2", "no", "yes", "controller", "channel", "data", "none", "pigeon", "identity-demanded"]
        ),
        max_size=3,
    ),
    id=st.integers(0, 8),
)


@given(st.lists(ANY_EVENT, min_size=1, max_size=8), st.dates(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_fold_gives_an_answer_for_any_history(history: list[Event], today: dt.date, asking: bool) -> None:  # noqa: FBT001 (drawn)
    followups = Followups(ask_members=asking)
    status = fold(history, BERLIN, right=Right.ERASURE, today=today, followups=followups)
    assert status.reference == REFERENCE
    if status.clock in {Clock.RUNNING, Clock.OVERDUE, Clock.PAUSED, Clock.EXTENDED}:
        assert status.deadline is not None
    if any(event.kind is EventKind.NOTED for event in history):
        without = [event for event in history if event.kind is not EventKind.NOTED or event.detail]
        again = fold(without or history, BERLIN, right=Right.ERASURE, today=today, followups=followups)
        if {event.id for event in history} == {0}:
            assert (again.delivery, again.clock, again.answer) == (status.delivery, status.clock, status.answer)


@given(
    st.permutations(
        events(SENT, "acknowledged=03-03", "identity-demanded=03-05", "identity-given=03-12", "refused=03-30")
    )
)
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_events_are_read_does_not_matter(history: list[Event]) -> None:
    expected = look(
        "04-30", SENT, "acknowledged=03-03", "identity-demanded=03-05", "identity-given=03-12", "refused=03-30"
    )
    followups = Followups(remind_after=1, complain_after=21, ask_members=False)
    assert fold(history, BERLIN, right=Right.ACCESS, today=dt.date(2026, 4, 30), followups=followups) == expected


def test_every_kind_that_proves_receipt_makes_the_delivery_received() -> None:
    for kind, fact in FACTS.items():
        if fact.receipt:
            assert look("03-10", SENT, f"{kind}=03-05").delivery is Delivery.RECEIVED, kind
