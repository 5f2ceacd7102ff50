"""Messages on their way out, and the journal that makes sending safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


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
    """What sending writes down as it works; the vault supplies it through a flow."""

    def intend(self, item: Outgoing) -> bool:
        """Commit reference, Message-ID and bytes before the first byte leaves; False where it already left."""

    def sent(self, item: Outgoing) -> None:
        """Note that it left."""

    def doubt(self, item: Outgoing, reason: str) -> None:
        """Note that nobody knows whether it left; it is held for a person."""
