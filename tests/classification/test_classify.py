"""Whole messages: what they say, what is certain, and what never happens."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.classification.classify import classify, to_json
from rightskit.classification.model import ReplyKind
from rightskit.mailbox.model import DeliveryReport, Reply
from rightskit.mailbox.parse import parse

MakeReply = Callable[..., Reply]


LETTER = """Sehr geehrte Damen und Herren,
hiermit beantrage ich Auskunft nach Art. 15 DSGVO. Lehnen Sie den Antrag nicht ab. Eine Ausweiskopie ist nicht
erforderlich; sollten Sie Zweifel an meiner Identität haben, nennen Sie die Gründe. Falls Sie keine Daten über mich
gespeichert haben, teilen Sie mir das mit. Eine Gebühr darf nicht erhoben werden. Die Frist kann um zwei weitere Monate
verlängert werden. Anbei eine Kopie meiner Vollmacht im Original. Daten per Post an mich.
"""
QUOTES = {
    "marks": "Am 3. Mai 2024 um 10:12 schrieb Erika Beispiel <e@kampagne.example>:\n"
    + "".join(f"> {line}\n" for line in LETTER.split("\n")),
    "attribution without marks": "Am 03.05.2024 um 10:12 schrieb Erika Beispiel:\n\n" + LETTER,
    "wrapped attribution": "On Friday, 3 May 2024 at 10:12, Erika Beispiel\n<e@kampagne.example> wrote:\n\n" + LETTER,
    "Outlook": "Von: Erika Beispiel <e@kampagne.example>\nGesendet: Freitag, 3. Mai 2024 10:12\nAn: service@firma.example\nBetreff: Auskunft\n\n"
    + LETTER,
    "Outlook in bold": "*From:* Erika Beispiel\n*Sent:* 3 May\n*To:* Service\n\n" + LETTER,
    "divider": "-----Ursprüngliche Nachricht-----\n" + LETTER,
    "French divider": "-------- Message d'origine --------\n" + LETTER,
    "French attribution": "Le ven. 3 mai 2024 à 10:12, Erika Beispiel <e@kampagne.example> a écrit :\n\n" + LETTER,
    "ticket system": "Ihre Nachricht:\n\n" + LETTER,
    "no mark at all": LETTER,
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_a_quoted_letter_never_decides(make_reply: MakeReply, quote: str) -> None:
    found = classify(make_reply("Guten Tag,\n\nIhr Schreiben ist bei uns eingegangen.\n\n" + quote))
    assert found.kinds == (ReplyKind.ACKNOWLEDGEMENT,)
    alone = classify(make_reply(quote))
    assert alone.kinds == (ReplyKind.OTHER,)
    assert not alone.certain


def test_words_between_quoted_lines_count(make_reply: MakeReply) -> None:
    text = "Am 3. Mai 2024 schrieb Erika Beispiel:\n> Welche Daten haben Sie über mich?\nWir haben keine Daten über Sie gespeichert.\n> Bitte antworten Sie bald.\n"
    assert classify(make_reply(text)).primary == "no-data"


def test_signatures_and_disclaimers_do_not_count(make_reply: MakeReply) -> None:
    text = (
        "Ihr Antrag ist eingegangen.\n\nMit freundlichen Grüßen\nKundenservice\nBitte nutzen Sie unser Kontaktformular auf der Webseite.\n\n"
        "Diese E-Mail ist vertraulich. Sollten Sie nicht der richtige Empfänger sein, wurde sie verwechselt.\n"
    )
    assert classify(make_reply(text)).kinds == (ReplyKind.ACKNOWLEDGEMENT,)


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", "bounce"),
        ("failed", "4.4.7", "bounce"),
        ("delayed", "4.4.1", "delay"),
        ("delivered", "2.0.0", "auto-reply"),
    ],
)
def test_a_delivery_report_is_certain(make_reply: MakeReply, action: str, status: str, kind: str) -> None:
    report = DeliveryReport(action, status, "amt@gone.example", "<letter@kampagne.example>")
    found = classify(
        make_reply("Wir haben keine Daten über Sie gespeichert.", sender="mailer-daemon@mx.example", reports=(report,))
    )
    assert found.kinds[0] == kind
    assert found.certain


@pytest.mark.parametrize(
    ("sender", "subject", "text", "kind"),
    [
        (
            "MAILER-DAEMON@mx.example".lower(),
            "failure notice",
            "Hi. This is the qmail-send program. I'm afraid I wasn't able to deliver.",
            "bounce",
        ),
        (
            "postmaster@firma.example",
            "Unzustellbar: Auskunft",
            "Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.",
            "bounce",
        ),
        ("postmaster@firma.example", "Non remis : demande", "Destinataire inconnu", "bounce"),
        (
            "mailer-daemon@mx.example",
            "Warning: could not send message for past 4 hours",
            "Delivery is delayed. You do not need to resend your message.",
            "delay",
        ),
    ],
)
def test_plain_notifications_are_known_by_who_writes(
    make_reply: MakeReply, sender: str, subject: str, text: str, kind: str
) -> None:
    found = classify(make_reply(text, sender=sender, subject=subject))
    assert (found.primary, found.certain) == (kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "Die Forderung beläuft sich auf EUR 500 5.12.2023, offen sind 450 4.11.2022.",
        "Unser Zeichen 550 5.1.1. Wir haben Ihre Anfrage erhalten.",
    ],
)
def test_numbers_in_the_text_are_no_bounce(make_reply: MakeReply, text: str) -> None:
    assert ReplyKind.BOUNCE not in classify(make_reply(text)).kinds


RECEIPT = """Vielen Dank für Ihre Nachricht. Wir haben Ihre Anfrage erhalten und unter der Ticketnummer 4711 angelegt.
Viele Anliegen können Sie auch direkt über unser Kontaktformular erledigen. Für Auskünfte benötigen wir eine Ausweiskopie.
Für Papierauszüge berechnen wir eine Gebühr von 5 EUR."""


@pytest.mark.parametrize(
    "headers", [{"auto-submitted": ("auto-replied",)}, {"x-autoreply": ("yes",)}, {"precedence": ("auto_reply",)}]
)
def test_a_receipt_by_header_is_certain_whatever_it_lists(
    make_reply: MakeReply, headers: dict[str, tuple[str, ...]]
) -> None:
    found = classify(make_reply(RECEIPT, headers=headers))
    assert (found.primary, found.certain) == ("auto-reply", True)


def test_an_unread_mailbox_is_a_redirection_even_by_a_machine(make_reply: MakeReply) -> None:
    text = "Diese Mailadresse wird nicht gelesen. Bitte nutzen Sie das Kontaktformular auf unserer Webseite."
    found = classify(make_reply(text, headers={"auto-submitted": ("auto-replied",)}))
    assert found.kinds == (ReplyKind.WRONG_CHANNEL, ReplyKind.AUTO_REPLY)
    assert not found.certain


def test_a_ticket_system_may_send_a_real_answer(make_reply: MakeReply) -> None:
    text = "Guten Tag,\n\nzu Ihrer Person sind bei uns keine Daten gespeichert.\n\nFreundliche Grüße"
    assert classify(make_reply(text, headers={"auto-submitted": ("auto-generated",)})).primary == "no-data"


@pytest.mark.parametrize("name", ["daten.csv", "auskunft.pdf", "export.zip", "data.json"])
def test_data_attached_is_never_called_no_data(make_reply: MakeReply, name: str) -> None:
    text = "Guten Tag,\n\nzu Ihrer Person sind keine weiteren Daten gespeichert. Zur Bonität haben wir keine Daten gespeichert.\n\nGruß"
    found = classify(make_reply(text, (name,)))
    assert found.primary == "data"
    assert ReplyKind.NO_DATA not in found.kinds


def test_a_form_or_a_logo_is_no_data(make_reply: MakeReply) -> None:
    text = "Guten Tag,\n\nbitte senden Sie uns das beigefügte Formular mit einer Kopie Ihres Ausweises zurück.\n\nGruß"
    assert classify(make_reply(text, ("Formular_Auskunft.pdf", "logo.png"))).primary == "identity-demand"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Falls wir Sie nicht eindeutig zuordnen können, bitten wir um Ihr Geburtsdatum. Ihre Anfrage haben wir erhalten.",
            "acknowledgement",
        ),
        (
            "Ohne Vollmacht können wir Ihrem Antrag nicht nachkommen, bitte senden Sie uns das Original.",
            "mandate-demand",
        ),
        (
            "Die Auskunft ist für Sie kostenlos, eine Gebühr erheben wir nicht. Ihre Anfrage ist eingegangen.",
            "acknowledgement",
        ),
        ("Leider können wir Ihre Anfrage nicht innerhalb eines Monats beantworten.", "extension"),
        ("We do not need a copy of your passport. We have received your request.", "acknowledgement"),
        (
            "Nous avons bien reçu votre demande. Aucune pièce d'identité n'est nécessaire, inutile d'envoyer une copie.",
            "acknowledgement",
        ),
    ],
)
def test_negation_and_condition(make_reply: MakeReply, text: str, kind: str) -> None:
    found = classify(make_reply(text))
    assert found.primary == kind or not found.certain


def test_erased_but_for_accounting_is_confirmed_and_other_keeping_is_partial(make_reply: MakeReply) -> None:
    erased = "Ihre Daten haben wir gelöscht. "
    assert (
        classify(make_reply(erased + "Rechnungen bewahren wir nach dem Steuerrecht zehn Jahre auf.")).primary
        == "confirmed"
    )
    kept = classify(
        make_reply(erased + "Die Notizen über Ihre Beschwerden behalten wir jedoch, das geben wir nicht her.")
    )
    assert kept.primary == "partial"


def test_several_kinds_stand_in_the_order_of_precedence(make_reply: MakeReply) -> None:
    text = "Wir haben Ihre Anfrage erhalten.\n\nBitte senden Sie uns eine Ausweiskopie.\n\nFür die Auskunft berechnen wir eine Gebühr von 10 EUR."
    found = classify(make_reply(text))
    assert found.kinds[0] == ReplyKind.FEE_DEMAND
    assert list(found.kinds) == sorted(found.kinds, key=list(ReplyKind).index)
    assert list(dict.fromkeys(evidence.kind for evidence in found.evidence)) == list(found.kinds)
    assert found.evidence[0].text == "Für die Auskunft berechnen wir eine Gebühr von 10 EUR."


def test_a_spam_mark_is_other_unless_the_words_answer(make_reply: MakeReply) -> None:
    flag = {"x-spam-flag": ("YES",)}
    assert classify(make_reply("Make money fast with this trick.", headers=flag)).primary == "other"
    answered = classify(make_reply("We do not hold any data about you.", headers=flag))
    assert answered.primary == "no-data"


@pytest.mark.parametrize(
    "text",
    [
        "Nincs Önről semmilyen adatunk a rendszerünkben, és nem is volt soha.",
        "Vi har inga uppgifter om dig i våra system, och vi har därför inget att lämna ut.",
    ],
)
def test_a_language_that_was_never_learnt_is_never_certain(make_reply: MakeReply, text: str) -> None:
    assert not classify(make_reply(text)).certain


def test_the_fixed_form(make_reply: MakeReply) -> None:
    line = json.loads(json.dumps(to_json("a.eml", classify(make_reply("Wir haben keine Daten über Sie gespeichert.")))))
    assert 0.5 < line.pop("confidence") <= 1
    assert line == {
        "file": "a.eml",
        "primary": "no-data",
        "kinds": ["no-data"],
        "certain": True,
        "language": "de",
        "evidence": [{"kind": "no-data", "text": "Wir haben keine Daten über Sie gespeichert."}],
    }


WORDS = st.sampled_from(
    "wir haben keine daten gespeichert anbei > Am schrieb : -- Von: Gesendet: Ausweis nicht. ( * [ \\ 1. ä".split()  # noqa: SIM905 (words read better in a row)
) | st.sampled_from(["\n", "\n\n", "\t", "\u2028"])


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)), st.binary(max_size=100))
def test_nothing_makes_it_raise(text: str, raw: bytes) -> None:
    reply = parse(b"Subject: x\r\n\r\n" + text.encode("utf-8", "replace"))
    for found in (classify(reply), classify(parse(raw))):
        assert found.kinds
        assert 0 < found.confidence <= 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "Am\n" * 20_000,
        "a:\n" * 20_000,
        "kopie " * 40_000,
        "x" * 500_000,
        "a. " * 50_000,
        "von: a\n" * 30_000,
        "\n" * 300_000,
    ],
)
def test_hostile_text_is_judged_in_time(make_reply: MakeReply, text: str) -> None:
    assert classify(make_reply(text)).kinds


def test_a_reference_weighs_nothing(make_reply: MakeReply) -> None:
    """It is random: which one it is must not tip the scales."""
    words = "Zu {}: Wir haben keine Daten zu Ihrer Person gespeichert."
    plain = classify(make_reply(words.format("RK-0000-0000")))
    for reference in ("RK-7G2K-4Q9A", "rk-zebr-aaaa", "RK-FEE0-BANK"):
        said = classify(make_reply(words.format(reference)))
        assert (said.kinds, said.confidence) == (plain.kinds, plain.confidence)
