"""What a person is offered where no evidence files a reply."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rightskit.campaign.reference import with_check
from rightskit.cases.candidates import candidates
from rightskit.cases.matching import CANDIDATE
from rightskit.mailbox.model import Reply

ONE, TWO, THREE = with_check("0000001"), with_check("ABCDEFG"), with_check("7777777")
PLAIN = Reply("m1", "<r@bureau.example>", (), None, "dsb@bureau.example", "", (), "Your letter", "Dear Madam")


@dataclass
class Clues:
    """Three requests; what else is known."""

    to_sender: tuple[str, ...] = ()
    tickets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    families: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def references(self) -> tuple[str, ...]:
        return ONE, TWO, THREE

    def requests_to_sender(self, sender: str) -> tuple[str, ...]:
        return self.to_sender

    def requests_of_ticket(self, sender: str, ticket: str) -> tuple[str, ...]:
        return self.tickets.get(ticket, ())

    def requests_by_sender_and_family_name(self, sender: str, text: str) -> tuple[str, ...]:
        return next((found for name, found in self.families.items() if name in text), ())

    def requests_by_name(self, text: str) -> tuple[str, ...]:
        return next((found for name, found in self.names.items() if name in text), ())


def found(reply: Reply, clues: Clues | None = None) -> list[tuple[str, str]]:
    return [(one.reference, one.evidence) for one in candidates(reply, clues or Clues())]


def test_a_mistyped_reference_is_offered_and_never_filed() -> None:
    wrong = TWO.replace("BC", "CB")
    (one,) = candidates(replace(PLAIN, text=f"Ihr Zeichen {wrong}"), Clues())
    assert (one.reference, one.evidence) == (TWO, "reference with a mistake")
    assert one.strength <= CANDIDATE
    assert not one.files
    assert found(replace(PLAIN, subject=f"Re: {THREE[:-1]}")) == [(THREE, "reference with a mistake")]
    assert found(replace(PLAIN, text="RK-ZZZZ-ZZZ2")) == []


def test_reasons_are_ranked_and_each_request_stands_once() -> None:
    clues = Clues((ONE,), {"4711000": (TWO, THREE)}, {"Example": (THREE, ONE)}, {"Ada Example": (ONE,)})
    reply = replace(PLAIN, subject="[#4711000]", text="Dear Ada Example")
    assert found(reply, clues) == [
        (TWO, "ticket number of several requests"),
        (THREE, "ticket number of several requests"),
        (ONE, "sender and family name"),
    ]


def test_one_request_to_a_sender_is_offered_and_two_are_not() -> None:
    assert found(PLAIN, Clues((ONE,))) == [(ONE, "the only request to this sender")]
    assert found(PLAIN, Clues((ONE, TWO))) == []


def test_five_are_enough() -> None:
    many = tuple(with_check(f"000000{number}") for number in range(9))
    assert len(found(replace(PLAIN, text="Ada Example"), Clues(names={"Ada": many}))) == 5
