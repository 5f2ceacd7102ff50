"""``report``: what may be published about a campaign."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rightskit.cli import output, session


class Form(StrEnum):
    """What a report is written as."""

    HTML = "html"
    PDF = "pdf"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(report)


def report(
    out: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="By default report.html in the campaign.")
    ] = None,
    lang: Annotated[str, typer.Option(metavar="LL", help="de, fr or en.")] = "en",
    form: Annotated[Form | None, typer.Option("--format", help="By default as the file's ending says.")] = None,
) -> None:
    """Write the report: one page that may be published, without anyone to be recognised in it.

    The page needs no network and runs no script: it works from a USB stick. As PDF it is set for A4. It
    counts as published, whoever sees it: the next one differs from it by groups of members, never by a few.

    Example: `rightskit report --lang de -o report.pdf`
    """
    from rightskit.flows import report as flow

    space = session.workspace()
    target = out or space.folder / f"report.{form or Form.HTML}"
    form = form or (Form.PDF if target.suffix.lower() == ".pdf" else Form.HTML)
    waiting = flow.report(space, lang, target, on_paper=form is Form.PDF)
    output.say(f"{target} is ready.")
    if waiting:
        output.say(
            f"{waiting} requests are counted as in the last report: fewer than {space.campaign.threshold} members took"
            " the same step since. `rightskit status` shows them as they are."
        )
