"""One campaign from its plan to its report, by the commands that a person types, all on one vault."""

import datetime as dt
import json

import pytest

from rightskit.cases.model import Answer
from rightskit.flows import caserows
from rightskit.flows.workspace import open_workspace
from rightskit.simulation.documents import CreditFile, Entry, Subject, export_zip, score_sheet_pdf
from rightskit.vault import messages

NORDLICHT, SUEDSTERN = "datenschutz@nordlicht.example", "auskunft@suedstern.example"
RECEIVED = "hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft."
NOTHING_HELD = "zu Ihrer Person haben wir keine Daten gespeichert."
REFUSED = "wir lehnen die Erteilung der begehrten Auskunft ab."
ENCLOSED = "anbei erhalten Sie Ihre Datenkopie nach Art. 15 DSGVO."
AWAY = "ich bin bis zum 30. April 2026 nicht im Büro. Ihre Nachricht wird nicht weitergeleitet."
ON = dt.date(2026, 3, 18)


def returned(reference: str, score: float, *, pdf: bool = False) -> tuple[str, bytes]:
    """What nordlicht returns about an invented person."""
    person = Subject("Erika Beispiel", dt.date(1980, 1, 1), "Beispielweg 1", "20095", "Hamburg")
    entries = (Entry("current-account", "Bank eG", "bank", None, dt.date(2024, 1, 1)),)
    file = CreditFile(score, {"banks": 9000}, ON.replace(day=1), entries, ())
    if pdf:
        return "auskunft.pdf", score_sheet_pdf(person, file, bureau="N", address="Kai 1", reference=reference, on=ON)
    return "auskunft.zip", export_zip(person, file, bureau="N", reference=reference, on=ON)


@pytest.fixture
def story(at, reply):
    """The campaign on 4 May 2026, two months after it was sent."""
    return at("story", "sent", lambda campaign: tell(campaign, reply)).on("2026-05-04")


def tell(run, reply) -> None:
    """What happens to the campaign."""

    def answer(member: str, controller: str, words: str, day: str, **more: object) -> bytes:
        sender = NORDLICHT if controller == "nordlicht" else SUEDSTERN
        letter = run.letter(member, controller)
        return reply(sender, words, day=day, answers=letter, name=f"{member}-{controller}-{day}", **more)

    run.on("2026-03-20").arrives(
        answer("jana", "suedstern", AWAY, "2026-03-03", headers=[("Auto-Submitted", "auto-replied")]),
        answer("petra", "suedstern", RECEIVED, "2026-03-04"),
        answer("zehra", "suedstern", REFUSED, "2026-03-09"),
        answer("tamar", "suedstern", NOTHING_HELD, "2026-03-09"),
        *(
            answer(member, "nordlicht", ENCLOSED, "2026-03-18", files=[file])
            for member, file in {
                "jana": returned(run.request("jana", "nordlicht"), 97.5),
                "petra": returned(run.request("petra", "nordlicht"), 91.25, pdf=True),
                "zehra": returned(run.request("zehra", "nordlicht"), 88.0),
            }.items()
        ),
    )
    run("review", "--accept", "refusal")
    run(
        "log", run.request("emre", "nordlicht"), "no-data", "--date", "2026-03-16", "--evidence", "letter to the member"
    )
    run("data", "extract")

    run.on("2026-04-08")("ask")
    open_ = [line["request"] for line in run.json("status") if line["answer"] == "unknown"]
    rows = [f"{reference},member-reported,2026-04-10,nothing" for reference in open_]
    (run.folder / "told.csv").write_text("\n".join(["request,event,date,evidence", *rows]), encoding="utf-8")
    run.on("2026-04-10")("log", "--from", run.folder / "told.csv")
    # An acknowledged request is no unknown one: its member was asked too, and reports by phone.
    run("log", run.request("petra", "suedstern"), "member-reported")
    run("followup")
    run("followup", "--to", "print")
    run("posted", "2026-04-10-outbox-1", "2026-04-10-print-1")
    run.complain("2026-05-04")


def test_every_request_stands_where_its_story_has_led(story) -> None:
    assert {(member, controller): story.fact(member, controller) for member, controller in STANDING} == STANDING


STANDING = {
    ("jana", "nordlicht"): ("received", "stopped", "data", "nothing"),
    ("petra", "nordlicht"): ("received", "stopped", "data", "nothing"),
    ("zehra", "nordlicht"): ("received", "stopped", "data", "nothing"),
    ("emre", "nordlicht"): ("received", "stopped", "no data", "ask the member"),
    ("jana", "suedstern"): ("sent", "overdue", "none", "complain"),
    ("petra", "suedstern"): ("received", "overdue", "acknowledged", "complain"),
    ("zehra", "suedstern"): ("received", "stopped", "refused", "complain"),
    ("emre", "suedstern"): ("sent", "overdue", "none", "complain"),
    ("tamar", "suedstern"): ("received", "stopped", "no data", "ask the member"),
    ("jana", "papierwerk"): ("sent", "overdue", "none", "complain"),
    ("tamar", "papierwerk"): ("sent", "overdue", "none", "complain"),
}


def test_every_letter_left_once_under_its_own_message_id(story) -> None:
    from rightskit.vault import outgoing

    mails = {kind: story.letters(kind) for kind in ("access", "reminder", "complaint")}
    with story.vault().read() as connection:
        known = outgoing.message_ids(connection)
    for kind, found in mails.items():
        assert {letter.id: (reference, kind) for reference, letter in found.items()}.items() <= known.items()
    assert {kind: len(found) for kind, found in mails.items()} == {"access": 9, "reminder": 3, "complaint": 9}
    assert len(set(known.values())) == len(known)


def test_a_complaint_tells_the_authority_what_happened_and_when(story) -> None:
    complaint = story.letter("petra", "suedstern", "complaint")
    assert complaint.mail["To"] == "mailbox@datenschutz.hamburg.de"
    for line in ("- am 2. März 2026: ", "- am 4. März 2026: ", "- am 10. April 2026: "):
        assert line in complaint.text
    assert "8. April" not in complaint.text
    refused = story.letter("zehra", "suedstern", "complaint")
    assert refused.mail["To"] == "poststelle@lda.bayern.de"
    assert "- am 9. März 2026: " in refused.text


def test_what_was_done_is_not_done_again(story) -> None:
    before = {path.name: path.read_bytes() for path in (story.folder / "outbox").iterdir()}
    standing = story.json("status"), story.json("replies", "list")
    for words in (
        ("plan",),
        ("send", "--to", "outbox"),
        ("send", "--to", "print"),
        ("sync", "--from", story.inbox),
        ("followup", "--all", "--complaints", "suedstern"),
        ("data", "extract"),
    ):
        story(*words)
    assert {path.name: path.read_bytes() for path in (story.folder / "outbox").iterdir()} == before
    assert (story.json("status"), story.json("replies", "list")) == standing


def test_the_fixed_forms_hold(story) -> None:
    status = story("status", "--json").stdout.splitlines()
    assert len(status) == 14
    for line in status:
        found = json.loads(line)
        assert list(found) == [
            *("request", "member", "controller", "right", "delivery", "clock", "answer", "due", "next")
        ]  # fmt: skip
        assert found["due"] is None or dt.date.fromisoformat(found["due"])
    replies = story("replies", "list", "--json").stdout.splitlines()
    assert len(replies) == 7
    for line in replies:
        found = json.loads(line)
        assert list(found) == [
            *("inbound_message_id", "outbound_message_id", "request", "kind", "status", "evidence")
        ]  # fmt: skip
        assert found["status"] in {"filed", "review", "ignored"}
    assert "because" in story("replies", "show", found["inbound_message_id"]).output


def test_every_reply_is_kept_as_it_came(story) -> None:
    with story.vault().read() as connection:
        kept = {messages.fetch(connection, one.id) for one in messages.all_messages(connection)}
    assert kept == {path.read_bytes() for path in story.inbox.iterdir()}


def test_the_pool_and_the_report_count_three_members(story) -> None:
    assert "3 members agreed and have data" in story("pool", "show").output
    story("report", "--lang", "de")
    page = (story.folder / "report.html").read_text(encoding="utf-8")
    assert (story.folder / "report.html").stat().st_mode & 0o777 == 0o644
    assert "Was wissen sie?" in page
    assert "Özdemir" not in page


def test_the_figures_are_made_of_what_the_vault_knows(story) -> None:
    clock = dt.datetime(2026, 5, 4, tzinfo=dt.UTC)
    space = open_workspace(story.folder, lambda: "six invented words for a test", clock, clock.date())
    rows = {(row.member, row.request.controller_id): row for row in caserows.rows(space)}
    space.vault.close()
    jana, petra = rows["MJANA0001", "nordlicht"], rows["MPETRA002", "nordlicht"]
    assert (jana.data.form, petra.data.form) == ("json", "pdf")
    assert (jana.data.readable, jana.data.pooled, jana.course.machine) == (True, True, {"answer", "first"})
    refused, acknowledged = rows["MZEHRA003", "suedstern"], rows["MPETRA002", "suedstern"]
    assert (refused.course.outcome, refused.course.machine) == (Answer.REFUSED, frozenset())
    assert (acknowledged.acknowledged, acknowledged.data.form, acknowledged.request.channel) == (True, "", "email")
    assert rows["MEMRE0004", "nordlicht"].course.outcome is Answer.NO_DATA


def test_the_vault_is_whole_and_nobody_else_can_read_it(story) -> None:
    assert "The vault is whole: 6 members, 14 requests" in story("vault", "check").output
    raw = (story.folder / "vault.db").read_bytes()
    assert (story.folder / "vault.db").stat().st_mode & 0o777 == 0o600
    for word in ("SQLite format 3", "Özdemir", "nordlicht", story.request("jana", "nordlicht")):
        assert word.encode() not in raw
