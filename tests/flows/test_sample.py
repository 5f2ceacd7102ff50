"""``review --sample``: what the machine was sure of is looked at again, so that it is known how often it errs."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from rightskit.vault import messages, requests, schema

NORDLICHT = "datenschutz@nordlicht.example"
RECEIVED = "wir bestätigen den Eingang Ihres Schreibens."
MEMBERS = ("jana", "petra", "zehra", "emre")


@pytest.fixture
def filed(sent, reply):
    """Four acknowledgements that the machine filed by itself."""
    sent.on("2026-03-05").arrives(
        *(
            reply(NORDLICHT, RECEIVED, day="2026-03-05", answers=sent.letter(member, "nordlicht"), name=member)
            for member in MEMBERS
        )
    )
    assert {line["status"] for line in sent.json("replies", "list")} == {"filed"}
    return sent


def events(campaign) -> int:
    with campaign.vault().read() as connection:
        return sum(map(len, requests.events_by_request(connection).values()))


def test_what_is_right_is_counted_and_changes_nothing(filed, keys) -> None:
    before = events(filed)
    keys("aa")
    said = filed("review", "--sample", "2").output
    assert RECEIVED in said
    assert "2 decisions of the machine were looked at again; 0 of them were wrong." in said
    assert events(filed) == before
    assert {line["status"] for line in filed.json("replies", "list")} == {"filed"}


def test_what_is_wrong_is_mended_and_counted(filed, keys) -> None:
    keys("k")
    said = filed("review", "--sample", "1", answers="refusal\n").output
    assert "1 decisions of the machine were looked at again; 1 of them were wrong." in said
    assert sorted(filed.fact(member, "nordlicht")[2] for member in MEMBERS) == [*["acknowledged"] * 3, "refused"]


def test_whoever_draws_again_goes_on_in_the_same_sample(filed, keys) -> None:
    first = [line["inbound_message_id"] for line in filed.json("review", "--sample", "3")]
    assert first == [line["inbound_message_id"] for line in filed.json("review", "--sample", "3")]
    keys("aq")
    filed("review", "--sample", "3")
    assert [line["inbound_message_id"] for line in filed.json("review", "--sample", "3")] == first[1:]
    assert len(filed.json("review", "--sample", "4")) == 3


def test_what_a_person_decided_at_first_is_no_decision_of_the_machine(filed, reply, keys) -> None:
    filed.on("2026-03-06").arrives(
        reply("x@elsewhere.example", RECEIVED, day="2026-03-06", subject=filed.request("tamar", "suedstern"), name="t")
    )
    keys("a")
    filed("review")
    assert len(filed.json("review", "--sample", "100")) == 4


def test_in_a_pipe_the_sample_is_listed(filed) -> None:
    said = filed("review", "--sample", "3").output
    assert said.count("acknowledgement") == 3
    assert "0 decisions of the machine were looked at again" in said


def test_undoing_a_mere_look_changes_nothing_of_the_request(filed, keys) -> None:
    before = events(filed)
    drawn = filed.json("review", "--sample", "1")
    keys("a")
    filed("review", "--sample", "1")
    assert filed.json("review", "--sample", "1") == []
    assert "1 message is as" in filed("review", "--undo").output
    assert events(filed) == before
    assert filed.json("review", "--sample", "1") == drawn


def test_what_somebody_came_upon_and_mended_counts_only_when_it_is_drawn(filed, keys) -> None:
    *_, last = filed.json("review", "--sample", "4")
    undrawn(filed)
    keys("aa")
    filed("review", "--sample", "2")
    mend(filed, last)
    said = filed("review", "--sample", "2").output
    assert "2 decisions of the machine were looked at again; 0 of them were wrong." in said
    keys("a")
    said = filed("review", "--sample", "4").output
    assert "4 decisions of the machine were looked at again; 1 of them were wrong." in said


def test_what_was_drawn_and_filed_as_a_kind_can_be_accepted_at_once_and_undone_at_once(filed) -> None:
    drawn = filed.json("review", "--sample", "3")
    before = events(filed)
    said = filed("review", "--sample", "3", "--accept", "acknowledgement", "--accept", "data").output
    assert "3 found right as acknowledgement." in said
    assert "0 found right as data." in said
    assert "3 decisions of the machine were looked at again; 0 of them were wrong." in said
    assert (filed.json("review", "--sample", "3"), events(filed)) == ([], before)
    assert "1 message" not in filed("review", "--undo").output
    assert filed.json("review", "--sample", "3") == drawn


def undrawn(campaign) -> None:
    """Nobody has drawn anything: a list of the sample draws it."""
    with campaign.vault().write() as connection:
        connection.execute(delete(schema.drawn))


def mend(campaign, line) -> None:
    """A person files a message otherwise, without any sample."""
    with campaign.vault().read() as connection:
        (message,) = [m.id for m in messages.all_messages(connection) if m.message_id == line["inbound_message_id"]]
    campaign("replies", "refile", message, "--kind", "refusal", "--request", line["request"])
