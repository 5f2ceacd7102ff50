"""``report``: the campaign as one page that may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.flows import pages, randomise
from rightskit.reports.build import build
from rightskit.vault import statements

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.flows.publish import Publication
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.model import Report
    from rightskit.vault.statements import Statement


def report(workspace: Workspace, language: str, target: Path, *, on_paper: bool = False) -> int:
    """Write the page; it holds counts of distinct members alone, with small groups hidden.

    Args:
        workspace: of the campaign.
        language: de, fr or en.
        target: the file.
        on_paper: write a PDF instead of HTML.

    Returns:
        How many requests it counts as an earlier page did, because too few took the same step since.

    Raises:
        WrongUsageError: there are no words for a report in that language.
    """
    pages.check_language(language)
    sheet = pages.Sheet("report", language, target, on_paper)
    found = pages.write(workspace, sheet, lambda found: {"report": figures(workspace, language, found)}, pooled=True)
    return found.waiting


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
    )


def _said(workspace: Workspace) -> tuple[tuple[str, Statement], ...]:
    """The controllers' names with what they said, the earliest first."""
    with workspace.vault.read() as connection:
        found = statements.said(connection)
    return tuple((workspace.controller(one.controller).name, one) for one in found)
