"""Messages on their way out, and the journal that makes sending safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence


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


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter that is due to leave, and is written when its turn has come.

    Attributes:
        reference: of the request.
        letter: the letter's slug.
        recipient: mail address.
        write: gives the message, with this moment as its date.
    """

    reference: str
    letter: str
    recipient: str
    write: Callable[[dt.datetime], Outgoing]

    @property
    def key(self) -> tuple[str, str]:
        """Reference and letter: what a letter is unique by."""
        return self.reference, self.letter


class Journal(Protocol):
    """What delivery writes down as it works; a flow supplies it."""

    def intend(self, items: Sequence[Outgoing]) -> Sequence[Outgoing]:
        """Commit references, Message-IDs and bytes before the first byte leaves, and give what may still leave."""

    def done(self, items: Sequence[Outgoing]) -> None:
        """Commit that they left."""


class PostJournal(Protocol):
    """What sending by SMTP writes down, letter by letter; a flow supplies it.

    A letter for which nothing is written after :meth:`intend` may have left: a process that ends there leaves it in
    doubt.
    """

    def intend(self, item: Outgoing) -> bool:
        """Commit reference, Message-ID and bytes before the first byte leaves; False: it must not leave any more."""

    def back(self, item: Outgoing) -> None:
        """Commit that nothing of it left: it may be sent another time."""

    def sent(self, item: Outgoing, answer: str) -> None:
        """Commit that the server took it, with the server's words."""

    def refused(self, item: Outgoing, answer: str) -> None:
        """Commit that the server refused it for good, with the server's words."""

    def doubt(self, item: Outgoing, why: str) -> None:
        """Commit that nobody can tell whether it left."""
