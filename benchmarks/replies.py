"""What invented controllers answer to an outbox: a Maildir, one message for each letter on average."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.world import OWN, SEED, STARTED
from rightskit.simulation import controllers, letterbox

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.simulation.letterbox import Mail

_WORLD = controllers.World(OWN, SEED, sheets=20)
_SENT = dt.date.fromisoformat(STARTED)


def fill(maildir: Path, outbox: Path, number: int) -> int:
    """Write so many of the answers to come, evenly chosen from all, and say how many there are."""
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True)
    with multiprocessing.get_context("spawn").Pool() as workers:
        letters = workers.map(_letter, sorted(outbox.glob("*.eml")), chunksize=200)
        coming = controllers.plan((mail for mail in letters if mail), _WORLD)
        step = max(1.0, len(coming) / number)
        chosen = [coming[int(place * step)] for place in range(min(number, len(coming)))]
        work = partial(_write, maildir / "new")
        return sum(workers.starmap(work, enumerate(chosen), chunksize=200))


def _letter(path: Path) -> Mail | None:
    return letterbox.read_mail(path.read_bytes(), _SENT)


def _write(folder: Path, number: int, answer: controllers.Answer) -> bool:
    (folder / f"{number:06}").write_bytes(controllers.write(answer, _WORLD))
    return True
