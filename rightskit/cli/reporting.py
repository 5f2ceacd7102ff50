"""``report`` and ``statement``: what may be published about a campaign, and what controllers say to it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import options, output, session
from rightskit.cli.output import counted
from rightskit.errors import WrongUsageError

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace


class Form(StrEnum):
    """What a page is written as."""

    HTML = "html"
    PDF = "pdf"


class Said(StrEnum):
    """What is printed beside a controller's figures."""

    REPLY = "reply"
    CORRECTION = "correction"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(report)
    app.command()(statement)


def report(
    out: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="By default report.html in the campaign.")
    ] = None,
    lang: Annotated[str, typer.Option(metavar="LL", help="de, fr or en.")] = "en",
    form: Annotated[Form | None, typer.Option("--format", help="By default as the file's ending says.")] = None,
    barometer: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the ranking of controllers there, as a website.")
    ] = None,
    preview: Annotated[
        str | None, typer.Option(metavar="CONTROLLER", help="Write the sheet that it sees before publication.")
    ] = None,
    reply_by: Annotated[dt.datetime | None, options.day("With --preview: by default 14 days from now.")] = None,
) -> None:
    """Write the report: one page that may be published, without anyone to be recognised in it.

    The page needs no network and runs no script: it works from a USB stick. As PDF it is set for A4. The barometer is a
    folder of such pages, with its tables as JSON and CSV, for any web server. Each counts as published, whoever sees
    it: the next one differs from it by groups of members, never by a few.

    Example: `rightskit report --lang de -o report.pdf`
    """
    if barometer and (preview or out or form):
        raise WrongUsageError("--barometer writes a folder of its own.", "Leave out --preview, -o and --format.")
    space = session.workspace()
    if barometer:
        _barometer(space, lang, barometer)
        return
    stem = Path("previews") / preview if preview else Path("report")
    target = out or space.folder / f"{stem}.{form or (Form.PDF if preview else Form.HTML)}"
    on_paper = (form or target.suffix.lower().lstrip(".")) == Form.PDF
    if preview:
        _preview(space, preview, lang, target, reply_by, on_paper=on_paper)
        return
    from rightskit.flows import report as flow

    waiting = flow.report(space, lang, target, on_paper=on_paper, track=output.track)
    output.say(f"{target} is ready.")
    _say_waiting(space, waiting.requests)
    if waiting.members:
        output.say(f"{counted(waiting.members, 'member')} too. As they are: rightskit status --members")


def _say_waiting(space: Workspace, waiting: int) -> None:
    if waiting:
        output.say(
            f"{counted(waiting, 'request', 'are')} counted as in the last report: fewer than "
            f"{space.campaign.threshold} members took the same step since. `rightskit status` shows them as they are."
        )


def _barometer(space: Workspace, lang: str, folder: Path) -> None:
    from rightskit.flows import barometer as flow
    from rightskit.reports.barometer import LEAST_GRADES

    found, waiting = flow.write(space, lang, folder, output.track)
    output.say(f"{folder / flow.INDEX} is ready: {found.ranked} controllers have a rank, of {len(found.places)} shown.")
    if not found.ranked:
        output.say(f"A rank needs {LEAST_GRADES} grades, each from at least {found.threshold} members.")
    _say_waiting(space, waiting)
    if any(grade.unseen for place in found.places for grade in place.grades):
        output.warn(
            "Grades are missing where nobody has looked: rightskit review --sample 50, rightskit judge CONTROLLER"
        )
    if unseen := flow.unseen(found):
        output.warn(f"Not yet shown their figures: {', '.join(unseen)}. See: rightskit report --preview {unseen[0]}")


def _preview(
    space: Workspace, controller: str, lang: str, target: Path, reply_by: dt.datetime | None, *, on_paper: bool
) -> None:
    from rightskit.flows import preview as flow

    day = reply_by.date() if reply_by else None
    last = flow.write(
        space, controller, language=lang, target=target, reply_by=day, on_paper=on_paper, track=output.track
    )
    output.say(f"{target} is ready. Send it to {controller}; it may reply until {last}.")
    output.say(f"Then keep what it says: rightskit statement {controller} reply FILE")


def statement(
    controller: Annotated[str, typer.Argument(help="Its id, such as schufa.")],
    kind: Annotated[Said, typer.Argument(help="Its own reply, or a correction by the campaign.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text, word for word, as it is to be printed.")],
    date: Annotated[dt.datetime | None, options.day("Of the text; by default today.")] = None,
) -> None:
    """Keep what a controller says about its figures, or a correction: report and barometer print it.

    Example: `rightskit statement schufa reply their-reply.txt --date 2026-05-12`
    """
    from rightskit.flows import preview as flow

    day = date.date() if date else session.today()
    flow.say(session.workspace(), controller, kind.value, day, file.read_text(encoding="utf-8"))
    output.say(f"The {kind} is kept; report and barometer print it from now on.")
