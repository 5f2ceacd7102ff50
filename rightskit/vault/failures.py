"""What a database reports when a disk is full or a file is damaged, said in words with the next step."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from rightskit.errors import RefusedError, RightskitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = 4096
_SQLITE = b"SQLite format 3\x00"
_AGAIN = "What was reported as done is kept. Make room, then run the command again: it goes on where it stopped."
_RESTORE = "Restore a backup: rightskit vault restore FILE. The file that is there now is kept beside it."


class WrongPassphraseError(RightskitError):
    """The file cannot be opened with this passphrase."""

    exit_code = 2


class DamagedVaultError(RightskitError):
    """The file is no vault, or no longer a whole one."""

    exit_code = 3


class DiskError(RightskitError):
    """The disk did not take what was written: something outside failed, and what was done is kept."""

    exit_code = 6


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the database says about a file into a sentence for a person.

    Raises:
        DiskError: the disk is full, or does not take what is written.
        RefusedError: another process has held the vault for too long, or the file may not be written.
        DamagedVaultError: pages of the file are missing or wrong, or it is no vault.
        WrongPassphraseError: nothing else explains why the file cannot be read.
    """
    try:
        yield
    except DBAPIError as error:
        found = _failure(path, str(error.orig))
        if found is None:
            raise
        raise found from error


def _failure(path: Path, says: str) -> RightskitError | None:
    if "is full" in says:
        return DiskError(f"The disk is full: {path} could not be written.", _AGAIN)
    if "disk I/O error" in says:
        return DiskError(f"The disk did not take what was written to {path}, or did not give it back.", _AGAIN)
    if "is locked" in says:
        return RefusedError(f"Another program holds {path}.", "Wait until it has finished, then try again.")
    if "readonly" in says or "unable to open" in says:
        hint = "Check who owns it and its folder; if they are right, look for damage: rightskit vault check"
        return RefusedError(f"{path} cannot be opened for writing.", hint)
    if "malformed" in says:
        return damaged(path, "pages of it are missing or wrong")
    return unreadable(path) if "not a database" in says else None


def demand_pages(path: Path) -> None:
    """Refuse a file that is no row of pages; one with a journal beside it may still become so again."""
    size = path.stat().st_size
    journal = path.with_name(f"{path.name}-wal")
    if size == 0 or (size % PAGE and not (journal.exists() and journal.stat().st_size)):
        raise unreadable(path)


def unreadable(path: Path) -> RightskitError:
    """Why a file cannot be opened: by its look where that tells, else the passphrase."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(PAGE)
    if not head:
        return damaged(path, "it is empty")
    if head.startswith(_SQLITE):
        return DamagedVaultError(f"{path} is a database without encryption, not a vault.", _RESTORE)
    if _is_text(head):
        return DamagedVaultError(f"{path} is a text file, not a vault.", _RESTORE)
    if size % PAGE:
        return damaged(path, "it ends in the middle of a page")
    return WrongPassphraseError(
        f"The passphrase does not open {path}.",
        "Type it again. Nobody can restore it; a damaged file comes back from a backup.",
    )


def damaged(path: Path, how: str) -> DamagedVaultError:
    """That a vault is not whole."""
    return DamagedVaultError(f"{path} is damaged: {how}.", _RESTORE)


def _is_text(head: bytes) -> bool:
    """Whether the bytes read as UTF-8: those of a vault are random, and never do for long."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # the last letter may be cut in two
    return b"\x00" not in head
