"""Only what the sender wrote now is left."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.classification.language import languages
from rightskit.classification.quotes import own_words
from rightskit.classification.sentences import labelled, normalise, sentences, unaccented


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


LETTERS = {
    "de": "hiermit beantrage ich Auskunft nach Art. 15 DSGVO. Eine Gebühr darf nicht erhoben werden.",
    "en": "I am writing to request access under Art. 15 GDPR. No fee may be charged.",
    "fr": "je souhaite exercer mon droit d'accès selon l'art. 15 du RGPD. Aucun frais n'est dû.",
    "nl": "hierbij verzoek ik u om inzage op grond van art. 15 AVG. U mag geen kosten rekenen.",
    "es": "por la presente, ejerzo mi derecho de acceso según el art. 15 del RGPD. Es gratuito.",
    "it": "con la presente chiedo l'accesso ai miei dati ai sensi dell'art. 15 GDPR. È gratuito.",
    "pl": "niniejszym wnoszę o dostęp do moich danych na podstawie art. 15 RODO. To jest bezpłatne.",
    "pt": "venho por este meio solicitar o acesso aos meus dados nos termos do art. 15.º do RGPD. É gratuito.",
}
HEADS = {
    "de": "Am 3. Mai 2024 um 10:12 schrieb Jo <jo@post.example>:",
    "en": "On Fri, 3 May 2024 at 10:12, Jo <jo@post.example> wrote:",
    "fr": "Le ven. 3 mai 2024 à 10:12, Jo <jo@post.example> a écrit :",
    "nl": "Op vr 3 mei 2024 om 10:12 schreef Jo <jo@post.example>:",
    "es": "El vie, 3 may 2024 a las 10:12, Jo (<jo@post.example>) escribió:",
    "it": "Il giorno ven 3 mag 2024 alle ore 10:12 Jo <jo@post.example> ha scritto:",
    "pl": "pt., 3 maj 2024 o 10:12 Jo <jo@post.example> napisał(a):",
    "pt": "Em sex., 3 de mai. de 2024 às 10:12, Jo <jo@post.example> escreveu:",
}
BLOCKS = {
    "de": "Von: Jo\nGesendet: Freitag, 3. Mai 2024\nAn: Amt\nBetreff: Auskunft",
    "en": "From: Jo\nSent: Friday, 3 May 2024\nTo: Office\nSubject: Access",
    "fr": "De : Jo\nEnvoyé : vendredi 3 mai 2024\nÀ : Service\nObjet : Accès",
    "nl": "Van: Jo\nVerzonden: vrijdag 3 mei 2024\nAan: Dienst\nOnderwerp: Inzage",
    "es": "De: Jo\nEnviado el: viernes, 3 de mayo de 2024\nPara: Servicio\nAsunto: Acceso",
    "it": "Da: Jo\nInviato: venerdì 3 maggio 2024\nA: Ufficio\nOggetto: Accesso",
    "pl": "Od: Jo\nWysłano: piątek, 3 maja 2024\nDo: Biuro\nTemat: Dostęp",
    "pt": "De: Jo\nEnviado: sexta-feira, 3 de maio de 2024\nPara: Serviço\nAssunto: Acesso",
}
DIVIDERS = {
    "de": "-----Ursprüngliche Nachricht-----",
    "en": "-----Original Message-----",
    "fr": "-------- Message transféré --------",
    "nl": "-----Oorspronkelijk bericht-----",
    "es": "-----Mensaje original-----",
    "it": "-----Messaggio originale-----",
    "pl": "-----Wiadomość oryginalna-----",
    "pt": "-----Mensagem original-----",
}
CLOSINGS = {
    "de": "Mit freundlichen Grüßen\nMax",
    "en": "Kind regards\nMax",
    "fr": "Cordialement\nMax",
    "nl": "Met vriendelijke groet,\nMax",
    "es": "Un cordial saludo,\nMax",
    "it": "Cordiali saluti\nMax",
    "pl": "Z poważaniem\nMax",
    "pt": "Com os melhores cumprimentos,\nMax",
}


@pytest.mark.parametrize("language", LETTERS)
def test_a_quoted_letter_is_cut_in_every_language(language: str) -> None:
    letter = LETTERS[language]
    marked = HEADS[language] + "\n> " + letter
    for quoted in (marked, f"{HEADS[language]}\n\n{letter}", f"{BLOCKS[language]}\n\n{letter}", letter):
        assert own_words(f"OK.\n\n{quoted}") == "OK."
    assert own_words(f"OK.\n\n{DIVIDERS[language]}\n{letter}") == "OK."


@pytest.mark.parametrize("language", CLOSINGS)
def test_a_closing_ends_what_was_written(language: str) -> None:
    assert own_words(f"OK.\n\n{CLOSINGS[language]}\n\nwww.firma.example") == "OK."


def test_our_own_letter_is_known_by_its_words_where_nothing_marks_it() -> None:
    sent = "Guten Tag,\n\nnennen Sie mir alle Daten, die Sie über mich halten, und woher sie kommen.\n\nJana Özdemir"
    back = "Das haben wir bekommen:\n\nNennen Sie mir alle Daten, die Sie\nüber mich halten, und woher sie kommen.\n\nDanke."
    assert own_words(back, sent) == "Das haben wir bekommen:\n\nDanke."
    assert "Nennen Sie mir" in own_words(back)


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


@given(st.text(alphabet=st.characters() | st.sampled_from("aeoßé\u0301\u0308ﬁ가ǖ")))
def test_accents_are_those_of_the_whole_text(text: str) -> None:
    apart = unicodedata.normalize("NFKD", text)
    assert unaccented(text) == "".join(c for c in apart if not unicodedata.combining(c))


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
