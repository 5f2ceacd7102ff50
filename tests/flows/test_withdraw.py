"""``members withdraw`` lets nothing more go out, and takes a member out of the pool."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rightskit.vault import members, outgoing, requests

SUEDSTERN = "auskunft@suedstern.example"


def test_a_withdrawn_mandate_stops_what_has_not_left(planned: Any) -> None:
    planned("send", "--to", "outbox", "--limit", "1")
    first = next(iter(planned.letters()))
    member = next(line["member"] for line in planned.json("status") if line["request"] == first)
    said = planned("members", "withdraw", member, "--mandate").output
    assert f"{first}-access.eml is removed" in said
    assert planned.letters() == {}
    planned("send", "--to", "outbox")
    planned("send", "--to", "print")
    theirs = {line["request"]: line for line in planned.json("status") if line["member"] == member}
    assert len(theirs) > 1
    assert not set(planned.letters()) & set(theirs)
    printed = "".join(path.read_text("utf-8") for path in planned.folder.rglob("letters.csv"))
    assert not [name for name in theirs if name in printed]
    assert {line["next"] for line in theirs.values()} == {"nothing"}
    planned("posted", "2026-03-02-outbox-2")
    planned("vault", "check")


def test_nothing_follows_up_a_withdrawn_request(sent: Any) -> None:
    sent.on("2026-06-20")
    reminded = {line["member"] for line in sent.json("due")}
    assert "MJANA0001" in reminded
    sent("members", "withdraw", "MJANA0001", "--mandate")
    assert "MJANA0001" not in {line["member"] for line in sent.json("due")}
    sent("ask")
    assert not list((sent.folder / "questions").glob("MJANA0001*"))
    assert sent.fact("jana", "suedstern")[1:] == ("stopped", "none", "nothing")


def test_nothing_new_is_planned_for_who_withdrew(at: Any) -> None:
    campaign = at("joined")
    campaign("members", "withdraw", "MJANA0001", "--mandate")
    campaign("plan")
    assert "MJANA0001" not in {line["member"] for line in campaign.json("status")}
    assert "MPETRA002" in {line["member"] for line in campaign.json("status")}


def test_a_reply_that_comes_after_the_withdrawal_is_filed_all_the_same(sent: Any, reply: Any) -> None:
    letter = sent.letter("jana", "suedstern")
    sent("members", "withdraw", "MJANA0001", "--mandate")
    sent.on("2026-03-12").arrives(
        reply(SUEDSTERN, "zu Ihrer Person haben wir keine Daten gespeichert.", day="2026-03-11", answers=letter)
    )
    assert sent.filed("<m1@reply.example>")[0]["status"] == "filed"
    assert sent.fact("jana", "suedstern")[2:] == ("no data", "nothing")


def test_a_letter_on_paper_must_be_taken_out_of_its_bundle(planned: Any) -> None:
    planned("send", "--to", "print")
    said = planned("members", "withdraw", "MJANA0001", "--mandate").output
    assert "lies in the bundle 2026-03-02-print-1: take it out" in said
    planned("posted", "2026-03-02-print-1")
    assert planned.fact("jana", "papierwerk")[1] == "stopped"
    assert planned.fact("petra", "papierwerk")[0] == "sent"


def test_a_withdrawn_consent_leaves_the_pool_at_once(sent: Any) -> None:
    vault = sent.vault()
    with vault.write() as connection:
        outgoing.list_folder(connection, sent.folder / "report.html", "report", dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    vault.close()
    said = sent("members", "withdraw", "MJANA0001", "--consent").output
    assert "out of the pool" in said
    assert f"{sent.folder / 'report.html'} was made before" in said
    vault = sent.vault()
    with vault.read() as connection:
        agreed = {member.member for member in members.all_members(connection) if member.consent_version}
    vault.close()
    assert agreed == {"MPETRA002", "MZEHRA003", "MTAMAR005"}
    assert "had not agreed" in sent("members", "withdraw", "MJANA0001", "--consent").output
    assert sent.fact("jana", "suedstern")[1] == "running"  # the request goes on


def test_withdrawing_says_what(sent: Any) -> None:
    assert "--mandate" in sent("members", "withdraw", "MJANA0001", code=2).output
    sent("members", "withdraw", "MNOBODY00", "--all", code=4)
    sent("members", "withdraw", "MJANA0001", "--all")
    vault = sent.vault()
    with vault.read() as connection:
        ended = requests.ended(connection)
    vault.close()
    assert ended == {line["request"] for line in sent.json("status") if line["member"] == "MJANA0001"}
