"""What a request and its events tell, by the events that a person would read."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.campaign.model import Request
from rightskit.cases.history import standing
from rightskit.cases.model import Event, EventKind
from rightskit.cases.places import Place
from rightskit.cases.status import fold
from rightskit.registry.model import Controller
from rightskit.reports import demanded, forms
from rightskit.reports.figures import is_due, is_on_time, is_overdue
from rightskit.reports.rows import Answer, Seen, row
from rightskit.rights import Right

REQUEST = Request(
    "RK-0000-0001", "M00000001", "nordlicht", Right.ACCESS, "access", "de", "email", "own-name", dt.date(2026, 3, 1)
)
ALPHA = Controller("nordlicht", "Nordlicht Auskunftei GmbH", "DE", ("Bremer Straße 1",))


def told(text: str, *, answer=None, words=None, by_person=(), agreed=False):
    """One event a line: day, kind, then who told it and details as name=value; `noted` is the day of noting."""
    events = []
    for number, line in enumerate(text.split("\n"), 1):
        day, kind, *rest = line.split()
        detail = dict(word.split("=", 1) for word in rest)
        source, evidence = detail.pop("source", "person"), detail.pop("evidence", "").replace("_", " ")
        noted = dt.datetime.fromisoformat(detail.pop("noted", "2026-05-31")).replace(tzinfo=dt.UTC)
        events.append(
            Event(
                REQUEST.reference,
                EventKind(kind),
                dt.date.fromisoformat(day),
                noted,
                source=source,
                evidence=evidence,
                detail=detail,
                id=number,
            )
        )
    facts = fold(events, Place("DE", "HB"), right=REQUEST.right, today=dt.date(2026, 6, 1))
    seen = Seen(set(by_person), words or {})
    return row(REQUEST, ALPHA, standing(events), facts, answer=answer or Answer(), seen=seen, agreed=agreed)


SENT = "2026-03-02 sent channel=email source=rightskit"


def test_a_request_that_nobody_answered() -> None:
    found = told(SENT)
    assert (found.request.channel, found.forced, found.data.form, found.dispute.complaint, found.demands.identity) == (
        "email",
        "",
        "",
        "",
        "",
    )
    assert (found.request.controller, found.request.controller_id, found.request.country) == (
        "Nordlicht Auskunftei GmbH",
        "nordlicht",
        "DE",
    )
    assert is_overdue(found)
    assert is_due(found)


def test_while_a_question_to_the_member_is_open_silence_is_unknown() -> None:
    found = told(f"{SENT}\n2026-04-20 member-asked")
    assert found.course.overdue
    assert found.asked == dt.date(2026, 4, 20)
    assert not is_overdue(found)
    assert not is_due(found)
    closed = told(f"{SENT}\n2026-04-20 member-asked\n2026-04-25 member-reported came=nothing")
    assert is_overdue(closed)


def test_what_was_demanded_how_it_was_judged_and_for_how_long_the_member_owed_it() -> None:
    asked = f"{SENT}\n2026-03-06 identity-demanded source=message evidence=m1\n2026-03-06 fee-demanded source=message evidence=m1"
    words = {"m1": "Bitte senden Sie uns eine Kopie Ihres Personalausweises und Ihr Geburtsdatum."}
    found = told(asked, words=words)
    assert found.demands.demanded == {"identity", "fee"}
    assert found.demands.identity == "document"
    assert (found.demands.excessive, found.demands.justified) == (set(), set())
    assert found.owed == ((dt.date(2026, 3, 6), None),)
    given = told(f"{asked}\n2026-03-16 identity-given", words=words)
    assert given.owed == ((dt.date(2026, 3, 6), dt.date(2026, 3, 16)),)
    contested = told(f"{asked}\n2026-03-07 demand-contested demand=identity-demanded", words=words)
    assert contested.demands.excessive == {"identity"}
    assert contested.owed == ()
    justified = told(f"{asked}\n2026-03-07 demand-justified", words=words)
    assert justified.demands.justified == {"identity"}


def test_another_channel_was_forced() -> None:
    found = told(f"{SENT}\n2026-03-06 redirected to=channel evidence=nur_über_unser_Kundenportal")
    assert found.forced == "portal"
    assert told(f"{SENT}\n2026-03-06 redirected to=controller").forced == ""


def test_a_link_to_data_answers_once_the_member_has_opened_it() -> None:
    link = f"{SENT}\n2026-03-20 data-received link=yes source=message evidence=m1"
    found = told(link)
    assert (found.course.first_answer, found.course.final, found.course.overdue) == (dt.date(2026, 3, 20), None, True)
    assert told(f"{link}\n2026-03-25 member-reported opened=yes").course.final == dt.date(2026, 3, 20)
    assert told(f"{link}\n2026-05-04 data-received").course.final == dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("events", "documents", "form", "readable"),
    [
        ("data-received source=message", ("pdf",), "pdf", False),
        ("data-received source=message", ("pdf", "json"), "json", True),
        ("data-received link=yes source=message", (), "portal", None),
        ("answer-announced source=message\n2026-04-01 data-received by=member", (), "paper", False),
        ("data-received source=message", (), "unknown", None),
        ("refused source=message", (), "", None),
    ],
)
def test_the_form_of_an_answer(events, documents, form, readable) -> None:
    found = told(f"{SENT}\n2026-03-20 {events}", answer=Answer(documents, read=True), agreed=True)
    assert found.data.form == form
    assert forms.machine_readable(found.data.form) is readable
    assert found.data.pooled


def test_a_complaint_counts_by_the_last_that_happened_about_it() -> None:
    lodged = f"{SENT}\n2026-05-01 complained"
    assert told(lodged).dispute.complaint == "lodged"
    assert told(f"{lodged}\n2026-05-09 authority-registered").dispute.complaint == "registered"
    assert (
        told(f"{lodged}\n2026-05-09 authority-registered\n2026-05-20 authority-decided").dispute.complaint == "decided"
    )
    assert told(f"{SENT}\n2026-05-20 authority-decided").dispute.complaint == ""


def test_what_the_authority_decided_last_counts() -> None:
    lodged = f"{SENT}\n2026-05-01 complained"
    first = f"{lodged}\n2026-05-20 authority-decided outcome=inadmissible measure=no-measure"
    assert (told(first).dispute.decision, told(first).dispute.measure) == ("inadmissible", "no-measure")
    both = f"{first}\n2026-05-28 authority-decided outcome=upheld measure=fine fine=500_EUR"
    assert (told(both).dispute.decision, told(both).dispute.measure) == ("upheld", "fine")
    assert told(f"{SENT}\n2026-05-20 authority-decided outcome=upheld").dispute.decision == ""


def test_an_answer_whose_day_nobody_knows_came_between_two_days() -> None:
    before = f"{SENT}\n2026-04-20 member-reported came=nothing"
    told_late = told(f"{before}\n2026-05-02 no-data by=member noted=2026-05-02")
    assert (told_late.course.since, told_late.course.final) == (dt.date(2026, 4, 20), dt.date(2026, 5, 2))
    assert told(f"{before}\n2026-04-28 no-data by=member noted=2026-05-02").course.since is None
    assert told(f"{SENT}\n2026-05-02 no-data source=message noted=2026-05-02").course.since is None


def test_what_rests_on_the_machine_alone() -> None:
    events = f"{SENT}\n2026-03-06 identity-demanded source=message evidence=m1\n2026-03-20 refused source=message evidence=m2"
    assert told(events).course.machine == {"answer", "first", "identity"}
    assert told(events, by_person={"m2"}).course.machine == {"first", "identity"}
    assert told(events, by_person={"m1", "m2"}).course.machine == set()
    assert told(f"{events}\n2026-03-21 identity-demanded").course.machine == {"answer", "first"}


def test_on_time_is_by_the_legal_calendar_in_its_kindest_reading() -> None:
    """Sent on 2 March, taken as received on the 5th at the latest: the month ends on Sunday 5 April, rolls over Easter."""
    assert is_on_time(told(f"{SENT}\n2026-04-07 no-data source=message"))
    assert not is_on_time(told(f"{SENT}\n2026-04-08 no-data source=message"))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("a copy of your passport or ID card", "document"),
        ("une copie de votre carte d'identité", "document"),
        ("eine beglaubigte Abschrift", "certified"),
        ("per Post-Ident", "online"),
        ("Ihr Schreiben ist nicht unterschrieben", "signature"),
        ("votre date de naissance", "details"),
        ("Wir können Sie nicht zuordnen.", "unspecified"),
    ],
)
def test_which_proof_is_demanded(words, kind) -> None:
    assert demanded.proof(words) == kind


@pytest.mark.parametrize(
    ("media", "name", "layouts", "form"),
    [
        ("application/json", "export", (), "json"),
        ("application/octet-stream", "AUSKUNFT.CSV", (), "table"),
        ("application/zip", "takeout.zip", (), "archive"),
        ("application/zip", "takeout.zip", ("json", "csv"), "json"),
        ("application/zip", "takeout.zip", ("pdf",), "pdf"),
        ("image/jpeg", "scan.jpg", (), "picture"),
        ("text/html", "page", (), "text"),
        ("application/octet-stream", "blob", (), "unknown"),
    ],
)
def test_the_form_of_a_document(media, name, layouts, form) -> None:
    assert forms.of_document(media, name, layouts) == form


@given(st.lists(st.sampled_from(forms.FORMS), min_size=1))
def test_the_best_form_comes_first(drawn) -> None:
    assert forms.best(drawn) == min(drawn, key=forms.FORMS.index)
