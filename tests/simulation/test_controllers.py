import dataclasses
import datetime as dt
import email
import email.policy
from collections import Counter

import pytest

from rightskit.campaign import reference as references
from rightskit.cases.model import EventKind
from rightskit.simulation import controllers, documents
from rightskit.simulation.controllers import answers, came_home, plan
from rightskit.simulation.letterbox import Paper
from rightskit.simulation.script import FINAL, Turn

START, END = dt.date(2026, 2, 3), dt.date(2026, 5, 14)


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch):
    monkeypatch.setattr(documents, "score_sheet_pdf", lambda *_, **__: b"%PDF-1.7 stands for a score sheet")


@pytest.fixture(scope="module")
def told(letters, world):
    """Turn, letter and message of all that comes in a hundred days."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "score_sheet_pdf", lambda *_, **__: b"%PDF-1.7 stands for a score sheet")
        coming = [answer for answer in plan(letters, world) if not answer.home and answer.when.date() <= END]
        raws = [controllers.write(answer, world) for answer in coming]
    return [
        (answer, raw, email.message_from_bytes(raw, policy=email.policy.default))
        for answer, raw in zip(coming, raws, strict=True)
    ]


def test_every_kind_of_message_occurs(told):
    assert {answer.turn for answer, _, _ in told} == set(Turn)


def test_one_spam_alone(told):
    assert sum(answer.turn is Turn.SPAM for answer, _, _ in told) == 1


def test_the_same_seed_gives_the_same_bytes_in_whatever_windows(letters, world):
    some = letters[:60]
    whole = list(answers(some, world, START, END))
    parts = [
        *answers(some, world, START, dt.date(2026, 3, 8)),
        *answers(some, world, dt.date(2026, 3, 9), END),
    ]
    assert whole == parts
    assert [answer.when for answer, _ in whole] == sorted(answer.when for answer, _ in whole)
    other = dataclasses.replace(world, seed=2)
    assert list(answers(some, other, START, END)) != whole


def test_a_sixth_of_the_letters_stays_without_any_substance(letters, world):
    said = {
        a.mail.reference for a in plan(letters, world) if a.turn not in {Turn.RECEIPT, Turn.OUT_OF_OFFICE, Turn.SPAM}
    }
    silent = 1 - len(said) / len(letters)
    assert 0.11 < silent < 0.22


def test_messages_are_valid(told):
    for _, raw, message in told:
        assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert raw.split(b"\r\n\r\n", 1)[0].isascii()
        assert not message.defects
        assert all(not part.defects for part in message.walk())
        assert all(message[name] for name in ("From", "To", "Date", "Subject", "Message-ID"))


def test_dates_and_senders_are_those_of_the_script(told):
    for answer, _, message in told:
        assert message["Date"].datetime.replace(second=0) == answer.when.replace(second=0)
        if answer.turn not in {Turn.BOUNCE, Turn.DELAY, Turn.SPAM}:
            assert message["From"].addresses[0].domain == answer.mail.domain


def test_people_write_on_working_days(told):
    machines = {Turn.RECEIPT, Turn.OUT_OF_OFFICE, Turn.BOUNCE, Turn.DELAY}
    assert all(answer.when.weekday() < 5 for answer, _, _ in told if answer.turn not in machines)


def test_every_message_says_that_it_is_invented(told):
    assert {message["X-Simulation"] for _, _, message in told} == {"invented"}


def test_message_ids_differ(told):
    ids = Counter(message["Message-ID"] for _, _, message in told)
    assert max(ids.values()) == 1


def test_answers_refer_to_their_letters_in_every_way(told):
    ways = Counter()
    for answer, _, message in told:
        if answer.turn in {Turn.BOUNCE, Turn.DELAY, Turn.SPAM}:
            continue
        threaded = message["In-Reply-To"] == answer.mail.message_id
        tagged = "+rk-" in message["To"].addresses[0].username
        titled = answer.mail.reference in references.find(message["Subject"].replace("–", "-"))
        ways["thread" if threaded else "address" if tagged else "subject" if titled else "name"] += 1
        if not (threaded or tagged or titled):
            assert message["From"].addresses[0].username.startswith("ticket-")
            text = message.get_body(("plain", "html")).get_content()
            assert answer.mail.name in " ".join(text.split()).replace("&#x27;", "'")
            assert not references.find(text)
    share = {way: count / ways.total() for way, count in ways.items()}
    assert share["thread"] > 0.55
    assert share["subject"] > 0.08
    assert share["address"] > 0.03
    assert 0.02 < share["name"] < 0.15


def test_references_in_subjects_come_back_damaged(told):
    damaged = [
        message["Subject"]
        for answer, _, message in told
        if answer.mail.reference in references.find(message["Subject"])
        and answer.mail.reference not in message["Subject"]
    ]
    assert len(damaged) > 20
    assert any("rk-" in subject for subject in damaged)
    assert any("- " in subject for subject in damaged)
    assert any(subject.startswith("AW:") for subject in damaged)


def test_a_bounce_is_a_report_about_the_letter(told):
    answer, message = next((a, m) for a, _, m in told if a.turn is Turn.BOUNCE)
    assert message.get_content_type() == "multipart/report"
    notice, report, original = message.iter_parts()
    assert "550 5.1.1" in notice.get_content()
    blocks = report.get_payload()
    assert (blocks[1]["Action"], blocks[1]["Status"]) == ("failed", "5.1.1")
    assert answer.mail.message_id in original.get_content()


def test_a_delay_is_a_warning(told):
    _, message = next((a, m) for a, _, m in told if a.turn is Turn.DELAY)
    report = list(message.iter_parts())[1]
    assert report.get_payload()[1]["Action"] == "delayed"


def test_data_come_attached_as_sheet_or_archive(told):
    kinds = Counter()
    for answer, _, message in told:
        files = list(message.iter_attachments()) if answer.turn is not Turn.BOUNCE else []
        if answer.turn is Turn.DATA:
            (file,) = files
            kinds[file.get_content_type(), file.get_content()[:2]] += 1
            assert (file.get_content_type() == "application/pdf") == answer.sheet
    assert kinds.keys() == {("application/pdf", b"%P"), ("application/zip", b"PK")}


def test_score_sheets_are_limited(letters, world):
    few = dataclasses.replace(world, sheets=5)
    assert sum(answer.sheet for answer in plan(letters, few)) == 5


def test_some_data_come_after_the_month(told):
    days = [(answer.when.date() - START).days for answer, _, _ in told if answer.turn is Turn.DATA]
    assert sum(day > 31 for day in days) > 10
    assert min(days) >= 10


def test_charsets_and_shapes_vary(told):
    bodies = [message.get_body(("plain", "html")) for _, _, message in told]
    charsets = Counter(body.get_content_charset() for body in bodies if body)
    types = Counter(body.get_content_type() for body in bodies if body)
    assert min(charsets["utf-8"], charsets["iso-8859-1"], charsets["windows-1252"]) > 10
    assert min(types["text/plain"], types["text/html"]) > 10
    texts = [body.get_content() for body in bodies if body]
    assert sum("Ursprüngliche Nachricht" in text for text in texts) > 20
    assert sum("Zweifel an meiner Identität" in text for text in texts) > 50
    assert sum("Kind regards" in text for text in texts) > 3
    assert not any("{" in text.split("schrieb")[0] for text in texts)


def test_no_authority_to_receive_means_the_answer_goes_home(letters, world):
    home = [answer for answer in plan(letters, world) if answer.home]
    assert home
    assert all("campaign" not in answer.mail.reply_to for answer in home)


def test_all_that_arrives_is_addressed_to_the_campaign(told, world):
    local, domain = world.own.split("@")
    for _, _, message in told:
        (to,) = message["To"].addresses
        assert (to.username.partition("+")[0], to.domain) == (local, domain)


def test_members_tell_of_answers_that_came_home(letters, world):
    papers = [Paper(f"RK-{number}", "crif", START) for number in range(40)]
    told = list(came_home(letters, papers, world, START, END))
    assert told == sorted(told)
    assert any(reference.startswith("RK-3") for _, reference, _ in told)
    assert {mail.reference for mail in letters} & {reference for _, reference, _ in told}
    assert EventKind.DATA_RECEIVED in {kind for _, _, kind in told}
    assert all(START < day <= END for day, _, _ in told)
    until = dt.date(2026, 2, 20)
    assert list(came_home(letters, papers, world, START, until)) == [
        row for row in told if row[0] <= until - dt.timedelta(days=3)
    ]


def test_reminders_bring_some_answers_and_others_stay_silent(letters, reminders, world):
    before = {(a.mail.reference, a.turn, a.when) for a in plan(letters, world)}
    silent = {m.reference for m in letters} - {reference for reference, turn, _ in before if turn is not Turn.RECEIPT}
    after = [a for a in plan([*reminders, *letters], world) if (a.mail.reference, a.turn, a.when) not in before]
    answered = {a.mail.reference for a in after if a.turn in FINAL}
    assert 0.3 < len(silent & answered) / len(silent) < 0.8
    assert all(a.when.date() > START + dt.timedelta(days=38) for a in after if a.turn is not Turn.BOUNCE)
    given = {reference for reference, turn, _ in before if turn in FINAL}
    assert not given & answered


def test_a_reminder_is_answered_in_its_own_thread_with_the_person_of_the_letter(letters, reminders, world):
    late = [a for a in plan([*letters, *reminders], world) if a.turn is Turn.DATA and ".reminder@" in a.mail.message_id]
    assert late
    assert all(answer.mail.birthdate == dt.date(1968, 3, 7) for answer in late)


def test_authorities_stay_silent(letters, world):
    complaint = dataclasses.replace(letters[0], subject="Beschwerde nach Art. 77 DSGVO [RK-0000-0000]")
    assert plan([complaint], world) == []


def test_no_letters_no_answers(world):
    assert list(answers([], world, START, END)) == []


def test_seven_hundred_letters_bring_hundreds_of_answers(letters, world):
    assert sum(1 for _ in answers(letters, world, START, END)) > 500
