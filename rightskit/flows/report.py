"""``report``: the campaign as one page that may be published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.errors import RefusedError
from rightskit.flows import pages, randomise
from rightskit.flows.progress import silent
from rightskit.reports.build import build
from rightskit.reports.funnels import NO_FUNNELS, funnels
from rightskit.reports.microdata import microdata
from rightskit.vault import statements

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.flows.progress import Track
    from rightskit.flows.publish import Publication
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.funnels import Funnels
    from rightskit.reports.model import Report
    from rightskit.vault.statements import Statement


_FOR_ALL = 0o644
"""The mode of the page: it may be published, and a web server must be able to read it wherever it is copied."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a page counts as an earlier one did, because too few took the same step since: requests, and members."""

    requests: int
    members: int


def report(
    workspace: Workspace, language: str, target: Path, *, on_paper: bool = False, track: Track = silent
) -> Waiting:
    """Write the page; it holds counts of distinct members alone, with small groups hidden.

    Args:
        workspace: of the campaign.
        language: de, fr or en.
        target: the file.
        on_paper: write a PDF instead of HTML.
        track: counts the steps.

    Returns:
        How much it counts as an earlier page did.

    Raises:
        WrongUsageError: there are no words for a report in that language.
    """
    pages.check_language(language)
    sheet = pages.Sheet("report", language, target, on_paper)
    found = pages.write(
        workspace, sheet, lambda found: {"report": figures(workspace, language, found)}, pooled=True, track=track
    )
    target.chmod(_FOR_ALL)
    return Waiting(found.waiting, found.members_waiting)


def figures(workspace: Workspace, language: str, found: Publication) -> Report:
    """What the page says."""
    campaign = workspace.campaign
    return build(
        campaign.title,
        campaign.organiser.name,
        found.rows,
        found.pool,
        today=workspace.today,
        language=language,
        threshold=campaign.threshold,
        said=_said(workspace),
        drawn=randomise.told_of(workspace, language),
        audit=pages.audit(workspace),
        members=found.members,
        lines=_lines(workspace, found),
    )


def _lines(workspace: Workspace, found: Publication) -> Funnels:
    """For each controller and right; none where too few members take part."""
    least = workspace.campaign.threshold
    try:
        data = microdata(found.rows, today=workspace.today, threshold=least, name=str)
    except RefusedError:
        return NO_FUNNELS
    return funnels(found.rows, data, least).told


def _said(workspace: Workspace) -> tuple[tuple[str, Statement], ...]:
    """The controllers' names with what they said, the earliest first."""
    with workspace.vault.read() as connection:
        found = statements.said(connection)
    return tuple((workspace.controller(one.controller).name, one) for one in found)
