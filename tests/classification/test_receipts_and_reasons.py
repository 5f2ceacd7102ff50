"""Which auto-replies prove receipt, and which extensions give reasons."""

from collections.abc import Callable

import pytest

from rightskit.classification.auto import proves_receipt
from rightskit.classification.extension import has_reasons
from rightskit.mailbox.model import DeliveryReport, Reply

MakeReply = Callable[..., Reply]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vielen Dank, Ihre Anfrage ist bei uns eingegangen. Ticketnummer: 12.", True),
        ("This is an automated message: your request has been received.", True),
        ("Votre demande a bien été enregistrée sous le numéro 12, message automatique.", True),
        ("Ich bin bis 3. Mai nicht im Büro. Ihre Nachricht habe ich erhalten.", False),
        ("I am out of the office. Your e-mail has been received.", False),
        ("Je suis absente jusqu'au 3 mai.", False),
        ("Guten Tag.", False),
    ],
)
def test_a_ticket_proves_receipt_and_an_absence_does_not(make_reply: MakeReply, text: str, *, expected: bool) -> None:
    assert proves_receipt(make_reply(text)) is expected


@pytest.mark.parametrize(("action", "expected"), [("delivered", True), ("relayed", False)])
def test_a_positive_notification_proves_receipt(make_reply: MakeReply, action: str, *, expected: bool) -> None:
    report = DeliveryReport(action, "2.0.0", "amt@firma.example", "<letter@kampagne.example>")
    assert proves_receipt(make_reply("", reports=(report,))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aufgrund der Vielzahl der Anträge verlängern wir die Frist um zwei Monate.", True),
        ("Wir verlängern die Frist um zwei Monate. Grund dafür ist die Komplexität Ihres Antrags.", True),
        ("Wir verlängern die Frist um zwei weitere Monate.", False),
        ("We need to extend the deadline by two further months.", False),
        ("Due to the number of requests, we need to extend the deadline by two further months.", True),
        ("Compte tenu de la complexité, nous prolongeons le délai de deux mois.", True),
        ("Nous prolongeons le délai de deux mois.", False),
        ("Wegen der Ferien ist unser Büro klein. Wir haben Ihre Anfrage erhalten.", False),
    ],
)
def test_reasons_of_an_extension(make_reply: MakeReply, text: str, *, expected: bool) -> None:
    assert has_reasons(make_reply(text)) is expected
