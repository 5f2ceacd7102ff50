"""What a supervisory authority answers to a complaint: never taken for the controller, recorded as a person says."""

from __future__ import annotations

import email
from email.policy import default
from typing import Any

import pytest
from notices import notice

from rightskit.vault import requests

PERSON = "Jana Özdemir"
LODGED = "2026-05-01"
NUMBER = "LD-4711/26"
REGISTERED = f"Ihre Beschwerde ist hier eingegangen und wird unter dem Aktenzeichen: {NUMBER} geführt."
ASKED_FR = "Afin d'instruire votre plainte, nous vous prions de nous transmettre une copie de votre demande."
REFERRED_EN = "We have forwarded your complaint to the Data Protection Commission, the lead supervisory authority."
UPHELD = (
    f"zu unserem Aktenzeichen: {NUMBER} teile ich Ihnen mit: Die Südstern Versand AG hat gegen Art. 12 und 15 DSGVO "
    "verstoßen. Ich habe das Unternehmen nach Art. 58 Abs. 2 DSGVO verwarnt."
)
REJECTED = "Ihre Beschwerde wird zurückgewiesen. Es war kein Verstoß festzustellen."


def _complain(campaign: Any) -> None:
    campaign.complain(LODGED)
    campaign("posted", f"{LODGED}-outbox-1")


@pytest.fixture
def lodged(grown: None, at: Any) -> Any:
    """On 1 May, complaints were lodged."""
    return at("complaints lodged", "reminded", _complain).on(LODGED)


@pytest.fixture
def writes(lodged: Any, reply: Any) -> Any:
    """``writes("words", day="2026-05-10")``: what the authority answers to Jana's complaint about suedstern."""
    complaint = lodged.letter("jana", "suedstern", "complaint")

    def write(text: str, *, day: str, name: str = "a1", answers: bool = True, sender: str = "") -> bytes:
        words = {"day": day, "name": name, "answers": complaint if answers else None, "subject": "Ihre Beschwerde"}
        return bytes(reply(sender or str(complaint.mail["To"]), text, **words))

    return write


def told(campaign: Any) -> list[tuple[str, str, dict[str, str]]]:
    """Day, kind and detail of what an authority did, of Jana's request to suedstern, as it stands."""
    from rightskit.cases.history import standing

    reference = campaign.request("jana", "suedstern")
    with campaign.vault().read() as connection:
        events = standing(requests.events_by_request(connection, [reference])[reference])
    return [(str(e.happened), e.kind.value, dict(e.detail)) for e in events if e.kind.startswith("authority")]


def test_an_authority_never_speaks_for_the_controller(lodged, writes) -> None:
    before = lodged.fact("jana", "suedstern")[:3]
    lodged.on("2026-05-11").arrives(writes(REGISTERED, day="2026-05-10"))
    (line,) = lodged.filed("<a1@reply.example>")
    assert (line["status"], line["kind"]) == ("review", "other")
    assert line["request"] == lodged.request("jana", "suedstern")
    assert lodged.fact("jana", "suedstern") == (*before, "review a reply")
    assert "0 accepted as acknowledgement" in lodged("review", "--accept", "acknowledgement").output


def test_what_it_seems_to_write_is_proposed_and_accepted_with_a_key(lodged, writes, keys) -> None:
    lodged.on("2026-05-11").arrives(writes(REGISTERED, day="2026-05-10"))
    keys("a")
    said = lodged("review", answers="\n").output
    reference = lodged.request("jana", "suedstern")
    assert "Proposed: authority-registered (de-sh-" in said
    assert "because  Ihre Beschwerde ist hier eingegangen" in said
    assert "a [d]ata protection authority writes" in said
    assert f"authority-registered: {reference}" in said
    assert (
        f"The authority must tell of {reference} by 2026-08-03; after that a court can be asked (Art. 78(2))." in said
    )
    assert told(lodged) == [("2026-05-10", "authority-registered", {"by": "authority", "number": NUMBER})]
    assert lodged.fact("jana", "suedstern")[3] == "wait"
    assert NUMBER in lodged("status", reference).output


def test_each_thing_it_can_write_has_a_key(lodged, writes, keys) -> None:
    lodged.on("2026-05-11").arrives(writes("Anbei unser Schreiben.", day="2026-05-10"))
    keys("d2")
    said = lodged("review", answers="AZ-99/2026\n").output
    for number, kind in enumerate(("registered", "asked", "referred", "decided"), 1):
        assert f"[{number}]  authority-{kind}" in said
    reference = lodged.request("jana", "suedstern")
    assert f"Answer it by hand, with the file number; then: rightskit log {reference} authority-answered" in said
    assert lodged.fact("jana", "suedstern")[3] == "answer the authority"


def test_a_decision_is_told_with_outcome_and_measure(lodged, writes, keys) -> None:
    lodged.on("2026-07-02").arrives(writes(UPHELD, day="2026-07-01"))
    keys("a")
    lodged("review", answers="\n\n\n")
    ruling = {"by": "authority", "outcome": "upheld", "measure": "reprimand", "number": NUMBER}
    assert told(lodged) == [("2026-07-01", "authority-decided", ruling)]
    assert lodged.fact("jana", "suedstern")[3] == "nothing"


def test_the_person_may_read_it_otherwise(lodged, writes, keys) -> None:
    lodged.on("2026-07-02").arrives(writes(UPHELD, day="2026-07-01"))
    keys("d4")
    lodged("review", answers="partly-upheld\nfine\n5000 EUR\n\n")
    ((_, _, detail),) = told(lodged)
    assert (detail["outcome"], detail["measure"], detail["fine"]) == ("partly-upheld", "fine", "5000 EUR")


def test_a_word_that_is_not_known_asks_again(lodged, writes, keys) -> None:
    lodged.on("2026-07-02").arrives(writes(REJECTED, day="2026-07-01"))
    keys("d4q")
    said = lodged("review", answers="rejekted\n\n\n").output
    assert "No outcome of a complaint." in said
    assert told(lodged) == []


def test_it_is_taken_back_and_a_second_decision_too(lodged, writes) -> None:
    lodged.on("2026-07-02").arrives(writes(REJECTED, day="2026-07-01"))
    refile = ("replies", "refile", message(lodged), "--request", lodged.request("jana", "suedstern"), "--kind")
    lodged(*refile, "authority-registered", "--number", NUMBER)
    lodged(*refile, "authority-decided", "--outcome", "rejected")
    assert [kind for _, kind, _ in told(lodged)] == ["authority-decided"]
    lodged("review", "--undo")
    assert [kind for _, kind, _ in told(lodged)] == ["authority-registered"]
    lodged("review", "--undo")
    assert told(lodged) == []
    assert {line["status"] for line in lodged.filed("<a1@reply.example>")} == {"review"}


def test_in_a_pipe(lodged, writes) -> None:
    lodged.on("2026-07-02").arrives(
        writes(REGISTERED, day="2026-05-10"),
        writes(ASKED_FR, day="2026-05-12", name="a2"),
        writes(REFERRED_EN, day="2026-05-14", name="a3"),
        writes(UPHELD, day="2026-07-01", name="a4"),
    )
    listed = lodged("review").output
    for kind in ("registered", "asked", "referred", "decided"):
        assert f"authority-{kind}" in listed
    said = lodged("review", "--accept", "authority-registered", "--accept", "authority-referred").output
    assert "1 accepted as authority-registered; 0 of them still wait" in said
    assert "1 accepted as authority-referred; 0 of them still wait" in said
    said = lodged("review", "--accept", "authority-decided", code=2).output
    assert "How a complaint ended is for a person to read." in said
    assert [kind for _, kind, _ in told(lodged)] == ["authority-registered", "authority-referred"]
    assert {line["kind"] for line in lodged.filed("<a3@reply.example>")} == {"authority-referred"}


def test_its_file_number_files_the_next_letter(lodged, writes, keys) -> None:
    lodged.on("2026-05-11").arrives(writes(REGISTERED, day="2026-05-10"))
    keys("a")
    lodged("review", answers="\n")
    domain = str(lodged.letter("jana", "suedstern", "complaint").mail["To"]).rpartition("@")[2]
    other = writes(UPHELD, day="2026-07-01", name="a2", answers=False, sender=f"referat4@{domain}")
    lodged.on("2026-07-02").arrives(other)
    (line,) = [line for line in lodged.filed("<a2@reply.example>") if line["evidence"] == "ticket number"]
    assert (line["status"], line["request"]) == ("review", lodged.request("jana", "suedstern"))


def test_a_letter_that_names_the_complainant_alone_is_proposed_for_the_complaint(lodged, writes) -> None:
    words = f"in Ihrer Sache, {PERSON}, ist ein Bescheid ergangen."
    lodged.on("2026-07-02").arrives(writes(words, day="2026-07-01", answers=False))
    lines = lodged.filed("<a1@reply.example>")
    likely = {line["request"] for line in lines if line["evidence"] == "sender domain and name"}
    assert likely == {lodged.request("jana", name) for name in ("nordlicht", "suedstern")}


def test_what_a_member_passes_on_is_the_authority_s_letter(lodged, writes, keys, monkeypatch) -> None:
    from email.message import EmailMessage
    from email.policy import SMTP

    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["To"], outer["Subject"] = "jana@heimpost.example", "campaign@mitmachen.example", "WG: Bescheid"
    outer["Date"], outer["Message-ID"] = "Fri, 03 Jul 2026 10:00:00 +0200", "<a1@reply.example>"
    outer.set_content("Das kam von der Behörde.")
    outer.add_attachment(email.message_from_bytes(writes(UPHELD, day="2026-07-01", name="i1"), policy=default))
    monkeypatch.setattr("probe.PERSONAL", ())
    lodged.on("2026-07-04").arrives(outer.as_bytes())
    keys("a")
    said = lodged("review", answers="\n\n\n").output
    assert "passed on by a member" in said
    assert [(day, kind) for day, kind, _ in told(lodged)] == [("2026-07-01", "authority-decided")]


def test_a_complaint_that_comes_back_is_not_the_controller_s_bounce(lodged) -> None:
    complaint = lodged.letter("jana", "suedstern", "complaint").mail
    lodged.on("2026-05-02").arrives(notice(complaint))
    assert lodged.fact("jana", "suedstern")[0] == "sent"
    (line,) = lodged.filed("<failed-5@mx.server.example>")
    assert (line["kind"], line["status"], line["request"]) == ("other", "review", lodged.request("jana", "suedstern"))
    assert "the complaint to the authority did not arrive" in lodged("review").output


def test_one_key_takes_back_that_it_was_lodged_and_it_is_written_anew(lodged, keys) -> None:
    reference = lodged.request("jana", "suedstern")
    lodged.on("2026-05-02").arrives(notice(lodged.letter("jana", "suedstern", "complaint").mail))
    keys("bq")
    assert f"{reference}: not lodged." in lodged("review").output
    assert lodged.fact("jana", "suedstern") == ("sent", "overdue", "none", "complain")
    lodged("review", "--undo")
    assert lodged.fact("jana", "suedstern")[3] == "review a reply"
    keys("bq")
    lodged("review")
    assert "1 letter lies in" in lodged("followup", "--complaints", "suedstern").output
    lodged("vault", "check")


def test_without_a_complaint_there_is_nothing_to_record(lodged, writes) -> None:
    lodged.on("2026-07-02").arrives(writes(REJECTED, day="2026-07-01"))
    other = lodged.request("jana", "papierwerk")
    words = ("replies", "refile", message(lodged), "--kind", "authority-decided")
    assert f"No complaint was lodged about {other}." in lodged(*words, "--request", other, code=5).output
    assert "There is no request whose complaint it is about." in lodged(*words, code=2).output
    assert told(lodged) == []


def test_what_is_no_letter_of_an_authority_has_no_outcome(lodged, writes) -> None:
    lodged.on("2026-07-02").arrives(writes(REJECTED, day="2026-07-01"))
    words = ("replies", "refile", message(lodged), "--kind", "other", "--outcome", "rejected")
    assert "Only the letter of an authority has these." in lodged(*words, code=2).output


def test_the_dossier_tells_it_as_if_it_had_been_logged(lodged, writes, keys) -> None:
    lodged.on("2026-07-02").arrives(writes(UPHELD, day="2026-07-01"))
    keys("a")
    lodged("review", answers="\n\n\n")
    from rightskit.cases.history import standing
    from rightskit.reports.dossier import with_ruling

    reference = lodged.request("jana", "suedstern")
    with lodged.vault().read() as connection:
        events = standing(requests.events_by_request(connection, [reference])[reference])
    (decided,) = [event for event in events if event.kind == "authority-decided"]
    lodged("log", lodged.request("petra", "suedstern"), "authority-decided", "--by", "authority",
           "--date", "2026-07-01", "--outcome", "upheld", "--measure", "reprimand")  # fmt: skip
    other = lodged.request("petra", "suedstern")
    with lodged.vault().read() as connection:
        events = standing(requests.events_by_request(connection, [other])[other])
    (logged,) = [event for event in events if event.kind == "authority-decided"]
    assert with_ruling("x", decided, "de") == with_ruling("x", logged, "de")
    assert (decided.kind, decided.happened) == (logged.kind, logged.happened)


def message(campaign: Any) -> str:
    from rightskit.vault import messages

    with campaign.vault().read() as connection:
        return next(one.id for one in messages.all_messages(connection) if one.message_id == "<a1@reply.example>")
