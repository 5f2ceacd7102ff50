"""Results of a run -> docs/performance.md with its pictures; the figures go beside them.

python -m benchmarks.performance [RESULTS]
"""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import book as books
from benchmarks import plots
from benchmarks.plots import Bar, Panel
from benchmarks.table import rows, size_of
from benchmarks.words import LIMITS, METHOD, PEERS, SHORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.book import Book
    from benchmarks.table import Row

DOCS = Path(__file__).parent.parent / "docs"
HEAD = """\
# Performance

A whole campaign, from the list of its members to its report, command by command as a person types them; each command is
a process of its own. `make bench` measures all of this again on your machine, and `make bench QUICK=1` a small campaign
in three minutes. This page is made from the results by `python -m benchmarks.performance`; every figure stands in
[performance/results.json](performance/results.json).

"""
HELD = """\
The most memory of all processes of a command at the same moment, shared pages counted once. It holds what is known of
each member or request, {least:.1f} to {most:.1f} KB for each of {items:,}, and never all letters, messages or archives.

![Memory of each step over the size of the campaign](performance/memory.svg)
"""
KILLED = """\
Each step is killed once in the middle of its time with all its processes (SIGKILL, as a power cut would end them), then
the same command is given again. The end is compared with that of a run that nobody interrupted.

| step | when it was killed | the end is | compared |
|---|---|---|---|
"""
BESIDE = """\
No peer does the whole of a step; what each does and leaves out. Times are of seconds by the clock for each item, in the
same run.

| step | beside it | times its time | it does | it does not |
|---|---|--:|---|---|
"""


def main() -> None:
    """Write the page."""
    results = Path(sys.argv[1] if len(sys.argv) > 1 else "bench.json")
    book, raw = books.read(results), json.loads(results.read_text(encoding="utf-8"))
    folder = DOCS / "performance"
    folder.mkdir(exist_ok=True)
    found = rows(book)
    (folder / "seconds.svg").write_text(_seconds(found), encoding="utf-8")
    (folder / "memory.svg").write_text(_memory(found), encoding="utf-8")
    (folder / "peers.svg").write_text(_peers(found), encoding="utf-8")
    if results.resolve() != (folder / "results.json").resolve():
        shutil.copyfile(results, folder / "results.json")
    (DOCS / "performance.md").write_text(page(book, raw), encoding="utf-8")
    print(DOCS / "performance.md")


def page(book: Book, raw: dict[str, Any]) -> str:
    """The page as Markdown."""
    found, wide = rows(book), rows(book, wide=True)
    parts = [HEAD, *_where(book, raw), "## What it takes\n\n", *_table(found), "\n", *_short_of(found)]
    parts += ["![Seconds of each step over the size of the campaign](performance/seconds.svg)\n\n"]
    if wide:
        parts += [f"### {size_of(wide[-1].figures[-1])}: few members, many controllers\n\n", *_table(wide), "\n"]
    parts += ["## It grows in proportion\n\n", *_growth(found), "\n## What it holds in memory\n\n", _held(found)]
    parts += ["\n## Killed in the middle\n\n", *_killed(book), "\n## Beside others\n\n", *_beside(found)]
    parts += [f"\n## Method\n\n{METHOD}\n## Limits\n\n{LIMITS}", *_left_out(book)]
    return "".join(parts)


def _where(book: Book, raw: dict[str, Any]) -> Iterator[str]:
    machine = raw["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    size = "A quick run, whose sizes are too small for the aims. " if book.quick else ""
    text = (
        f"{size}Measured on {book.begun[:10]} in {round(raw['seconds'] / 60)} minutes on: {machine['processor']}, "
        f"{machine['cores']} cores, {machine['memory_gb']:g} GB of memory, {machine['system']}, "
        f"Python {machine['python']}, {versions}."
    )
    yield textwrap.fill(text, 120, break_on_hyphens=False) + "\n\n"
    loads = [figure.load for figure in book.figures if not figure.peer]
    if loads and max(loads) > machine["cores"] + 1:
        yield f"The machine was busy with other work meanwhile (load up to {max(loads):.1f}): seconds by the clock are "
        yield "longer than they would be on a quiet one; seconds of the processor tell more.\n\n"


def _table(found: list[Row]) -> Iterator[str]:
    yield "| step | items | seconds | of the processor | peak MB | aim |\n|---|--:|--:|--:|--:|---|\n"
    for row in found:
        last = row.figures[-1]
        verdict = {True: "met", False: "**missed**", None: ""}[row.meets]
        aim = f"{row.aim.words}: {verdict}".rstrip(": ")
        yield f"| {row.aim.title} | {last.items:,} | {last.wall:.2f} | {last.cpu:.2f} | {last.peak:.0f} | {aim} |\n"


def _short_of(found: list[Row]) -> Iterator[str]:
    """Why a step misses its aim, and what comes next."""
    missed = [row for row in found if row.meets is False or (row.growth and row.growth[0] > row.growth[1])]
    if missed:
        yield "What stays short of its aim, or grows faster than the work:\n\n"
    for row in missed:
        why = SHORT.get(row.step, "not yet explained; its profile is the next thing to look at.")
        yield f"- {row.aim.title}: {why}\n"
    yield "\n" if missed else ""


def _growth(found: list[Row]) -> Iterator[str]:
    yield "How many times as long the largest size takes as the second largest; thrice as many items may take 3.3 "
    yield "times. The machine was not as fast at each minute: a fixed calculation beside each command took "
    yield f"{_paces(found)}.\n\n"
    yield "| step | items | seconds | times as long | at most |\n|---|--:|--:|--:|--:|\n"
    for row in found:
        if row.growth:
            items = " → ".join(f"{one.items:,}" for one in row.figures)
            seconds = " → ".join(f"{one.wall:.2f}" for one in row.figures)
            over = "" if row.growth[0] <= row.growth[1] else " **over**"
            yield f"| {row.aim.title} | {items} | {seconds} | {row.growth[0]:.2f}{over} | {row.growth[1]:.1f} |\n"


def _paces(found: list[Row]) -> str:
    """How long the fixed calculation took at the fastest and at the slowest time."""
    paces = [1000 * figure.pace for row in found for figure in row.figures]
    return f"{min(paces):.0f} to {max(paces):.0f} ms"


def _held(found: list[Row]) -> str:
    """How much more memory each further member takes, from the second largest campaign to the largest."""
    pairs = [row.figures[-2:] for row in found if row.growth and row.figures[-1].items <= row.figures[-1].members]
    members = max((larger.members for _, larger in pairs), default=0)
    grown = [
        1000 * (larger.peak - smaller.peak) / (larger.members - smaller.members)
        for smaller, larger in pairs
        if larger.members == members > smaller.members
    ]
    return HELD.format(least=max(0, min(grown, default=0)), most=max(grown, default=0), items=members)


def _killed(book: Book) -> Iterator[str]:
    yield KILLED
    for check in book.checks:
        yield f"| {check.step} | {check.done} | {'the same' if check.same else '**not the same**'} | {check.how} |\n"


def _beside(found: list[Row]) -> Iterator[str]:
    yield BESIDE
    for row in found:
        for one in row.beside:
            does, lacks = next((said for name, said in PEERS.items() if name in one.what), ("", ""))
            yield f"| {row.aim.title} | {one.what} | {one.times:.2f} | {does} | {lacks} |\n"
    yield "\n![Seconds for a thousand items, rightskit and others](performance/peers.svg)\n"


def _left_out(book: Book) -> Iterator[str]:
    for part, reason in book.left_out.items():
        yield f"- Left out of this run: {part}: {reason}.\n"


_ASIDE = (":", ", to a server", ", likewise", ", compared", " of the same messages")


def _plain(title: str) -> str:
    """A title for a picture: without what follows these."""
    for mark in _ASIDE:
        title = title.partition(mark)[0]
    return title.replace("`", "")


def _seconds(found: list[Row]) -> str:
    drawn = [row for row in found if len(row.figures) > 1]
    made = [
        Panel(
            f"{_plain(row.aim.title)}, s",
            tuple((one.items, one.wall) for one in row.figures),
            "s",
            row.aim.seconds if row.figures[-1].items >= row.aim.items else None,
        )
        for row in drawn
    ]
    return plots.panels(made, "Seconds of each step over the number of items")


def _memory(found: list[Row]) -> str:
    made = [
        Panel(f"{_plain(row.aim.title)}, MB", tuple((one.items, one.peak) for one in row.figures), "MB", row.aim.memory)
        for row in found
        if len(row.figures) > 1
    ]
    return plots.panels(made, "Memory of each step over the number of items, in MB")


def _peers(found: list[Row]) -> str:
    groups = {}
    for row in found:
        last = row.figures[-1]
        if row.beside and last.items > 1:
            own = Bar("rightskit, the whole step", 1000 * last.wall / last.items, own=True)
            others = [Bar(one.what, 1000 * one.wall / one.items, own=False) for one in row.beside]
            groups[_plain(row.aim.title)] = [own, *others]
    return plots.bars(groups, "s", "Seconds for a thousand items: rightskit beside others")


if __name__ == "__main__":
    main()
