"""Measure report and export over thirty thousand requests: seconds of the processor, and the most memory."""

from __future__ import annotations

import datetime as dt
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cases import NOW, PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.campaign.model import Request
    from rightskit.cases.model import Event
    from rightskit.vault.store import Vault

MEMBERS = 3_000
CONTROLLERS = 10
SENT = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 7, 1)
CAMPAIGN = """\
slug: large
title: Thirty thousand requests
organiser: {{name: Initiative, email: hello@initiative.example}}
requests:
  - rights: [access]
    controllers: [{controllers}]
consent:
  version: "1"
  scopes: [statistics]
  text: Yes.
"""
LIMITS = {"report": 20, "export": 20}
MEGABYTES = 400


def fill(vault: Vault, controllers: list[str]) -> None:
    """Three thousand members, each with a request to each controller, and what happened to it in four months."""
    from rightskit.campaign.model import Member, Request
    from rightskit.rights import Right
    from rightskit.vault import members, requests

    people = [Member(f"M{number:08}", "Jana", f"Özdemir {number}", country="DE") for number in range(MEMBERS)]
    asked = [
        Request(f"RK-{place:02}{n:06}", one.member, name, Right.ACCESS, "access", "de", "email", "own-name", SENT)
        for n, one in enumerate(people)
        for place, name in enumerate(controllers)
    ]
    rng = random.Random(20260302)  # noqa: S311 (a benchmark's)
    with vault.write() as connection:
        members.add(connection, people)
        requests.add(connection, asked)
        requests.record(connection, [event for request in asked for event in _history(request, rng)])


def _history(request: Request, rng: random.Random) -> Iterator[Event]:
    """Sent, perhaps acknowledged, asked for identity, and answered."""
    from rightskit.cases.model import Event, EventKind

    def event(kind: EventKind, days: int, **detail: str) -> Event:
        source = "rightskit" if kind in {EventKind.PLANNED, EventKind.SENT} else "message"
        return Event(
            request.reference, kind, SENT + dt.timedelta(days=days), NOW, source=source, detail=detail, rule="benchmark"
        )

    start = rng.randint(0, 20)
    yield event(EventKind.PLANNED, 0)
    yield event(EventKind.SENT, start, channel="email")
    if rng.random() < 0.5:  # noqa: PLR2004
        yield event(EventKind.ACKNOWLEDGED, start + rng.randint(1, 5))
    if rng.random() < 0.15:  # noqa: PLR2004
        yield event(EventKind.IDENTITY_DEMANDED, start + rng.randint(2, 9))
    answers = (EventKind.DATA_RECEIVED, EventKind.DATA_RECEIVED, EventKind.REFUSED, EventKind.NO_DATA, None)
    if (kind := rng.choice(answers)) is not None:
        yield event(kind, start + rng.randint(5, 70))


def work(name: str, folder: Path) -> None:
    """One command in a process of its own; its seconds and megabytes."""
    from rightskit.flows import export, report
    from rightskit.flows.progress import silent
    from rightskit.flows.workspace import open_workspace

    start = time.process_time()
    space = open_workspace(folder, lambda: PASSPHRASE, NOW, TODAY)
    if name == "report":
        report.report(space, "en", folder / "report.html")
    else:
        export.export(space, folder / "export", silent)
    space.vault.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.process_time() - start:.2f} {most:.0f}")


def main() -> None:
    """Print a line per command."""
    from rightskit.flows.workspace import registry_for
    from rightskit.vault import store

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = [one.id for one in registry_for(None).controllers.values() if one.country == "DE"][:CONTROLLERS]
        (folder / "campaign.yaml").write_text(CAMPAIGN.format(controllers=", ".join(known)), encoding="utf-8")
        vault = store.create(folder, PASSPHRASE)
        fill(vault, known)
        vault.close()
        print(f"{MEMBERS * CONTROLLERS:,} requests of {MEMBERS:,} members   cpu s   MB")
        for step, limit in LIMITS.items():
            command = [sys.executable, "-m", "benchmarks.figures", step, str(folder)]
            seconds, most = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
            print(f"{step:<36} {float(seconds):>7.2f} {most:>5}   under {limit} s and {MEGABYTES} MB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
