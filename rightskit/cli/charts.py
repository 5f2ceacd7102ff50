"""Small charts for a terminal of 80 columns: bars beside their numbers, told apart by their shade as well as by colour.

Nothing is drawn into a pipe. Colours are blue, grey and orange, which people who cannot see red and green tell apart,
and strong enough on a light and on a dark screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cli import progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.text import Text

WIDTH = 80
"""Columns that every terminal has."""

_NAME, _BAR, _LEAST = 20, 24, 8
"""Columns of a name and of a bar at most, and of each at least, on a terminal that is narrower."""
_GAP, _EDGES = 3, 2
"""Columns between two columns, and at both ends together."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
_SHADES = (("█", "dodger_blue1"), ("░", "bright_black"), ("▓", "dark_orange3"))
"""Of the parts of a stack: told apart in black and white, too."""


def bars(title: str, counts: Mapping[str, int]) -> None:
    """A bar for each count, the longest as long as the chart is wide."""
    most = max(counts.values(), default=0)
    numbers = [[f"{count:,}"] for count in counts.values()]
    form = _form((title, "requests"), list(counts), numbers)
    _grid(form, [(name, [_bar(count, most, form.bar)], [f"{count:,}"]) for name, count in counts.items()])


def stacks(title: str, parts: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> None:
    """A bar of up to three parts for each line, with the numbers of the parts.

    Args:
        title: over the names of the lines.
        parts: their names.
        rows: name of the line, and a count for each part.
    """
    most = max((sum(counts) for _, counts in rows), default=0)
    heads = (title, *(f"{shade} {part}" for part, (shade, _) in zip(parts, _SHADES, strict=False)))
    numbers = [[f"{count:,}" if count else "–" for count in counts] for _, counts in rows]
    form = _form(heads, [name for name, _ in rows], numbers)
    drawn = [list(_stack(counts, most, form.bar)) for _, counts in rows]
    _grid(form, [(name, bar, own) for (name, _), bar, own in zip(rows, drawn, numbers, strict=True)])


@dataclass(frozen=True, slots=True)
class _Form:
    """How wide the columns of a chart are.

    Attributes:
        heads: over the names, and over each column of numbers.
        name: columns of the names.
        bar: columns of the bars.
        screen: columns of all together, at most.
    """

    heads: Sequence[str]
    name: int
    bar: int
    screen: int


def _form(heads: Sequence[str], names: Sequence[str], numbers: Sequence[Sequence[str]]) -> _Form:
    """Names and bars share what the numbers and their heads leave: those are never cut."""
    from rich.console import Console

    screen = min(Console().width, WIDTH)
    columns = zip(heads[1:], *numbers, strict=True)
    room = screen - _EDGES - _GAP * len(heads) - sum(max(map(len, column)) for column in columns)
    longest = min(_NAME, max(map(len, (heads[0], *names))))
    name = _NAME if room >= _NAME + _BAR else max(_LEAST, min(longest, room - _LEAST))
    return _Form(heads, name, max(_LEAST, min(_BAR, room - name)), screen)


def _bar(count: int, most: int, width: int) -> Text:
    """To an eighth of a column; whatever there is can be seen."""
    from rich.text import Text

    eighths = max(1, round(8 * width * count / most)) if count else 0
    return Text("█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip(), _SHADES[0][1])


def _stack(counts: Sequence[int], most: int, width: int) -> Iterator[Text]:
    """Whole columns; whatever there is has one."""
    from rich.text import Text

    for count, (shade, colour) in zip(counts, _SHADES, strict=False):
        yield Text(shade * math.ceil((width - len(counts) + 1) * count / most) if count else "", colour)


def _grid(form: _Form, rows: Sequence[tuple[str, Sequence[Text], Sequence[str]]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    progress.quiet()
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column(form.heads[0], no_wrap=True, overflow="ellipsis", width=form.name)
    drawn.add_column("", no_wrap=True, width=form.bar)
    for head in form.heads[1:]:
        drawn.add_column(head, justify="right", no_wrap=True)
    for name, bar, numbers in rows:
        drawn.add_row(Text(name), Text().join(bar), *numbers)
    Console(width=form.screen).print(drawn)
