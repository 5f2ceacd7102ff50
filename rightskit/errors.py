"""What can go wrong, as values and as exceptions.

A fault in a user's file is a value that is collected and reported with its place; only an operation that failed
raises. Each exception class owns its exit code, and each exception says what the reader can do next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file that a person wrote.

    Attributes:
        path: the file, as the user named it.
        line: the line, counted from 1; None where the file as a whole is meant.
        message: what is wrong. Never quotes a member's name or address.
        suggestion: what to write instead; empty where there is nothing to suggest.
        column: the column's heading in a table, or the key in a mapping; empty where there is none.
    """

    path: str
    line: int | None
    message: str
    suggestion: str = ""
    column: str = ""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        column = f" [{self.column}]" if self.column else ""
        suggestion = f" — {self.suggestion}" if self.suggestion else ""
        return f"{place}{column}: {self.message}{suggestion}"


class RightskitError(Exception):
    """The base of every expected failure.

    Attributes:
        exit_code: what the process ends with.
        hint: the next step for the reader; empty where there is none.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class WrongUsageError(RightskitError):
    """The command was called with words that do not fit."""

    exit_code = 2


class FaultsError(RightskitError):
    """A user's file has faults; nothing was taken from it."""

    exit_code = 3

    def __init__(self, faults: Sequence[Fault], hint: str = "") -> None:
        super().__init__("\n".join(str(fault) for fault in faults), hint)
        self.faults = tuple(faults)


class NotFoundError(RightskitError):
    """What was named does not exist."""

    exit_code = 4


class RefusedError(RightskitError):
    """Doing it would harm: send twice, or disclose a person."""

    exit_code = 5


class RemoteError(RightskitError):
    """A server failed; what was done until then is kept."""

    exit_code = 6
