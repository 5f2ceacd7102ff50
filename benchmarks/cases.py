"""Measure the case log: deadlines, events, status, a large vault; in time of the processor, and on the wall."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rightskit.cases.model import Event
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Vault

PASSPHRASE = "six invented words for a benchmark"  # noqa: S105 (of invented people)
TODAY = dt.date(2026, 5, 4)
NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
REQUESTS = 30_000
EVENTS = 100_000
DEADLINES = 100_000
GIGABYTE = 1 << 30
PIECE = 4 << 20
CAMPAIGN = """\
slug: large
title: Thirty thousand requests
organiser: {name: Initiative, email: hello@initiative.example}
requests:
  - rights: [access]
    controllers: [schufa]
"""


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor, and of the clock on the wall."""
    processor, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - wall


def report(name: str, limit: float, seconds: tuple[float, float]) -> None:
    """One line."""
    print(f"{name:<58} {seconds[0]:6.2f} {seconds[1]:6.2f}   under {limit:g}")


def deadlines() -> None:
    """A hundred thousand different ones: 6,250 days in 16 places, every fourth with a demand and an answer."""
    from rightskit.cases.deadline import Place, deadline
    from rightskit.cases.happenings import Happening
    from rightskit.cases.model import EventKind

    places = [Place(country) for country in ("AT", "DE", "ES", "FR", "IE", "IT", "NL", "PL", "SE", "GR", "DK")]
    places += [Place("DE", "BY"), Place("DE", "BE"), Place("GB", "ENG"), Place("GB", "SCT"), Place("CH", "ZH")]
    day = dt.timedelta(days=1)
    for number in range(DEADLINES):
        received = dt.date(2018, 6, 1) + number // len(places) * day
        asked = Happening(received + 3 * day, EventKind.IDENTITY_DEMANDED)
        given = Happening(received + 9 * day, EventKind.IDENTITY_GIVEN)
        deadline(received, places[number % len(places)], [] if number % 4 else [asked, given])


def histories() -> list[Event]:
    """A hundred thousand events of thirty thousand requests, as a campaign has them after two months."""
    from rightskit.cases.model import Event, EventKind

    later = (EventKind.QUEUED, EventKind.SENT, EventKind.ACKNOWLEDGED, EventKind.IDENTITY_DEMANDED)
    found = [Event(_reference(n), EventKind.PLANNED, dt.date(2026, 2, 27), NOW, rule="plan") for n in range(REQUESTS)]
    for number in range(EVENTS - REQUESTS):
        kind, request = later[number // REQUESTS], number % REQUESTS
        day = dt.date(2026, 3, 2) + dt.timedelta(days=request % 30 + number // REQUESTS)
        detail = {"channel": "email"} if kind is EventKind.SENT else {}
        found.append(Event(_reference(request), kind, day, NOW, detail=detail, rule="benchmark"))
    return found


def _reference(number: int) -> str:
    return f"RK-{number:08}"


def fill(vault: Vault) -> None:
    """Thirty thousand members with a request each."""
    from rightskit.campaign.model import Member, Request
    from rightskit.rights import Right
    from rightskit.vault import members, requests

    people = [Member(f"M{number:08}", "Jana", f"Özdemir {number}", country="DE") for number in range(REQUESTS)]
    day = dt.date(2026, 2, 27)
    asked = [
        Request(_reference(n), one.member, "schufa", Right.ACCESS, "access", "de", "email", "own-name", day)
        for n, one in enumerate(people)
    ]
    with vault.write() as connection:
        members.add(connection, people)
        requests.add(connection, asked)


def append(vault: Vault, events: list[Event]) -> None:
    """All events in batches of a thousand, each on the disk before the next."""
    from rightskit.vault import requests

    for start in range(0, len(events), 1000):
        with vault.write() as connection:
            requests.record(connection, events[start : start + 1000])


def grow(vault: Vault) -> None:
    """A gigabyte of returned documents."""
    from rightskit.vault import messages

    for number in range(GIGABYTE // PIECE):
        with vault.write() as connection:
            messages.store(connection, f"{number:064}", os.urandom(PIECE))


def opened(folder: Path) -> Workspace:
    """The campaign, with its vault."""
    from rightskit.flows.workspace import open_workspace

    return open_workspace(folder, lambda: PASSPHRASE, NOW, TODAY)


def look(folder: Path) -> None:
    """What ``status`` and ``due`` reckon with, from the opening of the vault on."""
    from rightskit.flows import agenda, status

    space = opened(folder)
    agenda.tasks(status.cases(space))
    space.vault.close()


def open_and_count(folder: Path) -> None:
    """Open a vault and read from it."""
    from rightskit.vault import requests, store

    vault = store.open_(folder, PASSPHRASE)
    with vault.read() as connection:
        requests.get(connection, _reference(1))
    vault.close()


def main() -> None:
    """Print a line per figure."""
    from rightskit.vault import store

    print(f"{'case log':<58} {'cpu s':>6} {'wall s':>6}   limit")
    report(f"{DEADLINES:,} deadlines, each another, in a new process", 5, measured(deadlines))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
        vault, events = store.create(folder, PASSPHRASE), histories()
        fill(vault)
        report(f"{EVENTS:,} events appended, in a hundred batches", 30, measured(lambda: append(vault, events)))
        vault.close()
        report(f"status and due of {REQUESTS:,} requests, with the opening", 2, measured(lambda: look(folder)))
        small = measured(lambda: open_and_count(folder))
        vault = store.open_(folder, PASSPHRASE)
        grow(vault)
        vault.close()
        size = (folder / store.FILE_NAME).stat().st_size / GIGABYTE
        large = measured(lambda: open_and_count(folder))
        beyond = large[0] - small[0], large[1] - small[1]
        report(f"opening a vault of {size:.2f} GB, beyond the {small[0]:.2f} s of a small one", 1, beyond)


if __name__ == "__main__":
    main()
