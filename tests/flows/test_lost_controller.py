"""A registry may lose a record; the cases of its controller go on, and every page still tells of them."""

import re

import pytest

GONE = "No registry has suedstern any more: what was known when the requests were planned still holds."


def lose(campaign) -> None:
    campaign.rewrite("campaign.yaml", ("nordlicht, suedstern, papierwerk", "nordlicht, papierwerk"))
    path = campaign.folder / "controllers.yaml"
    text = re.sub(r"  - id: suedstern\n.*?(?=  - id:)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def lost(sent):
    """On 20 May the record of suedstern is nowhere any more."""
    lose(sent)
    return sent.on("2026-05-20")


def test_what_is_known_of_a_lost_controller_still_serves(lost) -> None:
    reference = lost.request("jana", "suedstern")
    said = lost("status", reference)
    assert GONE in said.stderr
    assert "overdue" in said.stdout
    for words in ("due", "report", "dossier suedstern --lang de", "members pack MJANA0001", "ask", "plan"):
        assert GONE in lost(*words.split()).stderr
    lost("report", "--preview", "suedstern", "-o", lost.folder / "sheet.html")
    assert "Südstern Versand AG" in (lost.folder / "sheet.html").read_text(encoding="utf-8")


def test_no_first_letter_goes_to_a_lost_controller_without_a_persons_yes(planned) -> None:
    reference = planned.request("jana", "suedstern")
    lose(planned)
    assert f"{reference} is held: the record of suedstern is unverified" in planned("send", "--to", "outbox").stderr
    assert reference not in planned.letters()
    planned("send", "--to", "outbox", "--include-unverified")
    assert reference in planned.letters()


def test_a_record_that_stands_somewhere_again_counts(lost) -> None:
    lost.rewrite("controllers.yaml", more="  - {id: suedstern, name: Südstern AG, country: DE}\n")
    assert lost("due").stderr == ""
    lost("report", "--preview", "suedstern", "-o", lost.folder / "sheet.html")
    assert "Südstern AG" in (lost.folder / "sheet.html").read_text(encoding="utf-8")
