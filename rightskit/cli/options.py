"""Options and arguments that several commands share, with the same words in each."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.models import OptionInfo

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen and do nothing.")]
MemberId = Annotated[str, typer.Argument(metavar="MEMBER", help="The id, as `rightskit members list` shows it.")]
Evidence = Annotated[str, typer.Option(help="What shows it, in a few words.")]


def day(says: str) -> OptionInfo:
    """An option that takes a day, as ``YYYY-MM-DD``; what its help says."""
    option: OptionInfo = typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help=says)
    return option
