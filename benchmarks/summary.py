"""The end of a run: one table on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.table import rows

if TYPE_CHECKING:
    from benchmarks.book import Book
    from benchmarks.table import Row

_WIDTH = 150


def show(book: Book) -> None:
    """Print the table, the interruptions, and what is missing."""
    console = Console(width=None if Console().is_terminal else _WIDTH)
    console.print(_table("One controller", rows(book)))
    if wide := rows(book, wide=True):
        console.print(_table("Many controllers", wide))
    same = sum(check.same for check in book.checks)
    console.print(f"Killed in the middle and taken up again: {same} of {len(book.checks)} steps ended the same.")
    for part, reason in book.left_out.items():
        console.print(f"Left out: {part}: {reason}.")
    console.print(
        f"All figures: {book.path}. docs/performance.md from them: python -m benchmarks.performance {book.path}"
    )


def _table(title: str, found: list[Row]) -> Table:
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in ("step", "items", "seconds", "growth, at most", "peak MB", "aim", "times a peer's time"):
        table.add_column(name, justify="left" if name == "step" else "right")
    for row in found:
        table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> tuple[str, ...]:
    growth = (
        f"{row.growth[0]:.2f}, {row.growth[1]:.1f}{'' if row.growth[0] <= row.growth[1] else ' !'}"
        if row.growth
        else ""
    )
    verdict = {True: " met", False: " MISSED", None: ""}[row.meets]
    aim = f"{row.aim.words}{verdict}"
    return (
        row.aim.title.replace("`", ""),
        "\n".join(f"{one.items:,}" for one in row.figures),
        "\n".join(f"{one.wall:.2f}" for one in row.figures),
        growth,
        "\n".join(f"{one.peak:.0f}" for one in row.figures),
        aim,
        "\n".join(f"{one.times:.2f} × {one.what}" for one in row.beside),
    )
