"""Figures -> the rows of the table: each step at its sizes, its growth, its aim and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.book import GROWTH

if TYPE_CHECKING:
    from benchmarks.book import Book, Figure


@dataclass(frozen=True, slots=True)
class Aim:
    """How long a step may take.

    Attributes:
        title: of its row.
        seconds: by the clock, on two quiet cores; None: no aim is set.
        items: for so many items.
        memory: MB; None: no aim is set.
        times: as long for each item as the first that stands beside it; None: no aim is set.
    """

    title: str
    seconds: float | None = None
    items: int = 30_000
    memory: int | None = None
    times: float | None = None

    @property
    def words(self) -> str:
        """What is aimed at, on one line."""
        memory = f", {self.memory} MB" if self.memory else ""
        number = f" for {self.items:,}" if self.items > 1 else ""
        times = f", {self.times:g} times the parse alone" if self.times else ""
        return f"{self.seconds:g} s{memory}{number}{times}" if self.seconds else ""


AIMS = {
    "help": Aim("`rightskit --help`", 0.25, 1),
    "empty": Aim("`status` of an empty campaign, beyond key derivation", 0.5, 1),
    "import": Aim("`members import`", 10),
    "plan": Aim("`plan`", 10),
    "print": Aim("`send --to print`: letters as PDF, one page each", 240, memory=500),
    "outbox": Aim("`send --to outbox`", 120),
    "smtp": Aim("`send --to smtp`, to a server that throws letters away", 180, 10_000),
    "posted": Aim("`posted`"),
    "sync": Aim("`sync --from` a Maildir: kept, classified and filed", 300, times=2),
    "sync-imap": Aim("`sync` by IMAP, likewise", 300, times=2),
    "classify": Aim("`replies classify` of the same messages", 180),
    "status": Aim("`status`", 2),
    "due": Aim("`due`", 2),
    "calendar": Aim("`due --ics`"),
    "report": Aim("`report`", 20, memory=400),
    "extract": Aim("`data extract` from the answers"),
    "release": Aim("`pool release` of it"),
    "add": Aim("`data add` of archives of 200 KB", None, 10_000),
    "extract-packages": Aim("`data extract` of archives of 200 KB", 300, 10_000),
    "add-large": Aim("`data add` of one ZIP of 2 GB (items: MB)", 60, 2_048, 500),
    "extract-large": Aim("`data extract` of it", 60, 2_048, 500),
    "pool-release": Aim("`pool release`, the first", 30, 5_000_000, 600),
    "pool-release-again": Aim("`pool release`, the second, compared with the first", 30, 5_000_000, 600),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """A peer: its name, its seconds per thousand items, and how many times as long rightskit takes per item."""

    what: str
    wall: float
    items: int
    times: float


@dataclass(frozen=True, slots=True)
class Row:
    """A step.

    Attributes:
        figures: one for each size, the smallest first.
        growth: how many times the time of the second largest size the largest takes, and how many may be.
        beside: peers at the largest size.
        meets: whether the aim is met; None where the size of the aim was not measured.
    """

    step: str
    aim: Aim
    figures: tuple[Figure, ...]
    growth: tuple[float, float] | None
    beside: tuple[Beside, ...]
    meets: bool | None


def rows(book: Book, *, wide: bool = False) -> list[Row]:
    """The rows of a run, in the order of the campaign: with one controller, or with many."""
    return [row for step in AIMS if (row := _row(book, step, wide=wide))]


def _row(book: Book, step: str, *, wide: bool) -> Row | None:
    own = [one for one in book.figures if one.step == step and (one.controllers > 1) == wide]
    figures = tuple(sorted((one for one in own if not one.peer), key=lambda one: one.items))
    if not figures:
        return None
    last = figures[-1]
    peers = [one for one in own if one.peer and one.members == last.members]
    beside = tuple(Beside(one.what, one.wall, one.items, _each(last) / _each(one)) for one in peers if one.wall)
    return Row(step, AIMS[step], figures, _growth(figures), beside, _meets(step, figures, peers))


def _each(figure: Figure) -> float:
    return figure.wall / figure.items


def _growth(figures: tuple[Figure, ...]) -> tuple[float, float] | None:
    """A tenth more than in proportion is let pass: 3.3 times for thrice as many."""
    if len(figures) < 2:  # noqa: PLR2004 (growth is between two)
        return None
    smaller, larger = figures[-2:]
    return larger.wall / smaller.wall, GROWTH / 3 * larger.items / smaller.items


def _meets(step: str, figures: tuple[Figure, ...], peers: list[Figure]) -> bool | None:
    aim = AIMS[step]
    found = next((one for one in figures if one.items == aim.items), None)
    if found is None or aim.seconds is None:
        return None
    deriving = sum(one.wall for one in peers) if step == "empty" else 0
    in_room = aim.memory is None or found.peak <= aim.memory
    in_ratio = aim.times is None or not peers or _each(found) <= aim.times * _each(peers[0])
    return found.wall - deriving <= aim.seconds and in_room and in_ratio


def size_of(figure: Figure) -> str:
    """How large the campaign was, or the pool."""
    return f"{figure.items:,}" if figure.controllers == 1 else f"{figure.members:,} × {figure.controllers}"
