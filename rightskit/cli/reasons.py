"""``members reason``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.members import members

if TYPE_CHECKING:
    from rightskit.flows.reasons import Kept


def register(_: typer.Typer) -> None:
    """Add the command of this module."""
    members.command()(reason)


def reason(
    member: Annotated[
        str | None, typer.Argument(metavar="[MEMBER]", help="The id, as `rightskit members list` shows it.")
    ] = None,
    text: Annotated[str, typer.Option(help="The member's own words.")] = "",
    file: Annotated[Path | None, typer.Option(help="A text file with them.")] = None,
    source: Annotated[Path | None, typer.Option("--from", help="A CSV: member,reason.")] = None,
    keep_valid: Annotated[
        bool, typer.Option("--keep-valid", help="Take the valid rows although others have faults.")
    ] = False,
) -> None:
    """Keep why a member objects under Art. 21(1), in their own words.

    The letter `objection-situation` prints them, and nothing else in their place: `plan` leaves out who has given none.
    The letter leaves once the member has read it and said yes (`rightskit ask --objections`); other words ask again.

    Example: `rightskit members reason M7K2QX9DA --file reason.txt`
    """
    from rightskit.errors import WrongUsageError
    from rightskit.flows import reasons as flow

    if source is not None:
        _tell(flow.keep_file(session.workspace(), source, keep_valid=keep_valid))
        return
    if member is None or (file is None) == (not text):
        raise WrongUsageError("Say whose reason it is, and its text: either --text, or --file.")
    words = flow.read(file) if file else flow.plain(text)
    _tell(flow.keep(session.workspace(), flow.Said(member, words)))


def _tell(done: Kept) -> None:
    left = output.left_rows(done.faults)
    output.say(f"{len(done.members)} reasons are kept{left}.")
    for reference in done.rewritten:
        output.say(f"{reference} lay ready with other words: it is written anew by rightskit send")
    for batch in done.by_hand:
        output.warn(f"A letter with other words lies in the bundle {batch}: take it out.")
