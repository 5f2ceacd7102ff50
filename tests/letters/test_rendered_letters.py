"""Every shipped letter, written for an invented person with only the fields that it declares."""

import re
from dataclasses import replace

import pytest

from rightskit.paths import shipped
from rightskit.rendering.errors import MissingFieldError
from rightskit.rendering.letter import render
from rightskit.rendering.library import Library
from rightskit.rendering.model import LetterOrder

LANGUAGES = ["en", "de", "fr", "nl", "es", "it"]
ALL = sorted((path.parent.name, path.stem) for path in shipped("letters").glob("*/*.md"))
TO_MEMBERS = {"ask", "ask-complaint", "ask-consent", "ask-objection", "identity-sheet", "invite", "kit-note", "missing"}
FORMS = {"form-consent", "form-mandate", "form-receive"}
PAPERS = {pair[1] for pair in ALL if pair[1].startswith("paper-")}
TO_CONTROLLERS = [pair for pair in ALL if pair[1] not in {*TO_MEMBERS, *FORMS, *PAPERS, "complaint"}]
LEGAL = [pair for pair in ALL if pair[1] not in {*TO_MEMBERS, *PAPERS}]
REGULATION = {"en": "GDPR", "de": "DSGVO", "fr": "RGPD", "nl": "AVG", "es": "RGPD", "it": "GDPR"}
CLOSING = {
    "en": "Yours faithfully,",
    "de": "Mit freundlichen Grüßen",
    "fr": "salutations distinguées.",
    "nl": "Met vriendelijke groet,",
    "es": "Atentamente,",
    "it": "Distinti saluti",
}
RECEIVE = {
    "en": "authority to receive",
    "de": "Empfangsvollmacht",
    "fr": "autorisation de réception",
    "nl": "ontvangstmachtiging",
    "es": "autorización de recepción",
    "it": "autorizzazione a ricevere",
}
SHOWN = {
    "en": "produce it on request",
    "de": "lege ich auf Wunsch vor",
    "fr": "produirai sur demande",
    "nl": "op verzoek overleggen",
    "es": "presentaré si se me solicita",
    "it": "esibirò su richiesta",
}
ORDER = {"en": "erase only once", "de": "löschen Sie erst", "fr": "n’effacer qu’une fois"}
# Article, paragraph and point, as each language cites them.
CITED = {
    "en": r"Article (\d+)(?:\((\d)\))?(?:\(([a-h])\))?",
    "de": r"Art\. (\d+)(?: (?:Abs\.|Nr\.) (\d))?(?: Buchst\. ([a-h]))?",
    "fr": r"article (\d+)(?:, (?:paragraphes?|point) (\d))?(?:, points? ([a-h]))?",
    "nl": r"artikel (\d+)(?:, (?:lid|leden|punt) (\d))?(?:, onder ([a-h])\))?",
    "es": r"artículo (\d+)(?:, (?:apartados?|punto) (\d))?(?:, letras? ([a-h])\))?",
    "it": r"articolo (\d+)(?:, (?:paragraf[oi]|punto) (\d))?(?:, letter[ae] ([a-h])\))?",
}


def cited(text: str, language: str) -> set[tuple[str, str, str]]:
    """Without the name of the Article 29 Working Party."""
    return set(re.findall(CITED[language], text)) - {("29", "", "")}


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_letter_goes_out_with_every_field_and_with_none(desk, language, name, full) -> None:
    modules = desk.template(name, language).modules
    letter = desk.letter(name, language, modules, full=full)
    assert letter.order.language == language
    body = desk.markdown(name, language, modules, full=full).strip() + "\n"
    text = f"{letter.subject}\n\n{body}"
    assert not re.search(r"\{\{|\}\}|\{%|%\}|None|Undefined", text + letter.text)
    assert not re.search(r"[ \t]$|\S  \S|\(\)|„“|«\s*»|“”", text, re.MULTILINE)
    # Only the salutation, a list and a table may stand behind a colon; papers leave room there for a pen.
    assert name in PAPERS or not re.search(r": *$\n\n(?!- |\d\. |\| )", body.split("\n\n", 1)[1], re.MULTILINE)


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_letter_does_not_go_out_without_a_field_that_it_needs(desk, language, name) -> None:
    order = desk.order(name, language, (), full=True)
    for needed in desk.template(name, language).needs:
        fields = {key: value for key, value in order.fields.items() if key != needed}
        with pytest.raises(MissingFieldError, match=needed):
            render(
                LetterOrder(name, language, order.date, order.sender, order.recipient, fields=fields),
                Library([shipped("letters")]),
            )


@pytest.mark.parametrize(("language", "name"), LEGAL)
def test_a_letter_names_its_article_and_the_regulation(desk, language, name) -> None:
    article = desk.template(name, language).article.split("(")[0]
    for full in (True, False):
        text = desk.said(name, language, full=full)
        assert article in {found for found, _, _ in cited(text, language)}
        assert REGULATION[language] in text


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize(("language", "name"), [pair for pair in LEGAL if pair[0] != "en"])
def test_the_same_provisions_are_cited_in_every_language(desk, language, name, full) -> None:
    """Articles with paragraphs and points; numbers of cases and guidelines."""

    def provisions(tag: str) -> tuple[set[tuple[str, str, str]], list[str]]:
        text = desk.said(name, tag, desk.template(name, tag).modules, full=full)
        return cited(text, tag), sorted(re.findall(r"C-\d+/\d+|\b\d\d/\d{4}|WP 242|\d{4}/868", text))

    assert provisions(language) == provisions("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_module_of_the_access_letter_adds_a_paragraph_with_its_source(desk, language) -> None:
    sources = {
        "recipients-by-name": "C-154/21",
        "score-logic": "C-203/22",
        "faithful-copy": "C-487/21",
        "free-copy": "C-307/22",
        "advertising-identifiers": " 30",
        "consultation-logs": "C-579/21",
    }
    assert set(desk.template("access", language).modules) == set(sources)
    plain = desk.said("access", language, full=False)
    for module, source in sources.items():
        assert source not in plain
        assert source in desk.said("access", language, [module], full=False)


@pytest.mark.parametrize(("language", "name"), [*TO_CONTROLLERS, *((tag, "complaint") for tag in LANGUAGES)])
def test_a_letter_ends_as_letters_end(desk, language, name) -> None:
    for full in (True, False):
        assert desk.markdown(name, language, full=full).rstrip().endswith(CLOSING[language])


@pytest.mark.parametrize(("language", "name"), TO_CONTROLLERS)
def test_a_letter_to_a_controller_says_who_acts_and_where_the_answer_goes(desk, language, name) -> None:
    text = desk.said(name, language)
    assert "Verein Beispiel, Kai 3" in text
    assert "post@example.org" in text


@pytest.mark.parametrize(("language", "name"), TO_CONTROLLERS)
def test_an_authority_to_receive_is_dated_and_not_said_to_be_enclosed(desk, language, name) -> None:
    with_one, without = desk.said(name, language), desk.said(name, language, full=False)
    assert RECEIVE[language] in with_one
    assert SHOWN[language] in with_one
    assert re.search(r"\b11\b[^.]{1,12}\w+ 2026|11\. Februar 2026", with_one)
    assert RECEIVE[language] not in without


ENCLOSED = {
    "en": ("is enclosed", "I will produce the mandate", "and enclose it"),
    "de": ("liegt bei", "Vollmacht lege ich auf Wunsch vor", "füge ich bei"),
    "fr": ("est joint à la présente", "sera produit sur demande", "et la joins à la présente"),
    "nl": ("volmacht is bijgevoegd", "volmacht leg ik op verzoek over", "en voeg ik bij"),
    "es": ("Se adjunta el poder", "Presentaré el poder", "y la adjunto"),
    "it": ("Si allega la procura", "sarà esibita su richiesta", "e la allego"),
}


@pytest.mark.parametrize("name", ["access", "reminder", "several"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_to_be_enclosed_is_what_is_enclosed(desk, language, name) -> None:
    if (language, name) not in ALL:
        pytest.skip("not in this language")

    def said(**enclosed: bool) -> str:
        order = desk.order(name, language, full=True)
        known = {key: value for key, value in order.fields.items() if not key.endswith(("_enclosed", "_original"))}
        return " ".join(render(replace(order, fields=known | enclosed), Library([shipped("letters")])).text.split())

    here, later, received = ENCLOSED[language]
    nothing, both = said(), said(mandate_enclosed=True, receive_enclosed=True)
    assert (here in nothing, later in nothing, received in nothing) == (False, True, False)
    assert SHOWN[language] in nothing
    assert (here in both, later in both, received in both) == (True, False, True)
    assert SHOWN[language] not in both


@pytest.mark.parametrize("language", ["de", "fr", "en"])
def test_a_mandate_is_produced_in_the_original_or_as_a_copy(desk, language) -> None:
    original = {"de": "im Original bei", "fr": "en original", "en": "in the original"}[language]
    order = desk.order("answer-mandate", language, full=True)
    assert original in desk.said("answer-mandate", language)
    copied = replace(order, fields={**order.fields, "mandate_original": False})
    text = " ".join(render(copied, Library([shipped("letters")])).text.split())
    assert original not in text
    assert {"de": "in Kopie bei", "fr": "Une copie du mandat", "en": "A copy of the mandate"}[language] in text


@pytest.mark.parametrize(
    ("language", "name"), [pair for pair in ALL if pair[1].startswith(("answer-", "remind", "supply"))]
)
def test_a_follow_up_names_the_request_that_it_is_about(desk, language, name) -> None:
    text = desk.said(name, language).split("\n")[1]
    assert "Auskunft" in text
    assert "RK-4F7Q-9XTE" in text.split("Ada Muster\n")[0]
    assert re.search(r"\b2\.? \w+ 2026|2 de marzo de 2026", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_objection_follows_its_reason(desk, language) -> None:
    mark = {
        "en": "21({})",
        "de": "Abs. {}",
        "fr": "paragraphe {}",
        "nl": "lid {}",
        "es": "apartado {}",
        "it": "paragrafo {}",
    }
    subjects = [" ".join(desk.letter("objection", language, full=full).subject.split()) for full in (False, True)]
    assert mark[language].format(2) in subjects[0]
    assert mark[language].format(1) in subjects[1]
    assert desk.template("objection-situation", language).needs == ("reason",)


@pytest.mark.parametrize("language", ORDER)
def test_several_rights_stand_in_a_sensible_order_and_access_goes_before_erasure(desk, language) -> None:
    text = desk.markdown("several", language)
    places = [text.index(f"{article[0]}") for article in re.findall(r"\*\*([^*]+)\.\*\*", text)]
    assert len(places) == 8
    articles = [re.search(r"\d+", heading).group() for heading in re.findall(r"\*\*([^*]+)\.\*\*", text)]
    assert articles == ["15", "20", "16", "18", "21", "7", "22", "17"]
    assert ORDER[language] in text


@pytest.mark.parametrize("language", ORDER)
def test_several_rights_are_only_those_that_were_chosen(desk, language) -> None:
    order = desk.order("several", language, (), full=False)
    chosen = LetterOrder("several", language, order.date, order.sender, order.recipient, fields={"rights": ["erasure"]})
    text = render(chosen, Library([shipped("letters")])).text
    assert {article for article, _, _ in cited(" ".join(text.split()), language)} == {"12", "17", "19"}
    assert ORDER[language] not in text


@pytest.mark.parametrize("language", ORDER)
def test_missing_items_are_named_by_their_point_or_in_the_writer_s_words(desk, language) -> None:
    text = desk.markdown("answer-incomplete", language)
    assert len(re.findall(r"^- ", text, re.MULTILINE)) == 4
    assert {("15", "1", "c"), ("15", "1", "g"), ("15", "2", "")} <= cited(text.replace("\u00a0", " "), language)
    assert "- Punkt 9\n" in text


@pytest.mark.parametrize("language", ORDER)
def test_each_purpose_of_a_consent_has_a_box_of_its_own(desk, language) -> None:
    assert desk.letter("form-consent", language).text.count("- [\u00a0\u00a0\u00a0] ") == 4
    text = desk.said("form-consent", language)
    assert "Wir legen Antworten zusammen." in text
    assert "Lehre" in text


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("name", sorted(PAPERS))
def test_a_paper_names_its_article_and_the_same_ones_in_every_language(desk, name, full) -> None:
    articles = {
        language: set(re.findall(r"[Aa]rts?\.[ \xa0](\d+)", desk.said(name, language, full=full)))
        for language in ("de", "fr", "en")
    }
    assert articles["de"] == articles["fr"] == articles["en"]
    assert name == "paper-handover" or desk.template(name, "en").article in articles["en"]
