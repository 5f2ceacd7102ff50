"""Files for one person in an encrypted archive (ZIP with AES-256, which 7-Zip and most other programs open)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def pack(target: Path, files: Iterable[tuple[str, bytes]], password: str) -> int:
    """Write an archive for its owner alone: a whole one, or none; give the number of files in it.

    The names inside are readable without the password, so they must tell nothing about a person.

    Args:
        target: the archive.
        files: path inside, and content.
        password: of the archive.
    """
    from pyzipper import zipfile, zipfile_aes  # noqa: PLC0415 (only where used)

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    os.close(handle)
    part, number = Path(name), 0
    try:
        archive_type: Any = zipfile_aes.AESZipFile  # it has no annotations
        how = {"compression": zipfile.ZIP_DEFLATED, "encryption": zipfile_aes.WZ_AES}
        with archive_type(part, "w", **how) as archive:
            archive.setpassword(password.encode())
            for number, (inside, content) in enumerate(files, 1):  # noqa: B007 (the count is given back)
                archive.writestr(inside, content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return number
