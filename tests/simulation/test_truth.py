"""What somebody decides who knows what the invented controllers meant."""

import datetime as dt

from rightskit.classification.model import ReplyKind
from rightskit.mailbox.parse import parse
from rightskit.simulation.controllers import answers
from rightskit.simulation.script import Turn
from rightskit.simulation.truth import Meant, asking_everybody, meant, wrong

MESSAGES = {
    "<1@a.example>": Meant("11", "<1@a.example>", ReplyKind.DATA, "RK-0000-0001"),
    "<2@a.example>": Meant("22", "<2@a.example>", ReplyKind.IDENTITY_DEMAND, "RK-0000-0002"),
    "<3@a.example>": Meant("33", "<3@a.example>", ReplyKind.IDENTITY_DEMAND, "RK-0000-0003"),
    "<4@b.example>": Meant("44", "<4@b.example>", ReplyKind.IDENTITY_DEMAND, "RK-0000-0004"),
    "<5@b.example>": Meant("55", "<5@b.example>", ReplyKind.OTHER, None),
}


def filed(message: str, kind: str, request: str | None) -> dict[str, str | None]:
    return {"inbound_message_id": message, "kind": kind, "request": request}


def test_every_turn_has_a_meaning_and_is_found_under_the_id_that_the_vault_gives_it(letters, world):
    some = list(answers(letters[:40], world, dt.date(2026, 2, 3), dt.date(2026, 5, 14)))
    for answer, raw in some:
        truth = meant(answer.turn, answer.mail.reference, raw)
        assert (truth.id, truth.message_id) == (parse(raw).id, parse(raw).message_id)
    assert all(meant(turn, "RK-0000-0001", b"Message-ID: <x@y.example>\n\n").kind for turn in Turn)


def test_what_is_filed_as_it_was_meant_is_right():
    assert wrong(MESSAGES, [filed("<1@a.example>", "data", "RK-0000-0001")]) == []


def test_another_kind_another_request_or_one_too_many_is_wrong():
    found = wrong(
        MESSAGES,
        [
            filed("<1@a.example>", "partial", "RK-0000-0001"),
            filed("<2@a.example>", "identity-demand", "RK-0000-0003"),
            filed("<3@a.example>", "identity-demand", "RK-0000-0003"),
            filed("<3@a.example>", "identity-demand", "RK-0000-0004"),
            filed("<5@b.example>", "other", "RK-0000-0001"),
        ],
    )
    assert [one.id for one in found] == ["11", "22", "33", "55"]


def test_who_asks_more_than_one_member_asks_by_a_form_letter():
    cases = [
        {"request": "RK-0000-0001", "controller": "c"},
        {"request": "RK-0000-0002", "controller": "a"},
        {"request": "RK-0000-0003", "controller": "a"},
        {"request": "RK-0000-0004", "controller": "b"},
    ]
    assert asking_everybody(MESSAGES, cases) == ["a"]
