"""Streams that are read from any place."""

from __future__ import annotations

import io
from abc import abstractmethod


class Placed(io.RawIOBase):
    """A stream with a place of its own, that of the next byte; a subclass reads from there and moves it on."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    @abstractmethod
    def _end(self) -> int:
        """The place after the last byte."""

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, and give it back.

        Raises:
            ValueError: it lies before the first byte.
        """
        place = offset + (self._end() if whence == io.SEEK_END else self._at if whence == io.SEEK_CUR else 0)
        if place < 0:
            raise ValueError("before the first byte")
        self._at = place
        return place
