"""Who has a vault open: many at once, or one alone.

SQLite orders the writers of a file, but a new passphrase, a restored file and a forgotten member must not meet anybody
who still has the file open: that one would go on with what is no longer there. Each process that has the vault open
holds a shared lock on a file beside it; the system frees it when the process ends, however it ends.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rightskit.errors import RefusedError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for others."""
_STEP = 0.05


def me() -> str:
    """This process, as others can look for it."""
    return f"process {os.getpid()} on {platform.node()}"


def who(lock: Path) -> str:
    """Who wrote a lock file, as far as it says."""
    try:
        return lock.read_text(encoding="utf-8") or "it does not say who it is"
    except OSError:  # where a locked file cannot be read
        return "it does not say who it is"


class Presence:
    """Being among those who have a vault open."""

    def __init__(self, path: Path) -> None:
        """Wait until nobody has the vault alone, then be there.

        Raises:
            RefusedError: somebody had it alone for too long.
        """
        self._file = os.open(path.with_name(f"{path.name}-open.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._path = path
        try:
            self._wait(alone=False)
        except BaseException:
            self.end()
            raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one.

        Raises:
            RefusedError: others have the vault open and do not close it in time.
        """
        self._wait(alone=True)
        try:
            yield
        finally:
            self._wait(alone=False)

    def end(self) -> None:
        """Be there no more."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _wait(self, *, alone: bool) -> None:
        until = time.monotonic() + PATIENCE
        while not _lock(self._file, alone=alone):
            if time.monotonic() > until:
                raise RefusedError(
                    f"Another rightskit has {self._path} open.",
                    "End it (a review, or a sync that watches), then try again.",
                )
            time.sleep(_STEP)


def _lock(file: int, *, alone: bool) -> bool:
    if sys.platform == "win32":  # an open file cannot be replaced there: the system itself refuses
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
