"""The plain-language sheets: one per right, built alike, naming letters that exist."""

import re

import pytest

from rightskit import yamlfile
from rightskit.paths import shipped
from rightskit.rights import Right

LETTERS = shipped("letters")
LANGUAGES = ["de", "fr", "en"]
SHEETS = [(language, right) for language in LANGUAGES for right in Right]
NAMED = {"answer-identity", "answer-fee", "answer-portal", "reminder", "complaint"}
FORBIDDEN = re.compile(r"TODO|XXX|FIXME|[Ll]orem|[Ii]psum|\bTBD\b|\?\?\?")


def sheet(language: str, right: Right) -> tuple[yamlfile.Section, str]:
    path = LETTERS / language / "explain" / f"{right}.md"
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    section = yamlfile.parse(front, str(path))
    assert section.faults == []
    return section, body


@pytest.mark.parametrize(("language", "right"), SHEETS)
def test_every_right_has_a_sheet_in_plain_words(language, right) -> None:
    front, body = sheet(language, right)
    assert (front.text("right"), front.text("article")) == (right, right.article)
    assert front.text("title")
    assert front.text("version") == "1"
    assert len(re.findall(r"^## ", body, re.MULTILINE)) == 4
    assert 20 <= len(body.splitlines()) <= 45
    assert not FORBIDDEN.search(body)
    assert not re.search(r"\{\{|\{%|\{\w+\}", body)


@pytest.mark.parametrize(("language", "right"), SHEETS)
def test_a_sheet_names_letters_that_exist(language, right) -> None:
    named = set(re.findall(r"`([a-z-]+)`", sheet(language, right)[1]))
    assert named >= NAMED
    assert named <= {path.stem for path in (LETTERS / language).glob("*.md")}


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_sheet_is_built_like_its_siblings(language, right) -> None:
    def shape(body: str) -> list[str]:
        marks = (re.match(r"##|- |\d\. |\*\*…|", text).group() for text in re.split(r"\n\s*\n", body.strip()))
        return [*marks, *re.findall(r"`[a-z-]+`", body)]

    assert shape(sheet(language, right)[1]) == shape(sheet("en", right)[1])
