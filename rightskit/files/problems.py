"""Why a file from outside cannot be opened: each class is one reason that a person can act on.

Messages name entries by their number, never by their name: file names in an export hold people's names.
"""

from __future__ import annotations

from rightskit.errors import RightskitError

UNLOCK = "Type its password: rightskit data unlock REQUEST"


class FileProblemError(RightskitError):
    """The base: a file that came from outside was not opened, or not to its end."""

    exit_code = 3


class TooLargeError(FileProblemError):
    """A limit was reached; ``limit`` is its name in :class:`~rightskit.files.limits.Limits`."""

    def __init__(self, limit: str, most: int, what: str, hint: str = "") -> None:
        super().__init__(
            f"{what}: the limit is {most:,} ({limit}).",
            hint or "If the file is genuine, open it by hand and add the parts that are needed.",
        )
        self.limit = limit


class ScanError(FileProblemError):
    """The file is a picture of text, and nothing here can read it."""


class LockedError(FileProblemError):
    """The file is encrypted, and no password is known."""


class UnsafeError(FileProblemError):
    """The file holds something that an honest one does not: a link, or a path that leads outside."""


class BrokenError(FileProblemError):
    """The file is damaged, or is not what it claims to be."""
