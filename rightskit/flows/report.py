"""``report``: the campaign as one page that may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders
from rightskit.errors import WrongUsageError
from rightskit.flows import publish, randomise
from rightskit.rendering.page import page
from rightskit.rendering.paper import paper
from rightskit.reports.build import build
from rightskit.reports.quality import Audit
from rightskit.vault import answers, outgoing, statements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rightskit.flows.publish import Publication
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.model import Report
    from rightskit.vault.statements import Statement

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
    with publish.publication(workspace, pooled=True) as found:
        values = {"report": figures(workspace, language, found)}
        raw = written("report.html", language, values, on_paper=on_paper)
        publish.enter(workspace, found, "report", raw)
        folders.write(target, raw)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "report", workspace.now)
    return found.waiting


def written(template: str, language: str, values: Mapping[str, object], *, on_paper: bool) -> bytes:
    """A page as HTML, or as PDF on A4."""
    return paper(template, language, values) if on_paper else page(template, language, values).encode()


def figures(workspace: Workspace, language: str, found: Publication) -> Report:
    """What the page says.

    Raises:
        WrongUsageError: there are no words for a report in that language.
    """
    check_language(language)
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
        more=randomise.sentences(workspace, language),
        audit=_audit(workspace),
    )


def _audit(workspace: Workspace) -> Audit:
    with workspace.vault.read() as connection:
        return Audit(*answers.audit(connection))


def _said(workspace: Workspace) -> tuple[tuple[str, Statement], ...]:
    """The controllers' names with what they said, the earliest first."""
    with workspace.vault.read() as connection:
        found = statements.said(connection)
    return tuple((workspace.controller(one.controller).name, one) for one in found)


def check_language(language: str) -> None:
    """See that there are words for a report.

    Raises:
        WrongUsageError: there are none in that language.
    """
    if language not in LANGUAGES:
        raise WrongUsageError(f"There is no report in {language!r}.", f"Choose one of {', '.join(LANGUAGES)}.")
