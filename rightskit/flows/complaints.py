"""Complaints to the authorities: ready, allowed by the member, asked for by a person, and one before many.

Art. 77 GDPR gives the right to complain to the person alone. So a complaint leaves only with the member's recorded yes
and an organiser's, who names the controller. Before many are filed, one lead case tells what the authority thinks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign.plan import choose_language
from rightskit.cases.assent import COMPLAINT
from rightskit.cases.history import standing
from rightskit.cases.model import Delivery, EventKind, NextStep
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import assent, evidence, followup, letters
from rightskit.flows.dispatch import Draft
from rightskit.flows.followup import Context, Due, day_of
from rightskit.flows.workspace import library_for
from rightskit.registry.authority import competent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rightskit.flows.status import Case
    from rightskit.rendering.library import Library

MASS = 3
"""From so many complaints about one controller on, a lead case is offered first."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A complaint that could be written today.

    Attributes:
        due: the letter to the authority, and why this one is competent.
        authorised: whether the member has said yes to it as it stands.
    """

    case: Case
    due: Due
    authorised: bool


@dataclass(frozen=True, slots=True)
class Found:
    """All about a campaign's complaints.

    Attributes:
        ready: those that were not written before.
        nowhere: references for which no known authority is competent.
        filed: controller -> its requests about which a complaint was lodged.
    """

    ready: tuple[Ready, ...]
    nowhere: tuple[str, ...]
    filed: dict[str, list[Case]]


def found(known: Context) -> Found:
    """What there is to complain about, and what was complained about."""
    library = library_for(known.workspace.folder)
    ready: list[Ready] = []
    nowhere: list[str] = []
    filed: dict[str, list[Case]] = {}
    for case in known.cases:
        if _lodged(case) or known.begun.get((case.request.reference, "complaint"), "intended") != "intended":
            filed.setdefault(case.request.controller, []).append(case)
        elif case.status.next is NextStep.COMPLAIN:
            complaint = _complaint(known, case)
            if complaint is None:
                nowhere.append(case.request.reference)
            else:
                ready.append(Ready(case, complaint, _is_authorised(case, complaint, library)))
    return Found(tuple(ready), tuple(nowhere), filed)


def chosen(about: Found, named: Collection[str], *, lead: bool, every: bool) -> list[Due]:
    """The complaints that a person has said yes to, by the controllers' names.

    Args:
        about: all there are.
        named: ids of the controllers.
        lead: one for each, the one with the best evidence.
        every: all, however many.

    Raises:
        NotFoundError: there is no complaint about one of them.
        RefusedError: there are many, and nobody said whether one should lead.
    """
    picked: list[Due] = []
    for name in dict.fromkeys(named):
        ready = [one for one in about.ready if one.case.request.controller == name]
        if not ready and name not in about.filed:
            raise NotFoundError(f"No complaint about {name} is ready.", "See: rightskit due")
        allowed = sorted((one for one in ready if one.authorised), key=_strength)
        if len(allowed) >= MASS and not lead and not every:
            raise RefusedError(_many(name, allowed, about.filed.get(name, [])), _offer(name))
        picked += [one.due for one in (allowed[:1] if lead else allowed)]
    return picked


def waiting(about: Found) -> Counter[str]:
    """Controller -> complaints that wait for the members' word."""
    return Counter(one.case.request.controller for one in about.ready if not one.authorised)


def _is_authorised(case: Case, due: Due, library: Library) -> bool:
    return not assent.gap(case.events, COMPLAINT, due.draft.order, library)


def _lodged(case: Case) -> bool:
    return any(event.kind is EventKind.COMPLAINED for event in standing(case.events))


def _strength(one: Ready) -> tuple[bool, dt.date, str]:
    """The best lead first: proven receipt, then the longest silence."""
    limit = one.case.status.deadline
    last = (limit.latest if limit else None) or dt.date.max
    return one.case.status.delivery is not Delivery.RECEIVED, last, one.case.request.reference


def _many(name: str, allowed: Sequence[Ready], filed: Sequence[Case]) -> str:
    if not filed:
        return f"{len(allowed)} complaints about {name} are ready, and none was lodged yet."
    decided = sum(any(event.kind is EventKind.AUTHORITY_DECIDED for event in case.events) for case in filed)
    done = f"{decided} of them decided" if decided else "none of them decided yet"
    return f"{len(allowed)} complaints about {name} are ready; {len(filed)} were lodged, {done}."


def _offer(name: str) -> str:
    return (
        f"A lead case tells what the authority thinks before many are filed: rightskit followup --complaints {name} "
        f"--lead (or all of them at once: --all)"
    )


def _complaint(known: Context, case: Case) -> Due | None:
    """To the authority of the member's residence first, as Art. 77(1) allows; None where none is competent."""
    space, request = known.workspace, case.request
    controller, member = space.controller(request.controller), known.people[request.member]
    competences = competent(
        space.registry,
        member_country=member.country or controller.country,
        member_postal_code=member.postal_code,
        controller=controller,
    )
    if not competences:
        return None
    authority = competences[0].authority
    language = choose_language("controller", authority.languages, request.language, known.complaint_languages)
    fields = _fields(case, controller.name, controller.address, language)
    plain = followup.order(known, case, "complaint", fields)
    order = replace(plain, language=language, recipient=letters.authority_party(authority))
    draft = Draft(order, controller.id, authority.country)
    channel = "kit" if request.alone else "email" if authority.email else "post"
    return Due(draft, channel, competences[0].reason)


def _fields(case: Case, name: str, address: Iterable[str], language: str) -> dict[str, object]:
    limit = case.status.deadline
    reminded = day_of(case, EventKind.REMINDED)
    return {
        "controller_name": name,
        "controller_address": list(address),
        "request_title": texts.text(language, f"right.{case.request.right}"),
        "article_of_request": case.request.right.article,
        "sent_on": day_of(case, EventKind.SENT),
        "due_on": (limit.latest or limit.earliest) if limit else None,
        "events": evidence.timeline(case.events, language, {}),
        **({"reminded_on": reminded} if reminded else {}),
    }
