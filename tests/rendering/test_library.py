"""Letters are found, the nearest folder first, and what is wrong with them is told with its place."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from rightskit.errors import FaultsError, NotFoundError
from rightskit.rendering.library import Library
from rightskit.rights import Right

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """---
letter: access
right: access
article: "15"
version: "2"
subject: "Auskunft nach Art. 15"
needs: [sent_on]
may_use: [birthdate]
modules: [score]
reviewed: true
---
Guten Tag {{ sender.name }}, {{ sent_on | longdate }}{% if birthdate or "score" in modules %}!{% endif %}
"""


def put(folder: Path, place: str, text: str) -> Path:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_letter_carries_what_its_front_matter_says(tmp_path: Path) -> None:
    path = put(tmp_path, "de/access.md", GOOD)
    template = Library([tmp_path]).template("access", "de")
    assert template.right is Right.ACCESS
    assert (template.article, template.version, template.reviewed) == ("15", "2", True)
    assert (template.needs, template.may_use, template.modules) == (("sent_on",), ("birthdate",), ("score",))
    assert template.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_campaigns_own_letter_wins_within_its_language(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    put(shipped, "de/access.md", GOOD)
    put(shipped, "fr/access.md", GOOD)
    put(own, "de/access.md", GOOD.replace("Guten", "Eigenen"))
    put(own, "en/access.md", GOOD.replace("Guten", "Good"))
    library = Library([own, shipped])
    assert "Eigenen" in library.template("access", "de").body
    assert library.template("access", "fr").path == shipped / "fr" / "access.md"
    assert [(t.letter, t.language) for t in library.letters()] == [("access", "de"), ("access", "en"), ("access", "fr")]


@pytest.mark.parametrize(("asked", "used"), [("de", "de"), ("de-AT", "de"), ("de-CH", "de-CH"), ("pl", "en")])
def test_a_language_falls_back_visibly(tmp_path: Path, asked: str, used: str) -> None:
    for language in ("de", "de-CH", "en"):
        put(tmp_path, f"{language}/access.md", GOOD)
    assert Library([tmp_path]).template("access", asked).language == used


@pytest.mark.parametrize(
    ("letter", "language"), [("nothing", "de"), ("../../secret", "de"), ("access", "../.."), ("access", "fr")]
)
def test_what_is_not_there_is_not_found(tmp_path: Path, letter: str, language: str) -> None:
    put(tmp_path, "letters/de/access.md", GOOD)
    put(tmp_path, "secret.md", GOOD)
    with pytest.raises(NotFoundError):
        Library([tmp_path / "letters"]).template(letter, language)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("right: access", "right: acces", 3, "did you mean 'access'"),
        ('article: "15"', 'article: "17"', 4, 'write "15" for access'),
        ('article: "15"', 'article: "fifteen"', 4, "is no article"),
        ("letter: access", "letter: erasure", 2, "write access, the name of the file"),
        ('version: "2"\n', "", 2, "version is missing"),
        ("reviewed: true", "revewed: true", 10, "revewed is not a known key here"),
        ("needs: [sent_on]", "needs: [sent-on, date]", 7, "is no field name"),
        ("needs: [sent_on]", "needs: [sent_on, date]", 7, "date is there for every letter"),
        ('subject: "Auskunft nach Art. 15"', 'subject: "Auskunft nach Art. 15 {{ nme }}"', 6, "nme is not declared"),
        ('subject: "Auskunft nach Art. 15"', 'subject: "Auskunft nach Art. 15 {{ sender.name"', 6, "unexpected end"),
        ("sent_on | longdate", "sent_at | longdate", 12, "did you mean 'sent_on'"),
        ("sender.name", "sender.nme", 12, "sender has no nme"),
        ("sent_on | longdate", "sent_on | langdate", 12, "No filter named 'langdate'"),
        ("{% endif %}", "", 12, "Unexpected end of template"),
        ("Guten Tag", "Guten Tag\n\n{{ }}", 14, "Expected an expression"),
        ("Guten Tag", '{% if "scores" in modules %}x{% endif %}', 12, "the module scores is not declared"),
        ("Guten Tag", "{% macro m() %}x{% endmacro %}", 12, "a letter may not use macro"),
        ("Guten Tag", '{% include "x" %}', 12, "a letter may not use include"),
        ("Guten Tag", "{% set x %}*{% endset %}{{ x }}", 12, "a letter may not use assignblock"),
        ("Guten Tag", "\ue0000\ue001", 12, "private-use character"),
        ("---\nGuten", "Guten", 1, "no front matter"),
    ],
)
def test_a_fault_has_a_line_and_a_remedy(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    path = put(tmp_path, "de/access.md", GOOD.replace(old, new, 1))
    put(tmp_path, "de/other.md", GOOD.replace("letter: access", "letter: other"))
    library = Library([tmp_path])
    found = [fault for fault in library.check() if message in str(fault)]
    assert [(fault.path, fault.line) for fault in found] == [(str(path), line)]
    assert found[0].suggestion
    assert [template.letter for template in library.letters()] == ["other"]
    with pytest.raises(FaultsError):
        library.template("access", "de")


def test_all_faults_of_all_letters_come_at_once(tmp_path: Path) -> None:
    put(tmp_path, "de/access.md", GOOD.replace("sender.name", "a").replace("if birthdate", "if b"))
    (tmp_path / "de" / "latin.md").write_bytes("---\nletter: latin\n---\nGrüße".encode("latin-1"))
    put(tmp_path, "layouts/words.md", "no letter: its folder is no language")
    faults = Library([tmp_path]).check()
    assert [fault.message for fault in faults] == ["a is not declared", "b is not declared", "the letter is not UTF-8"]


def test_a_wanted_letter_that_no_folder_has_is_a_fault(tmp_path: Path) -> None:
    put(tmp_path, "de/access.md", GOOD)
    faults = Library([tmp_path]).check(wanted=[("access", "de-AT"), ("access", "fr"), ("complaint", "de")])
    assert [fault.path for fault in faults] == [str(tmp_path / "fr/access.md"), str(tmp_path / "de/complaint.md")]
