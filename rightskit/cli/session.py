"""What every command needs from outside: the clock, the folder, the passphrase."""

from __future__ import annotations

import datetime as dt
import math
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit import credentials
from rightskit.cli import output
from rightskit.errors import WrongUsageError

if TYPE_CHECKING:
    from rightskit.delivery.post import Clock
    from rightskit.flows.workspace import Workspace


@dataclass
class Options:
    """What stands before the command.

    Attributes:
        folder: given with ``-C``; None: the nearest campaign.yaml upwards.
        passphrase_command: prints the vault's passphrase.
    """

    folder: Path | None = None
    passphrase_command: str = ""


OPTIONS = Options()
_OPEN: list[Workspace] = []


def today() -> dt.date:
    """The day: of the clock, or of ``RIGHTSKIT_TODAY``."""
    given = os.environ.get("RIGHTSKIT_TODAY")
    if not given:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise WrongUsageError(f"RIGHTSKIT_TODAY is {given!r}.", "Write a date as YYYY-MM-DD.") from error


def now() -> dt.datetime:
    """The instant in UTC; noon of ``RIGHTSKIT_TODAY`` where that is set."""
    if os.environ.get("RIGHTSKIT_TODAY"):
        return dt.datetime.combine(today(), dt.time(12), dt.UTC)
    return dt.datetime.now(dt.UTC)


def clock(*, wait: bool) -> Clock:
    """Time for what goes on for a while; with ``RIGHTSKIT_TODAY`` it runs on from noon of that day."""
    from rightskit.delivery.post import PATIENCE, Clock

    patience = math.inf if wait else PATIENCE
    if not os.environ.get("RIGHTSKIT_TODAY"):
        return Clock(lambda: dt.datetime.now().astimezone(), time.sleep, patience, output.warn)
    start, begun = now().astimezone(), time.monotonic()
    return Clock(lambda: start + dt.timedelta(seconds=time.monotonic() - begun), time.sleep, patience, output.warn)


def campaign_folder() -> Path:
    """The folder of the campaign that the command works on."""
    from rightskit.campaign import config

    return OPTIONS.folder or config.find(Path.cwd())


def optional_folder() -> Path | None:
    """Like :func:`campaign_folder`, for commands that need no campaign."""
    from rightskit.errors import NotFoundError

    try:
        return campaign_folder()
    except NotFoundError:
        return None


def passphrase() -> str:
    """The vault's passphrase: from the environment, from a command, or from a prompt."""
    given = os.environ.get("RIGHTSKIT_PASSPHRASE")
    if given is not None:
        return given
    if OPTIONS.passphrase_command:
        return credentials.secret_from(OPTIONS.passphrase_command)
    _need_a_person()
    return output.ask("Passphrase of the vault", hide_input=True, err=True)


def secret(question: str) -> str:
    """Something that a person types and nobody reads along."""
    return output.ask(question, hide_input=True, err=True)


def new_passphrase() -> str:
    """The passphrase for a vault that is about to be made: a prompt asks twice."""
    if os.environ.get("RIGHTSKIT_PASSPHRASE") is not None or OPTIONS.passphrase_command:
        return passphrase()
    _need_a_person()
    return chosen_passphrase("Passphrase for the new vault")


def chosen_passphrase(question: str) -> str:
    """A new passphrase, typed twice; one that would soon be guessed is asked for again at once."""
    from rightskit.vault.passphrases import weakness

    whole = f"{question} (nobody can restore it; six random words are good)"
    while True:
        typed = secret(whole)
        if said := weakness(typed):
            output.warn(said)
        elif secret("The same once more") == typed:
            return typed
        else:
            output.warn("The two were not the same.")


def _need_a_person() -> None:
    if not sys.stdin.isatty():
        raise WrongUsageError(
            "The vault needs a passphrase, and nobody is there to type it.",
            "Set RIGHTSKIT_PASSPHRASE, or give --passphrase-command before the command.",
        )


def workspace() -> Workspace:
    """The campaign with its vault open, until the command ends."""
    from rightskit.flows.workspace import open_workspace

    space = _kept(open_workspace(campaign_folder(), passphrase, now(), today()))
    if space.lost:
        output.warn(
            f"No registry has {', '.join(space.lost)} any more: what was known when the requests were planned still "
            "holds. To mend it, write the record into controllers.yaml beside campaign.yaml."
        )
    return space


def recovered_workspace(code: str) -> Workspace:
    """The campaign with its vault opened by the code of its second key."""
    from rightskit.flows.workspace import open_workspace
    from rightskit.vault import recovery

    folder = campaign_folder()
    return _kept(open_workspace(folder, lambda: recovery.passphrase(folder, code), now(), today()))


def new_workspace() -> Workspace:
    """The campaign with its vault open; the vault is made where there is none."""
    from rightskit.flows.workspace import open_or_create

    return _kept(open_or_create(campaign_folder(), new_passphrase, now(), today()))


def _kept(space: Workspace) -> Workspace:
    _OPEN.append(space)
    return space


def close() -> None:
    """Close what the command opened, however it ended: forgetting and a new passphrase need the vault alone."""
    while _OPEN:
        _OPEN.pop().vault.close()
