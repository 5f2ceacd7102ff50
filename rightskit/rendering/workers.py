"""Bulk printing on all cores: letters go to other processes by the hundred and come back in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rightskit.errors import RemoteError
from rightskit.rendering.bulk import Printed, print_all
from rightskit.rendering.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from rightskit.rendering.model import LetterOrder

    Order = tuple[LetterOrder, str]

SHARE = 100
"""Letters that a process lays out at once: more would cost memory, fewer would repeat what they share."""
LIFE = 20
"""Shares after which a process is replaced: the libraries that lay out keep 11 KB of each letter for ever."""
_ALONE = 2 * SHARE  # so few are printed before another process has started


def printed(orders: Sequence[Order], library: Library, workers: int = 0) -> Iterator[Printed]:
    """Put letters on paper, a hundred at a time, in the order given.

    Args:
        orders: each with the name of its layout.
        library: where the texts are.
        workers: processes; 0 for one per core.

    Raises:
        RemoteError: one of the processes was ended from outside; what came back before is whole.
    """
    shares = [orders[start : start + SHARE] for start in range(0, len(orders), SHARE)]
    number = min(workers or os.cpu_count() or 1, len(shares))
    if number < 2 or len(orders) <= _ALONE:  # noqa: PLR2004 (one process is no other process)
        yield from (print_all(share, library) for share in shares)
        return
    life = LIFE * number
    for start in range(0, len(shares), life):
        yield from _together(shares[start : start + life], library, number)


def _together(shares: Sequence[Sequence[Order]], library: Library, number: int) -> Iterator[Printed]:
    """Lay out shares in so many processes, and end these."""
    # Spawned, for a forked process would inherit the open vault.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(number, context, _start, (library.folders,)) as pool:
        waiting: deque[Future[Printed]] = deque()
        try:
            for share in shares:
                with _undisturbed():
                    waiting.append(pool.submit(_work, share))
                if len(waiting) > 2 * number:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise RemoteError(
                "A process that lays out letters was ended from outside, perhaps for want of memory.",
                "Run the command again to go on, with --workers 1.",
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What starts now leaves Ctrl-C to this process: a terminal sends it to all, and each would print a traceback."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_libraries: list[Library] = []


def _start(folders: Sequence[Path]) -> None:
    _libraries.append(Library(folders))
    gc.disable()  # collecting while thousands of boxes come into being takes a tenth of the time


def _work(share: Sequence[Order]) -> Printed:
    made = print_all(share, _libraries[0])
    gc.collect()
    return made
