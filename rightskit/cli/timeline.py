"""Dates as a small picture: a line for each, as long as the time that has gone by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

WIDTH = 40
"""Characters from the first date to the last."""


def timeline(dates: Iterable[tuple[dt.date, str]]) -> Iterator[str]:
    """A line per date, the earliest first: the date, a bar in proportion, and what is on that day.

    What falls on one day stands on one line.
    """
    named: dict[dt.date, list[str]] = {}
    for day, name in dates:
        named.setdefault(day, []).append(name)
    first, last = min(named), max(named)
    days = max(1, (last - first).days)
    for day in sorted(named):
        bar = "━" * round((day - first).days * WIDTH / days) + "●"
        yield f"{day}  {bar:<{WIDTH + 1}}  {', '.join(dict.fromkeys(named[day]))}"
