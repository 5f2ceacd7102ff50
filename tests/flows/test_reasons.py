"""``members reason``: an objection under Art. 21(1) stands on the member's own words."""

from __future__ import annotations

from typing import Any

import pytest
from probe_texts import ACCESS, OBJECTION

JANA, PETRA, ZEHRA, EMRE = "MJANA0001", "MPETRA002", "MZEHRA003", "MEMRE0004"
THREATENED = "Eine frühere Adresse ist einem Stalker bekannt.\nJede Weitergabe gefährdet mich."
OTHER = "Ich arbeite in einer Schutzeinrichtung."


@pytest.fixture
def objecting(at: Any) -> Any:
    """Jana, Petra and Emre, who acts alone, have given reasons; Zehra and Tamar have not."""
    campaign = at("joined")
    campaign.rewrite("campaign.yaml", ("ways: [own-name]", "ways: [own-name, self]"), (ACCESS, OBJECTION))
    (campaign.folder / "reason.txt").write_text(THREATENED + "\r\n", encoding="utf-8")
    campaign("members", "reason", JANA, "--file", campaign.folder / "reason.txt")
    campaign("members", "reason", PETRA, "--text", OTHER)
    campaign("members", "change", EMRE, "--acts", "self")
    campaign("members", "reason", EMRE, "--text", OTHER)
    return campaign


def plan(campaign: Any) -> Any:
    done = campaign("plan")
    campaign("letters", "approve", "--by", "Ada Beispiel")
    return done


def agree(campaign: Any) -> None:
    """Members read their letters, and all that were asked say yes."""
    campaign("ask", "--objections")
    campaign.note("letter-approved", campaign.shown(), "2026-03-02")


def wording(campaign: Any) -> dict[str, str]:
    """Member -> the letter that lies ready."""
    members = {line["request"]: line["member"] for line in campaign.json("status")}
    return {
        members[name]: " ".join(letter.text.split()) for name, letter in campaign.letters("objection-situation").items()
    }


def test_plan_leaves_out_who_gave_no_reason(objecting: Any) -> None:
    said = plan(objecting).output
    assert "an objection under Art. 21(1) needs the member's own reason, and there is none" in said
    assert {line["member"] for line in objecting.json("status")} == {JANA, PETRA, EMRE}


def test_what_is_missing_is_asked_for(objecting: Any) -> None:
    found = {line["member"]: set(line["lacks"].split()) for line in objecting.json("members", "missing")}
    assert [found.get(name) for name in (JANA, PETRA, ZEHRA, EMRE)] == [None, None, {"reason"}, None]
    plan(objecting)
    objecting("members", "missing", "--ask")
    mail = next(objecting.folder.rglob(f"{ZEHRA}-missing*.eml")).read_text(encoding="utf-8")
    assert "Ihre Gr=C3=BCnde" in mail or "your reasons for objecting" in mail


def test_the_letter_prints_the_members_words(objecting: Any) -> None:
    plan(objecting)
    agree(objecting)
    objecting("send", "--to", "outbox")
    found = wording(objecting)
    assert set(found) == {JANA, PETRA}
    assert all(line in found[JANA] for line in THREATENED.splitlines())
    assert OTHER in found[PETRA]


def test_other_words_take_back_what_lies_ready(objecting: Any) -> None:
    plan(objecting)
    agree(objecting)
    objecting("send", "--to", "outbox")
    said = objecting("members", "reason", JANA, "--text", OTHER).output
    assert "1 reasons are kept." in said
    assert "lay ready with other words" in said
    assert set(wording(objecting)) == {PETRA}
    said = objecting("send", "--to", "outbox", code=3).output
    assert "the member has not approved it as it stands (rightskit ask --objections)" in said
    agree(objecting)
    objecting("send", "--to", "outbox")
    assert OTHER in wording(objecting)[JANA]
    assert THREATENED.splitlines()[0] not in wording(objecting)[JANA]


def test_the_same_words_again_change_nothing(objecting: Any) -> None:
    plan(objecting)
    agree(objecting)
    objecting("members", "reason", JANA, "--text", THREATENED)
    objecting("send", "--to", "outbox")
    assert set(wording(objecting)) == {JANA, PETRA}


def test_an_objection_to_marketing_and_follow_ups_carry_no_reason(objecting: Any) -> None:
    objecting.rewrite("campaign.yaml", ("letter: objection-situation", "letter: objection"))
    plan(objecting)
    objecting("send", "--to", "outbox")
    letters = objecting.letters("objection")
    assert letters
    assert not [one for one in letters.values() if OTHER in one.text or "Stalker" in one.text]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((ZEHRA, "--text", "  "), 5, "there is no reason"),
        ((JANA, "--text", "unsicht\u200bbar"), 5, "a character that nobody sees"),
        (("MNOBODY00", "--text", "x"), 4, "There is no member MNOBODY00"),
        ((JANA,), 2, "Say whose reason it is"),
        ((JANA, "--text", "x", "--file", "reason.txt"), 2, "Say whose reason it is"),
        ((), 2, "Say whose reason it is"),
        ((JANA, "--file", "nowhere.txt"), 4, "There is no file nowhere.txt"),
    ],
)
def test_bad_input_is_told(objecting: Any, words: tuple[str, ...], code: int, sentence: str) -> None:
    assert sentence in objecting("members", "reason", *words, code=code).output


def test_many_come_from_a_list_all_or_those_without_a_fault(objecting: Any) -> None:
    path = objecting.folder / "reasons.csv"
    rows = [f'{ZEHRA};"Zwei Zeilen,\nmit Komma"', "MNOBODY00;x", "MTAMAR005;", f"{EMRE};unsicht\u200bbar"]
    path.write_text("\n".join(["member;reason", *rows]), encoding="utf-8")
    said = objecting("members", "reason", "--from", path, code=3).output
    for line, sentence in {
        4: "[member]: there is no such member",
        5: "[reason]: there is no reason",
        6: "[reason]: it holds a character that nobody sees",
    }.items():
        assert f"reasons.csv:{line} {sentence}" in said
    assert {line["member"] for line in objecting.json("members", "missing") if "reason" in line["lacks"]} >= {ZEHRA}
    said = objecting("members", "reason", "--from", path, "--keep-valid").output
    assert "1 reasons are kept; 3 rows were left." in said
    plan(objecting)
    agree(objecting)
    objecting("send", "--to", "outbox")
    assert "Zwei Zeilen" in wording(objecting)[ZEHRA]
