"""The rows of a campaign, of which report, barometer, dossier and export make their figures."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rightskit.cases.history import standing
from rightskit.classification.model import ReplyKind
from rightskit.flows import pool, status
from rightskit.flows.recipes import known_recipes
from rightskit.reports import forms
from rightskit.reports.rows import NO_ANSWER, Answer, Seen, row
from rightskit.vault import answers, trials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.flows.workspace import Workspace
    from rightskit.reports.caserow import CaseRow
    from rightskit.vault.answers import Returned

_ART15 = "art15-"
_DEMANDING = frozenset({ReplyKind.IDENTITY_DEMAND.value, ReplyKind.WRONG_CHANNEL.value})


def rows(workspace: Workspace) -> list[CaseRow]:
    """One row for each request, in the order of planning, as they stand on the day of the command."""
    came, agreed = _answers(workspace), pool.consents(workspace)
    with workspace.vault.read() as connection:
        seen = Seen(answers.looked_at(connection), answers.words(connection, _DEMANDING))
        arms, halves = trials.arms(connection), trials.halves(connection)
    return [
        row(
            case.request,
            workspace.controller(case.request.controller),
            standing(case.events),
            case.status,
            answer=came.get(case.request.reference, NO_ANSWER),
            seen=seen,
            agreed=case.request.member in agreed,
            arm=arms.get(case.request.reference, ""),
            order=halves.get(case.request.reference, ""),
        )
        for case in status.cases(workspace)
    ]


def _answers(workspace: Workspace) -> dict[str, Answer]:
    """Reference → what came back."""
    layouts = {one.name: [layout.format for layout in one.layouts] for one in known_recipes(workspace.folder)}
    with workspace.vault.read() as connection:
        documents = answers.returned(connection)
        items = answers.spoken_of(connection, [one.id for one in documents if one.recipe.startswith(_ART15)])
    found: dict[str, list[Returned]] = defaultdict(list)
    for one in documents:
        found[one.reference].append(one)
    return {reference: _answer(of_one, layouts, items) for reference, of_one in found.items()}


def _answer(
    documents: Sequence[Returned], layouts: Mapping[str, Sequence[str]], items: Mapping[str, set[str]]
) -> Answer:
    general = [one.id for one in documents if one.recipe.startswith(_ART15)]
    spoken_of = frozenset(name.removeprefix(_ART15) for one in general for name in items.get(one, ()))
    return Answer(
        forms=tuple(forms.of_document(one.media_type, one.name, layouts.get(one.recipe, ())) for one in documents),
        items=spoken_of if general else None,
        read=any(one.outcome == "read" for one in documents),
    )
