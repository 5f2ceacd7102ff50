"""``data questionnaire``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.data import data
from rightskit.cli.output import counted


def register(app: typer.Typer) -> None:  # noqa: ARG001 (as the other modules)
    """Add the command of this module."""
    data.command("questionnaire")(questionnaire)


def questionnaire(
    file: Annotated[Path, typer.Argument(help="A CSV with a column member or email.", show_default=False)],
    keep_valid: Annotated[
        bool, typer.Option("--keep-valid", help="Keep the rows without a fault although others have one.")
    ] = False,
) -> None:
    """Take answers that members gave in a form; campaign.yaml says what is asked, other columns are not read.

    Example: `rightskit data questionnaire answers.csv`
    """
    from rightskit.flows import questionnaire as flow

    done = flow.take(session.workspace(), file, keep_valid=keep_valid)
    left = output.left_rows(done.faults)
    output.say(f"{counted(done.answers, 'answer')} of {counted(done.members, 'member')} kept{left}.")
    if done.without_consent:
        output.say(
            f"{counted(done.without_consent, 'member')} did not agree to the present consent text: nothing was kept."
        )
    if done.columns:
        output.say(f"{done.columns} columns belong to no question and were not read.")
