"""What can be known to be wrong with the shipped letters without a lawyer: their files."""

import re

import pytest

from rightskit import yamlfile
from rightskit.paths import shipped
from rightskit.rendering.library import Library
from rightskit.rights import Right

LETTERS = shipped("letters")
RIGHTS = [*Right, "objection-situation", "withdrawal"]
"""Letters that every language has; ``several`` joins them."""
FOLLOW_UPS = ["reminder", "supply", *sorted(path.stem for path in (LETTERS / "en").glob("answer-*.md"))]
TO_MEMBERS = ["ask", "ask-complaint", "ask-consent", "ask-objection", "identity-sheet", "invite", "kit-note", "missing"]
FORMS = ["form-consent", "form-mandate", "form-receive"]
PAPERS = sorted(path.stem for path in (LETTERS / "en").glob("paper-*.md"))
"""Drafts of what the campaign itself owes."""
EVERYWHERE = [*RIGHTS, "ask", "complaint", "reminder"]
WHOLE = [*RIGHTS, "several", *FOLLOW_UPS, "complaint", *TO_MEMBERS, *FORMS, *PAPERS]
"""Letters of the languages that have all of them."""
NAMES = dict.fromkeys(("en", "de", "fr"), WHOLE) | dict.fromkeys(("nl", "es", "it"), EVERYWHERE)
ALL = [(language, name) for language, names in NAMES.items() for name in names]
SIBLINGS = [pair for pair in ALL if pair[0] != "en"]
FORBIDDEN = re.compile(r"TODO|XXX|FIXME|[Ll]orem|[Ii]psum|\bTBD\b|\?\?\?")
DAMAGES = re.compile(
    r"schadensersatz|schadenersatz|dommages|damages|schadevergoeding|indemniza|risarcimento"
    r"|art(\.|icle|ikel|ículo|icolo) 82",
    re.IGNORECASE,
)


def source(language: str, name: str) -> tuple[yamlfile.Section, str]:
    path = LETTERS / language / f"{name}.md"
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    section = yamlfile.parse(front, str(path))
    assert section.faults == []
    return section, body


@pytest.mark.parametrize("language", NAMES)
def test_a_language_has_its_letters_and_no_others(language) -> None:
    assert sorted(path.stem for path in (LETTERS / language).glob("*.md")) == sorted(NAMES[language])


def test_no_language_is_left_untested() -> None:
    assert {path.parent.name for path in LETTERS.glob("*/access.md")} == set(NAMES)


def test_nothing_is_to_be_mended() -> None:
    assert Library([LETTERS]).check(tuple((name, language) for language, name in ALL)) == []


@pytest.mark.parametrize(("language", "name"), ALL)
def test_the_front_matter_names_the_letter_and_its_right(language, name) -> None:
    front, _ = source(language, name)
    right = {"objection-situation": Right.OBJECTION}.get(name, name if name in set(Right) else "")
    assert front.text("letter") == name
    assert front.text("right") == right
    assert front.text("article").split("(")[0] == Right(right).article if right else front.text("article")
    assert front.text("version") == "1"
    assert not front.flag("reviewed", default=True)
    assert " ".join(front.keys()) == "letter right article version subject needs may_use modules reviewed"


@pytest.mark.parametrize(("language", "name"), SIBLINGS)
def test_a_letter_is_built_like_its_siblings(language, name) -> None:
    """The same fields and modules; in each paragraph the same list items, and the same conditions in their order."""
    (own, body), (english, pattern) = source(language, name), source("en", name)
    for key in ("needs", "may_use", "modules", "article", "version"):
        assert own.texts(key) == english.texts(key)
    assert blocks(body) == blocks(pattern)


def blocks(body: str) -> list[tuple[int, list[str]]]:
    paragraphs = re.split(r"\n\s*\n", body.strip())
    return [
        (len(re.findall(r"^(?:- |\d\. )", text, re.MULTILINE)), re.findall(r"\{%.*?%\}", text)) for text in paragraphs
    ]


@pytest.mark.parametrize(("language", "name"), SIBLINGS)
def test_a_letter_prints_the_same_values_as_its_siblings(language, name) -> None:
    def printed(text: str) -> list[str]:
        found = (re.sub(r"\s", "", value) for value in re.findall(r"\{\{.*?\}\}", text))
        return sorted(re.sub(r"join\(.*?\)", "join", value) for value in found)

    (own, body), (english, pattern) = source(language, name), source("en", name)
    assert printed(body) == printed(pattern)
    assert printed(own.text("subject")) == printed(english.text("subject"))


@pytest.mark.parametrize(("language", "name"), ALL)
def test_every_declared_field_reaches_the_letter(language, name) -> None:
    front, body = source(language, name)
    text = front.text("subject") + body
    for field in (*front.texts("needs"), *front.texts("may_use")):
        assert re.search(rf"\b{field}\b", text), f"{field} is declared and never used"
    for module in front.texts("modules"):
        assert f'"{module}" in modules' in text


@pytest.mark.parametrize(("language", "name"), ALL)
def test_no_letter_holds_a_note_to_its_author_or_a_threat(language, name) -> None:
    front, body = source(language, name)
    text = front.text("subject") + body
    assert not FORBIDDEN.search(text)
    assert not DAMAGES.search(text)


@pytest.mark.parametrize(("language", "name"), ALL)
def test_apostrophes_are_typeset(language, name) -> None:
    assert "'" not in source(language, name)[1]


@pytest.mark.parametrize("name", WHOLE)
def test_french_marks_stand_behind_a_space_that_does_not_break(name) -> None:
    front, text = source("fr", name)
    body = re.sub(r"\{\{.*?\}\}", "x", re.sub(r"\{%.*?%\}", "", front.text("subject") + text))
    assert not re.search(r"[^\u00a0][:;!?»]|«[^\u00a0]", body)


def test_the_licence_says_what_it_covers() -> None:
    text = (LETTERS / "LICENSE").read_text(encoding="utf-8")
    assert "letters/" in text.splitlines()[0]
    assert "CC0 1.0 Universal" in text.splitlines()[0]
    assert "4. Limitations and Disclaimers." in text
