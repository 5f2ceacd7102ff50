"""No text goes out that no named person approved."""

from __future__ import annotations

import datetime as dt

from rightskit.vault import approvals


def test_nothing_is_sent_before_a_person_approved_the_text(at) -> None:
    campaign = at("joined")
    assert (
        "invite " in campaign("letters", "approve", "--lang", "de", "--by", "Ada Beispiel").output
    )  # what comes first
    assert "What members lack: rightskit members missing" in campaign("plan").stderr
    assert "14 letters were not written yet: rightskit send" in campaign("due").output
    refused = campaign("send", "--to", "outbox", code=5).output
    assert "No text goes out that nobody approved: access (de, version 1)." in refused
    assert "rightskit letters show access --lang de" in refused
    assert not (campaign.folder / "outbox").exists()
    assert campaign.fact("jana", "nordlicht")[0] == "unsent"

    given = campaign("letters", "approve", "access", "--lang", "de", "--by", "Ada Beispiel")
    assert [line.split() for line in given.stdout.splitlines()] == [
        ["approved", "version", "languages"],
        ["access", "1", "de"],
        ["1", "text", "approved."],
    ]
    assert "letters lie in" in campaign("send", "--to", "outbox").output
    assert "When they went out: rightskit posted 2026-03-02-outbox-1" in campaign("due").output


def test_a_changed_text_asks_again(planned) -> None:
    own = planned.folder / "letters" / "de"
    own.mkdir(parents=True)
    text = planned("letters", "show", "access", "--lang", "de").output
    assert "Art. 15" in text
    (own / "access.md").write_text(OWN, encoding="utf-8")
    refused = planned("send", "--to", "print", code=5).output
    assert "access (de, version 2) was changed since it was approved on 2026-03-02" in refused
    planned.on("2026-03-05")("letters", "approve", "--lang", "de", "--by", "Ben Muster")
    planned("send", "--to", "print")
    with planned.vault().read() as connection:
        kept = [one for one in approvals.all_approvals(connection) if one.letter == "access"]
    assert [(one.version, one.name, one.date) for one in kept] == [
        ("1", "Ada Beispiel", dt.date(2026, 3, 2)),
        ("2", "Ben Muster", dt.date(2026, 3, 5)),
    ]


def test_all_that_the_campaign_needs_is_approved_at_once(planned) -> None:
    with planned.vault().read() as connection:
        kept = {(one.letter, one.language) for one in approvals.all_approvals(connection)}
    assert {("access", "de"), ("reminder", "de"), ("complaint", "de"), ("ask", "de")} <= kept
    assert not [letter for letter, _ in kept if letter == "erasure"]
    assert {letter for letter, _ in kept if letter.startswith("paper-")} == {"paper-notice"}
    again = planned("letters", "approve", "--by", "Ada Beispiel").output
    assert "All of these were approved before, as they stand." in again


def test_members_are_asked_in_approved_words_only(sent) -> None:
    own = sent.folder / "letters" / "de"
    own.mkdir(parents=True)
    (own / "ask.md").write_text(ASK, encoding="utf-8")
    sent.on("2026-04-20")
    assert "ask (de, version 9) was changed" in sent("ask", code=5).output
    assert sent.fact("jana", "nordlicht")[3] == "ask the member"


def test_an_approval_needs_a_name_and_a_letter_that_exists(planned) -> None:
    assert 'Add --by "NAME".' in planned("letters", "approve", code=2).output
    assert "There is no letter 'acess'." in planned("letters", "approve", "acess", "--by", "A", code=4).output
    nothing = planned("letters", "approve", "access", "--lang", "xx", "--by", "A", code=4).output
    assert "There is no such letter to approve." in nothing


OWN = """\
---
letter: access
right: access
article: "15"
version: "2"
subject: "Auskunft nach Art. 15"
needs: []
may_use: []
modules: []
reviewed: false
---
Ich bitte um Auskunft nach Art. 15 DSGVO.
"""
ASK = """\
---
letter: ask
version: "9"
subject: "Kam etwas an?"
needs: [requests, answer_by]
may_use: []
modules: []
reviewed: false
---
Kam etwas an? Bitte antworten Sie bis {{ answer_by | longdate }}.
{% for one in requests %}
- {{ one.controller }}
{% endfor %}
"""
