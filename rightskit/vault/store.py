"""One encrypted file, opened once per process.

The file is SQLCipher's. Each write is one short ``BEGIN IMMEDIATE`` transaction that is on the disk when it returns
(``synchronous=FULL``): losing power loses nothing that was reported as done.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, StaticPool, create_engine, event

from rightskit import paths
from rightskit.errors import NotFoundError, RefusedError
from rightskit.vault import failures, passphrases, schema, versions
from rightskit.vault.failures import WrongPassphraseError
from rightskit.vault.presence import Presence, me, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

__all__ = ["FILE_NAME", "Connection", "Vault", "WrongPassphraseError", "create", "open_", "open_copy"]

FILE_NAME = "vault.db"
_PRAGMAS = (
    "cipher_log_level = NONE",  # a wrong passphrase is reported by us, in words
    "cipher_memory_security = OFF",  # locking every page in memory triples the time of a batch
    "synchronous = FULL",
    "secure_delete = ON",
    "foreign_keys = ON",
    "busy_timeout = 10000",
)
_LIVE = ("journal_mode = WAL",)
_COPY = ()  # a copy stays one file: only a vault that is worked on has a journal beside it


class Vault:
    """The members' data of one campaign, open.

    Attributes:
        path: the encrypted file.
    """

    def __init__(self, path: Path, engine: Engine, presence: Presence | None = None) -> None:
        self.path = path
        self._engine = engine
        self._presence = presence
        self._end = weakref.finalize(self, _end, engine, presence)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: on the disk when the block ends, undone when it raises."""
        with (
            failures.explained(self.path),
            self._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection,
        ):
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view that no writer changes meanwhile."""
        with failures.explained(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """No transaction: for the few statements that refuse one."""
        with failures.explained(self.path), self._engine.execution_options(begin="").connect() as connection:
            yield connection

    @contextmanager
    def only_one(self, work: str) -> Iterator[None]:
        """Hold an advisory lock: nobody else does the same work on this vault meanwhile.

        Raises:
            RefusedError: somebody else does.
        """
        path = self.path.with_name(f"{self.path.name}-{work}.lock")
        lock = FileLock(path, mode=0o600)
        try:
            with lock.acquire(timeout=0):
                path.write_text(me(), encoding="utf-8")
                yield
        except Timeout as error:
            raise RefusedError(
                f"Another rightskit is at {work} on this campaign.",
                f"Wait until it has finished ({who(path)}), then try again.",
            ) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only process that has the vault open.

        Raises:
            RefusedError: another one has it open too.
        """
        if self._presence is None:
            yield
            return
        with self._presence.alone():
            yield

    def settle_journal(self) -> None:
        """Bring everything into the file itself and cut the journal to nothing, while :meth:`alone`.

        Raises:
            RefusedError: another program reads the vault; what was written stands, but the journal is not empty.
        """
        with self.bare() as connection:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if busy:
            raise RefusedError(f"Another program holds {self.path}.", "End it: the journal still has former pages.")

    def fill_file(self) -> None:
        """Bring into the file what nobody else reads from the journal: a full disk may have cut a page of it short."""
        with self.bare() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").all()

    def opens_with(self, passphrase: str) -> bool:
        """Whether the vault was opened with this passphrase."""
        return self._engine.url.password == passphrase

    def open_copy(self, path: Path) -> Vault:
        """Open a copy with the same passphrase."""
        return open_copy(path, str(self._engine.url.password))

    def close_file(self) -> None:
        """Close the file, and stay among those who have the vault open."""
        self._engine.dispose()

    def close(self) -> None:
        """Close the vault."""
        self._end()


def _end(engine: Engine, presence: Presence | None) -> None:
    engine.dispose()
    if presence:
        presence.end()


def create(folder: Path, passphrase: str) -> Vault:
    """Make a new vault, readable by its owner alone: a whole one, or none.

    Raises:
        RefusedError: there is one already, or the passphrase would soon be guessed.
    """
    path = folder / FILE_NAME
    passphrases.demand(passphrase)
    if path.exists():
        raise RefusedError(f"{path} exists already.")
    handle, name = tempfile.mkstemp(dir=folder, prefix=".vault-")
    os.close(handle)
    part = Path(name)
    try:
        _fill(part, passphrase)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))  # of two at once, one gets the name
        part.replace(path)
    except FileExistsError as error:
        raise RefusedError(f"{path} exists already.") from error
    finally:
        part.unlink(missing_ok=True)
    return open_(folder, passphrase)


def _fill(path: Path, passphrase: str) -> None:
    from rightskit.vault import migrations  # noqa: PLC0415 (heavy: every table, where a vault is made or brought up to date)

    vault = Vault(path, _engine(path, passphrase, _LIVE))
    try:
        with vault.write() as connection:
            migrations.make(connection)
    finally:
        vault.close()


def open_(folder: Path, passphrase: str) -> Vault:
    """Open the vault of a campaign; one of an earlier rightskit is brought up to date.

    Raises:
        NotFoundError: there is none.
        WrongPassphraseError: the passphrase does not fit.
        DamagedVaultError: the file is no vault, or not whole.
        RefusedError: a newer rightskit wrote it, or somebody else works on the whole of it.
    """
    path = folder / FILE_NAME
    if not path.exists():
        raise NotFoundError(f"There is no {path}.", "Import members first: rightskit members import FILE.csv")
    presence = Presence(path)
    vault = _checked(path, passphrase, _LIVE, presence)
    with vault.read() as connection:
        version = versions.version_of(connection)
    if version < schema.VERSION:
        from rightskit.vault import migrations  # noqa: PLC0415 (likewise)

        with vault.write() as connection:
            migrations.migrate(connection)
    return vault


def open_copy(path: Path, passphrase: str) -> Vault:
    """Open a copy of a vault to look at it, or to copy it on.

    Raises:
        NotFoundError: there is no such file.
        WrongPassphraseError: the passphrase does not fit.
        DamagedVaultError: the file is no vault, or not whole.
        RefusedError: a newer rightskit wrote it.
    """
    paths.demand_file(path)
    return _checked(path, passphrase, _COPY, None)


def _checked(path: Path, passphrase: str, mode: tuple[str, ...], presence: Presence | None) -> Vault:
    """Open a file as a vault that this rightskit understands, or close it again."""
    vault = Vault(path, _engine(path, passphrase, mode), presence)
    try:
        failures.demand_pages(path)
        _understand(vault)
    except BaseException:
        vault.close()
        raise
    return vault


def _understand(vault: Vault) -> None:
    path = vault.path
    with vault.read() as connection:
        version = versions.version_of(connection)
    if version == 0:
        raise failures.damaged(path, "it holds no tables of a vault")
    if version > schema.VERSION:
        raise RefusedError(f"{path} was written by a newer rightskit.", "Install the newest version.")


def _engine(path: Path, passphrase: str, mode: tuple[str, ...]) -> Engine:
    url = URL.create("sqlite+pysqlcipher", password=passphrase, database=str(path))
    # hide_parameters: an exception must not print names. One connection: the key is derived once per process.
    engine = create_engine(url, hide_parameters=True, poolclass=StaticPool)

    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver opens no transaction of its own; _begin does
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, *mode):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get("begin", "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)
