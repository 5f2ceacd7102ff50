"""The text catalogues and the words around a letter, in the languages that have fewer letters."""

import string

import pytest

from rightskit import texts, yamlfile
from rightskit.cases.model import EventKind
from rightskit.paths import shipped
from rightskit.rendering.layouts import words
from rightskit.rights import Right

LATER = ["nl", "es", "it"]
ARTICLE = {"nl": "artikel {}", "es": "artículo {}", "it": "articolo {}"}


def flat(language: str) -> dict[str, str]:
    """Every text by its dotted key, but for those of report and dossier, which are written in fewer languages."""

    def walk(section: yamlfile.Section, prefix: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for key in section.keys():  # noqa: SIM118 (a Section is no dict)
            inner = section._values[key][1]
            found |= walk(inner, f"{prefix}{key}.") if isinstance(inner, yamlfile.Section) else {prefix + key: inner}
        return found

    whole = walk(yamlfile.read(shipped("letters") / language / "texts.yaml"), "")
    return {key: str(text) for key, text in whole.items() if not key.startswith(("report.", "dossier."))}


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LATER)
def test_the_catalogue_has_the_same_keys_and_placeholders(language) -> None:
    own, english = flat(language), flat("en")
    assert own.keys() == english.keys()
    assert {key: placeholders(text) for key, text in own.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", LATER)
def test_the_catalogue_is_in_its_own_language(language) -> None:
    own, english = flat(language), flat("en")
    same = {key for key, text in own.items() if text == english[key]}
    assert same <= {"identifier.iban", "identifier.account"}


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("language", LATER)
def test_a_request_title_names_its_article(language, right) -> None:
    assert ARTICLE[language].format(right.article) in texts.text(language, f"right.{right}")


@pytest.mark.parametrize("kind", EventKind)
@pytest.mark.parametrize("language", LATER)
def test_an_authority_reads_each_event_in_its_language(language, kind) -> None:
    assert texts.text(language, f"event.{kind}") != texts.text("en", f"event.{kind}")


@pytest.mark.parametrize("language", ["de", "fr", *LATER])
def test_the_words_around_a_letter_are_the_same_in_every_language(language) -> None:
    own, english = words(language), words("en")
    assert own.keys() == english.keys()
    assert all(own[key].count("{}") == english[key].count("{}") for key in english)


def test_french_words_stand_before_a_space_that_does_not_break() -> None:
    lines = [text for text in words("fr").values() if ":" in text]
    assert len(lines) == 4
    assert all("\u00a0:" in text and " :" not in text for text in lines)
