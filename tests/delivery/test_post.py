"""Sending letter by letter: the journal knows first, waits grow, and what is in doubt is never sent again."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import letterbox
import pytest
from letterbox import Letterbox, Running

from rightskit.accounts import SmtpServer
from rightskit.campaign.pace import Pace
from rightskit.credentials import Secret
from rightskit.delivery.model import Outgoing, Parcel
from rightskit.delivery.pace import Pacer
from rightskit.delivery.post import RECONNECTS, WAITS, Clock, PauseError, Postman
from rightskit.delivery.smtp import Line
from rightskit.errors import RefusedError, RemoteError

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


class Journal:
    """Remembers in memory what the vault would."""

    def __init__(self) -> None:
        self.state: dict[str, str] = {}
        self.steps: list[tuple[str, str]] = []
        self.barred: set[str] = set()

    def intend(self, item: Outgoing) -> bool:
        if item.reference in self.barred:
            return False
        assert item.message_id not in self.state, "begun twice"
        return self._note("sending", item)

    def back(self, item: Outgoing) -> None:
        self._note("back", item)
        del self.state[item.message_id]

    def sent(self, item: Outgoing, answer: str) -> None:
        self._note("sent", item)

    def refused(self, item: Outgoing, answer: str) -> None:
        self._note("refused", item)

    def doubt(self, item: Outgoing, why: str) -> None:
        self._note("doubt", item)

    def _note(self, what: str, item: Outgoing) -> bool:
        self.state[item.message_id] = what
        self.steps.append((what, item.reference))
        return True


class Time:
    """A clock that moves only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = NOON
        self.slept: list[float] = []
        self.told: list[str] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += dt.timedelta(seconds=seconds)


class Office:
    """A postman with a journal, a clock and an account at a letterbox."""

    def __init__(self, box: Letterbox, pace: Pace = Pace(), patience: float = 7200) -> None:  # noqa: B008 (frozen)
        self.journal, self.time = Journal(), Time()
        server = SmtpServer("localhost", box.port, letterbox.USER, "none-on-loopback")
        line = Line(server, "campaign@mitmachen.example", lambda: Secret(letterbox.PASSWORD))
        clock = Clock(lambda: self.time.now, self.time.sleep, patience, self.time.told.append)
        self.postman = Postman(line, self.journal, Pacer(pace), clock)

    def send(self, *numbers: int) -> list[str]:
        return list(self.postman.deliver([parcel(number) for number in numbers]))

    def words(self) -> Counter[str]:
        return Counter(self.journal.state.values())


def parcel(number: int, write: Any = None) -> Parcel:
    def made(moment: dt.datetime) -> Outgoing:
        raw = f"Message-ID: <{number}@x.example>\r\nDate: {moment:%H:%M}\r\n\r\nGuten Tag\r\n".encode()
        return Outgoing(f"RK-{number}", "access", f"<{number}@x.example>", f"desk{number}@a.example", raw)

    return Parcel(f"RK-{number}", "access", f"desk{number}@a.example", write or made)


def test_what_leaves_is_known_before_and_after() -> None:
    with Running() as box:
        office = Office(box)
        assert office.send(1, 2) == ["RK-1", "RK-2"]
    assert office.journal.steps == [("sending", "RK-1"), ("sent", "RK-1"), ("sending", "RK-2"), ("sent", "RK-2")]
    assert box.connections == 1


@pytest.mark.parametrize("stage", letterbox.STAGES)
@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_dropped_connection_loses_nothing_and_doubles_nothing(stage: str, at: int) -> None:
    """Five letters; the connection ends once, at any stage of any of them."""
    with Running() as box:
        office = Office(box)
        seen = iter(office.postman.deliver([parcel(number) for number in range(5)]))
        for _ in range(at):
            next(seen)
        box.drops = [stage]
        if stage == "EHLO":
            office.postman._line.drop()
        assert len(list(seen)) == 5 - at
    taken = Counter(box.ids())
    assert max(taken.values()) == 1
    doubts = {key for key, state in office.journal.state.items() if state == "doubt"}
    assert len(doubts) == (stage in {"content", "dot", "reply"})
    assert {key for key, state in office.journal.state.items() if state == "sent"} == set(taken) - doubts
    assert len(set(taken) | doubts) == 5


def test_what_is_refused_for_now_comes_last_and_its_waits_grow() -> None:
    with Running() as box:
        tries = iter(["450 4.2.0 Greylisted"] * 3)
        box.judge = lambda address: next(tries, None) if address.startswith("desk1@") else None
        office = Office(box)
        assert office.send(1, 2, 3) == ["RK-2", "RK-3", "RK-1"]
    assert sum(office.time.slept) == sum(WAITS[:3])
    words = (
        "Put off by the server: 1 of the letters, the last with: 450 4.2.0 Greylisted. Offered again from 12:01:00 on"
    )
    assert office.time.told[0].startswith(words)
    assert office.words() == {"sent": 3}
    assert "Date: 12:21" in box.taken[-1][2].decode(), "a letter bears the time at which it leaves"


def test_after_the_last_wait_a_letter_stays_for_another_day() -> None:
    with Running() as box:
        box.judge = lambda address: "450 4.2.0 Not now" if address.startswith("desk1@") else None
        office = Office(box)
        assert sorted(office.send(1, 2)) == ["RK-1", "RK-2"]
    assert [(item.reference, said) for item, said in office.postman.tally.put_off] == [("RK-1", "450 4.2.0 Not now")]
    assert office.words() == {"sent": 1}
    assert sum(office.time.slept) == sum(WAITS)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("550 5.4.5 Daily user sending limit exceeded", "takes no more for now"),
        ("421 4.7.0 Try again later", "takes no more for now"),
        ("530 5.7.0 Authentication required", "refuses the account"),
    ],
)
def test_a_limit_stops_everything_and_the_rest_goes_another_time(said: str, words: str) -> None:
    with Running() as box:
        office = Office(box)
        box.answers = {"message": ["", said]}
        with pytest.raises(RemoteError, match=words):
            office.send(1, 2, 3)
        assert office.words() == {"sent": 1}
        again = Office(box)
        again.send(2, 3)
    assert sorted(box.ids()) == [f"<{number}@x.example>" for number in (1, 2, 3)]


def test_a_server_that_is_away_is_called_again_and_then_given_up() -> None:
    with Running() as box:
        pass
    office = Office(box)
    with pytest.raises(RemoteError, match="cannot be reached"):
        office.send(1)
    assert office.time.slept == [RECONNECTS[0]]
    assert office.journal.state == {}


def test_a_server_that_was_reached_before_is_waited_for_longer() -> None:
    with Running() as box:
        office = Office(box)
        office.send(1)
        box.drops = ["EHLO"] * 10
        with pytest.raises(RemoteError, match="cannot be reached"):
            office.send(2)
    assert office.time.slept == list(RECONNECTS)
    assert office.words() == {"sent": 1}
    assert [said.rpartition("; ")[2] for said in office.time.told] == [
        f"it is called again in {wait} seconds." for wait in RECONNECTS
    ]


def test_a_server_that_always_breaks_off_ends_the_sending_with_nothing_lost() -> None:
    with Running() as box:
        box.drops = ["RCPT"] * 10
        office = Office(box)
        with pytest.raises(RemoteError, match="cannot be reached"):
            office.send(1, 2, 3)
    assert office.journal.state == {}
    assert box.taken == []


def test_three_doubts_in_a_row_end_the_sending() -> None:
    with Running() as box:
        box.drops = ["reply"] * 5
        office = Office(box)
        with pytest.raises(RemoteError, match="3 times in a row"):
            office.send(1, 2, 3, 4, 5)
    assert office.words() == {"doubt": 3}
    assert len(box.taken) == 3


def test_five_refusals_in_a_row_end_the_sending() -> None:
    with Running() as box:
        box.judge = lambda _: "550 5.7.1 Looks like spam"
        office = Office(box)
        with pytest.raises(RemoteError, match="5 letters in a row were refused, the last: 550"):
            office.send(*range(9))
    assert office.words() == {"refused": 5}


def test_a_letter_whose_request_ended_meanwhile_does_not_leave() -> None:
    with Running() as box:
        office = Office(box)
        office.journal.barred = {"RK-2"}
        assert office.send(1, 2, 3) == ["RK-1", "RK-2", "RK-3"]
    assert len(box.taken) == 2
    assert [item.reference for item in office.postman.tally.dropped] == ["RK-2"]


def test_a_letter_that_cannot_be_written_is_stopped_and_the_others_go() -> None:
    def refuse(_: dt.datetime) -> Outgoing:
        raise RefusedError("The field birthdate is empty.")

    with Running() as box:
        office = Office(box)
        assert len(list(office.postman.deliver([parcel(1, refuse), parcel(2)]))) == 2
    assert office.postman.tally.stopped == {"RK-1": "The field birthdate is empty."}
    assert office.words() == {"sent": 1}


def test_letters_keep_the_pace_and_a_long_silence_ends_the_connection() -> None:
    with Running() as box:
        office = Office(box, Pace(per_hour=6))
        office.send(1, 2, 3)
    assert sum(office.time.slept) == 1200
    assert box.connections == 3
    assert [raw.decode().split("Date: ")[1][:5] for _, _, raw in box.taken] == ["12:00", "12:10", "12:20"]


def test_a_pause_that_nobody_wants_to_wait_for_ends_the_sending() -> None:
    with Running() as box:
        office = Office(box, Pace(per_day=2), patience=900)
        with pytest.raises(PauseError, match="before 2026-03-03 12:00"):
            office.send(1, 2, 3)
        assert office.words() == {"sent": 2}
        patient = Office(box, Pace(per_day=2), patience=float("inf"))
        patient.send(3, 4, 5)
    assert sum(patient.time.slept) == 86400
    assert len(box.taken) == 5


@pytest.mark.parametrize(("stage", "state"), [("RCPT", {}), ("reply", {"<1@x.example>": "doubt"})])
def test_an_interruption_leaves_what_is_true(
    stage: str, state: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C before the content: it did not leave; after it: nobody can tell."""
    with Running() as box:
        office = Office(box)
        line = office.postman._line
        real = line._prepare if stage == "RCPT" else line._content

        def interrupted(*words: Any) -> Any:
            if stage == "reply":
                real(*words)
            raise KeyboardInterrupt

        monkeypatch.setattr(line, "_prepare" if stage == "RCPT" else "_content", interrupted)
        with pytest.raises(KeyboardInterrupt):
            office.send(1, 2)
    assert office.journal.state == state
