"""``followup``: reminders, answers to what a controller demands, and complaints that are due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign.plan import shows_original
from rightskit.cases.model import Clock, EventKind, NextStep
from rightskit.flows import letters, status
from rightskit.flows.dispatch import Draft
from rightskit.flows.nextletter import letter
from rightskit.flows.workspace import library_for
from rightskit.vault import members, outgoing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.campaign.model import Member
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.model import LetterOrder

_ANSWERED = {
    "answer-identity": (EventKind.IDENTITY_DEMANDED, "demanded_on", "proof of identity was demanded"),
    "answer-mandate": (EventKind.MANDATE_DEMANDED, "demanded_on", "the mandate was demanded"),
    "answer-clarification": (EventKind.CLARIFICATION_DEMANDED, "demanded_on", "a clarification was demanded"),
    "answer-fee": (EventKind.FEE_DEMANDED, "demanded_on", "money was demanded"),
    "answer-portal": (EventKind.REDIRECTED, "replied_on", "another channel was demanded"),
}
"""Letter -> the event that it answers, the field that names its day, and why the letter is due."""


_FREE = frozenset({"intended", "refused"})
"""States of a letter that did not leave: one that was refused leaves once its address is another."""


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that is due.

    Attributes:
        channel: ``email`` or ``post``; ``kit`` where the member sends it.
        reason: why now, for a person.
        again: whether it takes the place of a letter that came back.
    """

    draft: Draft
    channel: str
    reason: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What every follow-up of a campaign is made from.

    Attributes:
        cases: all requests, as they stand today.
        first_letters: reference and letter -> Message-ID.
        begun: reference and letter -> state.
        went_to: reference and letter -> mail address; empty on paper.
        complaint_languages: those in which there is a complaint, English first.
    """

    workspace: Workspace
    cases: Sequence[Case]
    people: Mapping[str, Member]
    first_letters: Mapping[tuple[str, str], str]
    begun: Mapping[tuple[str, str], str]
    went_to: Mapping[tuple[str, str], str]
    complaint_languages: list[str]


def context(workspace: Workspace) -> Context:
    """Read what follow-ups are made from."""
    with workspace.vault.read() as connection:
        people = members.by_id(connection)
        written = {key: mid for mid, key in outgoing.message_ids(connection).items()}
        begun, went_to = outgoing.states(connection), outgoing.recipients(connection)
    languages = library_for(workspace.folder).languages().get("complaint", [])
    cases = status.cases(workspace)
    return Context(workspace, cases, people, written, begun, went_to, sorted(languages, key=_not_english))


def _not_english(language: str) -> bool:
    return language != "en"


def due(known: Context) -> list[Due]:
    """The letters that are due today and were not written before; complaints.py has the complaints."""
    found: list[Due] = []
    for case in known.cases:
        name = letter(case)
        if case.status.next is NextStep.FIX_ADDRESS:
            found += filter(None, [_again(known, case)])
        elif name and name != "complaint" and fresh(known, case):
            found.append(_due(known, case, name))
    return found


def set_aside(workspace: Workspace, found: Iterable[Due]) -> None:
    """Make room for the letters that go out again, right before they are written."""
    with workspace.vault.write() as connection:
        for one in found:
            if one.again:
                outgoing.set_aside(connection, *one.draft.key)


def fresh(known: Context, case: Case) -> bool:
    """Whether the letter was not written before: each leaves once."""
    return known.begun.get((case.request.reference, letter(case)), "intended") in _FREE


def _again(known: Context, case: Case) -> Due | None:
    """The request's own letter once more: to an address that was mended, else on paper; None while there is neither."""
    request = case.request
    controller = known.workspace.controller(request.controller)
    member = known.people[request.member]
    before = known.went_to.get((request.reference, request.letter))
    if known.begun.get((request.reference, request.letter), "sent") not in {"sent", "intended", "refused"}:
        return None
    if request.channel == "email" and controller.email and controller.email != before:
        channel, reason = "email", "it came back; the record has another address now"
    elif controller.address and member.street and "post" not in controller.refuses and before != "":
        channel, reason = "post", "it came back; the post still reaches them"
    else:
        return None
    draft = Draft(order(known, case, "", {}, channel), controller.id, controller.country)
    return Due(draft, "kit" if request.alone else channel, reason, again=True)


def _due(known: Context, case: Case, name: str) -> Due:
    controller = known.workspace.controller(case.request.controller)
    thread = known.first_letters.get((case.request.reference, case.request.letter), "")
    channel = _channel(known, case, name)
    fields = _fields(case, name)
    draft = Draft(order(known, case, name, fields, channel), controller.id, controller.country, thread)
    return Due(draft, channel, _reason(case, name))


def _channel(known: Context, case: Case, name: str) -> str:
    """Where a copy of a mandate can be sent away (OLG Stuttgart 9 U 34/21), the original is shown, on paper."""
    request, space = case.request, known.workspace
    if request.alone:
        return "kit"
    asked = name == "answer-mandate" and request.way == "mandate"
    by_hand = asked and shows_original(space.controller(request.controller), space.campaign)
    return "post" if by_hand else request.channel


def _reason(case: Case, name: str) -> str:
    return _ANSWERED[name][2] if name in _ANSWERED else f"{case.status.clock}, due {case.status.due}"


def order(known: Context, case: Case, name: str, fields: dict[str, object], channel: str = "") -> LetterOrder:
    """What a follow-up is rendered from; ``channel`` is empty for the request's own."""
    space, request = known.workspace, case.request
    controller, member = space.controller(request.controller), known.people[request.member]
    return letters.writer(space).order(request, member, controller, letters.FollowUp(name, fields, channel))


def _fields(case: Case, name: str) -> dict[str, object]:
    known: dict[str, object] = {
        "request_title": texts.text(case.request.language, f"right.{case.request.right}"),
        "sent_on": day_of(case, EventKind.SENT),
    }
    if name in _ANSWERED:
        kind, field, _ = _ANSWERED[name]
        return {**known, field: _latest(case, kind)}
    limit = case.status.deadline
    proven = _proven_receipt(case)
    return {
        **known,
        "due_on": limit.earliest if limit else None,
        **({"received_on": proven} if proven else {}),
        **({"extended": True} if case.status.clock is Clock.EXTENDED else {}),
    }


def day_of(case: Case, kind: EventKind) -> dt.date | None:
    """The day of the first event of a kind."""
    return next((event.happened for event in case.events if event.kind is kind), None)


def _latest(case: Case, kind: EventKind) -> dt.date | None:
    return max((event.happened for event in case.events if event.kind is kind), default=None)


def _proven_receipt(case: Case) -> dt.date | None:
    """The day of receipt where something proves it; a letter states no assumption as a fact."""
    return None if "receipt-assumed" in case.status.flags else case.status.received
