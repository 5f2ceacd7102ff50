"""Only what the sender wrote now is left."""

import pytest

from rightskit.classification.language import languages
from rightskit.classification.quotes import own_words
from rightskit.classification.sentences import labelled, normalise, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ja.\n\n> Frage?\n> Noch eine?", "Ja."),
        ("Ja.\n-- \nMax Muster\nFirma", "Ja."),
        ("Ja.\n\nVon meinem iPhone gesendet", "Ja."),
        ("Ja.\n\nMit freundlichen Grüßen\nMax\n\nPS: Die Daten folgen.", "Ja.\n\nPS: Die Daten folgen."),
        ("-- Bitte antworten Sie oberhalb dieser Zeile --\nJa.", "Ja."),
        (
            "Von: 1. Mai bis 3. Mai ist geschlossen.\nDanach gern.",
            "Von: 1. Mai bis 3. Mai ist geschlossen.\nDanach gern.",
        ),
        ("On balance we agree.\n\nOn 3 May 2024, Jo wrote:\nold", "On balance we agree."),
        ("Cordialement", "Cordialement"),
    ],
)
def test_own_words(text: str, expected: str) -> None:
    assert own_words(text) == expected


def test_sentences_join_wrapped_lines_and_leave_salutations_out() -> None:
    words = "Sehr geehrte Frau Dr. Muster,\n\nwir haben gem. Art. 15 Abs. 1\ngeprüft. Am 3. Mai war z. B. nichts da!\n- Punkt eins\n- Punkt zwei\n"
    assert sentences(words) == [
        "wir haben gem. Art. 15 Abs. 1 geprüft.",
        "Am 3. Mai war z. B. nichts da!",
        "- Punkt eins",
        "- Punkt zwei",
    ]


def test_a_greeting_with_a_message_is_kept() -> None:
    assert sentences("Hallo, worum geht es?") == ["Hallo, worum geht es?"]


def test_labelled_lines_are_counted() -> None:
    assert labelled("Name: Erika\nGeburtsdatum: 1.2.1980\nDas ist alles.\nOrt\tMusterstadt") == 3


def test_rules_see_plain_letters() -> None:
    assert normalise("Größe:  l’été, “ÄÖÜß”") == "groesse: l'ete, “aeoeuess”"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir haben Ihre Anfrage erhalten und werden sie bearbeiten.", "de"),
        ("We have received your request and will reply.", "en"),
        ("Nous avons reçu votre demande et nous vous répondrons.", "fr"),
        ("Wij hebben uw verzoek ontvangen en zijn niet in het bezit van gegevens.", "nl"),
        ("Hemos recibido su solicitud y no tenemos los datos de usted.", "es"),
        ("Abbiamo ricevuto la sua richiesta e non abbiamo i suoi dati.", "it"),
        ("Nie mamy żadnych danych na ten temat w naszym systemie.", "pl"),
        ("Não temos os seus dados em nossa base de clientes.", "pt"),
    ],
)
def test_the_main_language(text: str, expected: str) -> None:
    assert languages(text)[0] == expected


def test_too_little_text_has_no_language() -> None:
    assert languages("OK 123") == []
