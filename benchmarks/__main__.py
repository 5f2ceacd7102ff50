"""A campaign of OpenSCHUFA's size on this machine, command by command, beside what else could do the work.

python -m benchmarks [--quick] [--minutes N] [--results FILE]

Each figure is printed as it comes and written to the file at once. `python -m benchmarks.performance` makes
docs/performance.md from it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks import returned, summary
from benchmarks.book import Book
from benchmarks.starting import starting
from benchmarks.steps import Stage, campaign
from benchmarks.world import Size

SIZES = (Size(1_000, 1), Size(10_000, 1), Size(30_000, 1))
WIDE = Size(300, 40)
QUICK = (Size(250, 1), Size(500, 1), Size(1_500, 1))
QUICK_WIDE = Size(30, 10)
PACKAGES, OBSERVATIONS = (1_000, 10_000), (1_000_000, 5_000_000)
QUICK_PACKAGES, QUICK_OBSERVATIONS = (100, 300), (100_000, 300_000)
MINUTES = 25
"""After so many no new part begins; the longest takes three more."""


def main() -> None:
    """Measure everything, and print the table."""
    parser = argparse.ArgumentParser(description="Measure rightskit at the size that it was made for.")
    parser.add_argument("--quick", action="store_true", help="small sizes, under three minutes")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="after so many no new part begins")
    parser.add_argument("--results", type=Path, default=Path("bench.json"), help="where figures are written")
    said = parser.parse_args()
    book = Book(said.results, said.quick, time.monotonic() + 60 * said.minutes)
    with tempfile.TemporaryDirectory(prefix="rightskit-bench-") as name:
        measured(book, Path(name))
    summary.show(book)


def measured(book: Book, base: Path) -> None:
    """All parts, the most telling ones first."""
    sizes, wide = (QUICK, QUICK_WIDE) if book.quick else (SIZES, WIDE)
    starting(book, base)
    for place, size in enumerate(sizes):
        if book.has_time(f"the campaign of {size}"):
            campaign(Stage(book, size, base / str(place), checking=place == 0))
    for number in QUICK_PACKAGES if book.quick else PACKAGES:
        if book.has_time(f"{number:,} packages"):
            returned.packages(book, base, number, checking=number in {100, 1_000})
    for number in QUICK_OBSERVATIONS if book.quick else OBSERVATIONS:
        if book.has_time(f"releases over {number:,} observations"):
            returned.pool(book, base, number)
    if book.has_time(f"the campaign of {wide}"):
        campaign(Stage(book, wide, base / "wide", mail=False, paper=False))


if __name__ == "__main__":
    main()
