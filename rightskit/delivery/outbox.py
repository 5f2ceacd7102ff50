"""Letters -> a folder of mails that a person, or a mail program, sends."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rightskit.delivery.model import Journal, Outgoing


BATCH = 100
"""Letters per commit: each commit waits for the disk."""


def deliver(items: Iterable[Outgoing], folder: Path, journal: Journal) -> Iterator[Outgoing]:
    """Write one .eml per letter and give back each one that is there.

    A file carries the name of its letter, so a second writing after an interruption replaces the first: the folder
    never holds a letter twice.
    """
    target = folders.prepare(folder)
    for batch in _batches(items):
        free = journal.intend(batch)
        for item in free:
            folders.write(target / f"{item.reference}-{item.letter}.eml", item.raw, flush=False)
        folders.flush_all()
        journal.done(free)
        yield from free


def _batches(items: Iterable[Outgoing]) -> Iterator[list[Outgoing]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch
