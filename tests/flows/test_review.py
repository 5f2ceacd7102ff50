"""``review``: what is alike is decided at once, everything can be undone, and quitting loses nothing."""

from __future__ import annotations

import pytest

SUEDSTERN = "auskunft@suedstern.example"
REFUSED = "wir lehnen die Erteilung der begehrten Auskunft ab."
ENCLOSED = "anbei erhalten Sie Ihre Datenkopie nach Art. 15 DSGVO."
MEMBERS = ("jana", "petra", "zehra", "emre", "tamar")


@pytest.fixture
def refused(sent, reply):
    """Four refusals of one house, one of a stranger."""
    sent.on("2026-03-09").arrives(
        *(
            reply(SUEDSTERN, REFUSED, day=f"2026-03-0{day}", answers=sent.letter(member, "suedstern"), name=member)
            for day, member in enumerate(MEMBERS[:4], 5)
        ),
        reply(
            "x@elsewhere.example", REFUSED, day="2026-03-09", subject=sent.request("tamar", "suedstern"), name="tamar"
        ),
    )
    return sent


def answers(campaign) -> dict[str, str]:
    return {member: campaign.fact(member, "suedstern")[2] for member in MEMBERS}


def test_what_is_alike_is_accepted_at_once_and_undone_at_once(refused, keys) -> None:
    keys("aq")
    said = refused("review").output
    assert "4 messages from suedstern.example say this: all refusal?" in said
    assert "4 filed as refusal." in said
    assert REFUSED in said
    assert answers(refused) == dict.fromkeys(MEMBERS[:4], "refused") | {"tamar": "none"}
    keys("uq")
    assert "4 messages are as before." in refused("review").output
    assert answers(refused) == dict.fromkeys(MEMBERS, "none")
    assert len(refused.json("review")) == 5


def test_one_by_one_each_decision_is_kept_when_the_person_quits(refused, keys) -> None:
    keys("oanlq")
    assert "Everything you decided is kept." in refused("review").output
    assert answers(refused) == {"jana": "refused", "petra": "none", "zehra": "none", "emre": "none", "tamar": "none"}
    assert refused.filed("<petra@reply.example>")[0]["status"] == "ignored"
    keys("q")
    (first, *_) = [line for line in refused("review").output.splitlines() if line.startswith("Request ")]
    assert refused.request("emre", "suedstern") in first or refused.request("tamar", "suedstern") in first


def test_another_kind_another_request_several_requests(refused, keys) -> None:
    keys("lkrsq")
    petra, zehra = (refused.request(member, "nordlicht") for member in ("petra", "zehra"))
    refused("review", answers=f"data\n{petra}\n{zehra}\n")
    (line,) = refused.filed("<tamar@reply.example>")
    assert (line["kind"], line["request"]) == ("data", refused.request("tamar", "suedstern"))
    keys("q")
    assert "4 wait" in refused("review").output


def test_none_of_a_group_is_ours(refused, keys) -> None:
    keys("nq")
    refused("review")
    assert [refused.filed(f"<{member}@reply.example>")[0]["status"] for member in MEMBERS] == ["ignored"] * 4 + [
        "review"
    ]


def test_a_mistake_in_filing_is_taken_back_with_its_documents(sent, reply) -> None:
    letter = sent.letter("jana", "suedstern")
    table = b"Name;Wert\nScore;97,5\n"
    sent.on("2026-03-09").arrives(
        reply(SUEDSTERN, ENCLOSED, day="2026-03-09", answers=letter, files=[("auskunft.zip", table)])
    )
    jana, petra = sent.request("jana", "suedstern"), sent.request("petra", "suedstern")
    assert sent.fact("jana", "suedstern")[2] == "data"
    message = _id(sent)
    sent("replies", "refile", message, "--kind", "data", "--request", petra)
    assert (sent.fact("jana", "suedstern")[2], sent.fact("petra", "suedstern")[2]) == ("none", "data")
    assert documents(sent) == [petra]
    sent("review", "--undo")
    assert (sent.fact("jana", "suedstern")[2], sent.fact("petra", "suedstern")[2]) == ("data", "none")
    assert documents(sent) == [jana]
    sent("replies", "refile", message, "--kind", "other")
    assert (sent.fact("jana", "suedstern")[2], documents(sent)) == ("none", [])
    assert "The vault is whole" in sent("vault", "check").output


def test_there_may_be_nothing_to_undo(sent) -> None:
    assert "0 messages are as before." in sent("review", "--undo").output


def test_what_cannot_be_is_said_and_asked_again(refused, keys) -> None:
    keys("orq")
    said = refused("review", answers="RK-0000-0000\n").output
    assert "There is no request RK-0000-0000" in said
    assert answers(refused) == dict.fromkeys(MEMBERS, "none")


def documents(campaign) -> list[str]:
    from rightskit.vault import disclosures

    with campaign.vault().read() as connection:
        return [reference for reference, _, _ in disclosures.outcomes(connection)]


def _id(campaign) -> str:
    from rightskit.vault import messages

    with campaign.vault().read() as connection:
        return next(iter(messages.all_messages(connection))).id
