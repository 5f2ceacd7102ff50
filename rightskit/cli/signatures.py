"""``members signatures``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.members import members


def register(_: typer.Typer) -> None:
    """Add the command of this module."""
    members.command()(signatures)


def signatures(
    path: Annotated[Path, typer.Argument(help="A folder of pictures, or one; each named after its member's id.")],
) -> None:
    """Keep pictures of members' signatures in the vault; letters on paper carry them instead of a line to sign.

    PNG or JPEG. Only the ink is kept, small and grey: no margins, no paper, nothing that a camera wrote into the file.

    Example: `rightskit members signatures scans/`
    """
    from rightskit.flows import signatures as flow

    taken, faults = flow.take(session.workspace(), path)
    for fault in faults:
        output.warn(str(fault))
    output.say(f"{taken} signatures are kept.")
    if faults:
        raise typer.Exit(3)
