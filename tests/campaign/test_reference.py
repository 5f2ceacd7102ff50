"""References survive what people and programs do to them, and nothing else passes for one."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.campaign.reference import ALPHABET, find, new_member_id, new_reference, normalise, with_check

SEVEN = st.text(ALPHABET, min_size=7, max_size=7)


def characters(reference: str) -> str:
    return reference.replace("-", "")[2:]


def as_text(eight: str) -> str:
    return f"RK-{eight[:4]}-{eight[4:]}"


def test_a_new_reference_has_the_form_and_finds_itself() -> None:
    reference = new_reference()
    assert re.fullmatch(r"RK-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", reference)
    assert find(f"Your reference: {reference}.") == [reference]
    assert len({new_reference() for _ in range(1000)}) == 1000


def test_a_member_id_is_opaque() -> None:
    assert re.fullmatch(r"M[0-9A-HJKMNP-TV-Z]{8}", new_member_id())


@given(SEVEN)
def test_every_single_wrong_character_is_caught(seven: str) -> None:
    right = characters(with_check(seven))
    for place in range(8):
        for other in ALPHABET:
            wrong = right[:place] + other + right[place + 1 :]
            assert (normalise(as_text(wrong)) is not None) == (wrong == right)


@given(SEVEN)
def test_any_two_swapped_characters_are_caught(seven: str) -> None:
    right = characters(with_check(seven))
    for one in range(8):
        for two in range(one + 1, 8):
            swapped = list(right)
            swapped[one], swapped[two] = swapped[two], swapped[one]
            if "".join(swapped) != right:
                assert normalise(as_text("".join(swapped))) is None


@given(SEVEN, st.randoms())
def test_it_survives_case_spaces_dashes_line_breaks_and_lookalikes(seven: str, random) -> None:
    reference = with_check(seven)
    lookalikes = {"0": "0Oo", "1": "1IiLl"}
    garbled = "".join(
        random.choice(lookalikes.get(c, c + c.lower())) + random.choice(["", "", "", " ", "-", "\n", "=\n", "\u00ad"])
        for c in characters(reference)
    )
    assert normalise(f"re: {random.choice(['RK', 'rk', 'Rk'])}-{garbled.rstrip()} thank you") == reference


def test_several_references_come_in_order_and_once() -> None:
    one, two = with_check("0000001"), with_check("ABCDEFG")
    assert find(f"{two}, {one}; {two.lower()}") == [two, one]


@pytest.mark.parametrize(
    "text", ["", "RK-", "RK-0000", "XRK-0000-0010", "park 12345678", "RK-UUUU-UUUU", "IBAN RK00 0000 0000 0000 0000"]
)
def test_what_is_no_reference_is_not_taken_for_one(text: str) -> None:
    assert find(text) == []


def test_a_reference_inside_a_longer_word_is_none() -> None:
    reference = with_check("0000001")
    assert find(f"A{reference}") == []
    assert find(f"{reference}9") == []
    assert find(f"answer_{reference}.pdf") == [reference]


def test_hostile_text_takes_no_time() -> None:
    begun = time.process_time()
    find("RK-" * 200_000)
    find("RK" + "0 -" * 200_000)
    find("RK" + " " * 500_000)
    assert time.process_time() - begun < 2
