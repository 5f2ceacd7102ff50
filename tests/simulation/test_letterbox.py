import datetime as dt

import pytest

from rightskit import paths
from rightskit.delivery import message
from rightskit.rendering.letter import render
from rightskit.rendering.library import Library
from rightskit.rendering.model import LetterOrder, Party
from rightskit.simulation.letterbox import Paper, read_bundle, read_mail, read_outbox

SENT = dt.datetime(2026, 2, 3, 9, 30, tzinfo=dt.UTC)
LONG = "Maximiliane Theodora Konstantinopoulou-Freifrau von Hohenstein-Wittgenfels zu Löwenzell"


@pytest.mark.parametrize("language", ["de", "en", "fr"])
@pytest.mark.parametrize("name", ["Gülşen O’Connor", LONG])
def test_a_letter_as_we_send_it_is_understood(language, name):
    order = LetterOrder(
        letter="access",
        language=language,
        date=SENT.date(),
        sender=Party(name, ("Hinter der Zwirnerei 103", "82467 Garmisch-Partenkirchen")),
        recipient=Party("SCHUFA Holding AG", ("Kormoranweg 5", "65201 Wiesbaden"), "datenschutz@schufa.de"),
        reference="RK-0000-0000",
        fields={"birthdate": dt.date(1968, 3, 1), "answer_to": "campaign@example.org"},
    )
    envelope = message.Envelope(
        f"{name} via Initiative", "campaign@example.org", "datenschutz@schufa.de", "campaign+rk-0000-0000@example.org"
    )
    written = render(order, Library([paths.shipped("letters")]))
    mail = read_mail(message.build(written, envelope, "<1@example.org>", SENT), SENT.date())
    assert mail.name == name
    assert mail.birthdate == dt.date(1968, 3, 1)
    assert (mail.street, mail.postal_code, mail.city) == ("Hinter der Zwirnerei 103", "82467", "Garmisch-Partenkirchen")
    assert mail.reference == "RK-0000-0000"
    assert mail.to == "datenschutz@schufa.de"
    assert mail.reply_to == "campaign+rk-0000-0000@example.org"
    assert mail.language == language
    assert mail.sent == SENT


def test_an_outbox_is_read_by_file_name_and_strangers_are_left_aside(tmp_path):
    for name, reference in (("b", "[RK-0000-0000]"), ("a", "no reference")):
        text = f"From: x@example.org\nTo: y@example.com\nSubject: {reference}\n\nHallo\n"
        (tmp_path / f"{name}.eml").write_text(text)
    (mail,) = read_outbox(tmp_path, dt.date(2026, 2, 3))
    assert mail.reference == "RK-0000-0000"
    assert mail.sent.date() == dt.date(2026, 2, 3)
    assert mail.reply_to == "x@example.org"
    assert (mail.birthdate, mail.street) == (None, "")


def test_a_print_bundle_is_read_from_its_list(tmp_path):
    (tmp_path / "letters.csv").write_text(
        "reference,letter,controller,page_from,page_to\nRK-0000-0000,access,schufa,1,2\n"
    )
    assert read_bundle(tmp_path, SENT.date()) == [Paper("RK-0000-0000", "schufa", SENT.date())]


def test_a_folder_without_a_bundle_brings_no_paper(tmp_path):
    assert read_bundle(tmp_path, SENT.date()) == []
