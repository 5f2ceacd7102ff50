"""Letters of supervisory authorities, written for these tests: what each seems to say, or that no rule knows."""

import pytest

from rightskit.classification.authority_words import read

REGISTERED_DE = """\
Sehr geehrte Frau Beispiel,

Ihre Beschwerde vom 1. Mai 2026 ist hier eingegangen und wird unter dem Aktenzeichen LD-4711/26 geführt. Bitte geben Sie
dieses Aktenzeichen bei Rückfragen an. Wir werden prüfen, ob ein Verstoß gegen datenschutzrechtliche Vorschriften
vorliegt, und Sie über das Ergebnis unterrichten.
"""
REGISTERED_FR = """\
Madame,

Nous accusons réception de votre plainte, enregistrée sous le numéro de saisine 26-01234. Nous vous tiendrons informée
des suites qui pourront lui être données.
"""
REGISTERED_EN = """\
Dear Ms Example,

We have received your complaint and registered it under reference IC-104711-26. If we find an infringement, we may issue a
reprimand. Please quote the reference number in any correspondence.
"""
ASKED_DE = "Um Ihre Beschwerde bearbeiten zu können, bitten wir Sie, uns Ihren Antrag vom 2. März 2026 zu übersenden."
ASKED_FR = "Afin d'instruire votre plainte, nous vous prions de nous transmettre une copie de votre demande."
ASKED_EN = "Please provide a copy of the letter that you sent to the company."
REFERRED_DE = """\
Das Unternehmen hat seine Hauptniederlassung in Irland. Ich habe Ihre Beschwerde daher zuständigkeitshalber an die
federführende Aufsichtsbehörde abgegeben (Art. 56 DSGVO).
"""
REFERRED_FR = "Votre plainte a été transmise à l'autorité chef de file, l'autorité irlandaise."
REFERRED_EN = (
    "We have forwarded your complaint to the Data Protection Commission, which is the lead supervisory authority."
)
UPHELD_DE = """\
Ihre Beschwerde ist bei uns unter dem Aktenzeichen LD-4711/26 eingegangen. Die Prüfung ist abgeschlossen. Die Südstern
Versand AG hat gegen Art. 12 Abs. 3 und Art. 15 DSGVO verstoßen. Ich habe das Unternehmen nach Art. 58 Abs. 2 Buchst. b
DSGVO verwarnt.
"""
UPHELD_FR = """\
La Commission a constaté que la société n'avait pas répondu. Un manquement à l'article 12 du RGPD est établi. La présidente
a prononcé un rappel aux obligations légales.
"""
UPHELD_EN = "The Commission found that the company has infringed Article 12(3) GDPR and imposed an administrative fine of €5,000."
REJECTED_DE = "Ihre Beschwerde wird zurückgewiesen. Ein Rechtsbehelf ist vor dem Verwaltungsgericht möglich."
REJECTED_FR = "Après examen, nous n'avons relevé aucun manquement et votre plainte est clôturée."
REJECTED_EN = "Your complaint is dismissed. You have the right to an effective judicial remedy under Article 78."
INADMISSIBLE_DE = "Ihre Beschwerde ist unzulässig, da Sie nicht selbst betroffen sind."
SETTLED_DE = "Nachdem das Unternehmen die Auskunft nachgeholt hat, habe ich das Verfahren eingestellt."
SETTLED_EN = "As the company has now answered you, we have closed your case."
UNKNOWN = "Vielen Dank für Ihre Geduld. Wegen der Vielzahl der Eingaben dauert die Bearbeitung länger."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (REGISTERED_DE, "authority-registered"),
        (REGISTERED_FR, "authority-registered"),
        (REGISTERED_EN, "authority-registered"),
        (ASKED_DE, "authority-asked"),
        (ASKED_FR, "authority-asked"),
        (ASKED_EN, "authority-asked"),
        (REFERRED_DE, "authority-referred"),
        (REFERRED_FR, "authority-referred"),
        (REFERRED_EN, "authority-referred"),
        (UPHELD_DE, "authority-decided upheld reprimand"),
        (UPHELD_FR, "authority-decided upheld reprimand"),
        (UPHELD_EN, "authority-decided upheld fine"),
        (REJECTED_DE, "authority-decided rejected"),
        (REJECTED_FR, "authority-decided rejected"),
        (REJECTED_EN, "authority-decided rejected"),
        (INADMISSIBLE_DE, "authority-decided inadmissible"),
        (SETTLED_DE, "authority-decided settled"),
        (SETTLED_EN, "authority-decided settled"),
        (UNKNOWN, ""),
    ],
)
def test_what_a_letter_seems_to_say(words: str, told: str) -> None:
    found = read(words)
    assert " ".join(filter(None, (found.says, found.outcome, found.measure)) if found else ()) == told


@pytest.mark.parametrize("words", [REGISTERED_DE, REGISTERED_FR, REGISTERED_EN])
def test_what_may_yet_be_found_is_no_decision(words: str) -> None:
    found = read(words)
    assert found
    assert found.outcome == found.measure == ""
