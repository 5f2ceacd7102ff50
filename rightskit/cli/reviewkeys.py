"""Keys of ``review`` for what is no controller's reply: an authority, a member's "yes, but", a mail that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from rightskit.cli import output

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.cases.model import EventKind
    from rightskit.cases.rulings import Ruling
    from rightskit.classification.authority_words import Proposal
    from rightskit.classification.model import ReplyKind
    from rightskit.flows.clues import Clues
    from rightskit.flows.replies import Kept
    from rightskit.flows.workspace import Workspace

_AUTHORITY, _NOTE, _BACK = "d", "y", "b"


def offered(clues: Clues) -> Mapping[str, str]:
    """Key -> what it says, beside the keys of every message."""
    if clues.members:
        return {_NOTE: "[y]es, but: keep it as the member's note"}
    if clues.complaint:
        return {_BACK: "[b]ack: the complaint did not arrive, and is written anew"}
    if clues.returned:
        return {_BACK: f"[b]ack: mail does not reach {clues.returned.member}"}
    return {} if clues.proven else {_AUTHORITY: "a [d]ata protection authority writes"}


def proposed(clues: Clues, kind: ReplyKind) -> str:
    """What the machine takes a message for."""
    if not clues.authority:
        return kind.value
    if clues.proposal is None:
        return f"a letter of {clues.authority}"
    words = ", ".join(filter(None, (clues.proposal.says, clues.proposal.outcome, clues.proposal.measure)))
    return f"{words} ({clues.authority})"


def because(clues: Clues) -> str:
    """The words that show what an authority says; empty where there are none."""
    return f"  because  {' '.join(clues.proposal.sentence.split())}" if clues.proposal else ""


def press(space: Workspace, kept: Kept, kind: ReplyKind, clues: Clues, key: str) -> None:
    """Do what one of these keys says, or accept what an authority seems to write."""
    from rightskit.flows import member_notes, unlodged, unreached

    if key == _NOTE:
        name = clues.members[0] if len(clues.members) == 1 else output.ask(f"Whose: {' or '.join(clues.members)}")
        output.say(
            f"A note of {member_notes.keep(space, kept.message.id, kind, name.strip().upper())}: "
            "nothing is allowed or refused by it. See: rightskit members show"
        )
    elif key == _BACK and clues.complaint:
        output.say(f"{unlodged.record(space, kept.message.id)}: not lodged. Write it anew: rightskit due")
    elif key == _BACK:
        output.say(f"{unreached.record(space, kept.message.id)} cannot be reached by mail. See: rightskit due")
    else:
        _authority(space, kept, clues, accept=key == "a")


def _authority(space: Workspace, kept: Kept, clues: Clues, *, accept: bool) -> None:
    from rightskit.cases.model import EventKind
    from rightskit.cases.rulings import NOTHING_TOLD
    from rightskit.flows import authorities

    proposal = clues.proposal
    kind = EventKind(proposal.says.value) if accept and proposal else _ask_kind()
    ruling = _ask_ruling(proposal) if kind is EventKind.AUTHORITY_DECIDED else NOTHING_TOLD
    number = _asked("Its file number, or nothing", clues.numbers[0] if clues.numbers else "")
    references = kept.likely or ask_requests(kept)
    events = authorities.record(space, kept.message.id, authorities.Written(kind, ruling, number), references)
    told = ", ".join(filter(None, (kind.value, ruling.outcome, ruling.measure, ruling.fine)))
    output.say(f"{told}: {', '.join(event.reference for event in events)}")
    tell_next(space, kind, [event.reference for event in events])


def tell_next(space: Workspace, kind: EventKind, references: Sequence[str]) -> None:
    """Say what follows from what an authority wrote."""
    from rightskit.cases.model import EventKind
    from rightskit.flows import status

    for reference in references:
        due = status.case(space, reference).status.due
        if kind is EventKind.AUTHORITY_ASKED:
            output.say(f"Answer it by hand, with the file number; then: rightskit log {reference} authority-answered")
        if kind is not EventKind.AUTHORITY_DECIDED and due:
            output.say(
                f"The authority must tell of {reference} by {due}; after that a court can be asked (Art. 78(2))."
            )


def _ask_kind() -> EventKind:
    from rightskit.flows.authorities import KINDS

    kinds = list(KINDS)
    for number, kind in enumerate(kinds, 1):
        output.say(f"  [{number}]  {kind.value}: {KINDS[kind]}")
    while True:
        key = str(typer.getchar())
        if key.isdecimal() and 0 < int(key) <= len(kinds):
            return kinds[int(key) - 1]


def _ask_ruling(proposal: Proposal | None) -> Ruling:
    from rightskit.cases.rulings import Measure, Outcome, Ruling

    outcome = _asked(f"How it ended ({', '.join(Outcome)})", proposal.outcome if proposal else "")
    measure = _asked(f"Towards the controller ({', '.join(Measure)}), or nothing", proposal.measure if proposal else "")
    fine = _asked("The fine, such as 5000 EUR, or nothing", "") if measure == Measure.FINE else ""
    return Ruling(outcome, measure, fine)


def _asked(question: str, default: str) -> str:
    return output.ask(question, default=default, show_default=bool(default)).strip()


def ask_requests(kept: Kept) -> list[str]:
    """References as typed; a number names a candidate of the list above."""
    named = [one.reference for one in kept.filings if one.reference]
    for number, reference in enumerate(named, 1):
        output.say(f"  {number}  {reference}")
    words = output.ask("Number, or RK-XXXX-XXXX, several with a space").split()
    return [named[int(word) - 1] if word.isdecimal() and 0 < int(word) <= len(named) else word for word in words]
