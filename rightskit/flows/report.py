"""``report``: the campaign as one page that may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders
from rightskit.errors import WrongUsageError
from rightskit.flows import publish
from rightskit.rendering.page import page
from rightskit.rendering.paper import paper
from rightskit.reports.build import build
from rightskit.vault import outgoing

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.flows.publish import Publication
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.model import Report

LANGUAGES = ("de", "fr", "en")
"""Languages for which the catalogues have the words of a report."""


def report(workspace: Workspace, language: str, target: Path, *, on_paper: bool = False) -> int:
    """Write the page; it holds counts of distinct members alone, with small groups hidden.

    Args:
        workspace: of the campaign.
        language: one of :data:`LANGUAGES`.
        target: the file.
        on_paper: write a PDF instead of HTML.

    Returns:
        How many requests it counts as an earlier page did, because too few took the same step since.

    Raises:
        WrongUsageError: there are no words for a report in that language.
    """
    with publish.publication(workspace) as found:
        values = {"report": figures(workspace, language, found)}
        raw = paper("report.html", language, values) if on_paper else page("report.html", language, values).encode()
        publish.enter(workspace, found, "report", raw)
        folders.write(target, raw)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "report", workspace.now)
    return found.waiting


def figures(workspace: Workspace, language: str, found: Publication) -> Report:
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
        found.rows,
        found.pool,
        today=workspace.today,
        language=language,
        threshold=campaign.threshold,
    )
