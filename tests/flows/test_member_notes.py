""" "Yes, but …": a member's answer that is neither yes nor no is kept as their note; it allows nothing and refuses nothing."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from rightskit.vault import members, membership, messages

EMRE, JANA = "MEMRE0004", "MJANA0001"
WORDS = "Ja, aber nur ohne meine Adresse."


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person reads in ``review`` what a member wrote, and from where."""
    monkeypatch.setattr("probe.PERSONAL", ())


def _ask(campaign: Any) -> None:
    campaign("letters", "approve", "ask-consent", "--by", "Ada Beispiel")
    campaign("ask", "--consent")


@pytest.fixture
def consented(at: Any) -> Any:
    """On 2 March, Emre and Hanna were asked whether their data may be pooled."""
    return at("asked for a consent with a note", "planned", _ask)


def answer(campaign: Any, member: str, letter: str, sender: str, *, tagged: bool = True) -> bytes:
    (path,) = (campaign.folder / "questions").glob(f"{member}-{letter}-*.eml")
    shown = email.message_from_bytes(path.read_bytes(), policy=default)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, f"AW: {shown['Subject']}"
    mail["To"] = shown["Reply-To"] if tagged else "campaign@mitmachen.example"
    mail["Date"], mail["Message-ID"] = "Tue, 03 Mar 2026 18:00:00 +0100", "<a1@mail.example>"
    if tagged:
        mail["In-Reply-To"] = shown["Message-ID"]
    mail.set_content(f"{WORDS}\n\nAm 02.03.2026 schrieb Initiative Mitmachen:\n> Dürfen wir?\n")
    return mail.as_bytes()


def noted(campaign: Any, member: str) -> list[tuple[str, str, str]]:
    from rightskit.flows.member_notes import notes

    with campaign.vault().read() as connection:
        events = membership.events_by_member(connection, member).get(member, ())
    return [(str(note.day), note.about, note.words) for note in notes(events)]


def test_yes_but_is_kept_with_a_key_and_nothing_is_agreed(consented, keys) -> None:
    consented.on("2026-03-04").arrives(answer(consented, EMRE, "ask-consent", "emre@heimpost.example"))
    keys("yq")
    said = consented("review").output
    assert "[y]es, but: keep it as the member's note" in said
    assert f"A note of {EMRE}: nothing is allowed or refused by it." in said
    assert noted(consented, EMRE) == [("2026-03-03", "ask-consent", WORDS)]
    with consented.vault().read() as connection:
        (emre,) = members.all_members(connection, [EMRE])
    assert emre.consent_version == ""
    assert "Nothing waits for you." in consented("review").output
    told = {one["members"]: one["number"] for one in consented.json("status", "--members")}
    assert told["asked for consent by mail, answered otherwise"] == 1
    assert "Nobody has to be asked." in consented("ask", "--consent").output


def test_the_member_s_page_shows_it_and_one_undo_takes_it_back(consented, keys) -> None:
    consented.on("2026-03-04").arrives(answer(consented, EMRE, "ask-consent", "emre@heimpost.example"))
    keys("yq")
    consented("review")
    consented("review", "--undo")
    assert noted(consented, EMRE) == []
    assert len(consented.json("review")) == 1
    keys("yq")
    consented("review")
    assert f"Note of 2026-03-03 to ask-consent: {WORDS}" in consented("members", "show", EMRE).output


def test_a_complaint_still_waits_for_its_yes(reminded, keys) -> None:
    reminded.on("2026-05-01")("followup", "--authorise")
    reminded.arrives(answer(reminded, JANA, "ask-complaint", "jana@heimpost.example"))
    again = reminded.on("2026-05-20")("followup", "--authorise").output
    assert f"{reminded.request('jana', 'suedstern')} was stopped: its member answered in words of their own" in again
    assert not list((reminded.folder / "questions").glob(f"{JANA}-ask-complaint-2026-05-20.*"))
    keys("yq")
    reminded("review")
    assert [about for _, about, _ in noted(reminded, JANA)] == ["ask-complaint"]
    assert reminded.fact("jana", "suedstern")[3] == "complain"
    reminded("followup", "--complaints", "suedstern", "--all")
    assert not reminded.letters("complaint")


def test_a_couple_is_asked_whose_it_is(consented, keys) -> None:
    consented("members", "change", JANA, "--email", "emre@heimpost.example")
    mail = answer(consented, EMRE, "ask-consent", "emre@heimpost.example", tagged=False)
    consented.on("2026-03-04").arrives(mail)
    keys("yyq")
    said = consented("review", answers=f"MNOBODY00\n{JANA.lower()}\n").output
    assert f"Whose: {EMRE} or {JANA}" in said
    assert "No such member writes from that address." in said
    assert (noted(consented, EMRE), noted(consented, JANA)) == ([], [("2026-03-03", "", WORDS)])


def test_forgetting_takes_the_note_too(consented, keys) -> None:
    consented.on("2026-03-04").arrives(answer(consented, EMRE, "ask-consent", "emre@heimpost.example"))
    keys("yq")
    consented("review")
    consented("members", "forget", EMRE, "--yes")
    with consented.vault().read() as connection:
        assert not list(messages.all_messages(connection))
        assert not membership.events_by_member(connection, EMRE)
