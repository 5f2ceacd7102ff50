"""How long a person waits for a command that does next to nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import measure, world

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.book import Book
    from benchmarks.measure import Used

RUNS = 5
_SIZE = world.Size(1, 1)


def starting(book: Book, base: Path) -> None:
    """Help, the status of an empty campaign, and what other programs take."""
    place = world.found(base / "empty", _SIZE)
    place.run("members", "import", place.members)
    book.add("help", "rightskit --help", None, 1, _middle([*measure.RIGHTSKIT, "--help"]))
    for what, words in (
        ("python -c 'import typer'", ("-c", "import typer")),
        ("pip --version", ("-m", "pip", "--version")),
    ):
        book.add("help", what, None, 1, _middle([sys.executable, *words]), peer=True)
    used = _middle(place.words("status"), place.environment())
    key = measure.run([sys.executable, "-m", "benchmarks.peers", "key", str(place.campaign / "vault.db")])
    deriving = float(key.out)
    book.add("empty", "status of an empty campaign", None, 1, used, result=f"key derivation is {deriving:.2f} s of it")
    book.add("empty", "key derivation alone", None, 1, replace(key, wall=deriving, cpu=deriving), peer=True)
    place.remove()


def _middle(words: list[str], environment: dict[str, str] | None = None) -> Used:
    """The run of the median time, after one that is not counted."""
    found = [measure.run(words, environment) for _ in range(RUNS + 1)][1:]
    middle = median(used.wall for used in found)
    return next(used for used in found if used.wall == middle)
