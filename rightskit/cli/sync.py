"""``sync``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.output import counted
from rightskit.errors import RemoteError

if TYPE_CHECKING:
    from rightskit.flows.sync import Synced
    from rightskit.flows.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(sync)


def sync(
    source: Annotated[
        Path | None, typer.Option("--from", help="A Maildir, an mbox, a folder of .eml, or one message.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and read what comes at once, until you press Ctrl-C.")
    ] = False,
) -> None:
    """Read what came, keep it raw, and file it under its requests; what is in doubt waits for review.

    Without --from, the campaign's mail account is read (IMAP): the folders that it names, else the inbox and that of
    unwanted mail. The source is never changed, and what was read before is passed over.

    Example: `rightskit sync --from ~/Maildir`
    """
    from rightskit.errors import WrongUsageError

    if watch and source:
        raise WrongUsageError("--watch waits for the mail account.", "Leave --from out.")
    space = session.workspace()
    if watch:
        _watch(space)
    else:
        _once(space, source)


def _once(space: Workspace, source: Path | None) -> None:
    """Read once, and tell what came, also where it ends before the end."""
    from rightskit.flows import account
    from rightskit.flows import sync as flow

    done = flow.Synced()
    try:
        if source:
            flow.from_files(space, source, done, output.track)
        else:
            account.from_account(space, done, output.track)
    except (RemoteError, KeyboardInterrupt):
        if done.by_status:
            _tell(done)
        raise
    _tell(done)


def _watch(space: Workspace) -> None:
    import time

    from rightskit.flows import watch as flow

    def now() -> Workspace:
        return replace(space, today=session.today(), now=session.now())

    output.say("Waiting for mail; Ctrl-C ends it.")
    flow.watch(flow.Outside(now, time.sleep, _tell, output.warn, output.track))


def _tell(done: Synced) -> None:
    for fault in done.faults:
        output.warn(str(fault))
    if done.by_kind:
        output.table(("kind", "messages"), done.by_kind.most_common())
    counts = ", ".join(f"{number} {status}" for status, number in sorted(done.by_status.items())) or "nothing new"
    output.say(f"{done.by_status.total()} new messages: {counts}. {done.known} were known.")
    if done.returned:
        output.say(f"{counted(done.returned, 'mail')} to members came back. Whom mail does not reach: rightskit due")
    if done.by_status["review"]:
        output.say("See what waits for you: rightskit review")
