"""What a command prints: tables for people, JSON lines for programs."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import typer

from rightskit.cli import progress

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rich.console import JustifyMethod

    from rightskit.errors import Fault

track = progress.track
_OF_ONE = {"are": "is", "were": "was", "have": "has"}
_SHORT, _GAP = 12, 2
"""Columns of a terminal: of a cell that is not broken, and between two cells."""
_WIDEST = 100
"""Columns of prose, however wide the screen."""
_NUMBER = re.compile(r"[\d.,%·– ]*")


def counted(number: int, noun: str, verb: str = "") -> str:
    """A number, its noun and its verb, each given as of many but the noun: "1 letter lies", "1,200 letters lie"."""
    if number == 1:
        return f"1 {noun} {_OF_ONE.get(verb, f'{verb}s')}" if verb else f"1 {noun}"
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {many} {verb}".rstrip()


def say(text: str) -> None:
    """A line for a person; a terminal breaks it between words, a pipe has it whole."""
    progress.quiet()
    typer.echo(_broken(text, _columns()) if is_terminal() else text)


def whole(text: str) -> None:
    """A line that a person copies, such as a command: nothing breaks it."""
    progress.quiet()
    typer.echo(text)


def line(text: str, indent: int = 0) -> None:
    """A line of prose, not wider than it reads well, with the rest indented; no-break spaces are not broken at."""
    if is_terminal():
        text = _broken(text, min(_columns(), _WIDEST), " " * indent)
    say(text.replace("\N{NO-BREAK SPACE}", " "))


def warn(text: str) -> None:
    """A line for a person that is not part of the result; the line of progress makes room, and goes on below."""
    with progress.hidden():
        typer.echo(_broken(text, _columns()) if sys.stderr.isatty() else text, err=True)


def _columns() -> int:
    return shutil.get_terminal_size().columns


def _broken(text: str, width: int, rest: str = "") -> str:
    """Lines that are too long, broken between words; a path or a reference stays whole."""
    broken = textwrap.TextWrapper(
        width, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
    )
    return "\n".join(broken.fill(row) if len(row) > width else row for row in text.split("\n"))


def left_rows(faults: Collection[Fault]) -> str:
    """Name the faults of a user's file, and give what is to be said of their rows at the end of a sentence."""
    for fault in faults:
        warn(str(fault))
    return f"; {counted(len(faults), 'row', 'were')} left" if faults else ""


def ask(question: str, **how: Any) -> str:
    """What a person types."""
    progress.quiet()
    answer = str(typer.prompt(question, **how))
    progress.working()
    return answer


def confirm(question: str, **how: Any) -> bool:
    """Whether a person says yes."""
    progress.quiet()
    yes = bool(typer.confirm(question, **how))
    progress.working()
    return yes


def json_line(value: Mapping[str, Any]) -> None:
    """One JSON object on one line; what goes into a pipe leaves the line of progress where it is."""
    if is_terminal():
        progress.quiet()
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "", *, none: str = "") -> None:
    """A table that fits the terminal; plain, aligned lines where the output is piped.

    Args:
        columns: the headings.
        rows: the cells.
        title: stands above it on a terminal.
        none: the sentence that is said instead where there is no row.
    """
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if none and not cells:
        say(none)
        return
    if not is_terminal():
        progress.quiet()
        for plain in _aligned([list(columns), *cells]):
            typer.echo(plain)
        return
    laid_out = _drawn(columns, cells, title)
    progress.quiet()
    typer.echo(laid_out, nl=False)


def _drawn(columns: Sequence[str], cells: list[list[str]], title: str) -> str:
    """A table as a terminal shows it; thousands of rows take seconds."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    whole = _kept_whole([list(columns), *cells], console.width)
    drawn = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, padding=(0, 1, 0, 0))
    for number, column in enumerate(columns):
        numeric = all(_NUMBER.fullmatch(row[number]) for row in cells)
        justify: JustifyMethod = "right" if numeric else "left"
        drawn.add_column(column, justify=justify, overflow="fold", no_wrap=number in whole)
    for row in cells:
        drawn.add_row(*map(Text, row))
    with console.capture() as laid_out:
        console.print(drawn)
    return laid_out.get()


def _kept_whole(rows: list[list[str]], room: int) -> set[int]:
    """The short columns that are not broken, such as references and days; none where the others had no room left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    short = {number for number, width in enumerate(widths) if width <= _SHORT}
    others = len(widths) - len(short)
    needed = sum(widths[number] for number in short) + _SHORT * others + _GAP * len(widths)
    return short if needed <= room else set()


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def markdown(text: str) -> None:
    """Markdown, laid out on a terminal and as it stands elsewhere."""
    progress.quiet()
    if not sys.stdout.isatty():
        typer.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 90)).print(Markdown(text))


def is_terminal() -> bool:
    """Whether a person reads along."""
    return sys.stdout.isatty()


def hidden(cell: object) -> str:
    """A cell of a table that may be published; what is hidden is marked, never shown as nothing."""
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".")
    return "·" if cell is None else str(cell)
