"""Small charts for a terminal of 80 columns: bars beside their numbers, told apart by their shade as well as by colour.

Nothing is drawn into a pipe. Colours are blue, grey and orange, which people who cannot see red and green tell apart,
and strong enough on a light and on a dark screen.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rightskit.cli import progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.text import Text

WIDTH = 80
"""Columns that every terminal has."""

_NAME, _BAR = 20, 24
_EIGHTHS = " ▏▎▍▌▋▊▉"
_SHADES = (("█", "dodger_blue1"), ("░", "bright_black"), ("▓", "dark_orange3"))
"""Of the parts of a stack: told apart in black and white, too."""


def bars(title: str, counts: Mapping[str, int]) -> None:
    """A bar for each count, the longest as long as the chart is wide."""
    most = max(counts.values(), default=0)
    rows = [(name, [_bar(count, most)], [f"{count:,}"]) for name, count in counts.items()]
    _grid((title, "", "requests"), rows)


def stacks(title: str, parts: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> None:
    """A bar of up to three parts for each line, with the numbers of the parts.

    Args:
        title: over the names of the lines.
        parts: their names.
        rows: name of the line, and a count for each part.
    """
    most = max((sum(counts) for _, counts in rows), default=0)
    drawn = [
        (name, list(_stack(counts, most)), [f"{count:,}" if count else "–" for count in counts])
        for name, counts in rows
    ]
    _grid((title, "", *(f"{shade} {part}" for part, (shade, _) in zip(parts, _SHADES, strict=False))), drawn)


def _bar(count: int, most: int) -> Text:
    """To an eighth of a column; whatever there is can be seen."""
    from rich.text import Text

    eighths = max(1, round(8 * _BAR * count / most)) if count else 0
    return Text("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), _SHADES[0][1])


def _stack(counts: Sequence[int], most: int) -> Iterator[Text]:
    """Whole columns; whatever there is has one."""
    from rich.text import Text

    for count, (shade, colour) in zip(counts, _SHADES, strict=False):
        yield Text(shade * math.ceil((_BAR - len(counts) + 1) * count / most) if count else "", colour)


def _grid(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Text], Sequence[str]]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    progress.quiet()
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column(heads[0], no_wrap=True, overflow="ellipsis", width=_NAME)
    drawn.add_column(heads[1], no_wrap=True, width=_BAR)
    for head in heads[2:]:
        drawn.add_column(head, justify="right", no_wrap=True)
    for name, bar, numbers in rows:
        drawn.add_row(Text(name), Text().join(bar), *numbers)
    Console(width=min(Console().width, WIDTH)).print(drawn)
