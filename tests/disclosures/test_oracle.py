"""Disclosure control against τ-Argus, the program of the statistical offices: what each finds, and whether it holds.

Primary cells are the same. Beyond them the two choose differently: τ-Argus hides the fewest or cheapest cells, sums of
rows and columns among them; we show every sum, and choose by position, because a reader knows the program. So each one's
pattern is given to the other's audit, and none may be computed back.
"""

import random
from itertools import chain
from pathlib import Path

import pytest

from rightskit.disclosures import recipe
from rightskit.disclosures.aggregation import aggregate
from rightskit.disclosures.loading import PART
from rightskit.disclosures.suppression import hidden, recoverable

argus = pytest.importorskip("pytauargus", reason="pytauargus has no wheel for this platform")

LEAST = 10
TABLES = range(20)
Table = list[list[int]]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """τ-Argus writes logs where it is started."""
    monkeypatch.chdir(tmp_path)


def table(seed: int) -> Table:
    """Three to four rows and columns, of which a few cells are small or empty, and none is empty as a whole."""
    draw = random.Random(seed)
    height, width = draw.randint(3, 4), draw.randint(3, 4)
    while True:
        counts = [[draw.choice((0, 3, 7, 12, 19, 30, 41, 55)) for _ in range(width)] for _ in range(height)]
        if all(map(any, counts)) and all(map(any, zip(*counts, strict=True))):
            return counts


def flat(counts: Table) -> list[int]:
    return list(chain.from_iterable(counts))


def lines(counts: Table) -> list[frozenset[int]]:
    height, width = len(counts), len(counts[0])
    across = [frozenset(range(row * width, (row + 1) * width)) for row in range(height)]
    return across + [frozenset(range(column, height * width, width)) for column in range(width)]


def members(counts: Table) -> dict[str, list]:
    each = [(f"r{a}", f"c{b}") for a, row in enumerate(counts) for b, count in enumerate(row) for _ in range(count)]
    return {"a": [a for a, _ in each], "b": [b for _, b in each], "n": [1] * len(each)}


def protected(counts: Table, folder: Path) -> dict[tuple[str, str], str]:
    """Row and column → the status that τ-Argus gives: S safe, U unsafe, M hidden with it, E empty."""
    made = argus.protect(
        members(counts), ["a", "b"], "n", safety_rules=f"FREQ({LEAST},20)", suppress="OPT(1)", workdir=str(folder)
    )
    return {(cell["a"], cell["b"]): cell["status"] for cell in made.tables[0].rows}


def inside(counts: Table, found: dict[tuple[str, str], str], statuses: str) -> set[int]:
    width = len(counts[0])
    places = {(f"r{at // width}", f"c{at % width}"): at for at in range(len(counts) * width)}
    return {places[cell] for cell, status in found.items() if status in statuses and cell in places}


@pytest.mark.parametrize("seed", TABLES)
def test_both_find_the_same_small_cells_and_their_pattern_withstands_our_audit(seed: int, tmp_path: Path) -> None:
    counts = table(seed)
    found = protected(counts, tmp_path)
    assert inside(counts, found, "U") == {at for at, count in enumerate(flat(counts)) if 0 < count < LEAST}
    if all(status in "SE" for cell, status in found.items() if "Total" in cell):  # it can hide sums; we show them all
        assert recoverable(flat(counts), lines(counts), frozenset(inside(counts, found, "UM"))) == frozenset()


@pytest.mark.parametrize("seed", TABLES)
def test_our_pattern_withstands_their_audit(seed: int, tmp_path: Path) -> None:
    counts = table(seed)
    veiled = hidden(flat(counts), lines(counts), LEAST)
    if len(veiled) == len(flat(counts)):  # the table is left out as a whole
        return
    assert audit(counts, veiled, tmp_path) == {at: False for at in veiled if flat(counts)[at]}


def test_their_audit_finds_a_pattern_that_is_too_small(tmp_path: Path) -> None:
    counts = [[30, 3, 12], [5, 40, 50], [22, 31, 20]]
    assert audit(counts, frozenset({1, 3}), tmp_path) == {1: True, 3: True}
    assert audit(counts, frozenset({1, 2, 3, 5}), tmp_path) == {1: True, 2: True, 3: True, 5: True}


def audit(counts: Table, veiled: frozenset[int], folder: Path) -> dict[int, bool]:
    """Hidden position → whether τ-Argus can compute it when every sum is known."""
    from pytauargus.engine import run_batch

    made = argus.protect(
        members(counts), ["a", "b"], "n", safety_rules=f"FREQ({LEAST},20)", workdir=str(folder), run=False
    )
    width = len(counts[0])
    more = [at for at in sorted(veiled) if flat(counts)[at] >= LEAST]
    (folder / "more.hst").write_text("".join(f"r{at // width},c{at % width},M\n" for at in more))
    batch = Path(made.files["arb"])
    kept = [line for line in batch.read_text().splitlines() if not line.startswith(("<SUPPRESS>", "<WRITETABLE>"))]
    batch.write_text("\n".join([*kept, *([f'<APRIORI> "{folder / "more.hst"}",1,",",0,0'] if more else [])]) + "\n")
    found = run_batch(str(batch)).audit(0)
    return {
        _place(cell["cell"], width): cell["min"] >= cell["max"] for cell in found if _place(cell["cell"], width) >= 0
    }


def _place(number: int, width: int) -> int:
    """Of a cell that τ-Argus numbers row by row, with the sums first; −1 for a sum."""
    row, column = divmod(number, width + 1)
    return (row - 1) * width + column - 1 if row and column else -1


SUMS = """
id: r
title: R
files:
  - format: json
    require: [x]
    rows:
      - once: true
        variables:
          - {id: sector, from: s, title: Sector, type: choice, values: {a: a, b: b, c: c}}
          - {id: amount, from: v, title: Amount, by: sector}
"""


@pytest.mark.parametrize("seed", TABLES)
def test_both_find_the_same_sums_of_which_one_or_two_make_nearly_all(seed: int, tmp_path: Path) -> None:
    """The p % rule with p = 10 and one intruder."""
    draw = random.Random(seed)
    amounts = {sector: [draw.choice((1, 2, 5, 50, 400, 9000)) for _ in range(draw.randint(3, 12))] for sector in "abc"}
    each = [(sector, amount) for sector, some in amounts.items() for amount in some]
    given = {"sector": [sector for sector, _ in each], "amount": [amount for _, amount in each]}
    made = argus.protect(given, ["sector"], "amount", safety_rules="P(10,1)", workdir=str(tmp_path))
    theirs = {cell["sector"] for cell in made.tables[0].rows if cell["status"] == "U"} - {"Total"}
    names = [PART.join(("r@1", name, "", "observed")) for name in given]
    rows = [(f"M{at}", f"D{at}", 0, names[0], None, sector) for at, (sector, _) in enumerate(each)]
    rows += [(f"M{at}", f"D{at}", 0, names[1], float(amount), None) for at, (_, amount) in enumerate(each)]
    people = {f"M{at}": at for at in range(len(each))}
    found = aggregate([tuple(zip(*rows, strict=True))], people, [recipe.parse(SUMS, "r.yaml")])
    ours = {key for (name, key), figures in found.quantiles.items() if name == "amount" and figures.mean is None}
    assert ours == theirs
