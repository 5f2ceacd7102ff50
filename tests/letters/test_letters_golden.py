"""Two letters of each language, word for word, so that no change of a text or of the code goes unseen.

After a change that is meant: ``RIGHTSKIT_TEST_REGENERATE=letters python -m pytest tests/letters/test_letters_golden.py``,
then read the difference.
"""

import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
REGENERATE = os.environ.get("RIGHTSKIT_TEST_REGENERATE") == "letters"


@pytest.mark.parametrize("name", ["access", "reminder"])
@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "nl"])
def test_a_letter_reads_as_it_was_approved(desk, language, name) -> None:
    letter = desk.letter(name, language, desk.template(name, language).modules)
    path = GOLDEN / f"{name}.{language}.txt"
    written = f"{letter.subject}\n\n{letter.text}"
    if REGENERATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written


def test_no_golden_file_is_left_over() -> None:
    expected = {f"{name}.{tag}.txt" for name in ("access", "reminder") for tag in ("de", "en", "es", "fr", "it", "nl")}
    assert {path.name for path in GOLDEN.iterdir()} == expected
