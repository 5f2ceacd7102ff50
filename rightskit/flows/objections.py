"""Letters under Art. 21(1) GDPR that wait for their members' yes, or that members do not want to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.assent import OBJECTION
from rightskit.flows.workspace import library_for
from rightskit.vault import membership, outgoing, requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.model import LetterOrder


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that could leave today, but for its member's word.

    Attributes:
        declined: whether they said no to it as it stands.
    """

    case: Case
    order: LetterOrder
    declined: bool


def held(workspace: Workspace) -> list[Held]:
    """The letters that wait, first ones and those that are to leave again."""
    library = library_for(workspace.folder)
    with workspace.vault.read() as connection:
        used = requests.letters(connection)
    if not any(library.template(*pair).objects for pair in used):
        return []
    from rightskit.flows import assent  # noqa: PLC0415 (heavy: only where such a letter is used)

    found = []
    for case, order in _own(workspace):
        if assent.matter(order, library) is OBJECTION and (gap := assent.gap(case.events, OBJECTION, order, library)):
            found.append(Held(case, order, declined=gap == assent.DECLINED))
    return found


def _own(workspace: Workspace) -> Iterator[tuple[Case, LetterOrder]]:
    """The requests' own letters that have not left, or came back and are to leave again."""
    from rightskit.flows import followup, letters  # noqa: PLC0415 (likewise)

    known, writer = followup.context(workspace), letters.writer(workspace)
    with workspace.vault.read() as connection:
        states, barred = outgoing.states(connection), membership.barred(connection)
    again = {one.draft.order.reference: one.draft.order for one in followup.due(known) if one.again}
    for case in known.cases:
        request = case.request
        if request.reference in barred:
            continue
        if request.reference in again:
            yield case, again[request.reference]
        elif states.get((request.reference, request.letter), "intended") == "intended":
            controller = workspace.controller(request.controller)
            yield case, writer.order(request, known.people[request.member], controller)
