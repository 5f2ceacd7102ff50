"""Mail to a member that comes back: they are not silent but not reached, and no batch writes to that address again."""

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from notices import notice

from rightskit.vault import membership, messages, requests

EMRE, HANNA, JANA, PETRA = "MEMRE0004", "MHANNA006", "MJANA0001", "MPETRA002"


def written(campaign, member: str, letter: str, folder: str = "questions") -> EmailMessage:
    (path,) = (campaign.folder / folder).glob(f"{member}-{letter}-*.eml")
    return email.message_from_bytes(path.read_bytes(), policy=default)


def happened(campaign, member: str) -> list[tuple[str, str, str]]:
    with campaign.vault().read() as connection:
        events = membership.events_by_member(connection, member).get(member, ())
    return [(event.kind.value, str(event.happened), event.detail.get("about", "")) for event in events]


def since(campaign, member: str) -> str | None:
    with campaign.vault().read() as connection:
        found = membership.unreachable(connection).get(member)
    return str(found) if found else None


def figures(campaign) -> dict[str, int]:
    return {one["members"]: one["number"] for one in campaign.json("status", "--members")}


def _ask_for_consent(campaign) -> None:
    campaign("letters", "approve", "ask-consent", "--by", "Ada Beispiel")
    campaign("ask", "--consent")


@pytest.fixture
def consented(at):
    """On 2 March, Emre and Hanna were asked whether their data may be pooled."""
    return at("asked whether data may be pooled", "planned", _ask_for_consent)


def test_a_hard_bounce_says_since_when_mail_does_not_reach_a_member(consented) -> None:
    mail = written(consented, EMRE, "ask-consent")
    said = consented.on("2026-03-06").arrives(notice(mail)).output
    assert "1 mail to members came back. Whom mail does not reach: rightskit due" in said
    (line,) = consented.filed("<failed-5@mx.server.example>")
    assert (line["kind"], line["status"], line["request"]) == ("bounce", "filed", None)
    assert line["outbound_message_id"] == mail["Message-ID"]
    assert (since(consented, EMRE), since(consented, HANNA)) == ("2026-03-05", None)
    assert ("mail-returned", "2026-03-05", "ask-consent") in happened(consented, EMRE)
    due = consented("due").output
    assert "1 member cannot be reached by mail; write to them by post, or call:" in due
    assert f"{EMRE}  2026-03-05" in due


def test_the_member_s_page_says_it(consented, monkeypatch) -> None:
    consented.on("2026-03-06").arrives(notice(written(consented, EMRE, "ask-consent")))
    monkeypatch.setattr("probe.PERSONAL", ())
    said = consented("members", "show", EMRE).output
    assert "Unreachable by mail since 2026-03-05: write by post, or call." in said
    assert f"rightskit members change {EMRE} --email ADDRESS" in said
    told = {one["member"]: one["unreachable_since"] for one in consented.json("members", "list")}
    assert {name: day for name, day in told.items() if day} == {EMRE: "2026-03-05"}


def test_the_funnel_of_consents_tells_not_reached_from_no_answer(consented) -> None:
    consented.on("2026-03-25").arrives(notice(written(consented, EMRE, "ask-consent")))
    told = figures(consented)
    assert told["asked for consent by mail"] == 2
    assert told["asked for consent by mail, not reached"] == 1
    assert told["asked for consent by mail, no answer yet"] == 1
    assert (told["unreachable by mail"], told["silent"]) == (1, 1)


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0")])
def test_what_is_only_late_or_arrived_changes_nothing(consented, action: str, status: str) -> None:
    mail = written(consented, EMRE, "ask-consent")
    consented.on("2026-03-06").arrives(notice(mail, action=action, status=status))
    assert {one["status"] for one in consented.filed(f"<{action}-5@mx.server.example>")} == {"filed"}
    assert since(consented, EMRE) is None
    assert "mail-returned" not in {kind for kind, *_ in happened(consented, EMRE)}


def test_a_mail_that_we_never_wrote_waits_for_a_person(consented) -> None:
    mail = written(consented, EMRE, "ask-consent")
    mail.replace_header("Message-ID", f"<{EMRE}.ask-consent.0123456789ab@mitmachen.example>")
    consented.on("2026-03-06").arrives(notice(mail))
    assert {one["status"] for one in consented.filed("<failed-5@mx.server.example>")} == {"review"}
    assert since(consented, EMRE) is None


def test_no_batch_writes_to_the_address_until_it_is_corrected(at) -> None:
    campaign = at("planned")
    campaign("letters", "approve", "--by", "Ada Beispiel")
    campaign("members", "invite")
    campaign.on("2026-03-06").arrives(notice(written(campaign, HANNA, "invite", "invitations")))
    left = f"{HANNA} cannot be reached by mail since 2026-03-05"
    for words in (("members", "invite"), ("members", "missing", "--ask"), ("ask", "--consent")):
        said = campaign(*words).output
        assert left in said
        assert "1 member was left out." in said
    assert not list((campaign.folder / "questions").glob(f"{HANNA}-*"))
    assert list((campaign.folder / "questions").glob(f"{EMRE}-ask-consent-*"))
    campaign("members", "change", HANNA, "--email", "neu@heimpost.example", "--evidence", "called them")
    assert since(campaign, HANNA) is None
    campaign.on("2026-03-07")("members", "invite", campaign.folder / "again")
    assert written(campaign, HANNA, "invite", "again")["To"] == "neu@heimpost.example"


def test_what_lies_ready_stays_and_is_counted(account, consented) -> None:
    account(consented)
    consented.on("2026-03-06").arrives(notice(written(consented, EMRE, "ask-consent")))
    said = consented("send", "--to", "smtp", consented.folder / "questions", "--yes").output
    assert "1 mail stays in the folder, and would reach nobody." in said
    assert "1 letter sent." in said


def test_the_same_address_may_work_again(consented) -> None:
    consented.on("2026-03-06").arrives(notice(written(consented, EMRE, "ask-consent"), status="5.2.2"))
    consented("members", "change", EMRE, "--email", "emre@heimpost.example", "--evidence", "mailbox was full")
    assert since(consented, EMRE) is None
    assert "1 mail lies in" in consented.on("2026-03-07")("ask", "--consent").output


def test_whoever_writes_is_reached(consented, reply) -> None:
    consented.on("2026-03-06").arrives(notice(written(consented, EMRE, "ask-consent")))
    consented.on("2026-03-08").arrives(
        reply("emre@heimpost.example", "Seid ihr noch da?", day="2026-03-04", name="old")
    )
    assert since(consented, EMRE) == "2026-03-05"
    consented.arrives(reply("emre@heimpost.example", "Jetzt geht es wieder.", day="2026-03-07", name="new"))
    assert since(consented, EMRE) is None


def test_an_address_that_was_corrected_before_is_not_blamed(consented) -> None:
    consented.on("2026-03-03")("members", "change", EMRE, "--email", "emre@neupost.example")
    consented.on("2026-03-06").arrives(notice(written(consented, EMRE, "ask-consent")))
    assert since(consented, EMRE) is None
    assert "1 mail lies in" in consented("ask", "--consent", consented.folder / "again").output
    assert written(consented, EMRE, "ask-consent", "again")["To"] == "emre@neupost.example"


def test_a_couple_has_one_mailbox(consented) -> None:
    consented.on("2026-03-03")("members", "change", JANA, "--email", "Emre@heimpost.example")
    consented.on("2026-03-06").arrives(notice(written(consented, EMRE, "ask-consent")))
    assert (since(consented, EMRE), since(consented, JANA)) == ("2026-03-05", "2026-03-05")


def test_a_question_that_came_back_was_not_asked(asked) -> None:
    assert asked.fact("jana", "suedstern")[2:] == ("unknown", "wait")
    asked.on("2026-04-04").arrives(notice(written(asked, JANA, "ask")))
    assert asked.fact("jana", "suedstern")[0] == "sent", "no letter to a controller came back"
    assert asked.fact("jana", "suedstern")[3] == "ask the member"
    assert asked.fact("petra", "suedstern")[3] == "wait"
    said = asked.on("2026-04-20")("ask").output
    assert f"{JANA} cannot be reached by mail since 2026-03-05: ask by phone or post" in said
    assert asked.fact("jana", "suedstern")[3] == "ask the member"
    assert "reminder" not in asked("followup", "--dry-run").output


def test_who_is_not_reached_reads_the_complaint_on_paper(reminded) -> None:
    reminded.arrives(notice(written(reminded, JANA, "ask")))
    said = reminded.on("2026-05-01")("followup", "--authorise").output
    assert f"{JANA} cannot be reached by mail since 2026-03-05: print {JANA}-ask-complaint-*.pdf and post it." in said
    assert (reminded.folder / "questions" / f"{JANA}-ask-complaint-2026-05-01.pdf").exists()
    assert not (reminded.folder / "questions" / f"{JANA}-ask-complaint-2026-05-01.eml").exists()


def test_by_smtp_the_server_may_know_at_once(account, sent, box) -> None:
    account(sent).on("2026-04-03")
    box.judge = lambda to: "550 5.1.1 no such user" if to.startswith("jana") else None
    sent("ask", "--to", "smtp", "--yes", code=6)
    assert (since(sent, JANA), since(sent, PETRA)) == ("2026-04-03", None)
    with sent.vault().read() as connection:
        events = requests.events_by_request(connection)
    asked_by = [event.detail for own in events.values() for event in own if event.kind == "member-asked"]
    assert asked_by
    assert all(detail["message_id"] for detail in asked_by)
    sent.on("2026-04-04").arrives(notice(next(mail for mail in box.mails if mail["To"].startswith("petra"))))
    assert since(sent, PETRA) == "2026-03-05"
    assert sent.fact("petra", "suedstern")[0] == "sent"
    assert sent.fact("petra", "suedstern")[3] == "ask the member"


def test_a_refusal_of_the_mail_says_nothing_of_the_address(account, sent, box) -> None:
    account(sent).on("2026-04-03")
    box.judge = lambda to: "554 5.7.1 we take no such mail" if to.startswith("jana") else None
    sent("ask", "--to", "smtp", "--yes", code=6)
    assert since(sent, JANA) is None


def test_forgetting_takes_the_notice_too(consented) -> None:
    consented.on("2026-03-06").arrives(notice(written(consented, EMRE, "ask-consent")))
    consented("members", "forget", EMRE, "--yes")
    with consented.vault().read() as connection:
        assert not list(messages.all_messages(connection))
        assert EMRE not in membership.unreachable(connection)


def test_a_doubtful_notice_is_for_a_person_and_can_be_taken_back(consented, keys) -> None:
    head = written(consented, EMRE, "ask-consent")
    mail = EmailMessage()
    mail["From"], mail["To"] = "postmaster@mx.server.example", "campaign@mitmachen.example"
    mail["Subject"], mail["Date"] = "Ihre Nachricht", "Thu, 05 Mar 2026 09:00:00 +0000"
    mail["Message-ID"], mail["In-Reply-To"] = "<odd@mx.server.example>", head["Message-ID"]
    mail.set_content("Das Postfach wird nicht mehr abgerufen.")
    consented.on("2026-03-06").arrives(mail.as_bytes())
    assert {one["status"] for one in consented.filed("<odd@mx.server.example>")} == {"review"}
    keys("bq")
    said = consented("review").output
    assert f"[b]ack: mail does not reach {EMRE}" in said
    assert f"{EMRE} cannot be reached by mail. See: rightskit due" in said
    assert since(consented, EMRE) == "2026-03-05"
    consented("review", "--undo")
    assert since(consented, EMRE) is None
