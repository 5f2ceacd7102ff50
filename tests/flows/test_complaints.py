"""A complaint leaves with the member's yes and the organiser's, one before many; and what the authority says after it."""

import email
from email.policy import default

import pytest

LATE = "2026-05-01"  # more than 21 days after the reminder


def attached(path) -> dict[str, str]:
    mail = email.message_from_bytes(path.read_bytes(), policy=default)
    return {part.get_filename(): part.get_content() for part in mail.iter_attachments()}


@pytest.fixture
def ripe(reminded):
    """On 1 May, nine complaints are due: five about suedstern, four about nordlicht."""
    return reminded.on(LATE)


def test_a_complaint_waits_for_the_members_word_and_for_the_organisers(reminded) -> None:
    reminded.on("2026-04-29")
    assert reminded.fact("jana", "suedstern")[3] == "wait"
    reminded.on(LATE)
    assert reminded.fact("jana", "suedstern") == ("sent", "overdue", "none", "complain")
    assert "9 complaints wait for the members' yes: rightskit followup --authorise" in reminded("followup").output
    reminded("followup", "--complaints", "suedstern", "--all")
    assert not reminded.letters("complaint")
    reminded.allow_complaints(LATE)
    said = reminded("followup").output
    assert "4 complaints wait for yours: rightskit followup --complaints nordlicht" in said
    assert "5 complaints wait for yours: rightskit followup --complaints suedstern" in said
    assert not reminded.letters("complaint")


def test_members_are_asked_once_with_the_very_text(ripe) -> None:
    said = ripe("followup", "--authorise").output
    assert "5 mails about 9 complaints lie in" in said
    mails = sorted((ripe.folder / "questions").glob("*-ask-complaint-*.eml"))
    assert len(mails) == 5
    texts = attached(ripe.folder / "questions" / f"MJANA0001-ask-complaint-{LATE}.eml")
    assert set(texts) == {f"{ripe.request('jana', name)}.txt" for name in ("nordlicht", "suedstern")}
    assert "Nobody has to be asked" in ripe("followup", "--authorise").output
    assert "5 mails about 9" in ripe.on("2026-05-20")("followup", "--authorise").output
    ripe.complain("2026-05-20")
    sent = ripe.letter("jana", "suedstern", "complaint")
    shown = texts[f"{ripe.request('jana', 'suedstern')}.txt"].split()
    assert shown[-len(sent.text.split()) :] == sent.text.replace("20. Mai", "1. Mai").split()


def test_a_question_about_a_complaint_stays_until_it_is_answered(ripe) -> None:
    ripe("followup", "--authorise")
    ripe("clean")
    assert len(list((ripe.folder / "questions").glob("*-ask-complaint-*.eml"))) == 5
    ripe.allow_complaints(LATE)
    ripe("clean")
    assert not (ripe.folder / "questions").exists()


def test_who_wants_no_complaint_gets_none_and_is_not_asked_again(ripe) -> None:
    ripe("log", ripe.request("jana", "suedstern"), "complaint-declined", "--by", "member")
    assert ripe.fact("jana", "suedstern")[3] == "wait"
    assert "5 mails about 8 complaints" in ripe("followup", "--authorise").output
    ripe.complain(LATE)
    assert ripe.request("jana", "suedstern") not in ripe.letters("complaint")
    assert len(ripe.letters("complaint")) == 8


def test_before_a_mass_filing_a_lead_case_is_offered(ripe) -> None:
    ripe.allow_complaints(LATE)
    said = ripe("followup", "--complaints", "suedstern", code=5).output
    assert "5 complaints about suedstern are ready, and none was lodged yet." in said
    assert "rightskit followup --complaints suedstern --lead (or all of them at once: --all)" in said
    assert not ripe.letters("complaint")
    ripe("followup", "--complaints", "suedstern", "--lead")
    (lead,) = ripe.letters("complaint")
    ripe("posted", f"{LATE}-outbox-1")
    ripe("log", lead, "authority-registered", "--by", "authority", "--evidence", "Az. 4.1-123/26")
    said = ripe.on("2026-05-20")("followup", "--complaints", "suedstern", code=5).output
    assert "4 complaints about suedstern are ready; 1 were lodged, none of them decided yet." in said
    ripe("log", lead, "authority-decided", "--by", "authority", "--evidence", "reprimand")
    said = ripe("followup", "--complaints", "suedstern", code=5).output
    assert "1 were lodged, 1 of them decided." in said
    ripe("followup", "--complaints", "suedstern", "--all")
    assert len(ripe.letters("complaint")) == 5


def test_the_lead_is_the_case_with_the_best_evidence(ripe) -> None:
    ripe("log", ripe.request("zehra", "suedstern"), "delivered", "--date", "2026-03-03", "--evidence", "tracking")
    ripe.allow_complaints(LATE)
    ripe("followup", "--complaints", "suedstern", "--lead")
    assert list(ripe.letters("complaint")) == [ripe.request("zehra", "suedstern")]


def test_a_controller_without_a_complaint_cannot_be_named(ripe) -> None:
    assert "No complaint about papierwerk is ready" in ripe("followup", "--complaints", "papierwerk", code=4).output


def test_a_complaint_goes_to_the_authority_of_the_members_land_and_tells_what_happened(ripe) -> None:
    ripe.complain(LATE)
    to = {
        member: str(ripe.letter(member, "suedstern", "complaint").mail["To"])
        for member in ("jana", "petra", "zehra", "emre", "tamar")
    }
    assert to == {
        "jana": "mail@datenschutzzentrum.de",  # Kiel
        "petra": "mailbox@datenschutz.hamburg.de",
        "zehra": "poststelle@lda.bayern.de",  # München
        "emre": "poststelle@datenschutz.hessen.de",  # Frankfurt
        "tamar": "post@sdtb.sachsen.de",  # Dresden
    }
    text = ripe.letter("jana", "suedstern", "complaint").text
    assert "Südstern Versand AG" in text
    assert "- am 2. März 2026: Antrag versandt" in text
    assert "- am 9. April 2026: An den Antrag erinnert" in text
    assert "3. April 2026" not in text  # that the member was asked is the campaign's own affair
    assert "zugestimmt" not in text
    assert "Jana Özdemir" in text


def test_what_was_filed_by_mistake_is_not_told_to_the_authority(ripe, reply) -> None:
    ripe.on("2026-04-20").arrives(
        reply(
            "auskunft@suedstern.example",
            "wir lehnen die Erteilung der begehrten Auskunft ab.",
            day="2026-04-18",
            answers=ripe.letter("jana", "suedstern"),
        )
    )
    (waiting,) = ripe.filed("<m1@reply.example>")
    assert waiting["status"] == "review"
    assert ripe.on(LATE).fact("jana", "suedstern")[3] == "review a reply"


def test_a_word_of_substance_after_the_reminder_holds_the_complaint(ripe, reply) -> None:
    ripe.on("2026-04-20").arrives(
        reply(
            "auskunft@suedstern.example",
            "hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft.",
            day="2026-04-18",
            answers=ripe.letter("jana", "suedstern"),
        )
    )
    assert ripe.filed("<m1@reply.example>")[0]["status"] == "filed"
    assert ripe.on(LATE).fact("jana", "suedstern") == ("received", "overdue", "acknowledged", "review a reply")
    assert ripe.request("jana", "suedstern") not in ripe("followup", "--dry-run").output
    ripe("log", ripe.request("jana", "suedstern"), "noted", "--evidence", "read: it only puts us off")
    assert ripe.fact("jana", "suedstern")[3] == "complain"


def test_after_a_complaint_the_authority_has_three_months(ripe) -> None:
    ripe.complain(LATE)
    assert "Nothing to write." in ripe("followup", "--complaints", "suedstern").output
    ripe("posted", f"{LATE}-outbox-1")
    line = ripe.facts("jana", "suedstern")
    assert (line["next"], line["due"], line["clock"]) == ("wait", "2026-08-03", "overdue")  # 1 August is a Saturday
    assert "Nothing to write." in ripe.on("2026-05-20")("followup", "--complaints", "suedstern").output
    assert ripe.on("2026-08-03").fact("jana", "suedstern")[3] == "wait"
    assert ripe.on("2026-08-04").fact("jana", "suedstern")[3] == "ask the authority"


def test_what_the_authority_asks_comes_before_everything_else(ripe) -> None:
    ripe.complain(LATE)
    ripe("posted", f"{LATE}-outbox-1")
    reference = ripe.request("jana", "suedstern")
    ripe.on("2026-05-10")("log", reference, "authority-registered", "--by", "authority", "--evidence", "LDA-1085-7/26")
    ripe.on("2026-05-12")("log", reference, "authority-asked", "--by", "authority", "--evidence", "which address?")
    assert ripe.json("due")[0]["request"] == reference
    assert "1. Answer the authority: 1, the first due 2026-08-03" in ripe("due").output
    assert "LDA-1085-7/26" in ripe("status", reference).output
    ripe("log", reference, "authority-answered")
    assert ripe.fact("jana", "suedstern")[3] == "wait"
    ripe.on("2026-06-02")("log", reference, "authority-referred", "--by", "authority", "--evidence", "to Hesse")
    ripe.on("2026-07-01")("log", reference, "authority-decided", "--by", "authority")
    assert ripe.facts("jana", "suedstern")["due"] is None
    assert ripe.fact("jana", "suedstern")[3] == "nothing"


def test_how_a_complaint_ended_is_noted_and_shown(ripe) -> None:
    ripe.complain(LATE)
    ripe("posted", f"{LATE}-outbox-1")
    ripe.on("2026-07-01")
    reference = ripe.request("jana", "suedstern")
    decided = ("log", reference, "authority-decided", "--by", "authority")
    assert "Did you mean 'upheld'?" in ripe(*decided, "--outcome", "uphold", code=2).output
    assert "Write it as 5000 EUR" in ripe(*decided, "--outcome", "upheld", "--fine", "much", code=2).output
    assert "Refused has no outcome" in ripe("log", reference, "refused", "--outcome", "upheld", code=2).output
    ripe(*decided, "--outcome", "upheld", "--fine", "5000 EUR", "--evidence", "Az. 7")
    assert "upheld, fine, 5000 EUR" in ripe("status", reference).output
    others = [ripe.request(name, "suedstern") for name in ("petra", "zehra", "emre")]
    rows = [f"{others[0]},rejected,", f"{others[1]},fined,", f"{others[2]},upheld,warning"]
    lines = [
        f"{one},authority-decided,2026-06-30,authority,{rest}" for one, _, rest in (row.partition(",") for row in rows)
    ]
    path = ripe.folder / "decided.csv"
    path.write_text("\n".join(["request,event,date,by,outcome,measure", *lines]) + "\n", encoding="utf-8")
    said = ripe("log", "--from", path, code=3).output
    assert f"{path}:3 [outcome]: no outcome of a complaint" in said
    assert "[measure]: no measure of a complaint — use one of: fine, no-measure, order, reprimand" in said
    assert "1 events noted; 2 rows were left" in ripe("log", "--from", path, "--keep-valid").output


def test_an_answer_ends_the_following_up(reminded, reply) -> None:
    words = "zu Ihrer Person haben wir keine Daten gespeichert."
    reminded.on("2026-04-20").arrives(
        reply(
            "auskunft@suedstern.example",
            words,
            day="2026-04-18",
            answers=reminded.letter("jana", "suedstern", "reminder"),
        )
    )
    (line,) = reminded.filed("<m1@reply.example>")
    assert line["outbound_message_id"] == reminded.letter("jana", "suedstern", "reminder").id
    assert reminded.facts("jana", "suedstern")["clock"] == "stopped"
    reminded.complain(LATE)
    assert reminded.request("jana", "suedstern") not in reminded.letters("complaint")
    assert len(reminded.letters("complaint")) == 8


@pytest.mark.parametrize(("text", "number"), [("Ja.", 2), ("Nein, danke.", 0), ("Ja, aber bitte warten.", 0)])
def test_what_a_member_answers_by_mail_is_understood_where_it_is_plain(ripe, text: str, number: int) -> None:
    ripe("followup", "--authorise")
    asked = email.message_from_bytes(
        (ripe.folder / "questions" / f"MJANA0001-ask-complaint-{LATE}.eml").read_bytes(), policy=default
    )
    mail = email.message.EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "jana@heimpost.example", asked["Reply-To"], "AW: Beschwerde"
    mail["Date"], mail["Message-ID"] = "Fri, 01 May 2026 12:00:00 +0200", "<c1@mail.example>"
    mail["In-Reply-To"] = asked["Message-ID"]
    mail.set_content(f"{text}\n\nJana\n")
    ripe.arrives(mail.as_bytes())
    ripe("followup", "--complaints", "suedstern", "--complaints", "nordlicht")
    assert len(ripe.letters("complaint")) == number


def test_what_happens_after_a_yes_asks_again(ripe) -> None:
    ripe.allow_complaints(LATE)
    reference = ripe.request("jana", "suedstern")
    ripe.on("2026-05-04")("log", reference, "extended", "--by", "controller", "--date", "2026-05-03")
    ripe("log", reference, "noted", "--evidence", "read: much too late")
    ripe("followup", "--complaints", "suedstern", "--all")
    assert len(ripe.letters("complaint")) == 4
    assert reference not in ripe.letters("complaint")
    assert "1 mails about 1 complaints" in ripe("followup", "--authorise").output
