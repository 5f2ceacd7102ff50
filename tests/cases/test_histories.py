"""What a person would write down about a request, for every history that a campaign brings; written by hand.

A mail of Monday 1 June 2026 to Berlin: read strictly it is due on Wednesday 1 July; read kindly it arrived on the 4th,
and 4 July is a Saturday, so that it is overdue only after Monday 6 July.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.campaign.model import Followups
from rightskit.cases.model import Answer, Clock, Delivery, Event, EventKind, NextStep, Status
from rightskit.cases.places import Place
from rightskit.cases.status import fold
from rightskit.rights import Right

REFERENCE = "RK-0000-0000"
BERLIN = Place("DE", "BE")

# today | events | delivery | clock | answer | next | due
TABLE = """
# --- from plain success
acknowledged, answered, read | 06-30 | sent=06-01, acknowledged=06-02, data-received=06-20, noted=06-21 extracted=yes | received | stopped | data | nothing | -
answered, not read yet | 06-30 | sent=06-01, data-received=06-20 | received | stopped | data | extract | -
answered on the last kind day | 07-10 | sent=06-01, data-received=07-06 | received | stopped | data | extract | -
answered after the reminder | 07-21 | sent=06-01, reminded=07-07, data-received=07-20 | received | stopped | data | extract | -
carried out | 07-01 | sent=06-01, confirmed=06-15 | received | stopped | confirmed | wait | -
nothing is held | 06-15 | sent=06-01, no-data=06-10 | received | stopped | no data | ask the member | -
nothing is held, the member agrees | 06-20 | sent=06-01, no-data=06-10, member-asked=06-11, member-reported=06-16 | received | stopped | no data | nothing | -
it comes by post | 06-13 | sent=06-01, answer-announced=06-12 | received | running | acknowledged | ask the member | 07-06
it came by post | 06-20 | sent=06-01, answer-announced=06-12, data-received=06-17, member-reported=06-18 | received | stopped | data | extract | -
a link, opened | 06-20 | sent=06-01, data-received=06-12 link=yes, member-reported=06-14 opened=yes | received | stopped | data | extract | -
a link, the member is asked | 06-20 | sent=06-01, data-received=06-12 link=yes, member-asked=06-13 | received | running | in dialogue | wait | 07-06
proof of delivery | 06-20 | sent=06-01, delivered=06-03 | received | running | none | wait | 07-03
by post, it takes three days | 06-20 | sent=06-01 channel=post | sent | running | none | wait | 07-06

# --- bounce, corrected address, resent
came back | 06-05 | sent=06-01, bounced=06-01 | bounced | not running | none | fix the address | -
came back, nobody looked for months | 11-05 | sent=06-01, bounced=06-01 | bounced | not running | none | fix the address | -
sent again | 06-10 | sent=06-01, bounced=06-01, sent=06-08 | sent | running | none | wait | 07-13
sent again, and answered | 07-01 | sent=06-01, bounced=06-01, sent=06-08, data-received=06-30 | received | stopped | data | extract | -
sent again, and silence | 07-14 | sent=06-01, bounced=06-01, sent=06-08 | sent | overdue | none | remind | 07-13
came back twice, then by post | 06-20 | sent=06-01, bounced=06-01, sent=06-08, bounced=06-08, sent=06-15 channel=post | sent | running | none | wait | 07-20
came back, and was delivered all the same | 06-10 | sent=06-01, bounced=06-01, delivered=06-03 | received | running | none | wait | 07-03
only the reminder came back | 07-10 | sent=06-01, acknowledged=06-02, reminded=07-08, bounced=07-08 | received | overdue | acknowledged | wait | 07-02
delayed | 06-20 | sent=06-01, delayed=06-02 | sent | running | none | wait | 07-06
delayed, then came back | 06-10 | sent=06-01, delayed=06-01, bounced=06-04 | bounced | not running | none | fix the address | -

# --- a machine answers, then silence
out of office hides nothing | 07-07 | sent=06-01, noted=06-01 kind=auto-reply | sent | overdue | none | remind | 07-06
a ticket, then silence | 07-02 | sent=06-01, delivered=06-01 | received | overdue | none | remind | 07-01
out of office after the reminder | 07-28 | sent=06-01, reminded=07-07, noted=07-07 kind=auto-reply | sent | overdue | none | complain | 07-06
acknowledged, then silence | 07-03 | sent=06-01, acknowledged=06-02 | received | overdue | acknowledged | remind | 07-02
acknowledged, the day before | 07-01 | sent=06-01, acknowledged=06-02 | received | running | acknowledged | wait | 07-02
acknowledged, the last kind day | 07-02 | sent=06-01, acknowledged=06-02 | received | running | acknowledged | remind | 07-02

# --- demands for identity, a mandate, clarification
identity asked | 06-10 | sent=06-01, identity-demanded=06-08 | received | paused | in dialogue | answer an identity demand | 07-01
identity asked, never answered | 09-01 | sent=06-01, identity-demanded=06-08 | received | paused | in dialogue | answer an identity demand | 07-01
identity given | 06-20 | sent=06-01, identity-demanded=06-08, identity-given=06-15 | received | running | in dialogue | wait | 07-15
identity given, then silence | 07-16 | sent=06-01, identity-demanded=06-08, identity-given=06-15 | received | overdue | in dialogue | remind | 07-15
identity given, answered | 07-12 | sent=06-01, identity-demanded=06-08, identity-given=06-15, data-received=07-10 | received | stopped | data | extract | -
excessive: the clock runs on | 07-07 | sent=06-01, identity-demanded=06-08, demand-contested=06-09 | received | overdue | in dialogue | remind | 07-06
excessive, judged after it was answered | 07-08 | sent=06-01, identity-demanded=06-08, identity-given=06-15, demand-contested=06-16 | received | overdue | in dialogue | remind | 07-06
excessive, the controller is not told yet | 06-12 | sent=06-01, identity-demanded=06-08, demand-contested=06-09 demand=identity-demanded told=no | received | running | in dialogue | answer an identity demand | 07-06
excessive, the controller was told | 06-15 | sent=06-01, identity-demanded=06-08, demand-contested=06-09 demand=identity-demanded told=no, identity-given=06-12 | received | running | in dialogue | wait | 07-06
excessive, never told, overdue | 07-07 | sent=06-01, identity-demanded=06-08, demand-contested=06-09 demand=identity-demanded told=no | received | overdue | in dialogue | remind | 07-06
two demands, one of them excessive | 06-12 | sent=06-01, identity-demanded=06-08, mandate-demanded=06-08, demand-contested=06-09 demand=identity-demanded told=no | received | paused | in dialogue | answer a mandate demand | 07-01
justified, and given | 07-01 | sent=06-01, identity-demanded=06-08, demand-justified=06-09, identity-given=06-15 | received | running | in dialogue | wait | 07-15
asked again in time | 06-20 | sent=06-01, identity-demanded=06-05, identity-given=06-08, identity-demanded=06-12 | received | paused | in dialogue | answer an identity demand | 07-01
asked again too late | 06-25 | sent=06-01, identity-demanded=06-08, identity-given=06-15, identity-demanded=06-22 | received | running | in dialogue | answer an identity demand | 07-15
asked too late | 06-25 | sent=06-01, identity-demanded=06-23 | received | running | in dialogue | answer an identity demand | 07-06
asked after a refusal | 06-25 | sent=06-01, refused=06-12, identity-demanded=06-20 | received | stopped | refused | complain | -
mandate asked | 06-10 | sent=06-01, mandate-demanded=06-05 | received | paused | in dialogue | answer a mandate demand | 07-01
mandate given | 06-20 | sent=06-01, mandate-demanded=06-05, mandate-given=06-12 | received | running | in dialogue | wait | 07-13
clarification asked | 06-20 | sent=06-01, clarification-demanded=06-05 | received | paused | in dialogue | answer a clarification demand | 07-01
acknowledged while identity is open | 06-12 | sent=06-01, identity-demanded=06-05, acknowledged=06-09 | received | paused | in dialogue | answer an identity demand | 07-01

# --- extension: in time, late, without reasons
extended | 07-10 | sent=06-01, extended=06-20 | received | extended | acknowledged | wait | 09-04
extended, between the readings | 09-02 | sent=06-01, extended=06-20 | received | extended | acknowledged | remind | 09-04
extended, overdue | 09-05 | sent=06-01, extended=06-20 | received | overdue | acknowledged | remind | 09-04
extended too late | 07-09 | sent=06-01, extended=07-08 | received | overdue | acknowledged | remind | 07-06
extended without reasons | 07-07 | sent=06-01, extended=06-20 reasons=no | received | extended | acknowledged | remind | 09-04
extended, then answered | 08-25 | sent=06-01, extended=06-20, data-received=08-20 | received | stopped | data | extract | -

# --- partial data, then the rest
a part | 06-30 | sent=06-01, partly-granted=06-20 evidence=m1, data-received=06-20 evidence=m1 | received | stopped | partial | contest | -
a part, then the rest | 07-10 | sent=06-01, partly-granted=06-20 evidence=m1, data-received=06-20 evidence=m1, data-received=07-05 evidence=m2 | received | stopped | data | extract | -
a part, the rest is asked for | 07-01 | sent=06-01, partly-granted=06-20, reminded=06-25 | received | stopped | partial | wait | -
a part, the rest was asked for in vain | 07-16 | sent=06-01, partly-granted=06-20, reminded=06-25 | received | stopped | partial | complain | -
a part after the reminder | 07-30 | sent=06-01, reminded=07-07, partly-granted=07-20 | received | stopped | partial | contest | -
a part, and a complaint | 07-20 | sent=06-01, partly-granted=06-20, complained=07-10 | received | stopped | partial | wait | 10-12
data, then no more | 06-30 | sent=06-01, data-received=06-20, refused=06-25 | received | stopped | partial | contest | -

# --- refusal, silence, complaint, data after the complaint
refused | 06-25 | sent=06-01, refused=06-20 | received | stopped | refused | complain | -
refused, complained | 09-01 | sent=06-01, refused=06-20, complained=06-29 | received | stopped | refused | wait | 09-29
the authority is late | 10-05 | sent=06-01, refused=06-20, complained=06-29 | received | stopped | refused | ask the authority | 09-29
the authority's last day | 09-29 | sent=06-01, refused=06-20, complained=06-29, authority-registered=07-03 | received | stopped | refused | wait | 09-29
the authority asks | 07-20 | sent=06-01, refused=06-20, complained=06-29, authority-registered=07-03, authority-asked=07-15 | received | stopped | refused | answer the authority | 09-29
the authority asks twice | 08-20 | sent=06-01, refused=06-20, complained=06-29, authority-asked=07-15, authority-answered=07-20, authority-asked=08-12 | received | stopped | refused | answer the authority | 09-29
the authority was answered | 08-01 | sent=06-01, refused=06-20, complained=06-29, authority-asked=07-15, authority-answered=07-20 | received | stopped | refused | wait | 09-29
passed on to another authority | 08-01 | sent=06-01, refused=06-20, complained=06-29, authority-referred=07-15 | received | stopped | refused | wait | 09-29
the authority has decided | 11-01 | sent=06-01, refused=06-20, complained=06-29, authority-decided=10-20 | received | stopped | refused | nothing | -
the authority asks, though the time is not over | 08-10 | sent=06-01, reminded=07-07, complained=07-30, authority-asked=08-08 | sent | overdue | none | answer the authority | 10-30
the member agrees to a complaint | 07-28 | sent=06-01, reminded=07-07, complaint-proposed=07-20, complaint-authorised=07-25 | sent | overdue | none | complain | 07-06
the member wants no complaint | 07-28 | sent=06-01, reminded=07-07, complaint-proposed=07-20, complaint-declined=07-25 | sent | overdue | none | wait | 07-06
the member wants one after all | 08-05 | sent=06-01, refused=06-20, complaint-declined=07-25, complaint-authorised=08-01 | received | stopped | refused | complain | -
no complaint about a refusal | 06-30 | sent=06-01, refused=06-20, complaint-declined=06-25 | received | stopped | refused | wait | -
reminded, patience | 07-27 | sent=06-01, reminded=07-07 | sent | overdue | none | wait | 07-06
reminded, patience is over | 07-28 | sent=06-01, reminded=07-07 | sent | overdue | none | complain | 07-06
silence, complained | 08-10 | sent=06-01, reminded=07-07, complained=07-30 | sent | overdue | none | wait | 10-30
data after the complaint | 09-01 | sent=06-01, reminded=07-07, complained=07-30, data-received=08-20 | received | stopped | data | extract | 10-30
refused, then given after all | 07-01 | sent=06-01, refused=06-20, data-received=06-28 | received | stopped | data | extract | -
complained, then withdrawn | 08-01 | sent=06-01, refused=06-20, complained=06-29, withdrawn=07-10 | received | stopped | refused | nothing | -

# --- a substantive word after the reminder holds the complaint until a person has looked
put off after the reminder | 07-28 | sent=06-01, reminded=07-07, acknowledged=07-20 source=message | received | overdue | acknowledged | review a reply | 07-06
put off, and a person looked | 07-28 | sent=06-01, reminded=07-07, acknowledged=07-20 source=message, noted=07-22 source=person | received | overdue | acknowledged | complain | 07-06
put off again after a person looked | 07-30 | sent=06-01, reminded=07-07, acknowledged=07-20 source=message, noted=07-22 source=person, extended=07-25 source=message | received | overdue | acknowledged | review a reply | 07-06
what the member tells is no look at the reply | 07-28 | sent=06-01, reminded=07-07, acknowledged=07-20 source=message, member-reported=07-22 source=person | received | overdue | acknowledged | review a reply | 07-06
told by phone: the person who noted it knows | 07-28 | sent=06-01, reminded=07-07, acknowledged=07-20 source=person | received | overdue | acknowledged | complain | 07-06
a machine's answer holds nothing | 07-28 | sent=06-01, reminded=07-07, noted=07-07 source=message kind=auto-reply | sent | overdue | none | complain | 07-06
acknowledged before the reminder | 07-28 | sent=06-01, acknowledged=06-02 source=message, reminded=07-07 | received | overdue | acknowledged | complain | 07-02

# --- wrong controller, wrong channel, a fee
wrong controller | 06-15 | sent=06-01, redirected=06-10 to=controller | received | stopped | refused | review a reply | -
wrong controller, goes on there | 06-15 | sent=06-01, redirected=06-10 to=controller, noted=06-12 continued=RK-1111-1111 | received | stopped | refused | nothing | -
wrong controller, closed | 06-15 | sent=06-01, redirected=06-10 to=controller, closed=06-12 | received | stopped | refused | nothing | -
a portal | 06-15 | sent=06-01, redirected=06-10 to=channel | received | running | in dialogue | contest | 07-06
a portal, contested | 07-07 | sent=06-01, redirected=06-10 to=channel, demand-contested=06-11 | received | overdue | in dialogue | remind | 07-06
a portal, used | 06-20 | sent=06-01, redirected=06-10 to=channel, sent=06-12 channel=portal | received | running | in dialogue | wait | 07-06
a portal, from an address that is not official | 06-15 | sent=06-01, redirected=06-10 to=channel official=no | sent | running | in dialogue | contest | 07-06
a fee | 06-15 | sent=06-01, fee-demanded=06-10 | received | running | in dialogue | contest | 07-06
a fee, contested | 06-15 | sent=06-01, fee-demanded=06-10, demand-contested=06-11 | received | running | in dialogue | wait | 07-06

# --- filed by mistake, refiled, corrected
filed by mistake | 07-07 | sent=06-01, refused=06-20, corrected=06-22 corrects=2 | sent | overdue | none | remind | 07-06
filed by mistake, the right one filed | 06-30 | sent=06-01, data-received=06-20, corrected=06-22 corrects=2, acknowledged=06-21 | received | running | acknowledged | wait | 07-06
the mistake was none | 06-30 | sent=06-01, data-received=06-20, corrected=06-22 corrects=2, corrected=06-23 corrects=3 | received | stopped | data | extract | -
a person reads another answer | 06-30 | sent=06-01, no-data=06-20, corrected=06-22 answer=data | received | stopped | data | extract | -
a correction of what is not there | 06-30 | sent=06-01, corrected=06-22 corrects=99 | sent | running | none | wait | 07-06

# --- a member withdraws in the middle
withdrawn before it was sent | 06-10 | planned=05-30, withdrawn=06-01 | unsent | stopped | none | nothing | -
withdrawn while it lay ready | 06-10 | planned=05-30, queued=05-31, withdrawn=06-01 | queued | stopped | none | nothing | -
withdrawn after it was sent | 08-01 | sent=06-01, withdrawn=06-10 | sent | stopped | none | nothing | -
withdrawn while identity is open | 08-01 | sent=06-01, identity-demanded=06-05, withdrawn=06-10 | received | stopped | in dialogue | nothing | -
withdrawn, and answered all the same | 08-01 | sent=06-01, withdrawn=06-10, data-received=06-20 | received | stopped | data | nothing | -
withdrawn by mistake | 06-20 | sent=06-01, withdrawn=06-10, corrected=06-11 corrects=2 | sent | running | none | wait | 07-06
"""

# Where the campaign asks its members before it reminds anyone.
ASKING = """
due: the member comes first | 07-02 | sent=06-01 | sent | running | none | ask the member | 07-06
asked: the answer is unknown, never none | 07-10 | sent=06-01, member-asked=07-02 | sent | overdue | unknown | wait | 07-06
no word for two weeks | 07-16 | sent=06-01, member-asked=07-02 | sent | overdue | unknown | ask the member | 07-06
nothing came | 07-10 | sent=06-01, member-asked=07-02, member-reported=07-05 | sent | overdue | none | remind | 07-06
what was said before the day tells nothing | 07-08 | sent=06-01, member-reported=06-20 | sent | overdue | none | ask the member | 07-06
withdrawn while the question is open | 07-10 | sent=06-01, member-asked=07-03, withdrawn=07-05 | sent | stopped | unknown | nothing | -
"""

# place | today | events | clock | next | due
ELSEWHERE = """
DE-BE a month that has no 31st | 10-01 | sent=08-31 | running | remind | 10-05
DE-BE over the turn of the year | 2027-01-05 | sent=12-01 | overdue | remind | 2027-01-04
DE-BE 29 February | 2028-03-01 | sent=2028-01-31 | running | remind | 2028-03-03
FR Bastille Day | 07-14 | sent=06-11 | running | remind | 07-15
FR identity given | 06-20 | sent=06-01, identity-demanded=06-08, identity-given=06-15 | running | wait | 07-15
AT Assumption | 08-18 | sent=07-15 | running | remind | 08-18
AT the day before | 08-17 | sent=07-15 | running | wait | 08-18
CH thirty days, no month | 07-07 | sent=06-03 | overdue | remind | 07-06
GB-ENG the bank holiday in August | 09-01 | sent=07-31 | running | wait | 09-03
GB-SCT which is none in Scotland | 09-01 | sent=07-31 | running | remind | 09-03
GB-ENG days of a clarification do not count | 06-20 | sent=06-01, clarification-demanded=06-10, clarification-given=06-12 | running | wait | 07-07
GB-ENG identity given | 06-20 | sent=06-01, identity-demanded=06-08, identity-given=06-15 | running | wait | 07-15
"""


@dataclass(frozen=True)
class History:
    name: str
    place: Place
    today: dt.date
    events: tuple[Event, ...]
    expected: tuple[str, ...]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text if len(text) > len("06-01") else f"2026-{text}")


def events(text: str) -> tuple[Event, ...]:
    """Events from ``KIND=DAY key=value …, …``, numbered and noted in the order given."""
    found = []
    for number, one in enumerate(text.split(","), 1):
        head, *details = one.split()
        kind, _, happened = head.partition("=")
        detail = dict(pair.split("=") for pair in details)
        evidence, source = detail.pop("evidence", ""), detail.pop("source", "rightskit")
        noted = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number)
        told = {"source": source, "evidence": evidence, "detail": detail}
        found.append(Event(REFERENCE, EventKind(kind), day(happened), noted, **told, id=number))
    return tuple(found)


def histories(table: str) -> list[History]:
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    found = []
    for name, today, happened, *expected in ([cell.strip() for cell in line.split("|")] for line in lines):
        place, _, title = name.partition(" ") if table is ELSEWHERE else ("DE-BE", "", name)
        country, _, subdivision = place.partition("-")
        found.append(History(title, Place(country, subdivision), day(today), events(happened), tuple(expected)))
    return found


def look(history: History, *, asking: bool = False) -> Status:
    followups = Followups(remind_after=1, complain_after=21, ask_members=asking)
    return fold(history.events, history.place, right=Right.ACCESS, today=history.today, followups=followups)


def facts(status: Status, today: dt.date) -> tuple[str, ...]:
    shown = (
        "-"
        if status.due is None
        else f"{status.due:%m-%d}"
        if status.due.year == today.year == 2026
        else str(status.due)
    )
    return status.delivery.value, status.clock.value, status.answer.value, status.next.value, shown


KNOWN = histories(TABLE)


def test_there_are_enough_of_them() -> None:
    assert len(KNOWN) + len(histories(ASKING)) + len(histories(ELSEWHERE)) >= 60
    assert len({history.name for history in KNOWN}) == len(KNOWN)


@pytest.mark.parametrize("history", KNOWN, ids=lambda history: history.name)
def test_a_history(history: History) -> None:
    assert facts(look(history), history.today) == history.expected


@pytest.mark.parametrize("history", histories(ASKING), ids=lambda history: history.name)
def test_a_history_where_members_are_asked_first(history: History) -> None:
    assert facts(look(history, asking=True), history.today) == history.expected


@pytest.mark.parametrize("history", histories(ELSEWHERE), ids=lambda history: history.name)
def test_a_history_elsewhere(history: History) -> None:
    _, clock, _, following, due = facts(look(history), history.today)
    assert (clock, following, due) == history.expected


def test_every_fact_and_every_step_occurs() -> None:
    cells = [cell for history in KNOWN + histories(ASKING) for cell in history.expected]
    assert {*Delivery, *Clock, *Answer} <= set(cells)
    assert set(NextStep) <= set(cells)


DATES = st.dates() | st.dates(dt.date(2026, 5, 1), dt.date(2026, 12, 31))


@given(st.sampled_from(KNOWN), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_order_in_which_events_are_read_changes_nothing(history: History, rng) -> None:
    shuffled = list(history.events)
    rng.shuffle(shuffled)
    other = History(history.name, history.place, history.today, tuple(shuffled), ())
    assert look(other) == look(history)


def test_data_that_came_stay_said_however_often_the_rest_is_refused() -> None:
    text = "sent=06-01, data-received=06-20, refused=06-25, refused=06-28"
    history = History("", BERLIN, day("06-30"), events(text), ())
    assert look(history).answer is Answer.PARTIAL


@given(
    st.sampled_from(KNOWN),
    st.lists(st.integers(0, 7), max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_what_is_noted_twice_happened_once(history: History, again: list[int]) -> None:
    """The same event read again from a file or a mailbox, under the same number."""
    repeated = tuple(history.events[number] for number in again if number < len(history.events))
    other = History(history.name, history.place, history.today, history.events + repeated, ())
    assert look(other) == look(history)


@given(st.sampled_from(KNOWN), DATES, st.booleans())
@settings(max_examples=200, deadline=None)
def test_on_any_day_there_is_an_answer(history: History, today: dt.date, asking: bool) -> None:  # noqa: FBT001 (drawn)
    status = look(History(history.name, history.place, today, history.events, ()), asking=asking)
    assert status.delivery in Delivery
    assert status.next in NextStep
    assert ("future-date" in status.flags) == any(event.happened > today for event in history.events)


@given(
    st.lists(st.sampled_from([event for history in KNOWN for event in history.events]), min_size=1, max_size=12), DATES
)
@settings(max_examples=200, deadline=None)
def test_any_events_in_any_order_give_an_answer(found: list[Event], today: dt.date) -> None:
    status = look(History("", BERLIN, today, tuple(found), ()))
    assert status.clock in Clock
    assert status.next in NextStep


@given(st.sampled_from(KNOWN), st.integers(0, 7), st.dates() | st.none(), DATES)
@settings(max_examples=200, deadline=None)
def test_an_event_on_any_date_gives_an_answer_and_a_flag(
    history: History, number: int, moved: dt.date | None, today: dt.date
) -> None:
    found = list(history.events)
    event = found[number % len(found)]
    odd = moved or dt.date(1999, 2, 28)
    found[number % len(found)] = Event(REFERENCE, event.kind, odd, event.noted, detail=event.detail, id=event.id)
    status = look(History("", history.place, today, tuple(found), ()))
    assert status.answer in Answer
    assert ("odd-date" in status.flags) == (not 2018 <= odd.year <= 2099)
