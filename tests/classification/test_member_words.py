"""What members write, in three languages; and what only a person may decide."""

import email.message

import pytest

from rightskit.campaign.reference import with_check
from rightskit.classification.member_words import WHETHER_ANYTHING_CAME, WHETHER_IT_MAY_LEAVE, read
from rightskit.mailbox.parse import parse


def mail(text: str, asked=WHETHER_ANYTHING_CAME):
    message = email.message.EmailMessage()
    message["From"] = "jana@heimpost.example"
    message.set_content(text)
    return read(parse(message.as_bytes()), ["Jana Özdemir"], asked)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nichts.", "nothing"),
        ("Hallo,\n\nnein, leider noch nichts.\n\nViele Grüße\nJana", "nothing"),
        ("Guten Tag, ich habe bisher keine Antwort bekommen. Danke!", "nothing"),
        ("nothing yet", "nothing"),
        ("Dear all,\nI have not received anything.\nBest\nJana", "nothing"),
        ("Bonjour,\nje n’ai rien reçu.\nCordialement", "nothing"),
        ("Rien.", "nothing"),
        ("Später", "later"),
        ("Ich schaue nach und melde mich.", "later"),
        ("Later, please.", "later"),
        ("Je vérifie et je reviens vers vous.", "later"),
        ("Ja", "received"),
        ("Ja, am Montag ist ein Brief gekommen.", "received"),
        ("Yes, a letter came on Monday.", "received"),
        ("Oui, j’ai reçu une réponse par courrier.", "received"),
        ("Ich möchte nicht mehr teilnehmen.", "withdraws"),
        ("Hiermit widerrufe ich meine Vollmacht.", "withdraws"),
        ("I no longer wish to take part.", "withdraws"),
        ("Please stop sending letters in my name.", "withdraws"),
        ("Je ne souhaite plus participer.", "withdraws"),
        ("Bitte löscht alle meine Daten.", "withdraws"),
        ("Ich bin umgezogen, meine neue Anschrift: Am Markt 3.", "moved"),
        ("I have moved to Leeds.", "moved"),
        ("J’ai déménagé à Lyon.", "moved"),
        ("Ich habe der Firma eine geschwärzte Kopie meines Ausweises geschickt.", "identity-given"),
        ("I sent them a copy of my passport by post.", "identity-given"),
        ("Je leur ai transmis ma carte d’identité.", "identity-given"),
        ("Wann bekomme ich Antwort?", "question"),
        ("What happens next?", "question"),
        ("Que dois-je faire ?", "question"),
    ],
)
def test_a_member_says(text: str, kind: str) -> None:
    found = mail(text)
    assert found.kinds == (kind,)
    assert found.clear == (kind in {"nothing", "later", "received"})


@pytest.mark.parametrize(
    "text",
    [
        "Nichts, aber gestern hat jemand angerufen.",
        "Nein. Ich bin umgezogen.",
        "Nichts gekommen. Wann erinnert ihr sie?",
        "Von der einen nichts, von der anderen ein Brief. Ja, am Montag.",
        "Gestern stand der Gerichtsvollzieher vor der Tür und wollte wissen, was das soll.",
        "",
    ],
)
def test_what_says_more_than_one_thing_is_for_a_person(text: str) -> None:
    assert not mail(text).clear


ONE, TWO = with_check("4F7Q9XT"), with_check("0000000")


def test_each_request_may_have_its_own_answer() -> None:
    found = mail(f"{ONE}: nichts\n{TWO} - ja, per Post\n\nGruß\nJana")
    assert dict(found.answers) == {ONE: "nothing", TWO: "received"}
    assert found.clear


def test_an_answer_below_a_quoted_line_belongs_to_it() -> None:
    found = mail(
        f"> - Auskunft an Muster AG, gesendet am 2. März 2026\n>   (Zeichen {ONE})\nnichts\n"
        f"> - Auskunft an Beispiel KG (Zeichen {TWO})\nnoch nichts gekommen\n"
        "> Wenn Sie nicht mehr teilnehmen möchten, genügt ein Satz.\n"
    )
    assert dict(found.answers) == {ONE: "nothing", TWO: "nothing"}
    assert found.clear


@pytest.mark.parametrize(
    "text",
    [
        "Nichts.\n\nNur Südstern.",
        "Nein, ein Brief ist gestern gekommen.",
        "No problem, I got their letter.",
        "Non, leur lettre est arrivée hier.",
    ],
)
def test_a_no_that_goes_on_is_not_taken_for_nothing(text: str) -> None:
    found = mail(text)
    assert not found.clear or found.kinds == ("received",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ja", "agrees"),
        ("Hallo,\n\nja, bitte absenden.\n\nViele Grüße\nJana Özdemir", "agrees"),
        ("Ich bin mit dem Text einverstanden. Danke!", "agrees"),
        ("Ich stimme der Beschwerde zu.", "agrees"),
        ("Yes, please send it.\nBest\nJana", "agrees"),
        ("I agree with the text.", "agrees"),
        ("Oui, je suis d’accord.\nMerci", "agrees"),
        ("Vous pouvez l’envoyer.", "agrees"),
        ("Nein", "declines"),
        ("Nein, ich möchte keine Beschwerde.", "declines"),
        ("Bitte nicht absenden.\n\nGruß\nJana", "declines"),
        ("No, thank you.", "declines"),
        ("I do not want a complaint.", "declines"),
        ("Non merci.", "declines"),
        ("Je ne souhaite pas de réclamation.", "declines"),
    ],
)
def test_a_plain_yes_or_no_to_a_text_is_understood(text: str, kind: str) -> None:
    found = mail(text, WHETHER_IT_MAY_LEAVE)
    assert (found.kinds, found.clear) == ((kind,), True)


@pytest.mark.parametrize(
    "text",
    [
        "Ja, aber meine Straße stimmt nicht.",
        "Ja. Nur Südstern.",
        "Ja, wenn der zweite Satz wegfällt.",
        "Ja, gestern kam ihre Antwort.",
        "Ja?",
        "Nein, nicht nur die eine.",
        "Warum nicht.",
        "Kein Problem.",
        "Ja und nein.",
        "Ja, am 3. Mai.",
        "Einverstanden bis auf den letzten Absatz.",
        "Yes, except for the second paragraph.",
        "No problem.",
        "I am not sure.",
        "Yes, but please wait.",
        "Not all of them.",
        "Oui, sauf la deuxième.",
        "Pas de problème.",
        "Pourquoi pas.",
        "Ja. Ich bin umgezogen.",
        "Nein, ich möchte nicht mehr teilnehmen.",
        "",
    ],
)
def test_whatever_says_more_or_less_than_yes_or_no_is_for_a_person(text: str) -> None:
    assert not mail(text, WHETHER_IT_MAY_LEAVE).clear


def test_each_text_may_have_its_own_yes_or_no() -> None:
    found = mail(f"{ONE}: ja\n{TWO}: nein\n\nGruß\nJana", WHETHER_IT_MAY_LEAVE)
    assert (dict(found.answers), found.clear) == ({ONE: "agrees", TWO: "declines"}, True)
    assert not mail(f"{ONE}: ja\n{TWO}: nein, erst später\n", WHETHER_IT_MAY_LEAVE).clear
