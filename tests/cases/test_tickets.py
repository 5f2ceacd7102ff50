"""Which numbers in a reply are a controller's own."""

import pytest

from rightskit.cases import tickets


@pytest.mark.parametrize(
    ("subject", "text", "found"),
    [
        ("[Ticket#2026030310000123] Ihre Anfrage", "", ["2026030310000123"]),
        ("Re: [#847261] Your request", "", ["847261"]),
        ("Ihre Anfrage #DS-10442", "", ["DS-10442"]),
        ("[SUP-20417] Auskunft", "", ["20417"]),
        ("Auskunft", "Unser Zeichen: DS-4711/26-a\nSehr geehrte Frau", ["DS-4711/26-A"]),
        ("Auskunft", "Vorgangsnummer 00412-991", ["00412-991"]),
        ("Your request", "Case no. 5003X00002AbCdE has been opened", ["5003X00002ABCDE"]),
        ("Votre demande", "Dossier n° 2026/00417", ["2026/00417"]),
        ("Ihre Beschwerde, Az. LD-4.2/123-26", "", ["LD-4.2/123-26"]),
        ("Votre plainte", "enregistrée sous le numéro de saisine 26-01234", ["26-01234"]),
        ("[Ticket#20260303] x", "Ticket: 20260303", ["20260303"]),
        ("Ihr Schreiben vom 03.03.2026", "Telefon 0431 123456, HRB 12345", []),
        ("Auskunft", "Aktenzeichen: 03.03.2026", []),
        ("Auskunft RK-0000-0000", "Ihr Zeichen: RK-0000-0000", []),
        ("Fall 12", "Case 7", []),
    ],
)
def test_a_named_or_bracketed_number_is_a_ticket(subject: str, text: str, found: list[str]) -> None:
    assert list(tickets.find(subject, text)) == found


def test_hostile_text_takes_no_time() -> None:
    assert tickets.find("[" * 4000, "ticket " * 100_000) == ()
