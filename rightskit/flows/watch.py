"""``sync --watch``: what comes is read at once, through sleep, lost connections and servers that restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.errors import RefusedError, RemoteError
from rightskit.flows import account
from rightskit.flows.progress import silent
from rightskit.flows.sync import Synced
from rightskit.mailbox import inbox
from rightskit.mailbox.folders import INBOX

if TYPE_CHECKING:
    from collections.abc import Callable

    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.inbox import Inbox

LOOK = 120
"""Seconds: so long one IDLE lasts. At its end a connection that died while the machine slept is noticed, and all
folders are looked into, since a server tells of changes in one alone."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds before a lost server is tried again; twice as long each time."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What the command line supplies.

    Attributes:
        workspace: the campaign with the day and the instant of now.
        pause: waits so many seconds.
        tell: what came.
        warn: why nothing comes at the moment.
        track: counts what is read.
    """

    workspace: Callable[[], Workspace]
    pause: Callable[[float], None]
    tell: Callable[[Synced], None]
    warn: Callable[[str], None]
    track: Track = silent


def watch(outside: Outside) -> None:
    """Read the campaign's account, then wait for news and read again, until the person interrupts.

    Raises:
        NotFoundError: the campaign names no account that can be read.
        RemoteError: the first connection failed; later ones are tried again and again.
    """
    pause, connected = FIRST_PAUSE, False
    while True:
        try:
            workspace = outside.workspace()
            with inbox.opened(account.server(workspace.account), workspace.account.secret()) as box:
                if connected:
                    outside.warn("The mail server answers again.")
                look(outside, box, first=not connected)
                pause, connected = FIRST_PAUSE, True
                while True:
                    _wait(outside, box)
                    look(outside, box)
        except RemoteError as error:
            if not connected:
                raise
            outside.warn(f"{error} Trying again in {pause:.0f} seconds.")
            outside.pause(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def look(outside: Outside, box: Inbox, *, first: bool = False) -> None:
    """Read what is new, and tell of it; the first look tells of faults too, which would be the same every time."""
    done = Synced()
    try:
        account.read(outside.workspace(), box, done, outside.track)
    except RefusedError as error:  # somebody reads by hand: what came is theirs, and the next look finds the rest
        outside.warn(str(error))
        return
    except RemoteError:
        if done.by_status:
            outside.tell(done)
        raise
    if done.by_status or first:
        outside.tell(done)


def _wait(outside: Outside, box: Inbox) -> None:
    """Until something changes in the inbox, or it is time to look everywhere; a server may be unable to tell."""
    folders, _ = box.folders((INBOX,))
    for folder in folders:
        box.examine(folder)
    if not (box.tells and folders):
        outside.pause(LOOK)
    else:
        box.wait(LOOK)
