"""``sync``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session

if TYPE_CHECKING:
    from rightskit.flows.sync import Synced


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(sync)


def sync(
    source: Annotated[
        Path | None, typer.Option("--from", help="A Maildir, an mbox, a folder of .eml, or one message.")
    ] = None,
) -> None:
    """Read what came, keep it raw, and file it under its requests; what is in doubt waits for `review`.

    Without --from, the campaign's mail account is read (IMAP). The source is never changed, and what was read before is
    passed over.

    Example: `rightskit sync --from ~/Maildir`
    """
    from rightskit.flows import sync as flow

    space = session.workspace()
    done = flow.from_files(space, source, output.track) if source else flow.from_account(space, output.track)
    _tell(done)


def _tell(done: Synced) -> None:
    for fault in done.faults:
        output.warn(str(fault))
    if done.by_kind:
        output.table(("kind", "messages"), done.by_kind.most_common())
    counts = ", ".join(f"{number} {status}" for status, number in sorted(done.by_status.items())) or "nothing new"
    output.say(f"{done.by_status.total()} new messages: {counts}. {done.known} were known.")
    if done.by_status["review"]:
        output.say("See what waits for you: rightskit review")
