"""A follow-up names its thread, and takes from outside only what has the form of a Message-ID."""

import datetime as dt

import pytest

from rightskit.flows.dispatch import Draft
from rightskit.flows.threads import MOST, _placed
from rightskit.rendering.model import LetterOrder, Party

ORDER = LetterOrder("reminder", "de", dt.date(2026, 5, 4), Party("Jana Özdemir"), Party("Büro AG"), "RK-0000-0000")
DRAFT = Draft(ORDER, "bureau", "DE", "<first@x.example>")


def test_the_last_message_of_the_controller_is_answered() -> None:
    placed = _placed(DRAFT, ["<first@x.example>", "<reminder@x.example>"], ["<r1@b.example>", "<r2@b.example>"])
    assert placed.in_reply_to == "<r2@b.example>"
    assert placed.references == ("<first@x.example>", "<reminder@x.example>", "<r1@b.example>", "<r2@b.example>")


def test_without_an_answer_the_letter_itself_is_followed_up() -> None:
    placed = _placed(DRAFT, ["<first@x.example>"], [])
    assert (placed.in_reply_to, placed.references) == ("<first@x.example>", ("<first@x.example>",))


@pytest.mark.parametrize(
    "hostile", ["<a b@x>", "<a>\r\nBcc: <b@x>", "no brackets", "<ünï@x.example>", "<>", "<" + "a" * 300 + ">"]
)
def test_what_is_no_message_id_is_left_out(hostile: str) -> None:
    placed = _placed(DRAFT, ["<first@x.example>"], ["<good@b.example>", hostile])
    assert placed.in_reply_to == "<good@b.example>"
    assert placed.references == ("<first@x.example>", "<good@b.example>")


def test_a_long_thread_keeps_its_start_and_its_end() -> None:
    placed = _placed(DRAFT, ["<first@x.example>"], [f"<{number}@b.example>" for number in range(50)])
    assert len(placed.references) == MOST
    assert placed.references[0] == "<first@x.example>"
    assert placed.references[-2:] == ("<48@b.example>", "<49@b.example>")
