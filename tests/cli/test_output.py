"""What a command prints for a person."""

import pytest

from rightskit.cli.output import counted


@pytest.mark.parametrize(
    ("number", "noun", "verb", "text"),
    [
        (1, "letter", "lie", "1 letter lies"),
        (1200, "letter", "lie", "1,200 letters lie"),
        (1, "request", "are", "1 request is"),
        (0, "reply", "", "0 replies"),
        (1, "reply", "", "1 reply"),
    ],
)
def test_a_number_agrees_with_its_noun_and_verb(number: int, noun: str, verb: str, text: str) -> None:
    assert counted(number, noun, verb) == text
