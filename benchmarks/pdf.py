"""Bulk printing against WeasyPrint letter by letter: pages per second and memory of whole processes.

python -m benchmarks.pdf [--letters N] [--workers N]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.rendering.library import Library
from rightskit.rendering.model import LetterOrder, Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.rendering.bulk import Printed

LETTER, LAYOUT = "objection", "din5008b"  # one page


def order(number: int) -> LetterOrder:
    """An invented member's letter."""
    name = ("Jana Özdemir", "Petra Wiśniewska", "Zehra Yıldız", "Emre Lindqvist", "Tamar Nowakowski")[number % 5]
    reference = f"RK-{number // 10000:04}-{number % 10000:04}"
    sender = Party(f"{name} {number}", (f"Lindenallee {number % 200}", "24105 Kiel"), f"m{number}@heimpost.example")
    recipient = Party(f"Auskunftei {number // 300} GmbH", (f"Deichstraße {number // 300}", "20459 Hamburg"))
    fields = {
        "birthdate": dt.date(1950, 1, 1) + dt.timedelta(days=number % 18000),
        "answer_to": f"campaign+{reference.lower()}@mitmachen.example",
    }
    return LetterOrder(LETTER, "de", dt.date(2026, 3, 2), sender, recipient, reference, fields)


def one_by_one(number: int) -> None:
    """Call WeasyPrint for each letter."""
    from rightskit.rendering.letter import render
    from rightskit.rendering.pdf import pdf

    library = Library([paths.shipped("letters")])
    for place in range(number):
        pdf(render(order(place), library), LAYOUT)


def in_bulk(number: int, workers: int, folder: Path) -> None:
    """Print them in bulk, a thousand to a file, as ``send --to print`` does."""
    from rightskit.rendering.bundle import bundle
    from rightskit.rendering.workers import SHARE, printed

    shares = printed([(order(place), LAYOUT) for place in range(number)], Library([paths.shipped("letters")]), workers)
    for file, ten in enumerate(_tens(shares, 1000 // SHARE)):
        made = bundle([share.pdf for share in ten])
        (folder / f"{file}.pdf").write_bytes(made.pdf)


def _tens(items: Iterator[Printed], number: int) -> Iterator[list[Printed]]:
    from itertools import islice

    while some := list(islice(items, number)):
        yield some


def run(*words: str) -> tuple[float, float]:
    """Seconds of a whole process and its children, and the largest memory of one of them in MB."""
    start = time.perf_counter()
    ran = subprocess.run([sys.executable, "-m", "benchmarks.pdf", *words], check=True, capture_output=True, text=True)
    return time.perf_counter() - start, float(ran.stdout.split()[-1])


def main() -> None:
    """Print a line per figure; with ``--only`` do the work itself, in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int, default=600)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--only", choices=("single", "bulk"))
    said = parser.parse_args()
    if said.only:
        with tempfile.TemporaryDirectory() as name:
            if said.only == "single":
                one_by_one(said.letters)
            else:
                in_bulk(said.letters, said.workers, Path(name))
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print((own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _processes(said)) / 1024)
        return
    compared = min(said.letters, 200)
    alone, _ = run("--only", "single", "--letters", str(compared))
    seconds, memory = run("--only", "bulk", "--letters", str(said.letters), "--workers", str(said.workers))
    print(f"{'WeasyPrint letter by letter':<44} {1000 * alone / compared:.1f} ms a letter ({compared})")
    print(f"{'in bulk':<44} {1000 * seconds / said.letters:.1f} ms a letter ({said.letters}), {seconds:.0f} s")
    print(f"{'times as fast':<44} {alone / compared / (seconds / said.letters):.1f}")
    print(f"{'memory of all processes, at most':<44} {memory:.0f} MB")


def _processes(said: argparse.Namespace) -> int:
    """How many others work beside this one."""
    from rightskit.rendering.workers import SHARE

    return (said.workers or os.cpu_count() or 1) if said.only == "bulk" and said.letters > 2 * SHARE else 0


if __name__ == "__main__":
    main()
