"""``log``, ``ask``, ``status``, ``due`` and ``followup``: nobody is reminded before the member was asked."""

import email
from email.policy import default

import pytest

ASKED = "2026-04-03"  # the day after the earliest last day of what was mailed on 2 March
TOLD = "2026-04-09"
LATE = "2026-05-01"  # more than 21 days after the reminder


def test_nothing_is_due_while_the_month_runs(sent) -> None:
    sent.on("2026-04-02")
    assert sent.json("due") == []
    assert "Nobody has to be asked." in sent("ask").output
    assert "Nothing to write." in sent("followup").output


def test_the_day_after_the_earliest_date_the_member_is_asked(sent) -> None:
    sent.on(ASKED)
    due = sent.json("due")
    assert {(line["controller"], line["next"]) for line in due} == {
        ("nordlicht", "ask the member"),
        ("suedstern", "ask the member"),
    }
    assert len(due) == 9
    assert "Nothing to write." in sent("followup").output
    # What went by post arrived later: its month ends on 5 April, a Sunday, and rolls past Easter Monday.
    assert sent.on("2026-04-07").fact("jana", "papierwerk")[3] == "wait"
    assert sent.on("2026-04-08").fact("jana", "papierwerk")[3] == "ask the member"


def test_a_member_is_asked_once_about_all_requests(asked) -> None:
    folder = asked.folder / "questions"
    assert folder.stat().st_mode & 0o777 == 0o700
    mails = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(mails) == 5
    mail = email.message_from_bytes(mails[f"MJANA0001-ask-{ASKED}.eml"], policy=default)
    assert mail["To"] == "jana@heimpost.example"
    text = mail.get_content()
    assert "Auskunftei Nordlicht GmbH" in text
    assert asked.request("jana", "nordlicht") in text
    assert asked.request("jana", "suedstern") in text
    assert "Nobody has to be asked." in asked("ask").output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == mails


def test_an_open_question_makes_silence_unknown_and_reminds_nobody(asked) -> None:
    assert asked.fact("jana", "suedstern") == ("sent", "running", "unknown", "wait")
    assert "Nothing to write." in asked.on("2026-04-10")("followup").output
    assert asked.fact("jana", "suedstern") == ("sent", "overdue", "unknown", "wait")


def test_a_member_who_stays_silent_is_asked_again_and_still_nobody_is_reminded(asked) -> None:
    asked.on("2026-04-20")
    assert asked.fact("jana", "suedstern") == ("sent", "overdue", "unknown", "ask the member")
    assert "Nothing to write." in asked("followup").output


def test_a_reminder_answers_in_the_thread_of_the_letter(told) -> None:
    assert told.fact("jana", "suedstern") == ("sent", "overdue", "none", "remind")
    assert "9 letters lie in" in told("followup").output
    first, reminder = told.letter("jana", "suedstern"), told.letter("jana", "suedstern", "reminder")
    assert reminder.mail["In-Reply-To"] == reminder.mail["References"] == first.id
    assert reminder.id != first.id
    assert reminder.mail["To"] == first.mail["To"]
    assert reminder.mail["Reply-To"] == first.mail["Reply-To"]
    assert "am 2. März 2026" in reminder.text
    assert told.request("jana", "suedstern") in reminder.mail["Subject"]


def test_a_reminder_is_written_once_and_counts_when_it_was_posted(told) -> None:
    told("followup")
    content = {path.name: path.read_bytes() for path in (told.folder / "outbox").iterdir()}
    assert "Nothing to write." in told("followup").output
    assert {path.name: path.read_bytes() for path in (told.folder / "outbox").iterdir()} == content
    assert (TOLD, "reminded") not in told.events("jana", "suedstern")
    told("posted", f"{TOLD}-outbox-1")
    assert (TOLD, "reminded") in told.events("jana", "suedstern")
    assert told.fact("jana", "suedstern") == ("sent", "overdue", "none", "wait")


def test_an_interrupted_reminding_goes_on_with_the_same_reminders(told, monkeypatch) -> None:
    from rightskit.delivery import folder

    real, left = folder.write, [2]

    def write(path, content: bytes, **how: bool) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(path, content, **how)

    with monkeypatch.context() as patched:
        patched.setattr(folder, "write", write)
        told("followup", code=130)
    before = {reference: letter.id for reference, letter in told.letters("reminder").items()}
    assert len(before) == 2
    told("followup")
    after = {reference: letter.id for reference, letter in told.letters("reminder").items()}
    assert len(after) == 9
    assert before.items() <= after.items()


def test_what_went_by_post_is_reminded_by_post(sent) -> None:
    sent.on("2026-04-08")("ask")
    sent.report_nothing(TOLD)
    said = sent("followup").output
    assert "5 more go by post: rightskit followup --to print" in said
    assert "5 letters lie in" in sent("followup", "--to", "print").output
    (bundle,) = (path for path in (sent.folder / "print").iterdir() if path.name.startswith(TOLD))
    assert (bundle / "letters.csv").read_text(encoding="utf-8").count(",reminder,papierwerk,") == 5


def test_a_demand_for_identity_is_answered(sent, reply) -> None:
    sent.on("2026-03-10").arrives(
        reply(
            "auskunft@suedstern.example",
            "wir benötigen eine Kopie Ihres Personalausweises, um Sie zu identifizieren.",
            day="2026-03-09",
            answers=sent.letter("jana", "suedstern"),
        )
    )
    assert sent.fact("jana", "suedstern") == ("received", "paused", "in dialogue", "answer an identity demand")
    assert "answer-identity" in sent("followup", "--dry-run").output
    assert not sent.letters("answer-identity")
    sent("followup")
    answer = sent.letter("jana", "suedstern", "answer-identity")
    assert answer.mail["In-Reply-To"] == "<m1@reply.example>"
    assert answer.mail["References"].split() == [sent.letter("jana", "suedstern").id, "<m1@reply.example>"]
    assert "9. März 2026" in answer.text
    sent("posted", "2026-03-10-outbox-1")
    assert ("2026-03-10", "identity-given") in sent.events("jana", "suedstern")
    assert sent.fact("jana", "suedstern")[1] == "running"


def test_what_no_message_says_is_logged(sent) -> None:
    reference = sent.request("jana", "papierwerk")
    sloppy = reference.lower().replace("-", " ")
    sent.on("2026-03-20")("log", sloppy, "refused", "--date", "2026-03-18", "--evidence", "letter that came home")
    assert sent.fact("jana", "papierwerk") == ("received", "stopped", "refused", "complain")
    shown = sent("status", sloppy).output
    assert "letter that" in shown
    assert "2026-03-18" in shown


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("RK-0000-0000", "refused"), 4, "There is no request RK-0000-0000."),
        (("{ref}", "refuse"), 2, "'refuse' is no kind of event.\ndid you mean 'refused'?"),
        (("{ref}", "planned"), 2, "'planned' is no kind of event."),
        (("{ref}", "refused", "--date", "2026-03-03"), 5, "2026-03-03 lies ahead of 2026-03-02."),
        (("{ref}", "refused", "--received", "2026-03-05"), 5, "received on 2026-03-05: that lies ahead of 2026-03-02."),
        (
            ("{ref}", "refused", "--date", "2026-03-02", "--received", "2026-02-27"),
            5,
            "received on 2026-02-27, before it happened on 2026-03-02.\nWere the two days swapped?",
        ),
        (("{ref}", "refused", "--date", "2017-12-31"), 5, "2017-12-31 is outside 2018-01-01 to 2099-12-31."),
        (("{ref}", "refused", "--date", "2026-02-29"), 2, "'2026-02-29' does not match"),
        (
            ("{ref}", "extended", "--date", "2026-03-01"),
            5,
            "left on 2026-03-02: nothing can have been extended on 2026-03",
        ),
        (("{ref}", "delivered", "--date", "2026-02-28"), 5, "left on 2026-03-02: nothing can have been delivered on"),
        (("{ref}", "refused", "--by", "neighbour"), 2, "'neighbour' is not one of"),
        (("{ref}",), 2, "Say which request and what happened"),
    ],
)
def test_what_cannot_have_happened_is_refused(sent, words: tuple[str, ...], code: int, sentence: str) -> None:
    reference = sent.request("jana", "papierwerk")
    said = sent("log", *(word.format(ref=reference) for word in words), code=code)
    assert sentence in said.output
    assert sent.fact("jana", "papierwerk") == ("sent", "running", "none", "wait")


def test_when_it_happened_was_learned_of_and_was_noted_are_three_days(sent) -> None:
    reference = sent.request("jana", "papierwerk")
    days = ("--date", "2026-03-12", "--received", "2026-03-16", "--by", "member")
    sent.on("2026-03-20")("log", reference, "no-data", *days)
    shown = [line.split()[1:] for line in sent("status", reference).output.splitlines()]
    assert ["2026-03-12", "2026-03-16", "2026-03-20", "no-data", "member", "log"] in shown


def test_the_valid_rows_of_a_file_can_be_noted_without_the_others(sent) -> None:
    good, path = sent.request("jana", "papierwerk"), sent.folder / "events.csv"
    rows = (
        "request,event,date,received,by",
        f"{good},acknowledged,2026-03-04,2026-03-05,member",
        f"{good},refused,2026-03-05,2026-03-04,member",
        f"{good},refused,2026-03-05,,nobody",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    said = sent.on("2026-03-10")("log", "--from", path, "--keep-valid").output
    assert f"{path}:3 [received]: It cannot have been received on 2026-03-04" in said
    assert f"{path}:4 [by]: nobody who can have told it" in said
    assert "1 events noted; 2 rows were left." in said
    assert sent.fact("jana", "papierwerk")[2] == "acknowledged"


def test_a_person_corrects_what_was_noted_and_corrects_the_correction(sent) -> None:
    reference = sent.request("jana", "papierwerk")
    sent.on("2026-03-20")("log", reference, "refused", "--date", "2026-03-18")
    assert sent.fact("jana", "papierwerk")[2] == "refused"
    sent("correct", reference, "4", "--because", "another member")
    assert sent.fact("jana", "papierwerk") == ("sent", "running", "none", "wait")
    shown = sent("status", reference).output
    assert "(4)  2026-03-18" in shown
    assert "A number in brackets does not count" in shown
    sent("correct", reference, "5", "--because", "it was the right one")
    assert sent.fact("jana", "papierwerk")[2] == "refused"
    sent("correct", reference, "--answer", "none")
    assert sent.fact("jana", "papierwerk") == ("received", "running", "none", "wait")
    assert len(sent.events("jana", "papierwerk")) == 7


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 2, "Say which event does not count, or which answer holds."),
        (("9",), 4, "has no event 9."),
        (("1",), 5, "That a request was planned cannot be corrected."),
        (("--answer", "datta"), 2, "'datta' is no answer.\ndid you mean 'data'?"),
    ],
)
def test_what_cannot_be_corrected_is_said(sent, words: tuple[str, ...], code: int, sentence: str) -> None:
    assert sentence in sent("correct", sent.request("jana", "papierwerk"), *words, code=code).output


def test_a_clock_that_went_back_is_said(reminded) -> None:
    assert "clock" not in reminded("due").output
    said = reminded.on("2026-03-20")("due").output
    assert "Something was noted on 2026-04-09, and today is 2026-03-20: is this machine's clock right?" in said


def test_a_file_of_events_is_taken_whole_or_not_at_all(sent) -> None:
    good, path = sent.request("jana", "papierwerk"), sent.folder / "events.csv"
    rows = ("request,event,date,evidence", f"{good},refused,2026-03-02,home", f"{good},refuse,2026-03-02,",
            "RK-0000-0000,refused,2026-03-02,", f"{good},refused,2.3.2026,", f"{good},refused,2026-12-01,")  # fmt: skip
    path.write_text("\n".join(rows), encoding="utf-8")
    said = sent("log", "--from", path, code=3).output
    assert f"{path}:3 [event]: no such kind of event — did you mean 'refused'?" in said
    assert f"{path}:4 [request]: there is no such request — copy its reference from the letter" in said
    assert f"{path}:5 [date]: not a date — write YYYY-MM-DD" in said
    assert f"{path}:6 [date]: 2026-12-01 lies ahead of 2026-03-02." in said
    assert "Nothing was noted." in said
    assert sent.fact("jana", "papierwerk") == ("sent", "running", "none", "wait")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"request event date\n", "[request]: this column is missing"),
        (b"request,event\nRK-0000-0000,refused\n", ":1 [date]: this column is missing"),
        (b"request,event,date\nRK-0000-0000\n", ":2 [request]: there is no such request"),
        (b"request,event,date,note\n", "[note]: this column is not known"),
        (
            "request,event,date,evidence\nRK-0000-0000,refused,2026-03-02,Müller\n".encode("cp1252"),
            ":2 [request]: there is no",
        ),
        (b"", "[request]: this column is missing"),
    ],
)
def test_a_file_that_is_no_table_of_events(sent, raw: bytes, sentence: str) -> None:
    path = sent.folder / "events.csv"
    path.write_bytes(raw)
    assert sentence in sent("log", "--from", path, code=3).output


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_of_events_may_come_from_any_spreadsheet(sent, delimiter: str) -> None:
    reference, path = sent.request("jana", "papierwerk"), sent.folder / "events.csv"
    rows = (("date", "event", "request", "evidence"), ("2026-03-02", "refused", reference, "größer"))
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode("cp1252"))
    assert "1 events noted." in sent("log", "--from", path).output
    assert sent.fact("jana", "papierwerk")[2] == "refused"


def test_one_request_is_shown_with_its_events_and_the_steps_of_its_deadline(reminded) -> None:
    shown = reminded("status", reminded.request("jana", "suedstern")).output
    for line in ("clock       overdue", "answer      none", "due         2026-04-07"):
        assert line in shown
    for kind in ("planned", "queued", "sent", "member-asked", "member-reported", "reminded"):
        assert kind in shown
    assert "Reg. 1182/71 Art. 3(4)" in shown
    (line,) = reminded.json("status", reminded.request("jana", "suedstern"))
    assert line["clock"] == "overdue"


def test_due_lists_the_most_urgent_first(sent, reply) -> None:
    sent.on("2026-03-09").arrives(
        reply(
            "auskunft@suedstern.example",
            "wir benötigen eine Kopie Ihres Personalausweises, um Sie zu identifizieren.",
            day="2026-03-09",
            answers=sent.letter("jana", "suedstern"),
        )
    )
    sent.on("2026-04-08")
    due = [line["due"] for line in sent.json("due")]
    assert due == sorted(due)
    assert due[0] == "2026-04-02"
    assert len(due) == 14
    listed = [line.split()[-1] for line in sent("due", "--list").output.splitlines()[1:]]
    assert listed == [line["request"] for line in sent.json("due")]
