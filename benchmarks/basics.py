"""Measure small things alone, then the parts that have a module of their own: medians of several runs."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
ME = "name: Jana Özdemir\naddress: [Lindenallee 12, 24105 Kiel]\nemail: jana@example.org\nbirthdate: 1988-04-09\n"


def whole_process(folder: Path, *words: str) -> float:
    """Median seconds of a command from start to end, after one run that is not counted."""
    environment = os.environ | {"RIGHTSKIT_HOME": str(folder), "RIGHTSKIT_PASSPHRASE": "invented words"}
    seconds = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "rightskit", *words], cwd=folder, env=environment, capture_output=True, check=True
        )
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def per_second(number: int, work: Callable[[], object]) -> float:
    """Items per second of some work on a number of items: the median of several runs."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return number / statistics.median(seconds)


def deadlines(number: int) -> None:
    """Reckon the deadlines of that many days of receipt, without what an earlier run remembers."""
    from rightskit.cases.deadline import Place, deadline, reckon

    reckon.cache_clear()
    start = dt.date(2019, 1, 1)
    for day in range(number):
        deadline(start + dt.timedelta(days=day % 3000), Place(("DE", "FR", "IT", "PL")[day % 4]))


def letters(number: int) -> None:
    """Render that many letters to text."""
    from rightskit import paths
    from rightskit.rendering.letter import render
    from rightskit.rendering.library import Library
    from rightskit.rendering.model import LetterOrder, Party

    library = Library([paths.shipped("letters")])
    order = LetterOrder("access", "de", dt.date(2026, 3, 2), Party("Jana Özdemir", ("Weg 1",)), Party("Büro AG"))
    for _ in range(number):
        render(order, library)


def replies(raw: list[bytes]) -> None:
    """Open and classify messages."""
    from rightskit.classification.classify import classify
    from rightskit.mailbox.parse import parse

    for one in raw:
        classify(parse(one))


def main() -> None:
    """Print a line per figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "me.yaml").write_text(ME, encoding="utf-8")
        print(f"{'whole process':<44} seconds, median of {RUNS}")
        for words in (
            ("--help",),
            ("deadline", "--received", "2026-03-03", "--country", "DE"),
            ("controllers", "search", "schuffa"),
            ("letter", "access", "schufa", "--lang", "de", "--me", "me.yaml", "--format", "txt"),
            ("letter", "access", "schufa", "--lang", "de", "--me", "me.yaml", "-o", "a.pdf"),
        ):
            print(f"rightskit {' '.join(words)[:33]:<34} {whole_process(folder, *words):.2f}")
        start = time.perf_counter()
        whole = [sys.executable, "-m", "rightskit", "demo", str(folder / "demo")]
        subprocess.run(whole, capture_output=True, check=True)
        print(f"{'rightskit demo (once)':<44} {time.perf_counter() - start:.1f}")
        mails = [path.read_bytes() for path in sorted((folder / "demo" / "Maildir").rglob("*")) if path.is_file()]
        print(f"\n{'work':<44} per second, median of {RUNS}")
        print(f"{'deadlines, nothing remembered':<44} {per_second(10_000, lambda: deadlines(10_000)):,.0f}")
        print(f"{'letters rendered to text':<44} {per_second(200, lambda: letters(200)):,.0f}")
        label = f"replies opened and classified ({len(mails)})"
        print(f"{label:<44} {per_second(len(mails), lambda: replies(mails)):,.0f}")
    for name in ("pdf", "cases", "release", "intake", "figures"):
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)


if __name__ == "__main__":
    main()
