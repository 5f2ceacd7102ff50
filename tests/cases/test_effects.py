"""What each kind of reply becomes, as the table of the data model has it."""

from __future__ import annotations

import datetime as dt

import pytest

from rightskit.cases.effects import EFFECTS, events_of
from rightskit.cases.model import Event, EventKind
from rightskit.classification.model import Classification, ReplyKind
from rightskit.mailbox.model import DeliveryReport, Reply

NOTED = dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC)
REPORT = DeliveryReport("failed", "5.1.1", "info@example.com", "<a@example.org>")


def reply(subject: str = "", text: str = "", reports: tuple[DeliveryReport, ...] = ()) -> Reply:
    return Reply("m1", "<r@example.com>", (), None, "info@example.com", "", (), subject, text, reports=reports)


def effects(message: Reply, *kinds: ReplyKind, proven: bool = True) -> list[Event]:
    classified = Classification(kinds[0], kinds, 0.9, True, "en", ())
    day = dt.date(2026, 3, 5)
    return list(events_of(message, classified, reference="RK-0000-0000", happened=day, noted=NOTED, proven=proven))


@pytest.mark.parametrize(
    ("kind", "event", "detail"),
    [
        ("bounce", "bounced", {}),
        ("delay", "delayed", {}),
        ("acknowledgement", "acknowledged", {}),
        ("identity-demand", "identity-demanded", {}),
        ("mandate-demand", "mandate-demanded", {}),
        ("clarification-demand", "clarification-demanded", {}),
        ("fee-demand", "fee-demanded", {}),
        ("wrong-channel", "redirected", {"to": "channel"}),
        ("wrong-controller", "redirected", {"to": "controller"}),
        ("extension", "extended", {"reasons": "no"}),
        ("refusal", "refused", {}),
        ("no-data", "no-data", {}),
        ("data", "data-received", {}),
        ("data-link", "data-received", {"link": "yes"}),
        ("data-by-post", "answer-announced", {}),
        ("confirmed", "confirmed", {}),
        ("partial", "partly-granted", {}),
        ("other", "noted", {"kind": "other"}),
        ("auto-reply", "noted", {"kind": "auto-reply"}),
    ],
)
def test_a_kind_becomes_its_event(kind: str, event: str, detail: dict[str, str]) -> None:
    (made,) = effects(reply(), ReplyKind(kind))
    assert (made.kind, made.detail, made.source, made.evidence) == (event, detail, "message", "m1")
    assert (made.reference, made.happened, made.noted) == ("RK-0000-0000", dt.date(2026, 3, 5), NOTED)


def test_every_kind_has_an_effect() -> None:
    assert set(EFFECTS) == set(ReplyKind)


@pytest.mark.parametrize(
    ("subject", "text", "is_receipt"),
    [
        ("[Ticket#4711] Your message", "We have received your request.", True),
        ("Eingangsbestätigung", "Ihre Nachricht ist bei uns eingegangen. Vorgang 12345", True),
        ("Accusé de réception", "Nous avons bien reçu votre message.", True),
        ("Abwesenheitsnotiz", "Ich bin bis zum 12. März nicht im Büro. Ihre Mail ist eingegangen.", False),
        ("Out of office", "I have received your e-mail and will answer when I am back.", False),
        ("Absence du bureau", "Je suis en congé.", False),
        ("Hello", "Visit our web site.", False),
    ],
)
def test_a_ticket_receipt_proves_delivery_and_an_absence_nothing(subject: str, text: str, is_receipt: bool) -> None:  # noqa: FBT001 (parametrised)
    message = reply(subject, text)
    (made,) = effects(message, ReplyKind.AUTO_REPLY)
    assert made.kind is (EventKind.DELIVERED if is_receipt else EventKind.NOTED)


def test_an_unproven_sender_is_only_noted() -> None:
    for kind in ReplyKind:
        (made,) = effects(reply("Ticket 1", "received your request"), kind, proven=False)
        assert (made.kind, made.detail) == (EventKind.NOTED, {"proven": "no", "kind": kind.value})


def test_a_mail_servers_own_report_needs_no_other_proof() -> None:
    (made,) = effects(reply(reports=(REPORT,)), ReplyKind.BOUNCE, proven=False)
    assert made.kind is EventKind.BOUNCED
    (made,) = effects(reply(reports=(REPORT,)), ReplyKind.REFUSAL, proven=False)
    assert made.kind is EventKind.NOTED


def test_a_positive_report_proves_delivery() -> None:
    report = DeliveryReport("delivered", "2.0.0", "info@example.com", "<a@example.org>")
    (made,) = effects(reply(reports=(report,)), ReplyKind.OTHER)
    assert made.kind is EventKind.DELIVERED


def test_several_kinds_give_several_events_and_the_primary_one_comes_last() -> None:
    kinds = (ReplyKind.PARTIAL, ReplyKind.DATA, ReplyKind.IDENTITY_DEMAND, ReplyKind.ACKNOWLEDGEMENT)
    made = [event.kind for event in effects(reply(), *kinds)]
    assert made == [EventKind.IDENTITY_DEMANDED, EventKind.DATA_RECEIVED, EventKind.PARTLY_GRANTED]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Wir verlängern die Frist um zwei Monate.", {"reasons": "no"}),
        ("Wir verlängern die Frist um zwei Monate, weil uns sehr viele Anträge erreichen.", {}),
    ],
)
def test_an_extension_without_reasons_is_told_apart(text: str, detail: dict[str, str]) -> None:
    (made,) = effects(reply("Ihr Antrag", text), ReplyKind.EXTENSION)
    assert (made.kind, made.detail) == (EventKind.EXTENDED, detail)
