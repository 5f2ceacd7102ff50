"""``report``: the campaign as one page that may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.history import standing
from rightskit.cases.model import Clock, Delivery, EventKind
from rightskit.delivery import folder as folders
from rightskit.errors import WrongUsageError
from rightskit.flows import pool, status
from rightskit.rendering.page import page
from rightskit.rendering.paper import paper
from rightskit.reports.build import build
from rightskit.reports.model import CaseRow
from rightskit.vault import disclosures, outgoing

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from rightskit.cases.model import Event
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.model import Report

LANGUAGES = ("de", "fr", "en")
"""Languages for which the catalogues have the words of a report."""

_HUMAN = frozenset(
    {
        EventKind.ACKNOWLEDGED,
        EventKind.IDENTITY_DEMANDED,
        EventKind.MANDATE_DEMANDED,
        EventKind.CLARIFICATION_DEMANDED,
        EventKind.FEE_DEMANDED,
        EventKind.EXTENDED,
        EventKind.REDIRECTED,
        EventKind.ANSWER_ANNOUNCED,
    }
)
"""Answers of a person that do not end the controller's time; a machine's receipt is none."""

_FINAL = frozenset(
    {
        EventKind.DATA_RECEIVED,
        EventKind.NO_DATA,
        EventKind.REFUSED,
        EventKind.PARTLY_GRANTED,
        EventKind.CONFIRMED,
    }
)
"""Answers in substance."""


def report(workspace: Workspace, language: str, target: Path, *, on_paper: bool = False) -> None:
    """Write the page; it holds counts of distinct members alone, with small groups hidden.

    Args:
        workspace: of the campaign.
        language: one of :data:`LANGUAGES`.
        target: the file.
        on_paper: write a PDF instead of HTML.

    Raises:
        WrongUsageError: there are no words for a report in that language.
    """
    values = {"report": figures(workspace, language)}
    raw = paper("report.html", language, values) if on_paper else page("report.html", language, values).encode()
    folders.write(target, raw)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "report", workspace.now)


def figures(workspace: Workspace, language: str) -> Report:
    """What the page says.

    Raises:
        WrongUsageError: there are no words for a report in that language.
    """
    if language not in LANGUAGES:
        raise WrongUsageError(f"There is no report in {language!r}.", f"Choose one of {', '.join(LANGUAGES)}.")
    campaign = workspace.campaign
    return build(
        campaign.title,
        campaign.organiser.name,
        rows(workspace),
        pool.pool(workspace),
        today=workspace.today,
        language=language,
        threshold=campaign.threshold,
    )


def rows(workspace: Workspace) -> list[CaseRow]:
    """One per planned request."""
    with workspace.vault.read() as connection:
        read = {reference for reference, outcome, _ in disclosures.outcomes(connection) if outcome == "read"}
    pooled = pool.consents(workspace)
    return [_row(workspace, case, read, pooled) for case in status.cases(workspace)]


def _row(workspace: Workspace, case: Case, read: set[str], pooled: set[str]) -> CaseRow:
    facts, request = case.status, case.request
    events = standing(case.events)
    kinds = {event.kind for event in events}
    final = _first(events, _FINAL)
    limit = facts.deadline.latest if facts.deadline else None
    readable = request.reference in read
    return CaseRow(
        member=request.member,
        controller=workspace.controller(request.controller).name,
        right=request.right,
        sent=_first(events, {EventKind.SENT}),
        received=facts.delivery is Delivery.RECEIVED,
        bounced=facts.delivery is Delivery.BOUNCED,
        first_answer=_first(events, _HUMAN | _FINAL),
        final=final,
        outcome=facts.answer,
        identity_demanded=EventKind.IDENTITY_DEMANDED in kinds,
        extended=EventKind.EXTENDED in kinds,
        overdue=facts.clock is Clock.OVERDUE,
        late=bool(final and limit and final > limit),
        reminded=EventKind.REMINDED in kinds,
        complained=EventKind.COMPLAINED in kinds,
        readable=readable,
        pooled=readable and request.member in pooled,
    )


def _first(events: tuple[Event, ...], kinds: frozenset[EventKind] | set[EventKind]) -> dt.date | None:
    return min((event.happened for event in events if event.kind in kinds), default=None)
