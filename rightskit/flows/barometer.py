"""``report --barometer``: the ranking of controllers as a static site."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders
from rightskit.disclosures import release_files
from rightskit.errors import RefusedError
from rightskit.flows import pages, publish, release
from rightskit.flows.progress import Steps
from rightskit.rendering.page import page
from rightskit.reports import barometerdata
from rightskit.reports.barometer import LEAST_GRADES, Barometer, Published, places
from rightskit.reports.build import figures
from rightskit.reports.grading import CRITERIA, MARKS
from rightskit.reports.period import began
from rightskit.vault import statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rightskit.flows.progress import Track
    from rightskit.flows.publish import Publication
    from rightskit.flows.workspace import Workspace

INDEX = "index.html"
_FOR_ALL = 0o755
"""The mode of its folder: a web server must be able to read it wherever it is copied."""
_KNOWN_BY = f"data/{barometerdata.RANKING}.json"


def write(workspace: Workspace, language: str, folder: Path, track: Track) -> tuple[Barometer, int]:
    """Write the site: whole, or not at all. An earlier one in the folder makes way.

    Args:
        workspace: of the campaign.
        language: of the pages: de, fr or en.
        folder: of the site.
        track: shows how far the work is.

    Returns:
        What it says; and how many requests it counts as an earlier page did, because too few took the same step since.

    Raises:
        WrongUsageError: there are no words for it in that language.
        RefusedError: something else lies in the folder.
    """
    pages.check_language(language)
    target = folder.absolute()
    _check(target)
    steps = Steps(track, "steps to the figures", publish.STEPS + 1)
    with publish.publication(workspace, steps) as counted:
        steps.begin()
        found = barometer(workspace, language, counted)
        made = {**site(found, track), **barometerdata.files(found)}
        with _placed(target, made):
            publish.enter(workspace, counted, "barometer", "\n".join(release_files.checksums(made)).encode())
    pages.keep_in_mind(workspace, target)
    return found, counted.waiting


def barometer(workspace: Workspace, language: str, counted: Publication) -> Barometer:
    """The ranking, made from the rows of a publication."""
    campaign, audit = workspace.campaign, pages.audit(workspace)
    with workspace.vault.read() as connection:
        published = Published(statements.shown(connection), statements.said(connection))
    lines = figures(counted.rows, campaign.threshold, workspace.today).controllers
    ranked, others = places(counted.rows, lines, published, audit, campaign.threshold)
    return Barometer(
        title=campaign.title,
        organiser=campaign.organiser.name,
        date=workspace.today,
        language=language,
        threshold=campaign.threshold,
        places=ranked,
        others=others,
        audit=audit,
        began=began(counted.rows, campaign.threshold),
    )


def site(found: Barometer, track: Track) -> dict[str, bytes]:
    """Name inside the site → the page."""
    values = {"barometer": found, "criteria": CRITERIA, "marks": MARKS, "least_grades": LEAST_GRADES}

    def written(template: str, **more: object) -> bytes:
        return page(template, found.language, {**values, **more}).encode()

    made = {INDEX: written("barometer.html"), "definitions.html": written("barometer-definitions.html")}
    for place in track(found.places, "writing pages", len(found.places)):
        made[f"controllers/{place.id}.html"] = written("barometer-controller.html", place=place)
    return made


def _check(target: Path) -> None:
    if target.exists() and not (target / _KNOWN_BY).is_file() and not _is_empty(target):
        raise RefusedError(f"{target} holds something that is no barometer.", "Name a new folder, or an empty one.")


def _is_empty(target: Path) -> bool:
    return target.is_dir() and not any(target.iterdir())


@contextmanager
def _placed(target: Path, made: Mapping[str, bytes]) -> Iterator[None]:
    """Put the site into its place; the earlier one stands until the new one is whole, and comes back if it fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with folders.naming(target):
        former = Path(tempfile.mkdtemp(dir=target.parent, prefix=".former-"))
    try:
        with release.placed(target, made):
            yield
            if target.exists():
                target.replace(former)
        target.chmod(_FOR_ALL)
    except BaseException:
        if not target.exists() and any(former.iterdir()):
            former.replace(target)
        raise
    finally:
        shutil.rmtree(former, ignore_errors=True)


def unseen(found: Barometer) -> list[str]:
    """The controllers that were not shown their figures before."""
    return [place.id for place in found.places if place.preview is None]
