"""``followup``: reminders, answers to demands for identity, and complaints that are due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign.plan import choose_language
from rightskit.cases.model import Clock, EventKind, NextStep
from rightskit.flows import letters, status
from rightskit.flows.dispatch import CHANNELS, Draft
from rightskit.flows.workspace import library_for
from rightskit.registry.authority import competent
from rightskit.vault import members, outgoing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from rightskit.campaign.model import Member, Request
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.model import LetterOrder

STEPS = {
    NextStep.REMIND: "reminder",
    NextStep.ANSWER_IDENTITY: "answer-identity",
    NextStep.COMPLAIN: "complaint",
}
"""What follows from a request's next step."""


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that is due.

    Attributes:
        channel: ``email`` or ``post``; ``kit`` where the member sends it.
        reason: why now, for a person.
    """

    draft: Draft
    channel: str
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """What every follow-up of a campaign is made from."""

    workspace: Workspace
    people: Mapping[str, Member]
    first_letters: Mapping[tuple[str, str], str]
    complaint_languages: list[str]


def due(workspace: Workspace) -> list[Due]:
    """All follow-ups that are due today and were not written before."""
    with workspace.vault.read() as connection:
        people = {member.member: member for member in members.all_members(connection)}
        written = {key: mid for mid, key in outgoing.message_ids(connection).items()}
        begun = outgoing.states(connection)
    languages = library_for(workspace.folder).languages().get("complaint", [])
    context = Context(workspace, people, written, sorted(languages, key=lambda language: language != "en"))
    wanted = [case for case in status.cases(workspace) if case.status.next in STEPS]
    fresh = [
        case
        for case in wanted
        if begun.get((case.request.reference, STEPS[case.status.next]), "intended") == "intended"
    ]
    return [found for case in fresh if (found := _due(context, case)) is not None]


def to_folder(found: list[Due], to: str) -> list[Draft]:
    """The drafts that leave through an outbox, on paper, or in kits."""
    return [one.draft for one in found if one.channel == CHANNELS[to]]


def _due(context: Context, case: Case) -> Due | None:
    step = case.status.next
    if step is NextStep.COMPLAIN:
        return _complaint(context, case)
    order = _order(context, case, STEPS[step], _fields(case, step))
    controller = context.workspace.controller(case.request.controller)
    thread = context.first_letters.get((case.request.reference, case.request.letter), "")
    reason = f"{case.status.clock}, due {case.status.due}" if step is NextStep.REMIND else "identity was demanded"
    return Due(Draft(order, controller.id, controller.country, thread), _channel(case.request), reason)


def _channel(request: Request) -> str:
    return "kit" if request.alone else request.channel


def _order(context: Context, case: Case, letter: str, fields: dict[str, object]) -> LetterOrder:
    space, request = context.workspace, case.request
    controller = space.controller(request.controller)
    member = context.people[request.member]
    return letters.order(request, member, controller, space.campaign, space.account, space.today, letter, fields)


def _fields(case: Case, step: NextStep) -> dict[str, object]:
    title = {"request_title": texts.text(case.request.language, f"right.{case.request.right}")}
    if step is NextStep.ANSWER_IDENTITY:
        return {**title, "demanded_on": _date_of(case, EventKind.IDENTITY_DEMANDED)}
    limit = case.status.deadline
    proven = _proven_receipt(case)
    return {
        **title,
        "sent_on": _date_of(case, EventKind.SENT),
        "due_on": limit.earliest if limit else None,
        **({"received_on": proven} if proven else {}),
        **({"extended": True} if case.status.clock is Clock.EXTENDED else {}),
    }


def _complaint(context: Context, case: Case) -> Due | None:
    """To the authority of the member's residence first, as Art. 77(1) allows; None where none is competent."""
    space, request = context.workspace, case.request
    controller = space.controller(request.controller)
    member = context.people[request.member]
    found = competent(
        space.registry,
        member_country=member.country or controller.country,
        member_postal_code=member.postal_code,
        controller=controller,
    )
    if not found:
        return None
    chosen = found[0]
    language = choose_language("controller", chosen.authority.languages, request.language, context.complaint_languages)
    limit = case.status.deadline
    reminded = _date_of(case, EventKind.REMINDED)
    fields: dict[str, object] = {
        "controller_name": controller.name,
        "controller_address": list(controller.address),
        "request_title": texts.text(language, f"right.{request.right}"),
        "article_of_request": request.right.article,
        "sent_on": _date_of(case, EventKind.SENT),
        "due_on": (limit.latest or limit.earliest) if limit else None,
        "events": _timeline(case, language),
        **({"reminded_on": reminded} if reminded else {}),
    }
    order = replace(
        _order(context, case, "complaint", fields),
        language=language,
        recipient=letters.authority_party(chosen.authority),
    )
    channel = "email" if chosen.authority.email else "post"
    draft = Draft(order, controller.id, chosen.authority.country)
    return Due(draft, "kit" if request.alone else channel, chosen.reason)


_TOLD = frozenset(EventKind) - {
    EventKind.PLANNED,
    EventKind.QUEUED,
    EventKind.NOTED,
    EventKind.MEMBER_ASKED,
    EventKind.MEMBER_REPORTED,
    EventKind.CORRECTED,
}
"""Events that an authority is told of; the others are the campaign's own affair."""


def _timeline(case: Case, language: str) -> list[dict[str, object]]:
    told = sorted((event for event in case.events if event.kind in _TOLD), key=lambda event: event.happened)
    return [
        {"date": event.happened, "text": texts.text(language, f"event.{event.kind.replace('-', '_')}")}
        for event in told
    ]


def _date_of(case: Case, kind: EventKind) -> dt.date | None:
    return next((event.happened for event in case.events if event.kind is kind), None)


def _proven_receipt(case: Case) -> dt.date | None:
    """The day of receipt where something proves it; a letter states no assumption as a fact."""
    return None if "receipt-assumed" in case.status.flags else case.status.received
