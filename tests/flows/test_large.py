"""Returned data of a size that no laptop should have in memory, read by a process that may not have much of it."""

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

RECIPE = """
id: trips
title: Trips
files:
  - format: {form}
    names: ['*.{form}']
    require: ['{trip}mode']
    rows:
      - {each}per: {{id: mode, from: '{mode}', title: Mode, type: choice, values: {{B: bus, T: tram}}}}
        count: {{id: trips, title: Trips}}
        totals: [{{id: distance, from: '{metres} / 1000', title: Distance, by: mode, unit: km}}]
"""
TABLE = {"trip": "", "each": "", "mode": "mode", "metres": "metres"}
XML = {"trip": "trips[].trip[].@", "each": "each: 'trips[].trip[]'\n        ", "mode": "@mode", "metres": "metres[]"}
NOTE = "".join(f"{number:04x}" for number in range(500))
"""Nobody wants it."""


def csv(number: int) -> Iterator[str]:
    yield "mode;metres;note\n"
    yield from (f"{'BT'[at % 2]};1500;{at}{NOTE}\n" for at in range(number))


def html(number: int) -> Iterator[str]:
    yield "<html><table><tr><th>mode</th><th>metres</th><th>note</th></tr>"
    yield from (f"<tr><td>{'BT'[at % 2]}</td><td>1500</td><td>{at}{NOTE}</td></tr>" for at in range(number))
    yield "</table>"


def xml(number: int) -> Iterator[str]:
    yield "<?xml version='1.0'?><trips>"
    yield from (
        f"<trip mode='{'BT'[at % 2]}'><metres>1500</metres><note>{at}{NOTE}</note></trip>" for at in range(number)
    )
    yield "</trips>"


def in_archives(path: Path, name: str, pieces: Iterator[str]) -> None:
    """A ZIP in a ZIP; the inner one is not packed, so that it is as large as what is in it."""
    inner = path.with_suffix(".inner")
    with zipfile.ZipFile(inner, "w") as archive, archive.open(name, "w", force_zip64=True) as target:
        target.writelines(piece.encode() for piece in pieces)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(inner, "part.zip")
    inner.unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no limit of memory is kept")
@pytest.mark.parametrize(("write", "packed"), [(csv, False), (csv, True), (html, True), (xml, True)])
def test_a_large_file_needs_little_memory(tmp_path, write: Callable[[int], Iterator[str]], packed, rounds: int) -> None:
    number = (60 if packed else 100) * 500 * max(1, rounds // 50)
    form = write.__name__
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "trips.yaml").write_text(RECIPE.format(form=form, **(XML if write is xml else TABLE)))
    (tmp_path / "campaign.yaml").write_text("slug: probe\n")
    path = tmp_path / "file"
    if packed:
        in_archives(path, f"data.{form}", write(number))
    else:
        with path.open("w") as target:
            target.writelines(write(number))
    assert path.stat().st_size > (0 if packed else 100_000_000)
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_DATA, (200_000_000, 200_000_000)); "
        "from rightskit.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "-C", tmp_path, "data", "extract", path, "--recipe", "trips"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split(",") for line in done.stdout.splitlines()]
    said = {line[at] for line in lines for at in range(len(line))}
    assert {"bus", "tram", f"{number / 2}", f"{number / 2 * 1.5}"} <= said
    path.unlink()
