"""Under which requests a reply is filed, and who counts as its sender."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from rightskit.campaign.reference import with_check
from rightskit.cases.matching import match
from rightskit.cases.sender import is_proven
from rightskit.mailbox.model import Attachment, DeliveryReport, Reply

ONE = with_check("0000001")
TWO = with_check("ABCDEFG")
STRANGE = with_check("7777777")  # well formed, but of no campaign
PLAIN = Reply("m1", "<r@bureau.example>", (), None, "dsb@bureau.example", "", (), "Your letter", "Dear Madam")


@dataclass
class Known:
    """A campaign with two requests."""

    letters: dict[str, str] = field(default_factory=lambda: {"<one@rightskit.example>": ONE})
    named: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    tickets: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def request_of_message_id(self, message_id: str) -> str | None:
        return self.letters.get(message_id)

    def knows(self, reference: str) -> bool:
        return reference in {ONE, TWO}

    def requests_of_ticket(self, sender: str, ticket: str) -> tuple[str, ...]:
        return self.tickets.get((sender, ticket), ())

    def requests_by_sender_and_name(self, sender: str, text: str) -> tuple[str, ...]:
        return next((found for (s, name), found in self.named.items() if s == sender and name in text), ())


def found(reply: Reply, index: Known | None = None, **more: object) -> list[tuple[str, str]]:
    return [(one.reference, one.evidence) for one in match(reply, index or Known(), **more)]


def test_in_reply_to_names_the_letter() -> None:
    (one,) = match(replace(PLAIN, in_reply_to=("<other@x.example>", "<one@rightskit.example>")), Known())
    assert (one.reference, one.outbound_message_id, one.evidence) == (ONE, "<one@rightskit.example>", "in-reply-to")
    assert one.files


def test_a_delivery_report_names_the_letter_in_its_report_or_in_the_headers_it_returns() -> None:
    report = DeliveryReport("failed", "5.1.1", "x@bureau.example", "<one@rightskit.example>")
    assert found(replace(PLAIN, reports=(report,))) == [(ONE, "original message-id in DSN")]
    returned = "From: a@b.example\nMessage-ID:\n <one@rightskit.example>\nSubject: Access\n\nDear Sir"
    assert found(replace(PLAIN, original=returned)) == [(ONE, "original message-id in DSN")]


@pytest.mark.parametrize(
    ("reply", "evidence"),
    [
        (replace(PLAIN, recipients=(f"me+{ONE.lower()}@org.example",)), "plus-address"),
        (replace(PLAIN, subject=f"Re: Access [{ONE}]"), "reference in subject"),
        (replace(PLAIN, text=f"concerning {ONE.replace('-', ' ').lower()}: we write"), "reference in body"),
        (replace(PLAIN, text=f"concerning {ONE[:7]}\n{ONE[7:].replace('0', 'O')}"), "reference in body"),
        (
            replace(PLAIN, attachments=(Attachment(f"answer_{ONE}.pdf", "application/pdf", b""),)),
            "reference in attachment name",
        ),
        (replace(PLAIN, original=f"Subject: Access {ONE}\n\n"), "quoted letter"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_reference_is_found_where_it_stands(reply: Reply, evidence: str) -> None:
    assert found(reply) == [(ONE, evidence)]


def test_a_reference_in_the_text_of_an_attachment_counts_where_the_mail_names_none() -> None:
    assert found(PLAIN, attachment_texts=lambda _: [f"Ref. {TWO}"]) == [(TWO, "reference in attachment text")]
    named = replace(PLAIN, subject=ONE)
    assert found(named, attachment_texts=lambda _: [f"Ref. {TWO}"]) == [(ONE, "reference in subject")]


def test_a_ticket_number_of_one_request_files() -> None:
    reply = replace(PLAIN, subject="Re: [Ticket#2026030310000123] Ihre Anfrage")
    key = ("dsb@bureau.example", "2026030310000123")
    assert found(reply, Known(tickets={key: (TWO,)})) == [(TWO, "ticket number")]
    assert found(reply, Known(tickets={key: (ONE, TWO)})) == []


def test_the_strongest_evidence_is_kept_and_several_requests_are_all_matched() -> None:
    reply = replace(PLAIN, subject=f"{ONE} and {TWO}", text=ONE, in_reply_to=("<one@rightskit.example>",))
    assert found(reply) == [(ONE, "in-reply-to"), (TWO, "reference in subject")]


def test_a_foreign_or_mistyped_reference_matches_nothing() -> None:
    wrong = ONE[:-1] + ("2" if ONE[-1] != "2" else "3")
    assert found(replace(PLAIN, subject=STRANGE, text=wrong)) == []


def test_sender_and_name_file_only_where_one_request_fits() -> None:
    reply = replace(PLAIN, text="Dear Ms Ada Example, we hold nothing about you.")
    one = Known(named={("dsb@bureau.example", "Ada Example"): (ONE,)})
    assert [(m.reference, m.evidence, m.files) for m in match(reply, one)] == [(ONE, "sender domain and name", True)]
    two = Known(named={("dsb@bureau.example", "Ada Example"): (ONE, TWO)})
    assert [(m.reference, m.files) for m in match(reply, two)] == [(ONE, False), (TWO, False)]


def test_better_evidence_silences_the_weak_one() -> None:
    index = Known(named={("dsb@bureau.example", "Ada Example"): (TWO,)})
    assert found(replace(PLAIN, subject=ONE, text="Ada Example"), index) == [(ONE, "reference in subject")]


@pytest.mark.parametrize(
    ("sender", "domains", "authenticated", "expected"),
    [
        ("dsb@bureau.example", ["bureau.example"], (), True),
        ("dsb@mail.bureau.example", ["Bureau.Example."], (), True),
        ("dsb@evilbureau.example", ["bureau.example"], (), False),
        ("dsb@bureau.example.evil.example", ["bureau.example"], (), False),
        ("dsb@bureau.example", ["bureau.example"], ("bureau.example",), True),
        ("dsb@bureau.example", ["bureau.example"], ("mail.bureau.example",), True),
        ("dsb@bureau.example", ["bureau.example"], ("evil.example",), False),
        ("dsb@bureau.example", [], (), False),
        ("dsb@bureau.example", ["example"], (), False),
        ("anyone@gmail.com", ["gmail.com"], (), False),
        ("dsb@xn--mller-kva.example", ["müller.example"], (), True),
        ("dsb", ["bureau.example"], (), False),
        ("", ["bureau.example"], (), False),
    ],
)
def test_a_sender_is_proven_by_its_domain(
    sender: str,
    domains: list[str],
    authenticated: tuple[str, ...],
    expected: bool,  # noqa: FBT001 (parametrised)
) -> None:
    assert is_proven(replace(PLAIN, sender=sender, authenticated=authenticated), domains) is expected


def test_a_known_address_proves_itself_even_where_anyone_can_have_one() -> None:
    reply = replace(PLAIN, sender="small.bureau@gmail.com")
    assert is_proven(reply, ["gmail.com"], ["Small.Bureau@gmail.com"])
    assert is_proven(replace(reply, authenticated=("gmail.com",)), [], ["small.bureau@gmail.com"])
    assert not is_proven(replace(reply, authenticated=("evil.example",)), [], ["small.bureau@gmail.com"])
    assert not is_proven(replace(reply, sender="other@gmail.com"), ["gmail.com"], ["small.bureau@gmail.com"])
