"""What was imported, kept byte for byte: one SQLite file in the registry's folder.

A file of the source is a row with its path, kind and bytes. An import writes a new file beside the old one and moves
it into place, so that there is always one whole registry.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rightskit.errors import RightskitError
from rightskit.registry.source_form import Kind, SourceFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

FILE_NAME = "source.sqlite"
_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, kind TEXT NOT NULL, raw BLOB NOT NULL) WITHOUT ROWID;
"""


class About(NamedTuple):
    """Where an import came from.

    Attributes:
        origin: the folder, file or address, as it was named.
        day: when it was taken.
        digest: SHA-256 over all paths and contents.
    """

    origin: str
    day: str
    digest: str


def save(folder: Path, files: Iterable[SourceFile], origin: str, day: dt.date) -> About:
    """Keep the files of an import in place of those before."""
    rows = sorted(files)
    about = About(origin, day.isoformat(), digest(rows))

    def fill(connection: sqlite3.Connection) -> None:
        connection.executescript(_TABLES)
        connection.executemany("INSERT INTO about VALUES (?, ?)", about._asdict().items())
        connection.executemany("INSERT INTO files VALUES (?, ?, ?)", rows)

    write_whole(folder / FILE_NAME, fill)
    return about


def about(folder: Path) -> About | None:
    """Where the present import came from; None where there is none.

    Raises:
        RightskitError: the file is damaged.
    """
    if not (folder / FILE_NAME).exists():
        return None
    with _opened(folder) as connection:
        return About(**dict(connection.execute("SELECT key, value FROM about")))


def files(folder: Path) -> tuple[SourceFile, ...]:
    """The files of the present import, by path; none where nothing was imported.

    Raises:
        RightskitError: the file is damaged.
    """
    if not (folder / FILE_NAME).exists():
        return ()
    with _opened(folder) as connection:
        rows = connection.execute("SELECT path, kind, raw FROM files ORDER BY path")
        return tuple(SourceFile(path, Kind(kind), raw) for path, kind, raw in rows)


def digest(rows: Iterable[SourceFile]) -> str:
    """SHA-256 over the paths and contents of files, in their order."""
    running = hashlib.sha256()
    for row in rows:
        running.update(f"{row.path}\0{len(row.raw)}\0".encode())
        running.update(row.raw)
    return running.hexdigest()


def reading(path: Path) -> contextlib.closing[sqlite3.Connection]:
    """A connection that only reads, for a ``with`` block."""
    return contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))


def write_whole(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Write a SQLite file beside its place and move it there once it is whole.

    Raises:
        OSError: the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".new")
    os.close(handle)
    try:
        with contextlib.closing(sqlite3.connect(name)) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")
            with connection:
                fill(connection)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    try:
        with reading(folder / FILE_NAME) as connection:
            yield connection
    except (sqlite3.DatabaseError, TypeError, ValueError) as error:
        message = f"The imported registry in {folder} is damaged ({type(error).__name__})."
        raise RightskitError(message, "Delete that folder and import it again.") from error
