"""What every view of a file gives: rows, or the reason why the file is laid out otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class DriftError(Exception):
    """The file is not laid out as the recipe says; the message gives the place, never what stands there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: its place inside the file, and source → text, JSON value or None."""

    place: str
    parts: Mapping[str, Any]
