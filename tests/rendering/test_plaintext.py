"""Plain text is wrapped as a careful typist would."""

import pytest

from rightskit.rendering.plaintext import wrap


@pytest.mark.parametrize("citation", ["Art. 15", "Abs. 3", "Article 12", "§ 31", "Buchst. h", "art. 21", "Nr. 4"])
def test_a_citation_is_never_broken(citation: str) -> None:
    for filler in range(60, 72):
        assert citation in wrap("x" * filler + f" {citation} DSGVO")


def test_other_blanks_break() -> None:
    assert wrap("aaaa bbbb cccc", 10) == "aaaa bbbb\ncccc"


@pytest.mark.parametrize(
    "date", ["4. Mai 2023", "27. Februar 2025", "7 décembre 2023", "27 February 2025", "2 de marzo de 2026"]
)
def test_no_line_ends_within_a_date(date: str) -> None:
    for start in range(40, 72):
        day = date.split(" ", 1)[0]
        assert not wrap(f"{'x' * start} am {date} und so fort").splitlines()[0].endswith(f" {day}")
