"""What every view of a file gives: rows, or the reason why the file is laid out otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST = 300


class DriftError(Exception):
    """The file is not laid out as the recipe says; the message gives the place, never what stands there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands.

    Attributes:
        place: inside the file.
        parts: source → text, JSON value or None.
        sure: source → confidence, where some are less sure than others.
        text: the whole of it, where it is a line.
        is_misread: whether a line of a scan stands where a row should, and cannot be read as one.
    """

    place: str
    parts: Mapping[str, Any]
    sure: Mapping[str, float] = field(default_factory=dict)
    text: str = ""
    is_misread: bool = False

    def confidence(self, sources: Iterable[str], otherwise: float) -> float:
        """How sure it is what some sources hold: as sure as the worst of them."""
        return min((self.sure.get(source, otherwise) for source in sources), default=otherwise)

    def snippet(self, sources: Iterable[str]) -> str:
        """What a person must see to judge what some sources hold."""
        return (self.text or "; ".join(f"{source}: {self.parts.get(source)}" for source in sources))[:_LONGEST]
