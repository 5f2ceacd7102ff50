"""Every figure of a run as it comes, on the terminal and in a file, so that a run that is cut still counts."""

from __future__ import annotations

import dataclasses
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.machine import load, machine

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.measure import Used
    from benchmarks.world import Size

GROWTH = 3.3
"""30,000 may take at most so many times what 10,000 takes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured command.

    Attributes:
        step: such as ``plan``; a peer carries the name of the step that it stands beside.
        what: the command in words.
        members: of the campaign; 0 where there is none.
        controllers: of the campaign.
        items: letters, messages, documents or observations that it worked on.
        wall: seconds by the clock.
        cpu: seconds of the processor, all processes together.
        peak: MB of memory, all processes at the same moment.
        peer: whether something else than rightskit.
        load: processes that wanted a core in the minute before its end.
        pace: seconds of a fixed calculation at that time.
        result: what it came to, such as the number of pages.
    """

    step: str
    what: str
    members: int
    controllers: int
    items: int
    wall: float
    cpu: float
    peak: float
    peer: bool
    load: float
    pace: float
    result: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A step that was killed in the middle and taken up again.

    Attributes:
        done: what was there when it was killed.
        same: whether the end is the same as without the interruption.
        how: what was compared.
    """

    step: str
    done: str
    same: bool
    how: str


@dataclass
class Book:
    """What a run has measured so far.

    Attributes:
        path: the file that it is written to after each figure.
        until: no part is begun after this instant (of ``time.monotonic``).
        left_out: parts for which there was no time or no server, with the reason.
    """

    path: Path
    quick: bool
    until: float
    begun: str = field(default_factory=lambda: time.strftime("%Y-%m-%d %H:%M"))
    figures: list[Figure] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def add(  # noqa: PLR0913 (a row has so many cells)
        self, step: str, what: str, size: Size | None, items: int, used: Used, *, peer: bool = False, result: str = ""
    ) -> None:
        """Write down a figure."""
        members, controllers = (size.members, size.controllers) if size else (0, 0)
        wall, cpu, peak, pace = (round(number, 3) for number in (used.wall, used.cpu, used.peak, used.pace))
        figure = Figure(step, what, members, controllers, items, wall, cpu, peak, peer, round(load(), 2), pace, result)
        self.figures.append(figure)
        print(f"[{self._clock()}] {line(figure)}", flush=True)
        self.save()

    def check(self, check: Check) -> None:
        """Write down what became of an interrupted step."""
        self.checks.append(check)
        verdict = "the same" if check.same else "NOT THE SAME"
        print(f"[{self._clock()}] {check.step}: killed at {check.done}, taken up again: {verdict}", flush=True)
        self.save()

    def leave_out(self, part: str, reason: str) -> None:
        """Say why a part is missing."""
        self.left_out[part] = reason
        print(f"[{self._clock()}] left out: {part}, {reason}", flush=True)
        self.save()

    def has_time(self, part: str) -> bool:
        """Whether a part may still begin; if not, it is written down as left out."""
        if time.monotonic() < self.until:
            return True
        self.leave_out(part, "the time of this run was over")
        return False

    def save(self) -> None:
        """Bring everything to the disk, in one move."""
        whole = {
            "begun": self.begun,
            "quick": self.quick,
            "seconds": round(time.monotonic() - self.started),
            "machine": machine(),
            "figures": [dataclasses.asdict(figure) for figure in self.figures],
            "checks": [dataclasses.asdict(check) for check in self.checks],
            "left_out": self.left_out,
        }
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(whole, indent=1, ensure_ascii=False), encoding="utf-8")
        part.replace(self.path)

    def _clock(self) -> str:
        minutes, seconds = divmod(int(time.monotonic() - self.started), 60)
        return f"{minutes:02}:{seconds:02}"


def line(figure: Figure) -> str:
    """A figure on one line."""
    size = f"{figure.members:,} × {figure.controllers}" if figure.members else ""
    name = f"{'  beside it: ' if figure.peer else ''}{figure.what}"
    peak = f"{figure.peak:5.0f} MB" if figure.peak else " " * 8
    return f"{name:<52} {size:>11} {figure.wall:8.2f} s  cpu {figure.cpu:8.2f} s {peak} {figure.result}"


def read(path: Path) -> Book:
    """A book that was written before."""
    whole = json.loads(path.read_text(encoding="utf-8"))
    return Book(
        path,
        whole["quick"],
        0,
        whole["begun"],
        [Figure(**figure) for figure in whole["figures"]],
        [Check(**check) for check in whole["checks"]],
        whole["left_out"],
        time.monotonic() - whole["seconds"],
    )
