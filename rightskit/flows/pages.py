"""What all published pages are made with: words in a language, a place, and the ledger before anybody can see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders
from rightskit.errors import WrongUsageError
from rightskit.flows import publish
from rightskit.flows.progress import Steps, silent
from rightskit.rendering.page import page
from rightskit.rendering.paper import paper
from rightskit.reports.codebook import LANGUAGES
from rightskit.reports.quality import Audit
from rightskit.vault import answers, outgoing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rightskit.flows.progress import Track
    from rightskit.flows.publish import Publication
    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in a file of its own.

    Attributes:
        kind: as the ledger calls it, and its template.
        language: one of ``de``, ``fr``, ``en``.
        target: the file.
        on_paper: a PDF instead of HTML.
    """

    kind: str
    language: str
    target: Path
    on_paper: bool

    def written(self, values: Mapping[str, object]) -> bytes:
        """The file's content."""
        template = f"{self.kind}.html"
        if self.on_paper:
            return paper(template, self.language, values)
        return page(template, self.language, values).encode()


def write(
    workspace: Workspace,
    sheet: Sheet,
    values: Callable[[Publication], Mapping[str, object]],
    *,
    pooled: bool = False,
    track: Track = silent,
) -> Publication:
    """Write a page beside its place, then into the ledger, then into its place; give what it was made from.

    Args:
        workspace: of the campaign.
        sheet: the page.
        values: of its template, from what may be published.
        pooled: whether it shows the pool's tables.
        track: counts the steps.
    """
    sheet.target.parent.mkdir(parents=True, exist_ok=True)
    steps = Steps(track, f"steps of the {sheet.kind}", publish.STEPS + 3)
    with publish.publication(workspace, steps, pooled=pooled, track=track) as found:
        steps.begin()
        told = values(found)
        steps.begin()
        raw = sheet.written(told)
        steps.begin()
        with folders.writing(sheet.target, raw):
            publish.enter(workspace, found, sheet.kind, raw)
    keep_in_mind(workspace, sheet.target)
    return found


def keep_in_mind(workspace: Workspace, target: Path) -> None:
    """Keep where a page or a folder of pages lies, for who cleans up or is asked what was published."""
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "report", workspace.now)


def audit(workspace: Workspace) -> Audit:
    """How often the program errs, as persons found."""
    with workspace.vault.read() as connection:
        return Audit(*answers.audit(connection))


def check_language(language: str, what: str = "report") -> None:
    """See that there are words for what is to be written.

    Raises:
        WrongUsageError: there are none in that language.
    """
    if language not in LANGUAGES:
        raise WrongUsageError(f"There is no {what} in {language!r}.", f"Choose one of {', '.join(LANGUAGES)}.")
