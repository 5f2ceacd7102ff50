"""What comes back in bulk: thousands of packages, one that is large, and a pool of millions of observations."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from benchmarks import intake, interrupt, measure, release
from benchmarks.interrupt import Seen
from benchmarks.world import Size, World

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.book import Book


def packages(book: Book, base: Path, number: int, *, checking: bool) -> None:
    """Archives of 200 KB each are kept and read."""
    world, size = World(base / "packages"), Size(number, 1)
    world.campaign.mkdir(parents=True)
    references = intake.founded(world.campaign, ["schufa"] * number)
    folder = base / "archives"
    folder.mkdir()
    for reference in references:
        (folder / f"{reference}.zip").write_bytes(intake.package(reference))
    kept = Seen(interrupt.kept_so_far(number), interrupt.documents, "all documents")
    read = Seen(interrupt.read_so_far, interrupt.pooled, "what the pool shows")
    steps = (("add", ("data", "add", str(folder)), kept), ("extract-packages", ("data", "extract"), read))
    for name, words, seen in steps:
        before = world.copy("before") if checking else None
        used = world.run(*words)
        book.add(name, " ".join(words[:2]) + ", archives of 200 KB", size, number, used)
        if before:
            book.check(interrupt.checked(name, before, words, world, used, seen))
            before.remove()
    shutil.rmtree(folder)
    world.remove()


def large(book: Book, base: Path, megabytes: int) -> None:
    """One archive of that many pictures and a credit file, kept and read."""
    world, path = World(base / "large"), base / "large.zip"
    world.campaign.mkdir(parents=True)
    (reference,) = intake.founded(world.campaign, ["schufa"])
    intake.fill(path, megabytes, reference)
    for step, words in (("add-large", ("data", "add", str(path))), ("extract-large", ("data", "extract"))):
        used = world.run(*words, *(["--request", reference] if step == "add-large" else []))
        what, result = " ".join(words[:2]) + f", one ZIP of {megabytes:,} MB", used.out.partition("\n")[0]
        book.add(step, what, Size(1, 1), megabytes, used, result=result)
    path.unlink()
    world.remove()


def pool(book: Book, base: Path, observations: int) -> None:
    """Two releases: the second is compared with the first, so that nobody is told by their difference."""
    folder, size = base / "pool", Size(observations // release.EACH, 1)
    release.founded(folder, observations)
    book.add("pool-release", "pool release, the first", size, observations, release.released(folder))
    book.add("pool-release-again", "pool release, the second", size, observations, release.released(folder))
    path = release.parquet(base, observations)
    used = measure.run([sys.executable, "-m", "benchmarks.peers", "tables", str(path)])
    book.add("pool-release", "duckdb alone on the same as Parquet", size, observations, used, peer=True)
    path.unlink()
    shutil.rmtree(folder)
