"""``data review --save``: a document as it came, for the eyes of the person who decides about it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.errors import RefusedError
from rightskit.vault import pieces

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace

_PIECE = 1 << 20


def save(workspace: Workspace, document: str, path: Path) -> None:
    """Write the bytes of a kept document to a new file that its owner alone can read: all of them, or no file.

    Raises:
        RefusedError: there is such a file already, or no such folder.
    """
    if path.exists():
        raise RefusedError(f"There is a {path} already.", "Name a new file.")
    if not path.parent.is_dir():
        raise RefusedError(f"There is no folder {path.parent}.", "Name a folder that exists.")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".document-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as target, workspace.vault.read() as connection:
            source = pieces.Pieces(connection, document)
            while piece := source.read(_PIECE):
                target.write(piece)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
