"""``vault``: back up, restore, check, and change the passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from rightskit.cases.model import NextStep
from rightskit.errors import RightskitError, WrongUsageError
from rightskit.flows import status
from rightskit.vault import backup as copies
from rightskit.vault import check as checking
from rightskit.vault import outgoing, recovery, requests
from rightskit.vault.failures import DamagedVaultError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to.

    Attributes:
        counts: table -> number of rows.
        problems: one sentence each; empty for a vault that is whole.
    """

    counts: Mapping[str, int]
    problems: tuple[str, ...]


def backup(workspace: Workspace, target: Path) -> tuple[Path, Mapping[str, int]]:
    """Write an encrypted copy, and give where it lies and the number of rows of each table.

    Args:
        workspace: the campaign.
        target: a new file, or a folder in which the copy is named after the campaign and the day.
    """
    file = _name(workspace, target) if target.is_dir() else target
    counts = copies.backup(workspace.vault, file)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, file, "backup", workspace.now)
    return file, counts


def _name(workspace: Workspace, folder: Path) -> Path:
    stem = f"{workspace.campaign.slug}-{workspace.today}"
    names = (folder / f"{stem}{f'-{number}' if number > 1 else ''}.vault" for number in count(1))
    return next(name for name in names if not name.exists())


def restore(folder: Path, file: Path, passphrase: str) -> tuple[Path | None, Mapping[str, int]]:
    """Put a backup in the place of a campaign's vault, and give where the former vault lies now."""
    return copies.restore(file, folder, passphrase)


def rekey(workspace: Workspace, passphrase: str) -> bool:
    """Encrypt the vault under another passphrase; nothing else may be at work on it.

    Returns:
        Whether there was a second key: it is removed, since it opens nothing any more.
    """
    with workspace.vault.only_one("send"), workspace.vault.only_one("sync"):
        copies.rekey(workspace.vault, passphrase)
    return recovery.remove(workspace.folder)


def second_key(workspace: Workspace, passphrase: str) -> str:
    """Make a second key to the vault, in the place of an earlier one, and give its code.

    Raises:
        WrongUsageError: this is not the vault's passphrase.
    """
    if not workspace.vault.opens_with(passphrase):
        raise WrongUsageError("This is not the vault's passphrase.")
    return recovery.make(workspace.folder, passphrase)


def check(workspace: Workspace) -> Checked:
    """Look for everything in a vault that cannot be right."""
    problems: list[str] = []
    counts: Mapping[str, int] = {}
    try:
        workspace.vault.fill_file()
        with workspace.vault.read() as connection:
            problems += checking.problems(connection)
            counts = checking.counts(connection)
        problems += _folds(workspace)
    except DamagedVaultError as error:
        problems.append(str(error))
    return Checked(counts, tuple(problems))


def _folds(workspace: Workspace) -> Iterator[str]:
    """The requests whose status cannot be told."""
    try:
        known = status.cases(workspace)
    except Exception:  # noqa: BLE001 (which one it is, is found below)
        with workspace.vault.read() as connection:
            references = [request.reference for request in requests.all_requests(connection)]
        for reference in references:
            yield from _fold(workspace, reference)
        return
    for case in known:
        if case.status.next not in list(NextStep):
            yield f"{case.request.reference}: its next step does not exist"


def _fold(workspace: Workspace, reference: str) -> Iterator[str]:
    try:
        status.case(workspace, reference)
    except RightskitError as error:
        yield f"{reference}: {error}"
    except Exception as error:  # noqa: BLE001 (whatever it is, the check says where, and goes on)
        yield f"{reference}: its status cannot be told ({type(error).__name__})"
