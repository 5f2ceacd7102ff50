"""Controllers in the index, each read when somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rightskit.registry import store
from rightskit.registry.encode import decode
from rightskit.registry.model import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# After so many single look-ups the rest is read in one go: a command that wants many will want more.
_SINGLE = 40


class LazyRecords(Mapping[str, Controller]):
    """The controllers of an index, by id, in its order.

    A command that needs one controller of 3,500 reads that one; one that goes through them all reads them at once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Controller] = {}
        self._ids: dict[str, None] | None = None
        self._single = 0

    def __getitem__(self, key: str) -> Controller:
        if key not in self._known:
            if not isinstance(key, str) or (self._ids is not None and key not in self._ids):
                raise KeyError(key)
            self._read(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._known or key in self._all_ids()

    def __iter__(self) -> Iterator[str]:
        return iter(self._all_ids())

    def __len__(self) -> int:
        return len(self._all_ids())

    def _all_ids(self) -> dict[str, None]:
        if self._ids is None:
            with store.reading(self._path) as connection:
                rows = connection.execute("SELECT id FROM controllers ORDER BY place")
                self._ids = dict.fromkeys(identifier for (identifier,) in rows)
        return self._ids

    def _read(self, key: str) -> None:
        self._single += 1
        every = self._single > _SINGLE
        condition = "" if every else " WHERE id = ?"
        with store.reading(self._path) as connection:
            rows = connection.execute(f"SELECT id, record FROM controllers{condition}", () if every else (key,))  # noqa: S608 (ours)
            for identifier, text in rows:
                if identifier not in self._known:
                    self._known[identifier] = decode(Controller, text)
