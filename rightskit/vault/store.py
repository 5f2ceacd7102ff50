"""One encrypted file, opened once per process.

The file is SQLCipher's. Each write is one short ``BEGIN IMMEDIATE`` transaction that is on the disk when it returns
(``synchronous=FULL``): losing power loses nothing that was reported as done.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, StaticPool, create_engine, event, text
from sqlalchemy.exc import DatabaseError

from rightskit.errors import NotFoundError, RefusedError, RightskitError
from rightskit.vault import schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

__all__ = ["FILE_NAME", "Connection", "Vault", "WrongPassphraseError", "create", "open_"]

FILE_NAME = "vault.db"
_PRAGMAS = (
    "cipher_log_level = NONE",  # a wrong passphrase is reported by us, in words
    "cipher_memory_security = OFF",  # locking every page in memory triples the time of a batch
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "foreign_keys = ON",
    "busy_timeout = 10000",
)


class WrongPassphraseError(RightskitError):
    """The file cannot be opened with this passphrase."""

    exit_code = 2


class Vault:
    """The members' data of one campaign, open.

    Attributes:
        path: the encrypted file.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: on the disk when the block ends, undone when it raises."""
        with self._engine.execution_options(immediate=True).begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view that no writer changes meanwhile."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def only_one(self, work: str) -> Iterator[None]:
        """Hold an advisory lock: nobody else does the same work on this vault meanwhile.

        Raises:
            RefusedError: somebody else does.
        """
        lock = FileLock(self.path.with_name(f"{self.path.name}-{work}.lock"), mode=0o600)
        try:
            with lock.acquire(timeout=0):
                yield
        except Timeout as error:
            raise RefusedError(
                f"Another rightskit is at {work} on this campaign.",
                "Wait until it has finished, then try again.",
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()


def create(folder: Path, passphrase: str) -> Vault:
    """Make a new vault, readable by its owner alone.

    Raises:
        RefusedError: there is one already, or the passphrase is empty.
    """
    path = folder / FILE_NAME
    if not passphrase:
        raise RefusedError("A vault needs a passphrase.", "Six random words make a good one.")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        raise RefusedError(f"{path} exists already.") from error
    engine = _engine(path, passphrase)
    with engine.execution_options(immediate=True).begin() as connection:
        schema.metadata.create_all(connection)
        connection.execute(text(f"PRAGMA user_version = {schema.VERSION}"))
    return Vault(path, engine)


def open_(folder: Path, passphrase: str) -> Vault:
    """Open the vault of a campaign.

    Raises:
        NotFoundError: there is none.
        WrongPassphraseError: the passphrase does not fit, or the file is no vault.
        RefusedError: a newer rightskit wrote it.
    """
    path = folder / FILE_NAME
    if not path.exists():
        raise NotFoundError(f"There is no {path}.", "Import members first: rightskit members import FILE.csv")
    engine = _engine(path, passphrase)
    try:
        with engine.connect() as connection:
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
    except DatabaseError as error:
        raise WrongPassphraseError(
            f"The passphrase does not open {path}.",
            "Type it again. Nobody can restore it; a damaged file comes back from a backup.",
        ) from error
    if version > schema.VERSION:
        raise RefusedError(f"{path} was written by a newer rightskit.", "Install the newest version.")
    return Vault(path, engine)


def _engine(path: Path, passphrase: str) -> Engine:
    url = URL.create("sqlite+pysqlcipher", password=passphrase, database=str(path))
    # hide_parameters: an exception must not print names. One connection: the key is derived once per process.
    engine = create_engine(url, hide_parameters=True, poolclass=StaticPool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transaction of its own; _begin does
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
