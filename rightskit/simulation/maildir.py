"""Messages -> a Maildir, as a mail server would leave them."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path


def deliver(folder: Path, messages: Iterable[tuple[dt.datetime, bytes]]) -> int:
    """Deliver messages into a Maildir and say how many.

    Each is written to ``tmp`` and moved to ``new``, under a name made from its date and its bytes: the same messages
    give the same files.
    """
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    count = 0
    for when, raw in messages:
        seconds = int(when.timestamp())
        name = f"{seconds}.{hashlib.sha256(raw).hexdigest()[:20]}.simulation"
        (folder / "tmp" / name).write_bytes(raw)
        os.utime(folder / "tmp" / name, (seconds, seconds))
        (folder / "tmp" / name).replace(folder / "new" / name)
        count += 1
    return count
