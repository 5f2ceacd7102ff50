"""Messages on their way out, and the journal that makes sending safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One letter as a message that is ready to leave.

    Attributes:
        reference: of the request.
        letter: the letter's slug.
        message_id: with angle brackets; fixed before the first byte leaves.
        recipient: mail address; empty on paper.
        raw: the RFC 5322 bytes, or the PDF of a letter on paper.
    """

    reference: str
    letter: str
    message_id: str
    recipient: str
    raw: bytes


class Journal(Protocol):
    """What delivery writes down as it works; a flow supplies it."""

    def intend(self, items: Sequence[Outgoing]) -> None:
        """Commit references, Message-IDs and bytes before the first byte leaves."""

    def done(self, items: Sequence[Outgoing]) -> None:
        """Commit that they left."""
