"""How a command shows that it works: nothing for half a second, then a line; where it takes long, how long.

The line stands on stderr, on a terminal alone, and goes when something is printed or asked. Piped output has none.
"""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from rightskit import credentials

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

AFTER = 0.5
"""Seconds without a word; what is done by then needs no line, and would only flicker."""
_AGAIN = 0.1  # seconds until a line that was shown is shown again, unless the next sentence comes before
LONG = 10
"""Seconds from which on a person wants to know how long."""
_TIMES_A_SECOND = 8
_SOON = 0.03  # of the work: before that, nobody can tell
_MINUTE, _HOUR = 60, 3600


@dataclass
class _Line:
    """A line that may come to be shown.

    Attributes:
        label: what is counted, or that something is done at all.
        total: how many there are; None where nobody knows it.
        count: how many are done.
    """

    label: str
    total: int | None
    count: int = 0
    begun: float = field(default_factory=time.monotonic)
    _live: Any = None
    _timer: threading.Timer | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, after: float = AFTER) -> None:
        """Be shown after so many seconds, unless it ends before."""
        with self._lock:
            self._timer = threading.Timer(after, self._show)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> bool:
        """Be shown no longer; whether it was shown."""
        with self._lock:
            if self._timer:
                self._timer.cancel()
            self._timer = None
            live, self._live = self._live, None
            if live:
                live.stop()
            return live is not None

    def _show(self) -> None:
        from rich.console import Console
        from rich.live import Live

        with self._lock:
            if self._timer:
                made = Live(
                    get_renderable=self._drawn,
                    console=Console(stderr=True),
                    transient=True,
                    redirect_stdout=False,  # a result may go into a pipe
                    refresh_per_second=_TIMES_A_SECOND,
                )
                made.start()
                self._live = made

    def _drawn(self) -> Any:
        from rich.progress_bar import ProgressBar
        from rich.spinner import Spinner
        from rich.table import Table

        elapsed = time.monotonic() - self.begun
        grid = Table.grid(padding=(0, 1))
        moving = ProgressBar(self.total, self.count, width=30) if self.total else Spinner("dots")
        grid.add_row(self.label, moving, said(self.count, self.total, elapsed))
        return grid


_WORKING = "working"
_SHOWN: list[_Line] = []


def said(count: int, total: int | None, elapsed: float) -> str:
    """How far the work is, and how long it will still take where the whole lasts longer than ten seconds.

    Args:
        count: of what is done; 0 where nothing is counted.
        total: of all.
        elapsed: seconds since the beginning.
    """
    if not total:
        return ", ".join([*([f"{count:,}"] if count else []), *([_length(elapsed)] if elapsed >= LONG else [])])
    left = elapsed / count * (total - count) if count > _SOON * total else 0
    long = elapsed + left > LONG and left
    return f"{count:,} of {total:,}{f', about {_length(left)} left' if long else ''}"


def _length(seconds: float) -> str:
    if seconds < 1.5 * _MINUTE:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / _MINUTE:.0f} min" if seconds < 1.5 * _HOUR else f"{seconds / _HOUR:.1f} h"


def track(items: Iterable[T], label: str, total: int | None) -> Iterator[T]:
    """Pass items on, and count them on a line."""
    with _shown(label, total) as line:
        for item in items:
            yield item
            line.count += 1


def working(*, since_start: bool = False) -> None:
    """Show from now on that the command works, until something is printed or asked.

    Args:
        since_start: the person has waited since the process began: what it took to load counts too.
    """
    if not _SHOWN and sys.stderr.isatty():
        _SHOWN.append(_Line(_WORKING, None))
        _SHOWN[-1].begin(max(0.0, AFTER - time.process_time()) if since_start else AFTER)


def quiet() -> None:
    """Show nothing of that any longer: a person reads or types."""
    while _SHOWN:
        _SHOWN.pop().end()


@contextmanager
def _shown(label: str, total: int | None) -> Iterator[_Line]:
    """Count on a line; what is counted around it waits, and is shown again."""
    around = [line for line in _SHOWN if line.label != _WORKING]
    quiet()
    line = _Line(label, total)
    if sys.stderr.isatty():
        _SHOWN.append(line)
        line.begin()
    try:
        yield line
    finally:
        line.end()
        if line in _SHOWN:
            _SHOWN.remove(line)
            for one in around:
                _SHOWN.append(one)
                one.begin()
            working()  # with what was counted, until it is told what it came to


@contextmanager
def hidden() -> Iterator[None]:
    """Leave the terminal to a line that stays, or to another program, such as one that asks for a passphrase."""
    ended = [(line, line.end()) for line in _SHOWN]
    try:
        yield
    finally:
        for line, was_shown in ended:
            line.begin(_AGAIN if was_shown else AFTER)


credentials.AROUND.append(hidden)
