"""Measure a release over five million observations, and the second one, which is compared with the first.

python -m benchmarks.release [OBSERVATIONS]
"""

from __future__ import annotations

import random
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.vault.store import Vault

PASSPHRASE = "six invented words for a benchmark"  # noqa: S105 (of invented people)
TODAY = "2026-05-04"
EACH = 100  # observations of a member
OBSERVATIONS = 5_000_000
_BATCH = 100_000
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


def rows(members: int) -> Iterator[dict[str, object]]:
    """A score and a kind of housing for each member, then kinds with prices."""
    rng = random.Random(1)  # noqa: S311 (invented figures)
    common = {"controller": "schufa", "provenance": "observed", "confidence": 1.0, "place": "x", "recipe": "large@1"}
    for number in range(members):
        who = {**common, "member": f"M{number:08}", "disclosure": f"{number:064x}"}
        yield {**who, "variable": "score", "number": rng.random() * 100, "text": None, "unit": "", "row": 0}
        yield {**who, "variable": "housing", "number": None, "text": rng.choice(["own", "rent"]), "unit": "", "row": 0}
        for row in range(1, EACH // 2):
            kind = {"variable": "kind", "number": None, "text": rng.choice("abcd"), "unit": "", "row": row}
            yield {**who, **kind}
            yield {**who, "variable": "price", "number": rng.random() * 50, "text": None, "unit": "EUR", "row": row}


def fill(vault: Vault, members: int) -> None:
    """Members who agreed, and their observations."""
    from sqlalchemy import insert

    from rightskit.campaign.model import Member
    from rightskit.vault import members as kept
    from rightskit.vault import schema

    people = [
        Member(f"M{n:08}", "Jana", f"Özdemir {n}", consent_version="1", consent_scope=("statistics",))
        for n in range(members)
    ]
    with vault.write() as connection:
        kept.add(connection, people)
    made = rows(members)
    while batch := list(islice(made, _BATCH)):
        with vault.write() as connection:
            connection.execute(insert(schema.observations), batch)


def founded(folder: Path, observations: int) -> None:
    """A campaign with so many observations."""
    from rightskit.vault import store

    (folder / "recipes").mkdir(parents=True)
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (folder / "recipes" / "large.yaml").write_text(RECIPE, encoding="utf-8")
    vault = store.create(folder, PASSPHRASE)
    fill(vault, observations // EACH)
    vault.close()


def released(folder: Path) -> measure.Used:
    """One release, by a process of its own."""
    environment = {
        "RIGHTSKIT_HOME": str(folder / "home"),
        "RIGHTSKIT_PASSPHRASE": PASSPHRASE,
        "RIGHTSKIT_TODAY": TODAY,
    }
    return measure.run([*measure.RIGHTSKIT, "-C", str(folder), "pool", "release"], environment)


def parquet(folder: Path, observations: int) -> Path:
    """The same observations as a file for duckdb."""
    import duckdb

    text, path = folder / "observations.csv", folder / "observations.parquet"
    with text.open("w", encoding="utf-8") as file:
        file.write("member,variable,number,text,row\n")
        for one in rows(observations // EACH):
            number = "" if one["number"] is None else one["number"]
            file.write(f"{one['member']},{one['variable']},{number},{one['text'] or ''},{one['row']}\n")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM '{text}') TO '{path}'")
    text.unlink()
    return path


def main() -> None:
    """Print the figures."""
    observations = int(sys.argv[1]) if len(sys.argv) > 1 else OBSERVATIONS
    with tempfile.TemporaryDirectory() as name:
        founded(Path(name), observations)
        for label in ("first release", "second release"):
            used = released(Path(name))
            print(f"{label:<20} {used.wall:6.1f} s  cpu {used.cpu:6.1f} s {used.peak:6.0f} MB   under 30 s, 600 MB")


if __name__ == "__main__":
    main()
