"""Folders that hold members' data outside the vault: for their owner alone, and never a half-written file in them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def prepare(folder: Path) -> Path:
    """Make a folder that nobody else can read, and give its full path."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder.resolve()


def write(path: Path, content: bytes) -> None:
    """Write a file in one move: it is there whole, or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
