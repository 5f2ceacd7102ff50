"""What can be known to be wrong with the shipped letters without a lawyer."""

import datetime as dt
import re
from types import SimpleNamespace

import jinja2
import pytest
from jinja2.sandbox import SandboxedEnvironment

from rightskit import yamlfile
from rightskit.paths import shipped
from rightskit.rights import Right

LETTERS = shipped("letters")
LANGUAGES = ["de", "fr", "en"]
NAMES = sorted(path.stem for path in (LETTERS / "en").glob("*.md"))
FOLLOW_UPS = ["answer-identity", "complaint", "reminder"]
ALL = [(language, name) for language in LANGUAGES for name in NAMES]
SHEETS = [(language, right) for language in LANGUAGES for right in Right]
FORBIDDEN = re.compile(r"TODO|XXX|FIXME|Lorem|ipsum|\bTBD\b|\?\?\?", re.IGNORECASE)
ARTICLE = {"de": r"Art\. {}\b", "fr": r"[Aa]rticle {}\b", "en": r"Article {}\b"}
CLOSING = {"de": "Mit freundlichen Grüßen", "fr": "salutations distinguées.", "en": "Yours faithfully,"}
DAY = dt.date(2026, 3, 2)
FIELDS = {
    "answer_to": "post@example.org",
    "article_of_request": "15",
    "birthdate": DAY,
    "controller_address": ("Kai 1", "20457 Hamburg"),
    "controller_name": "Beispiel & Söhne",
    "corrections": [{"wrong": "Kai 1", "right": "Kai 2"}, {"right": "bezahlt"}],
    "decision": "Nr. 7.",
    "demanded_on": DAY,
    "destination": "Datenhaus eG",
    "due_on": DAY,
    "events": [{"date": DAY, "text": "Eingang bestätigt"}],
    "evidence": ["Beleg 1", "Beleg 2"],
    "extended": True,
    "ground": "Grund.",
    "identifiers": {"Kundennummer": "K-77"},
    "parts": ["Anschrift", "Score"],
    "reason": "Situation.",
    "received_on": DAY,
    "receive_date": DAY,
    "reminded_on": DAY,
    "representative": "Verein Beispiel, Kai 3",
    "request_title": "Auskunft",
    "sent_on": DAY,
}


def read(path) -> tuple[yamlfile.Section, str]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    section = yamlfile.parse(front, str(path))
    assert section.faults == []
    return section, body


def letter(language: str, name: str) -> tuple[yamlfile.Section, str]:
    return read(LETTERS / language / f"{name}.md")


def filled(language: str, name: str, modules: set[str], *, full: bool) -> str:
    """The letter, filled by Jinja2 alone, with every field or with none but the needed ones."""
    front, body = letter(language, name)
    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined, trim_blocks=True, autoescape=False)
    environment.filters["longdate"] = lambda day: f"<{day.isoformat()}>"
    fields = {key: FIELDS[key] for key in front.texts("needs")}
    fields |= {key: FIELDS[key] if full else {} for key in front.texts("may_use")}
    sender = SimpleNamespace(
        name="Ada Muster", address=("Weg 4", "50667 Köln") if full else (), email="ada@example.org"
    )
    scope = fields | {"sender": sender, "modules": modules}
    return (
        environment.from_string(front.text("subject")).render(scope)
        + "\n\n"
        + environment.from_string(body).render(scope)
    )


def test_every_right_and_every_follow_up_has_a_letter() -> None:
    assert sorted([*Right, *FOLLOW_UPS]) == NAMES


@pytest.mark.parametrize("language", ["de", "fr"])
def test_no_language_has_letters_of_its_own(language) -> None:
    assert sorted(path.stem for path in (LETTERS / language).glob("*.md")) == NAMES


@pytest.mark.parametrize(("language", "name"), ALL)
def test_the_front_matter_names_the_letter_and_its_right(language, name) -> None:
    front, _ = letter(language, name)
    assert front.text("letter") == name
    assert front.text("right") == ("" if name in FOLLOW_UPS else name)
    if name in list(Right):
        assert front.text("article") == Right(name).article
    assert front.text("version") == "1"
    assert not front.flag("reviewed", default=True)
    assert " ".join(front.keys()) == "letter right article version subject needs may_use modules reviewed"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_letter_is_built_like_its_siblings(language, name) -> None:
    (own, body), (english, pattern) = letter(language, name), letter("en", name)
    for key in ("needs", "may_use", "modules", "article", "version"):
        assert own.texts(key) == english.texts(key)
    assert blocks(body) == blocks(pattern)


def blocks(body: str) -> list[tuple[int, list[str]]]:
    """Of each paragraph: its list items, and its tags and conditions in their order."""
    paragraphs = re.split(r"\n\s*\n", body.strip())
    return [(len(re.findall(r"^- ", text, re.MULTILINE)), re.findall(r"\{%.*?%\}", text)) for text in paragraphs]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_letter_prints_the_same_values_as_its_siblings(language, name) -> None:
    def printed(text: str) -> list[str]:
        return sorted(re.sub(r"\s", "", value) for value in re.findall(r"\{\{.*?\}\}", text))

    own, english = letter(language, name)[1], letter("en", name)[1]
    assert [re.sub(r"join\(.*?\)", "join", value) for value in printed(own)] == [
        re.sub(r"join\(.*?\)", "join", value) for value in printed(english)
    ]


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_letter_names_its_article_and_the_regulation(language, name) -> None:
    article = letter(language, name)[0].text("article").split("(")[0]
    for full in (True, False):
        text = filled(language, name, set(), full=full)
        assert re.search(ARTICLE[language].format(article), text)
        assert {"de": "DSGVO", "fr": "RGPD", "en": "GDPR"}[language] in text


@pytest.mark.parametrize("name", NAMES)
def test_the_same_provisions_are_cited_in_every_language(name) -> None:
    """Numbers of cases and guidelines."""

    def numbers(language: str) -> list[str]:
        modules = set(letter(language, name)[0].texts("modules"))
        text = filled(language, name, modules, full=True)
        return sorted(set(re.findall(r"C-\d+/\d+|\b\d\d/\d{4}|WP 242", text)))

    assert numbers("de") == numbers("fr") == numbers("en")


def test_each_module_of_the_access_letter_adds_a_paragraph_with_its_source() -> None:
    sources = {
        "recipients-by-name": "C-154/21",
        "score-logic": "C-203/22",
        "faithful-copy": "C-487/21",
        "free-copy": "C-307/22",
        "advertising-identifiers": "30",
        "consultation-logs": "C-579/21",
    }
    assert set(letter("en", "access")[0].texts("modules")) == set(sources)
    for language in LANGUAGES:
        plain = filled(language, "access", set(), full=True)
        for module, source in sources.items():
            assert source not in plain
            assert source in filled(language, "access", {module}, full=True)


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_letter_goes_out_with_every_field_and_with_none(language, name) -> None:
    front, _ = letter(language, name)
    for full in (True, False):
        text = filled(language, name, set(front.texts("modules")), full=full)
        assert not re.search(r"\{\{|\}\}|\{%|%\}|None|Undefined", text)
        assert not re.search(r"[ \t]$|  |: *$\n\n(?!- )|\(\)|„“|«\s*»|“”", text, re.MULTILINE)
        assert text.rstrip().endswith(CLOSING[language])


@pytest.mark.parametrize(("language", "name"), ALL)
def test_every_declared_field_reaches_the_letter(language, name) -> None:
    front, body = letter(language, name)
    source = front.text("subject") + body
    for field in (*front.texts("needs"), *front.texts("may_use")):
        assert re.search(rf"\b{field}\b", source), f"{field} is declared and never used"
    for module in front.texts("modules"):
        assert f'"{module}" in modules' in source


@pytest.mark.parametrize(("language", "name"), [pair for pair in ALL if pair[1] != "complaint"])
def test_a_letter_to_a_controller_says_who_acts_and_where_the_answer_goes(language, name) -> None:
    text = filled(language, name, set(), full=True)
    assert "Verein Beispiel, Kai 3" in text
    assert "post@example.org" in text


def test_without_an_authority_to_receive_none_is_mentioned() -> None:
    for language, word in (
        ("de", "Empfangsvollmacht"),
        ("fr", "autorisation de réception"),
        ("en", "authority to receive"),
    ):
        assert word in filled(language, "access", set(), full=True)
        assert word not in filled(language, "access", set(), full=False)


@pytest.mark.parametrize(("language", "name"), ALL)
def test_no_letter_holds_a_note_to_its_author_or_a_threat(language, name) -> None:
    front, body = letter(language, name)
    text = front.text("subject") + body
    assert not FORBIDDEN.search(text)
    assert not re.search(r"schadensersatz|schadenersatz|dommages|damages|art\. 82|article 82", text, re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_french_marks_stand_behind_a_space_that_does_not_break(name) -> None:
    body = re.sub(r"\{[{%].*?[%}]\}", "x", letter("fr", name)[1])
    assert not re.search(r"[^\u00a0][:;!?»]|«[^\u00a0]", body)
    assert "'" not in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_objection_follows_its_reason(language) -> None:
    mark = {"de": "Abs. {}", "fr": "paragraphe {}", "en": "21({})"}[language]
    assert mark.format(2) in filled(language, "objection", set(), full=False).split("\n")[0]
    assert mark.format(1) in filled(language, "objection", set(), full=True).split("\n")[0]


@pytest.mark.parametrize(("language", "right"), SHEETS)
def test_every_right_has_a_sheet_in_plain_words(language, right) -> None:
    front, body = read(LETTERS / language / "explain" / f"{right}.md")
    assert (front.text("right"), front.text("article")) == (right, right.article)
    assert front.text("title")
    assert front.text("version") == "1"
    assert len(re.findall(r"^## ", body, re.MULTILINE)) == 4
    assert 20 <= len(body.splitlines()) <= 45
    assert not FORBIDDEN.search(body)
    assert not re.search(r"\{\{|\{%|\{\w+\}", body)
    for follow_up in FOLLOW_UPS:
        assert f"`{follow_up}`" in body


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_sheet_is_built_like_its_siblings(language, right) -> None:
    def shape(body: str) -> list[str]:
        return [re.match(r"##|- |\d\. |\*\*…|", text).group() for text in re.split(r"\n\s*\n", body.strip())]

    own, english = (read(LETTERS / tag / "explain" / f"{right}.md")[1] for tag in (language, "en"))
    assert shape(own) == shape(english)


def test_the_licence_says_what_it_covers() -> None:
    text = (LETTERS / "LICENSE").read_text(encoding="utf-8")
    assert "letters/" in text.splitlines()[0]
    assert "CC0 1.0 Universal" in text.splitlines()[0]
    assert "4. Limitations and Disclaimers." in text
