"""``sync``, ``replies`` and ``review``: what came is filed with its evidence, or waits for a person; nothing is lost."""

import mailbox

import pytest

from rightskit.vault import messages, requests

AWAY = "ich bin bis zum 30. April 2026 nicht im Büro. Ihre Nachricht wird nicht weitergeleitet."
NOTHING_HELD = "zu Ihrer Person haben wir keine Daten gespeichert."
RECEIVED = "hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft."
PASSPORT = "wir benötigen eine Kopie Ihres Personalausweises, um Sie zu identifizieren."
ENCLOSED = "anbei erhalten Sie Ihre Datenkopie nach Art. 15 DSGVO."
REFUSED = "wir lehnen die Erteilung der begehrten Auskunft ab."
SPAM = "neun von zehn Vereinen werden im Internet nicht gefunden. Antworten Sie einfach mit JA."
BROKEN = b"\xff\xfe\x00 this is no mail\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n\x00\x01"

SUEDSTERN = "auskunft@suedstern.example"
NORDLICHT = "datenschutz@nordlicht.example"


def bounce(letter) -> bytes:
    """What a mail server returns (RFC 3464)."""
    return f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.suedstern.example>
To: campaign@mitmachen.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 2 Mar 2026 13:05:00 +0100
Message-ID: <bounce@reply.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.suedstern.example

Final-Recipient: rfc822; auskunft@suedstern.example
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: {letter.id}
Subject: {letter.mail["Subject"]}

--b--
""".encode()


@pytest.fixture
def answered(at, reply):
    """Nine messages have come until 20 March, each in another way."""
    return at("answered", "sent", lambda campaign: answer(campaign, reply)).on("2026-03-20")


def answer(sent, reply) -> None:
    sent.on("2026-03-20")
    damaged = sent.request("zehra", "suedstern").lower().replace("0", "O").replace("1", "l").replace("-", " ")
    sent.arrives(
        reply(
            SUEDSTERN,
            AWAY,
            day="2026-03-03",
            subject="Abwesenheitsnotiz",
            answers=sent.letter("jana", "suedstern"),
            name="away",
            headers=[("Auto-Submitted", "auto-replied")],
        ),
        reply(SUEDSTERN, NOTHING_HELD, day="2026-03-10", answers=sent.letter("petra", "suedstern"), name="nothing"),
        reply(SUEDSTERN, RECEIVED, day="2026-03-10", subject=f"Ihr Zeichen {damaged}", name="damaged"),
        reply(
            "k.muster@kunden.suedstern.example",
            RECEIVED,
            day="2026-03-11",
            subject="Antrag von Emre Lindqvist",
            name="by-name",
        ),
        bounce(sent.letter("tamar", "suedstern")),
        reply(NORDLICHT, PASSPORT, day="2026-03-10", to=sent.letter("petra", "nordlicht").mail["Reply-To"], name="id"),
        reply(
            "service@nord-licht.example",
            ENCLOSED,
            day="2026-03-10",
            subject=f"Auskunft {sent.request('zehra', 'nordlicht')}",
            name="unproven",
            files=[("auskunft.zip", b"PK\x05\x06" + bytes(18))],
        ),
        reply("verkauf@sichtbar.example", SPAM, day="2026-03-10", subject="Letzte Chance: 40 % Rabatt!", name="spam"),
        BROKEN,
    )


@pytest.mark.parametrize(
    ("message", "request_of", "kind", "status", "evidence"),
    [
        ("away", ("jana", "suedstern"), "auto-reply", "filed", "in-reply-to"),
        ("nothing", ("petra", "suedstern"), "no-data", "filed", "in-reply-to"),
        ("damaged", ("zehra", "suedstern"), "acknowledgement", "filed", "reference in subject"),
        ("by-name", ("emre", "suedstern"), "acknowledgement", "filed", "sender domain and name"),
        ("bounce", ("tamar", "suedstern"), "bounce", "filed", "original message-id in DSN"),
        ("id", ("petra", "nordlicht"), "identity-demand", "filed", "plus-address"),
        ("unproven", ("zehra", "nordlicht"), "data", "review", "reference in subject"),
        ("spam", None, "other", "ignored", "no evidence"),
    ],
)
def test_each_message_is_filed_with_its_evidence_or_waits(  # noqa: PLR0913, PLR0917 (a line of what it must become)
    answered, message: str, request_of: tuple[str, str] | None, kind: str, status: str, evidence: str
) -> None:
    outbound = None
    if request_of and evidence in {"in-reply-to", "original message-id in DSN"}:
        outbound = answered.letter(*request_of).id
    assert answered.filed(f"<{message}@reply.example>") == [
        {
            "inbound_message_id": f"<{message}@reply.example>",
            "outbound_message_id": outbound,
            "request": answered.request(*request_of) if request_of else None,
            "kind": kind,
            "status": status,
            "evidence": evidence,
        }
    ]


@pytest.mark.parametrize(
    ("name", "status"), [("Emre Lindqvist", "filed"), ("Emre Beispiel", "filed"), ("Emre Beispielhaft", "review")]
)
def test_an_answer_to_a_former_name_is_filed_as_one_to_the_present_name(sent, reply, name: str, status: str) -> None:
    sent("members", "change", "MEMRE0004", "--family-name", "Beispiel", "--evidence", "register office")
    sent.on("2026-03-11").arrives(reply(SUEDSTERN, RECEIVED, day="2026-03-11", subject=f"Antrag von {name}"))
    (line,) = sent.filed("<m1@reply.example>")
    assert line["status"] == status
    if status == "filed":
        assert (line["request"], line["evidence"]) == (sent.request("emre", "suedstern"), "sender domain and name")


def test_the_facts_follow_from_what_was_filed(answered) -> None:
    assert answered.fact("jana", "suedstern") == ("sent", "running", "none", "wait")
    assert answered.fact("petra", "suedstern") == ("received", "stopped", "no data", "ask the member")
    assert answered.fact("zehra", "suedstern") == ("received", "running", "acknowledged", "wait")
    assert answered.fact("emre", "suedstern") == ("received", "running", "acknowledged", "wait")
    assert answered.fact("tamar", "suedstern") == ("bounced", "not running", "none", "fix the address")
    assert answered.fact("petra", "nordlicht")[2:] == ("in dialogue", "answer an identity demand")


def test_an_absence_note_takes_no_request_off_the_overdue_list(answered) -> None:
    answered.on("2026-04-08")
    assert answered.fact("jana", "suedstern") == ("sent", "overdue", "none", "ask the member")
    due = {line["request"]: line for line in answered.json("due")}
    assert due[answered.request("jana", "suedstern")]["clock"] == "overdue"


def test_an_unproven_answer_changes_nothing(answered) -> None:
    reference = answered.request("zehra", "nordlicht")
    assert answered.fact("zehra", "nordlicht") == ("sent", "running", "none", "review a reply")
    with answered.vault().read() as connection:
        kinds = {event.kind.value for event in requests.events_by_request(connection)[reference]}
    assert kinds == {"planned", "queued", "sent"}
    assert "0 documents" in answered("data", "extract").output
    assert "0 accepted as data; 2 of them still wait" in answered("review", "--accept", "data").output
    assert answered.on("2026-04-08").facts("zehra", "nordlicht")["clock"] == "overdue"


def test_a_broken_message_is_kept_as_it_came(answered) -> None:
    with answered.vault().read() as connection:
        kept = [messages.fetch(connection, message.id) for message in messages.all_messages(connection)]
    assert BROKEN in kept
    (line,) = [line for line in answered.json("replies", "list") if not line["inbound_message_id"].startswith("<")]
    assert line["status"] == "review"


def test_a_second_sync_of_the_same_mail_brings_nothing(answered, tmp_path) -> None:
    before = answered.json("replies", "list"), answered.json("status")
    assert "0 new messages: nothing new. 9 were known." in answered("sync", "--from", answered.inbox).output
    box = mailbox.Maildir(tmp_path / "Maildir")
    for path in answered.inbox.iterdir():
        box.add(path.read_bytes().replace(b"\r\n", b"\n"))
    assert "0 new messages: nothing new. 9 were known." in answered("sync", "--from", tmp_path / "Maildir").output
    assert (answered.json("replies", "list"), answered.json("status")) == before


def test_the_source_is_never_changed(answered) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in answered.inbox.iterdir()}
    answered("sync", "--from", answered.inbox)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in answered.inbox.iterdir()} == before


def test_sync_goes_on_past_what_cannot_be_read(sent, reply) -> None:
    sent.inbox.mkdir()
    (sent.inbox / "0-empty.eml").write_bytes(b"")
    (sent.inbox / "1-loop.eml").symlink_to("1-loop.eml")
    said = sent.arrives(reply(SUEDSTERN, RECEIVED, day="2026-03-02", answers=sent.letter("jana", "suedstern")))
    assert f"{sent.inbox / '0-empty.eml'}: the file is empty" in said.output
    assert f"{sent.inbox / '1-loop.eml'}" in said.output
    assert "1 new messages: 1 filed" in said.output


def test_a_message_that_breaks_the_reading_waits_and_the_others_are_filed(sent, reply, monkeypatch) -> None:
    from rightskit.flows import reading

    real = reading.classify

    def fragile(message, sent):
        if message.subject == "kaputt":
            raise RecursionError
        return real(message, sent)

    monkeypatch.setattr(reading, "classify", fragile)
    letters = sent.letter("jana", "suedstern"), sent.letter("petra", "suedstern")
    said = sent.on("2026-03-09").arrives(
        reply(SUEDSTERN, NOTHING_HELD, day="2026-03-09", subject="kaputt", answers=letters[0], name="broken"),
        reply(SUEDSTERN, NOTHING_HELD, day="2026-03-09", answers=letters[1], name="whole"),
    )
    assert "2 new messages: 1 filed, 1 review" in said.output
    assert sent.filed("<broken@reply.example>")[0]["status"] == "review"
    assert sent.fact("petra", "suedstern")[2] == "no data"


def test_an_interrupted_sync_keeps_what_it_has_done_and_goes_on(sent, reply, monkeypatch) -> None:
    from rightskit.flows import reading, sync

    monkeypatch.setattr(sync, "BATCH", 2)
    sent.on("2026-03-09")
    letters = [sent.letter(member, "suedstern") for member in ("jana", "petra", "zehra", "emre", "tamar")]
    sent.inbox.mkdir()
    for number, letter in enumerate(letters):
        raw = reply(SUEDSTERN, NOTHING_HELD, day="2026-03-09", answers=letter, name=f"m{number}")
        (sent.inbox / f"{number}.eml").write_bytes(raw)
    real, seen = reading.classify, []

    def stopped(message, sent):
        seen.append(message)
        if len(seen) == 4:
            raise KeyboardInterrupt
        return real(message, sent)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "classify", stopped)
        sent("sync", "--from", sent.inbox, code=130)
    assert [line["status"] for line in sent.json("replies", "list")] == ["review", "review", "filed", "filed"]
    assert "3 new messages: 3 filed. 4 were known." in sent("sync", "--from", sent.inbox).output
    with sent.vault().read() as connection:
        events = requests.events_by_request(connection)
    answers = [event for found in events.values() for event in found if event.kind == "no-data"]
    assert len(answers) == 5
    assert {event.reference for event in answers} == {letter.path.name[:12] for letter in letters}


def test_a_message_at_which_every_run_ends_is_left_to_a_person(sent, reply, monkeypatch) -> None:
    from rightskit.flows import reading

    def deadly(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(reading, "classify", deadly)
        sent.on("2026-03-09")
        sent.inbox.mkdir()
        letter = sent.letter("jana", "suedstern")
        (sent.inbox / "1.eml").write_bytes(reply(SUEDSTERN, NOTHING_HELD, day="2026-03-09", answers=letter))
        for _ in range(6):
            sent("sync", "--from", sent.inbox, code=130)
        assert "0 new messages" in sent("sync", "--from", sent.inbox).output
    (line,) = sent.json("replies", "list")
    assert (line["status"], line["evidence"]) == ("review", "reading was interrupted, 5")


def test_two_syncs_at_once_are_refused(answered) -> None:
    with answered.vault().only_one("sync"):
        said = answered("sync", "--from", answered.inbox, code=5).output
    assert "Another rightskit is at sync on this campaign." in said


def test_one_message_can_answer_two_requests(sent, reply) -> None:
    jana, petra = sent.request("jana", "suedstern"), sent.request("petra", "suedstern")
    sent.on("2026-03-09").arrives(
        reply(
            SUEDSTERN, NOTHING_HELD, day="2026-03-09", answers=sent.letter("jana", "suedstern"), subject=f"Zu {petra}"
        )
    )
    found = {line["request"]: line["evidence"] for line in sent.filed("<m1@reply.example>")}
    assert found == {jana: "in-reply-to", petra: "reference in subject"}
    assert sent.fact("jana", "suedstern")[2] == sent.fact("petra", "suedstern")[2] == "no data"


def test_the_own_server_decides_whose_mail_it_is(sent, reply) -> None:
    from rightskit.accounts import accounts_file

    with accounts_file().open("a", encoding="utf-8") as file:
        file.write("    authserv_id: mx.mitmachen.example\n")
    results = "mx.mitmachen.example; dkim=pass header.d={}"
    sent.on("2026-03-09").arrives(
        *(
            reply(
                SUEDSTERN,
                NOTHING_HELD,
                day="2026-03-09",
                answers=sent.letter(member, "suedstern"),
                name=member,
                headers=[("Authentication-Results", results.format(domain))],
            )
            for member, domain in {"jana": "suedstern.example", "petra": "elsewhere.example"}.items()
        )
    )
    assert sent.fact("jana", "suedstern")[2] == "no data"
    assert sent.fact("petra", "suedstern")[2:] == ("none", "review a reply")


@pytest.mark.parametrize("words", ["soll ich noch etwas tun?", NOTHING_HELD, ENCLOSED, REFUSED])
def test_a_members_own_mail_sets_no_answer(sent, reply, words: str) -> None:
    reference = sent.request("jana", "suedstern")
    sent.on("2026-03-09").arrives(
        reply("jana@heimpost.example", words, day="2026-03-09", subject=f"Re: {reference}", name="own")
    )
    assert [line["status"] for line in sent.filed("<own@reply.example>")] == ["review"]
    assert sent.fact("jana", "suedstern") == ("sent", "running", "none", "review a reply")


def test_a_refusal_waits_for_a_person_and_can_be_accepted_with_its_like(sent, reply) -> None:
    sent.on("2026-03-09").arrives(
        *(
            reply(SUEDSTERN, REFUSED, day="2026-03-09", answers=sent.letter(member, "suedstern"), name=member)
            for member in ("jana", "petra")
        ),
        reply("fremd@elsewhere.example", REFUSED, day="2026-03-09", answers=sent.letter("zehra", "suedstern")),
    )
    listed = sent("review").output
    assert [line.split()[:4] for line in listed.splitlines()[1:3]] == [
        ["refusal", "suedstern.example", "2", "2"],
        ["refusal", "elsewhere.example", "1", "0"],
    ]
    assert sent.fact("jana", "suedstern")[2] == "none"
    assert "2 accepted as refusal; 1 of them still wait" in sent("review", "--accept", "refusal").output
    assert sent.fact("jana", "suedstern") == ("received", "stopped", "refused", "complain")
    assert sent.fact("zehra", "suedstern") == ("sent", "running", "none", "review a reply")
    assert "0 accepted as refusal" in sent("review", "--accept", "refusal").output


def test_a_person_files_what_waits(answered) -> None:
    message = _id(answered, "<unproven@reply.example>")
    reference = answered.request("zehra", "nordlicht")
    said = answered("replies", "refile", message[:12], "--kind", "no-data", "--request", reference).output
    assert reference in said
    (line,) = answered.filed("<unproven@reply.example>")
    assert (line["kind"], line["status"], line["request"]) == ("no-data", "filed", reference)
    assert answered.fact("zehra", "nordlicht") == ("received", "stopped", "no data", "ask the member")


def test_a_person_says_that_it_is_not_ours(answered) -> None:
    message = _id(answered, "<spam@reply.example>")
    assert "not ours" in answered("replies", "refile", message, "--kind", "other").output
    (line,) = answered.filed("<spam@reply.example>")
    assert (line["status"], line["request"], line["evidence"]) == ("ignored", None, "a person: not ours")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("ffff", "--kind", "data"), 4, "There is no single message ffff"),
        (("{id}", "--kind", "dta"), 2, "did you mean 'data'?"),
        (("{id}", "--kind", "data", "--request", "RK-0000-0000"), 4, "There is no request RK-0000-0000"),
    ],
)
def test_a_decision_that_cannot_be_changes_nothing(answered, words: tuple[str, ...], code: int, sentence: str) -> None:
    message = _id(answered, "<unproven@reply.example>")
    before = answered.json("replies", "list")
    said = answered("replies", "refile", *(word.format(id=message) for word in words), code=code)
    assert sentence in said.output
    assert answered.json("replies", "list") == before


def test_a_message_is_shown_with_its_evidence(answered) -> None:
    said = answered("replies", "show", _id(answered, "<unproven@reply.example>")).output
    assert "From     service@nord-licht.example" in said
    assert "reference in subject; sender unproven" in said
    assert "auskunft.zip" in said
    assert ENCLOSED in said
    assert answered("replies", "show", "<unproven@reply.example>").output == said


def test_a_message_can_be_classified_without_any_campaign(answered, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RIGHTSKIT_PASSPHRASE")
    (line,) = answered.json("replies", "classify", str(answered.inbox / "001.eml"))
    assert list(line) == ["file", "primary", "kinds", "confidence", "certain", "language", "evidence"]
    assert (line["primary"], line["kinds"], line["certain"], line["language"]) == ("no-data", ["no-data"], True, "de")
    assert line["evidence"] == [{"kind": "no-data", "text": line["evidence"][0]["text"]}]


def _id(campaign, message_id: str) -> str:
    with campaign.vault().read() as connection:
        return next(m.id for m in messages.all_messages(connection) if m.message_id == message_id)
