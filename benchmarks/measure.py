"""One command as whole processes: seconds on the wall, seconds of the processor, and the memory of all at once."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

RIGHTSKIT = (sys.executable, "-m", "rightskit")
_EVERY = 0.1  # seconds between two looks at the memory
_CALCULATED = {str(number): [number, number / 7, f"line {number}"] for number in range(2_000)}


@dataclass(frozen=True, slots=True)
class Used:
    """What a command took.

    Attributes:
        wall: seconds by the clock.
        cpu: seconds of the processor, of all its processes together.
        peak: MB of memory of all its processes at the same moment, shared pages counted once (PSS); looked at every
            tenth of a second. 0 where the system does not tell.
        code: with which it ended; negative: the signal that killed it.
        out: what it printed.
        pace: seconds that a fixed calculation took beside it, before and after: of the machine's own speed.
    """

    wall: float
    cpu: float
    peak: float
    code: int
    out: str
    pace: float


class FailedError(Exception):
    """A command that should have worked did not."""


def run(
    words: Sequence[str],
    environment: Mapping[str, str] | None = None,
    *,
    folder: Path | None = None,
    kill_after: float | None = None,
) -> Used:
    """Run a command to its end, or kill all its processes after some seconds.

    Raises:
        FailedError: it ended with something else than 0, and was not killed.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        before = pace()
        start = time.perf_counter()
        process = subprocess.Popen(
            words, stdout=out, stderr=err, env={**os.environ, **(environment or {})}, cwd=folder, start_new_session=True
        )
        with _watching(process.pid) as peaks, _killing(process.pid, kill_after):
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if kill_after is None and process.returncode:
            raise FailedError(f"{' '.join(words)[:300]} ended with {process.returncode}:\n{_text(err)[-2000:]}")
        return Used(
            wall,
            used.ru_utime + used.ru_stime,
            max(peaks, default=0),
            process.returncode,
            _text(out),
            (before + pace()) / 2,
        )


def pace() -> float:
    """Seconds of a fixed calculation: a machine that others share is not as fast at each minute."""
    start = time.perf_counter()
    for _ in range(40):
        json.loads(json.dumps(_CALCULATED))
    return time.perf_counter() - start


@contextlib.contextmanager
def _watching(process: int) -> Iterator[list[float]]:
    """The memory of a process and all below it, look by look."""
    peaks: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY):
            peaks.append(sum(map(_memory, _family(process))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        ended.set()
        watcher.join()


@contextlib.contextmanager
def _killing(process: int, after: float | None) -> Iterator[None]:
    """Kill a process and all of its session, as a power cut would, unless it ends before."""
    if after is None:
        yield
        return
    timer = threading.Timer(after, _kill, (process,))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


def _family(process: int) -> Iterator[int]:
    """A process and all below it."""
    yield process
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _memory(process: int) -> float:
    """MB of a process; pages that several share are divided among them."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _text(file: object) -> str:
    file.seek(0)  # type: ignore[attr-defined]
    return str(file.read().decode("utf-8", "replace"))  # type: ignore[attr-defined]
