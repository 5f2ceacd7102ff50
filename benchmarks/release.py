"""Measure a release over five million observations: seconds of the processor, on the wall, and the peak of memory."""

from __future__ import annotations

import datetime as dt
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cases import measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.vault.store import Vault

PASSPHRASE = "six invented words for a benchmark"  # noqa: S105 (of invented people)
NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
MEMBERS = 50_000
OBSERVATIONS = 5_000_000
CAMPAIGN = """\
slug: large
title: Five million observations
organiser: {name: Initiative, email: hello@initiative.example}
requests:
  - rights: [access]
    controllers: [schufa]
consent: {version: "1", scopes: [statistics], text: Yes.}
recipes: [large]
"""
RECIPE = """\
id: large
title: A large file
right: access
files:
  - format: json
    require: [x]
    rows:
      - once: true
        variables:
          - {id: score, from: s, title: Score, provenance: inferred, bands: [20, 40, 60, 80]}
          - {id: housing, from: h, title: Housing, provenance: provided, type: choice, values: {O: own, R: rent}}
      - each: y[]
        variables:
          - {id: kind, from: k, title: Kind, provenance: observed, type: choice, values: {A: a, B: b, C: c, D: d}}
          - {id: price, from: p, title: Price, unit: EUR, provenance: observed, by: kind}
"""


def rows() -> Iterator[dict[str, object]]:
    """A score and a kind of housing for each member, then kinds with prices."""
    rng = random.Random(1)  # noqa: S311 (invented figures)
    common = {"controller": "schufa", "provenance": "observed", "confidence": 1.0, "place": "x", "recipe": "large@1"}
    for number in range(MEMBERS):
        who = {**common, "member": f"M{number:08}", "disclosure": f"{number:064x}"}
        yield {**who, "variable": "score", "number": rng.random() * 100, "text": None, "unit": "", "row": 0}
        yield {**who, "variable": "housing", "number": None, "text": rng.choice(["own", "rent"]), "unit": "", "row": 0}
        for row in range(1, (OBSERVATIONS // MEMBERS - 2) // 2 + 1):
            kind = {"variable": "kind", "number": None, "text": rng.choice("abcd"), "unit": "", "row": row}
            yield {**who, **kind}
            yield {**who, "variable": "price", "number": rng.random() * 50, "text": None, "unit": "EUR", "row": row}


def fill(vault: Vault) -> None:
    """Members who agreed, and their observations."""
    from itertools import islice

    from sqlalchemy import insert

    from rightskit.campaign.model import Member
    from rightskit.vault import members, schema

    people = [
        Member(f"M{n:08}", "Jana", f"Özdemir {n}", consent_version="1", consent_scope=("statistics",))
        for n in range(MEMBERS)
    ]
    with vault.write() as connection:
        members.add(connection, people)
    made = rows()
    while batch := list(islice(made, 100_000)):
        with vault.write() as connection:
            connection.execute(insert(schema.observations), batch)


def release(folder: Path) -> None:
    """One release, in a process of its own."""
    from rightskit.flows import release as flow
    from rightskit.flows.workspace import open_workspace

    space = open_workspace(folder, lambda: PASSPHRASE, NOW, NOW.date())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    processor, wall = measured(lambda: flow.release(space, None))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'release over 5,000,000 observations':<44} {processor:6.1f} {wall:6.1f} s   under 30")
    print(f"{'peak of memory':<44} {peak / 1024:,.0f} MB (before: {before / 1024:,.0f})   under 600")


def main() -> None:
    """Print the figures."""
    from rightskit.vault import store

    if len(sys.argv) > 1:
        release(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
        (folder / "recipes").mkdir()
        (folder / "recipes" / "large.yaml").write_text(RECIPE, encoding="utf-8")
        vault = store.create(folder, PASSPHRASE)
        fill(vault)
        vault.close()
        for _ in range(2):  # the second one is compared with the first
            subprocess.run([sys.executable, "-m", "benchmarks.release", name], check=True)


if __name__ == "__main__":
    main()
