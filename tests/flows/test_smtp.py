"""``--to smtp``: letters leave by the campaign's account, once each; what is in doubt waits for a person."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from typer.testing import CliRunner

from rightskit import paths
from rightskit.flows import dispatch
from rightskit.rendering.model import LetterOrder, Party
from rightskit.vault import departures, outgoing


@pytest.fixture
def ready(planned: Any, account: Any) -> Any:
    return account(planned)


def states(campaign: Any) -> dict[str, str]:
    with campaign.vault().read() as connection:
        return {key[0]: state for key, state in outgoing.states(connection).items()}


def test_letters_leave_once_each_in_the_members_name_by_way_of_the_campaign(ready, box) -> None:
    said = ready("send", "--to", "smtp", "--yes").output
    assert "9 letters sent." in said
    assert box.connections == 1
    mails = {str(mail["Message-ID"]): mail for mail in box.mails}
    assert len(mails) == 9
    jana = next(mail for mail in mails.values() if "Jana" in str(mail["From"]) and "nordlicht" in str(mail["To"]))
    assert str(jana["From"]) == "Jana Özdemir via Initiative Mitmachen <campaign@mitmachen.example>"
    reference = ready.request("jana", "nordlicht")
    assert str(jana["Reply-To"]) == f"campaign+{reference.lower()}@mitmachen.example"
    assert f"[{reference}]" in str(jana["Subject"])
    assert "Auto-Submitted" not in jana
    emre = next(mail for mail in mails.values() if "Emre" in str(mail["From"]))
    assert str(emre["Reply-To"]) == "emre@heimpost.example", "no authority to receive: the answer goes to the member"
    assert ready.fact("jana", "nordlicht")[0] == "sent"
    again = ready("send", "--to", "smtp", "--yes").output
    assert "0 letters sent." in again
    assert "9 letters were sent or refused before: rightskit due" in again
    assert len(box.taken) == 9
    ready("vault", "check")


def test_recipients_take_turns(ready, box) -> None:
    ready("send", "--to", "smtp", "--yes", "--limit", "4")
    assert [recipient.partition("@")[2] for _, recipient, _ in box.taken] == [
        "nordlicht.example",
        "suedstern.example",
    ] * 2


def test_a_dry_run_shows_when_what_goes_where_and_sends_nothing(planned, account, box) -> None:
    account(planned, pace='{per_hour: 30, quiet: "13:04-07:00"}')
    said = planned("send", "--to", "smtp", "--dry-run", "--limit", "4").stdout
    assert "leaves" in said
    assert said.count(" access ") == 4
    assert "4 letters would leave." in said
    assert box.connections == 0
    assert states(planned) == {}


def test_a_dry_run_in_full_is_the_very_message(ready, box) -> None:
    words = ["-C", str(ready.folder), "send", "--to", "smtp", "--dry-run", "--json", "--limit", "1"]
    from rightskit.cli.main import app

    line = json.loads(CliRunner().invoke(app, words).stdout)
    ready("send", "--to", "smtp", "--yes", "--limit", "1")
    mail = box.mails[0]
    for name in ("From", "To", "Reply-To", "Subject"):
        assert line[name.lower().replace("-", "_")] == str(mail[name])
    assert line["text"] == mail.get_content()


def test_letters_leave_only_after_a_yes(ready, box) -> None:
    said = ready("send", "--to", "smtp", answers="n\n", code=130).output
    assert "9 letters leave from campaign@mitmachen.example by localhost" in said
    assert box.connections == 0
    ready("send", "--to", "smtp", answers="y\n")
    assert len(box.taken) == 9


def test_an_account_without_smtp_says_what_to_do(planned) -> None:
    said = planned("send", "--to", "smtp", code=4).output
    assert "accounts add" in said


def test_each_controller_gets_only_so_many_a_day(planned, account, box) -> None:
    account(planned, pace="{per_minute: 100000, per_recipient: 2}")
    said = planned("send", "--to", "smtp", "--yes").output
    assert "4 letters sent. 5 wait for another day" in said
    assert "0 letters sent. 5 wait for another day" in planned("send", "--to", "smtp", "--yes").output
    planned.on("2026-03-04")
    assert "4 letters sent. 1 wait for another day" in planned("send", "--to", "smtp", "--yes").output
    assert len(set(box.ids())) == 8


def test_the_providers_limit_ends_the_sending_until_another_day(planned, account, box) -> None:
    account(planned, more="    limits: {per_day: 3}")
    said = planned("send", "--to", "smtp", "--yes").output
    assert "3 letters sent. 6 wait for the next run." in said
    assert "Nothing more leaves before 2026-03-03" in said
    planned.on("2026-03-05")
    planned("send", "--to", "smtp", "--yes")
    assert len(set(box.ids())) == 6


def test_the_servers_limit_ends_the_sending_and_the_next_run_goes_on(ready, box) -> None:
    box.answers = {"message": ["", "", "550 5.4.5 Daily user sending limit exceeded"]}
    said = ready("send", "--to", "smtp", "--yes", code=6).output
    assert "2 letters sent. 7 wait for the next run." in said
    assert "takes no more for now: 550 5.4.5 Daily" in said
    ready("send", "--to", "smtp", "--yes")
    assert len(set(box.ids())) == len(box.taken) == 9


def test_a_refused_address_is_an_event_and_a_mended_one_is_written_to(ready, box) -> None:
    box.judge = lambda address: "550 5.1.1 unknown" if "nordlicht" in address else None
    said = ready("send", "--to", "smtp", "--yes", code=6).output
    assert "was refused: 550 5.1.1 unknown" in said
    assert "were refused. Whose address to mend: rightskit due" in said
    assert ready.fact("jana", "nordlicht")[::3] == ("bounced", "fix the address")
    ready("vault", "check")
    box.judge = lambda _: None
    ready("send", "--to", "smtp", "--yes")
    assert len(box.taken) == 5, "the same address is not tried again"
    ready.rewrite("controllers.yaml", ("datenschutz@nordlicht", "auskunft@nordlicht"))
    ready("send", "--to", "smtp", "--yes")
    assert len(set(box.ids())) == len(box.taken) == 9
    assert ready.fact("jana", "nordlicht")[0] == "sent"


@pytest.mark.parametrize("stage", ["dot", "reply"])
def test_a_letter_in_doubt_is_held_shown_and_decided_by_a_person(ready, box, stage) -> None:
    ready("send", "--to", "smtp", "--yes", "--limit", "1")
    box.drops = [stage]
    said = ready("send", "--to", "smtp", "--yes", code=6).output
    assert "7 letters sent." in said
    doubtful = next(reference for reference, state in states(ready).items() if state == "doubt")
    assert f"{doubtful} is in doubt and is not sent again" in said
    before = len(box.taken)
    ready("send", "--to", "smtp", "--yes")
    assert len(box.taken) == before
    assert doubtful in ready("posted").output
    assert "1 letter is in doubt: rightskit posted" in ready("due").output
    if stage == "reply":
        ready("posted", doubtful)
        assert next(line for line in ready.json("status") if line["request"] == doubtful)["delivery"] == "sent"
    else:
        ready("posted", doubtful, "--not-sent")
        ready("send", "--to", "smtp", "--yes")
    assert len(set(box.ids())) == len(box.taken) == 9
    assert set(states(ready).values()) == {"sent"}
    ready("posted", doubtful, code=4)
    ready("vault", "check")


def test_an_interruption_says_how_far_it_came_and_what_is_in_doubt(ready, box, monkeypatch) -> None:
    from rightskit.delivery.smtp import Line

    whole = Line._content

    def interrupted(line: Line, *words: Any) -> Any:
        handed = whole(line, *words)
        if len(box.taken) == 3:
            raise KeyboardInterrupt
        return handed

    monkeypatch.setattr(Line, "_content", interrupted)
    said = ready("send", "--to", "smtp", "--yes", code=130).output
    monkeypatch.setattr(Line, "_content", whole)
    assert "It ends after 2 of 9 letters." in said
    assert "1 letter is in doubt: rightskit posted" in said
    ready("send", "--to", "smtp", "--yes")
    assert len(set(box.ids())) == len(box.taken) == 9


def test_an_answer_settles_a_doubt(ready, box, reply) -> None:
    box.drops = ["reply"]
    ready("send", "--to", "smtp", "--yes", "--limit", "1", code=6)
    mail = box.mails[0]
    letter = type("Letter", (), {"id": str(mail["Message-ID"])})()
    ready.arrives(reply(str(mail["To"]), "wir haben Ihre Anfrage erhalten.", day="2026-03-02", answers=letter))
    ready("send", "--to", "smtp", "--yes")
    assert set(states(ready).values()) == {"sent"}
    assert len(set(box.ids())) == len(box.taken) == 9


def test_a_member_who_withdraws_while_letters_leave_gets_none_any_more(ready, box, monkeypatch) -> None:
    """The withdrawal is written by another process while the first letters are on their way."""
    from rightskit.cases.model import Event, EventKind
    from rightskit.vault import requests

    real = departures.settle
    jana = [line["request"] for line in ready.json("status") if line["member"] == "MJANA0001"]

    def settle(connection: Any, *words: Any, **more: Any) -> None:
        real(connection, *words, **more)
        if len(box.taken) == 1:
            now = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
            requests.record(connection, [Event(name, EventKind.WITHDRAWN, now.date(), now) for name in jana])

    monkeypatch.setattr(departures, "settle", settle)
    said = ready("send", "--to", "smtp", "--yes").output
    assert "must not leave any more" in said
    assert sum("Jana" in str(mail["From"]) for mail in box.mails) <= 1
    assert len(box.taken) == 9 - 2 + sum("Jana" in str(mail["From"]) for mail in box.mails)


def test_questions_and_reminders_leave_by_the_same_door(ready, box) -> None:
    ready("send", "--to", "smtp", "--yes")
    first = {str(mail["Subject"]): str(mail["Message-ID"]) for mail in box.mails}
    ready.on("2026-05-04")
    assert "letters would leave" in ready("ask", "--to", "smtp", "--dry-run").output
    ready("ask", "--to", "smtp", "--yes")
    asked = box.mails[9:]
    assert {str(mail["To"]) for mail in asked} >= {"jana@heimpost.example", "petra@heimpost.example"}
    assert {str(mail["Auto-Submitted"]) for mail in asked} == {"auto-generated"}
    assert "0 letters sent." in ready("ask", "--to", "smtp", "--yes").output
    reference = ready.request("jana", "nordlicht")
    ready.on("2026-05-05")("log", reference, "member-reported")
    ready("followup", "--to", "smtp", "--yes")
    reminder = box.mails[-1]
    letter = next(key for subject, key in first.items() if reference in subject)
    assert str(reminder["In-Reply-To"]) == str(reminder["References"]) == letter
    assert any(event["event"] == "reminded" for event in _events(ready, reference))
    ready("vault", "check")


def _events(campaign: Any, reference: str) -> list[dict[str, str]]:
    from rightskit.vault import requests

    with campaign.vault().read() as connection:
        return [{"event": e.kind.value} for e in requests.events_by_request(connection, [reference])[reference]]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "Jana Özdemir via Initiative Mitmachen"),
        ({"representative": "Initiative Mitmachen, Marktplatz 1"}, "Initiative Mitmachen"),
    ],
)
def test_under_a_mandate_the_campaign_writes_in_its_own_name(fields: dict[str, object], name: str) -> None:
    order = LetterOrder("access", "de", dt.date(2026, 3, 2), Party("Jana Özdemir"), Party("X"), fields=fields)
    assert dispatch.sender_name(order, "Initiative Mitmachen") == name


def test_no_text_leaves_that_nobody_approved(ready, box) -> None:
    (ready.folder / "letters" / "de").mkdir(parents=True)
    text = (paths.shipped("letters") / "de" / "access.md").read_text(encoding="utf-8")
    (ready.folder / "letters" / "de" / "access.md").write_text(text.replace("Art. 15", "Artikel 15"), encoding="utf-8")
    assert "approved" in ready("send", "--to", "smtp", "--yes", code=5).output
    assert box.connections == 0


def unsigned(founded: Any) -> Any:
    """Six members who have signed nothing yet: they are the ones to be invited."""
    founded.rewrite("members.csv", ("2026-02-20", ""))
    founded("members", "import", founded.folder / "members.csv")
    return founded


def test_invitations_leave_from_their_folder_once_each(at, account, box) -> None:
    joined = account(unsigned(at("founded")))
    joined("letters", "approve", "invite", "form-mandate", "form-consent", "form-receive", "--by", "Ada Beispiel")
    joined("members", "invite")
    folder = joined.folder / "invitations"
    number = len(list(folder.glob("*.eml")))
    assert number == 6
    assert f"{number} letters would leave." in joined("send", "--to", "smtp", folder, "--dry-run").output
    assert "4 letters sent." in joined("send", "--to", "smtp", folder, "--yes", "--limit", "4").output
    box.drops = ["reply"]
    said = joined("send", "--to", "smtp", folder, "--yes", code=6).output
    assert "is in doubt" in said
    assert "0 letters sent." in joined("send", "--to", "smtp", folder, "--yes").output
    assert len(set(box.ids())) == len(box.taken) == number
    doubtful = next(line.split()[0] for line in joined("posted").stdout.splitlines() if "-invite-" in line)
    assert f"{number - 1} files would be removed" in joined("clean", "--dry-run").output
    joined("posted", doubtful)
    assert "-invite-" not in joined("posted").output
    joined("clean")
    assert not folder.exists(), "what left need not lie on the disk"
    joined("vault", "check")


def test_a_mail_to_a_member_that_did_not_leave_leaves_with_the_next_sending(at, account, box) -> None:
    joined = account(unsigned(at("founded")))
    joined("letters", "approve", "invite", "form-mandate", "form-consent", "form-receive", "--by", "Ada Beispiel")
    joined("members", "invite")
    folder = joined.folder / "invitations"
    box.drops = ["dot"]
    joined("send", "--to", "smtp", folder, "--yes", "--limit", "1", code=6)
    doubtful = next(line.split()[0] for line in joined("posted").stdout.splitlines() if "-invite-" in line)
    joined("posted", doubtful, "--not-sent")
    joined("send", "--to", "smtp", folder, "--yes")
    assert len(set(box.ids())) == len(box.taken) == 6


def test_letters_to_controllers_do_not_leave_from_a_folder(ready, box) -> None:
    ready("send", "--to", "outbox")
    assert "holds no mails to members" in ready("send", "--to", "smtp", ready.folder / "outbox", code=5).output
    ready("send", "--to", "smtp", ready.folder / "nowhere", code=4)
    assert box.connections == 0
