"""Bytes too large for memory: kept in pieces, and read again from any place.

Nothing of them is written to the disk outside the vault: a temporary copy would be a second place with a member's data.
"""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING

from sqlalchemy import func, insert, select

from rightskit.files.placed import Placed
from rightskit.vault import messages, schema

if TYPE_CHECKING:
    from sqlalchemy import Connection


def store(connection: Connection, owner: str, stream: IO[bytes]) -> str:
    """Keep a stream from where it stands to its end under an owner's id; one piece at a time is in memory.

    Returns:
        SHA-256 (hex) of what was kept.
    """
    digest, number = hashlib.sha256(), 0
    while (piece := stream.read(messages.PIECE)) or number == 0:
        digest.update(piece)
        connection.execute(insert(schema.parts), [{"owner": owner, "number": number, "content": piece}])
        number += 1
    return digest.hexdigest()


def size(connection: Connection, owner: str) -> int:
    """How many bytes are kept under an owner's id."""
    length = func.sum(func.length(schema.parts.c.content))
    return int(connection.execute(select(length).where(schema.parts.c.owner == owner)).scalar() or 0)


def digest(connection: Connection, owner: str) -> str:
    """SHA-256 (hex) of what is kept under an owner's id."""
    found = hashlib.sha256()
    table = schema.parts
    query = select(table.c.content).where(table.c.owner == owner).order_by(table.c.number)
    for row in connection.execute(query.execution_options(stream_results=True)):
        found.update(row.content)
    return found.hexdigest()


class Pieces(Placed):
    """What is kept under an owner's id, as a stream that can be read from any place while the connection is open."""

    def __init__(self, connection: Connection, owner: str) -> None:
        super().__init__()
        self._connection = connection
        self._owner = owner
        self._size = size(connection, owner)
        self._full = len(self._piece(0))  # every piece but the last has as many bytes as the first
        self._held = (-1, b"")

    def _end(self) -> int:
        return self._size

    def read(self, size: int = -1) -> bytes:
        """That many bytes from here, or all where it is negative."""
        end = self._size if size < 0 else min(self._size, self._at + size)
        found = []
        while self._at < end:
            number, offset = divmod(self._at, self._full)
            if self._held[0] != number:
                self._held = (number, self._piece(number))
            found.append(self._held[1][offset : offset + end - self._at])
            self._at += len(found[-1])
        return b"".join(found)

    def _piece(self, number: int) -> bytes:
        table = schema.parts
        query = select(table.c.content).where(table.c.owner == self._owner, table.c.number == number)
        return bytes(self._connection.execute(query).scalar_one())
