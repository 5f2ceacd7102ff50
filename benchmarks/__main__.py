"""A campaign of OpenSCHUFA's size on this machine, command by command, beside what else could do the work.

python -m benchmarks [--quick] [--minutes N] [--results FILE]

Each figure is printed as it comes and written to the file at once. `python -m benchmarks.performance` makes
docs/performance.md from it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import returned, summary
from benchmarks.book import Book
from benchmarks.measure import FailedError
from benchmarks.starting import starting
from benchmarks.steps import Stage, campaign
from benchmarks.world import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (Size(1_000, 1), Size(10_000, 1), Size(30_000, 1))
WIDE = Size(300, 40)
QUICK = (Size(100, 1), Size(300, 1))
QUICK_WIDE = Size(30, 10)
PACKAGES, MEGABYTES, OBSERVATIONS = (1_000, 10_000), 2_048, (1_000_000, 5_000_000)
QUICK_PACKAGES, QUICK_MEGABYTES, QUICK_OBSERVATIONS = (100, 300), 64, (100_000, 300_000)
MINUTES, QUICK_MINUTES = 27, 2.65
"""After so many no new part begins; the longest that comes so late takes three more, of a quick run a third."""


def main() -> None:
    """Measure everything, and print the table."""
    parser = argparse.ArgumentParser(description="Measure rightskit at the size that it was made for.")
    parser.add_argument("--quick", action="store_true", help="small sizes, under three minutes")
    parser.add_argument("--minutes", type=float, help="after so many no new part begins, by default 27; quick: 2.65")
    parser.add_argument("--results", type=Path, default=Path("bench.json"), help="where figures are written")
    said = parser.parse_args()
    minutes = said.minutes or (QUICK_MINUTES if said.quick else MINUTES)
    book = Book(said.results, said.quick, time.monotonic() + 60 * minutes)
    with tempfile.TemporaryDirectory(prefix="rightskit-bench-") as name:
        measured(book, Path(name))
    summary.show(book)


def measured(book: Book, base: Path) -> None:
    """All parts, the most telling ones first."""
    starting(book, base)
    for name, work in _parts(book):
        if book.has_time(name):
            _do(book, name, work, base)


def _parts(book: Book) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """What each part is called, and what it does in a folder."""
    sizes, wide = (QUICK, QUICK_WIDE) if book.quick else (SIZES, WIDE)
    packages = QUICK_PACKAGES if book.quick else PACKAGES
    for size in sizes:
        yield f"the campaign of {size}", partial(campaign, Stage(book, size, checking=size == sizes[0]))
    for number in packages:
        bulk = partial(returned.packages, book, number=number, checking=number == packages[0] and not book.quick)
        yield f"{number:,} archives", bulk
    megabytes = QUICK_MEGABYTES if book.quick else MEGABYTES
    yield f"one archive of {megabytes:,} MB", partial(returned.large, book, megabytes=megabytes)
    for number in QUICK_OBSERVATIONS if book.quick else OBSERVATIONS:
        yield f"releases over {number:,} observations", partial(returned.pool, book, observations=number)
    yield f"the campaign of {wide}", partial(campaign, Stage(book, wide, mail=False, paper=False))


def _do(book: Book, name: str, work: Callable[[Path], None], base: Path) -> None:
    """One part, in a folder of its own; where it fails, the others go on."""
    with tempfile.TemporaryDirectory(dir=base) as folder:
        try:
            work(Path(folder))
        except FailedError as error:
            book.leave_out(name, f"it failed: {str(error).splitlines()[-1][:200]}")


if __name__ == "__main__":
    main()
