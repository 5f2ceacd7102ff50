"""A person judges a demand once, and a form letter stops no clock; what was passed on goes on elsewhere."""

import datetime as dt

import icalendar
import pytest

FORM = "wir benötigen eine Kopie Ihres Personalausweises, um Sie zu identifizieren."
NOT_US = "wir sind für Ihr Anliegen nicht zuständig. Bitte wenden Sie sich an die Auskunftei Nordlicht GmbH."


@pytest.fixture
def demanded(sent, reply):
    """On 10 March, suedstern has answered three members with its form letter."""
    mails = [
        reply(
            "auskunft@suedstern.example", FORM, day="2026-03-09", name=member, answers=sent.letter(member, "suedstern")
        )
        for member in ("jana", "petra", "zehra")
    ]
    sent.on("2026-03-10").arrives(*mails)
    return sent


def test_a_form_letter_stops_no_clock_once_it_is_judged(demanded, reply) -> None:
    for member in ("jana", "petra", "zehra"):
        assert demanded.fact(member, "suedstern")[1] == "paused"
    said = demanded("judge", "suedstern", "excessive", "--note", "asks everybody").output
    assert "3 demands (identity) judged excessive.\n3 of them had no latest date before, 0 have none now." in said
    for member in ("jana", "petra", "zehra"):
        assert demanded.fact(member, "suedstern")[1:] == ("running", "in dialogue", "answer an identity demand")
    # the form letter reaches a fourth member a day later: it is met by the same judgement
    later = reply(
        "auskunft@suedstern.example", FORM, day="2026-03-11", name="e", answers=demanded.letter("emre", "suedstern")
    )
    demanded.on("2026-03-12").arrives(later)
    assert demanded.fact("emre", "suedstern")[1] == "running"
    assert ("2026-03-11", "demand-contested") in demanded.events("emre", "suedstern")
    assert "0 demands (identity) judged excessive" in demanded("judge", "suedstern", "excessive").output


def test_the_controller_is_told_once_that_its_demand_is_excessive(demanded) -> None:
    demanded("judge", "suedstern", "excessive")
    demanded("followup")
    assert len(demanded.letters("answer-identity")) == 3
    demanded("posted", "2026-03-10-outbox-1")
    assert demanded.fact("jana", "suedstern")[1:] == ("running", "in dialogue", "wait")
    assert demanded.facts("jana", "suedstern")["due"] == "2026-04-07"
    assert "Nothing to write." in demanded("followup").output


def test_one_request_is_judged_alone_and_a_person_may_change_their_mind(demanded) -> None:
    reference = demanded.request("jana", "suedstern")
    demanded("judge", reference, "excessive")
    assert demanded.fact("jana", "suedstern")[1] == "running"
    assert demanded.fact("petra", "suedstern")[1] == "paused"
    assert "has no demand (identity) that is not judged" in demanded("judge", reference, "excessive", code=4).output
    demanded("judge", reference, "justified")
    assert demanded.fact("jana", "suedstern")[1] == "paused"


def test_what_cannot_be_judged_is_said(demanded) -> None:
    assert "no controller with requests, called pappe" in demanded("judge", "pappe", "excessive", code=4).output
    assert "There is no request" in demanded("judge", "RK-0000-0000", "excessive", code=4).output
    demanded("judge", "suedstern", "awful", code=2)


DEMANDS = [
    ("bitte reichen Sie uns die Vollmacht im Original ein.", "answer a mandate demand", "answer-mandate", "mandate-given"),
    (
        "bitte präzisieren Sie, auf welche Daten oder welchen Zeitraum sich Ihr Antrag bezieht.",
        "answer a clarification demand",
        "answer-clarification",
        "clarification-given",
    ),
    ("für die Auskunft berechnen wir eine Gebühr von 25 Euro.", "contest", "answer-fee", "demand-contested"),
    ("bitte stellen Sie Ihren Antrag ausschließlich über unser Online-Formular.", "contest", "answer-portal", "demand-contested"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "step", "letter", "event"), DEMANDS)
def test_a_letter_is_ready_for_each_demand(sent, reply, words, step, letter, event) -> None:  # noqa: PLR0913, PLR0917 (a table)
    mail = reply("auskunft@suedstern.example", words, day="2026-03-09", answers=sent.letter("jana", "suedstern"))
    sent.on("2026-03-10").arrives(mail)
    (line,) = sent.filed("<m1@reply.example>")
    if line["status"] == "review":
        sent("review", "--accept", line["kind"])
    assert sent.fact("jana", "suedstern")[3] == step
    sent("followup")
    text = " ".join(sent.letter("jana", "suedstern", letter).text.split())
    assert "vom 9. März 2026" in text
    assert "vom 2. März 2026" in text
    sent("posted", "2026-03-10-outbox-1")
    assert ("2026-03-10", event) in sent.events("jana", "suedstern")
    assert sent.fact("jana", "suedstern")[3] == "wait"


@pytest.fixture
def passed_on(sent, reply):
    """On 10 March, suedstern says about two members that papierwerk is responsible."""
    mails = [
        reply(
            "auskunft@suedstern.example",
            NOT_US,
            day="2026-03-09",
            name=member,
            answers=sent.letter(member, "suedstern"),
        )
        for member in ("emre", "tamar")
    ]
    sent.on("2026-03-10").arrives(*mails)
    sent("review", "--accept", "wrong-controller")
    return sent


def test_a_redirected_request_starts_a_clock_of_its_own(passed_on) -> None:
    """tamar gave no date of birth, which nordlicht needs: she gets none; emre has a request there already."""
    assert passed_on.fact("tamar", "suedstern") == ("received", "stopped", "refused", "review a reply")
    said = passed_on("redirect", "suedstern", "nordlicht").output
    there = passed_on.request("emre", "nordlicht")
    assert f"{passed_on.request('emre', 'suedstern')} goes on as {there}, which was there" in said
    assert "MTAMAR005 gets no request: the controller needs: birthdate" in said
    assert passed_on.fact("emre", "suedstern")[3] == "nothing"
    assert passed_on.fact("tamar", "suedstern")[3] == "review a reply"


def test_the_new_request_is_sent_and_due_by_its_own_receipt(at, reply) -> None:
    run = at("sent").on("2026-03-10")
    config = run.folder / "controllers.yaml"
    text = config.read_text(encoding="utf-8")
    record = text[text.index("  - id: suedstern") : text.index("  - id: papierwerk")]
    other = record.replace("suedstern", "weststern").replace("Südstern Versand", "Weststern Handel")
    config.write_text(text + other, encoding="utf-8")
    old = run.request("jana", "suedstern")
    assert f"{old} goes on as RK-" in run("redirect", old, "weststern").output
    assert run.fact("jana", "suedstern") == ("received", "stopped", "refused", "nothing")
    assert run.fact("jana", "weststern") == ("unsent", "not running", "none", "nothing")
    run.on("2026-03-20")("send", "--to", "outbox")
    run("posted", "2026-03-20-outbox-1")
    assert run.facts("jana", "weststern")["due"] == "2026-04-23"
    assert run.facts("jana", "suedstern")["due"] is None
    assert "is the controller that was asked" in run("redirect", old, "suedstern", code=5).output


def test_what_came_back_goes_out_again_to_a_mended_address(sent, bounced) -> None:
    run = bounced("jana", "suedstern")
    assert run.fact("jana", "suedstern") == ("bounced", "not running", "none", "fix the address")
    # without a better address it would go by post
    assert "it came back; the post still reaches them" in run("followup", "--dry-run").output
    run.rewrite("controllers.yaml", ("auskunft@suedstern", "recht@suedstern"))
    assert "the record has another address now" in run("followup", "--dry-run").output
    first = run.letter("jana", "suedstern")
    run("followup")
    again = run.letter("jana", "suedstern")
    assert (first.mail["To"], again.mail["To"]) == ("auskunft@suedstern.example", "recht@suedstern.example")
    assert again.id != first.id
    assert "Nothing to write." in run("followup").output
    run("posted", "2026-03-10-outbox-1")
    assert run.fact("jana", "suedstern") == ("sent", "running", "none", "wait")
    assert run.facts("jana", "suedstern")["due"] == "2026-04-13"
    run("vault", "check")


def test_what_came_back_goes_out_again_by_post(bounced) -> None:
    run = bounced("jana", "suedstern")
    assert "1 more go by post: rightskit followup --to print" in run("followup").output
    run("followup", "--to", "print")
    run("posted", "2026-03-10-print-1")
    assert run.fact("jana", "suedstern") == ("sent", "running", "none", "wait")
    assert run.facts("jana", "suedstern")["due"] == "2026-04-13"


@pytest.fixture
def bounced(sent):
    """On 10 March, a letter to one controller came back."""

    def bounce(member: str, controller: str):
        sent.on("2026-03-10")("log", sent.request(member, controller), "bounced", "--date", "2026-03-02")
        return sent

    return bounce


def test_the_calendar_has_one_entry_for_each_deadline_and_moves_it(sent) -> None:
    path = sent.folder / "deadlines.ics"
    requests = {line["request"]: line for line in sent.json("status")}
    assert f"{path} holds {len(requests)} deadlines." in sent("due", "--ics", path).output
    assert path.stat().st_mode & 0o777 == 0o600
    before = entries(path)
    assert {uid: str(one.decoded("dtstart")) for uid, one in before.items()} == {
        f"{name.lower()}.answer@rightskit.invalid": line["due"] for name, line in requests.items()
    }
    reference = sent.request("jana", "suedstern")
    sent.on("2026-03-20")("log", reference, "delivered", "--date", "2026-03-10", "--evidence", "tracking")
    done = sent.request("petra", "suedstern")
    sent("log", done, "data-received")
    assert f"holds {len(requests) - 1} deadlines" in sent("due", "--ics", path).output
    after = entries(path)
    assert after.keys() == before.keys()
    uid = f"{reference.lower()}.answer@rightskit.invalid"
    assert (before[uid].decoded("dtstart"), after[uid].decoded("dtstart")) == (
        dt.date(2026, 4, 7),
        dt.date(2026, 4, 10),
    )
    assert after[uid]["sequence"] > before[uid]["sequence"]
    assert after[f"{done.lower()}.answer@rightskit.invalid"]["status"] == "CANCELLED"


def entries(path) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    found = calendar.walk("VEVENT")
    assert len({str(one["uid"]) for one in found}) == len(found)
    return {str(one["uid"]): one for one in found}


def test_a_calendar_needs_a_folder(sent) -> None:
    assert "There is no folder" in sent("due", "--ics", sent.folder / "nowhere" / "a.ics", code=4).output
