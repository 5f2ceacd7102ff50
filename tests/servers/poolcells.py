"""The numbers of people in the tables of returned data, and who they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from meanings import NAMES

from rightskit.disclosures import funnel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

People = frozenset[str]
Stands = Mapping[tuple[str, ...], People]
"""Kind, variable, key and label of a cell -> who stands behind it."""
Told = tuple[str, tuple[int, People]]


def of_release(folder: Path, stands: Stands) -> Iterator[Told]:
    """The tables of a release, and how many people it speaks of."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if manifest["members"] is not None:
        yield "pool", (manifest["members"], stands["pool", "", "", ""])
    for path in sorted((folder / "tables").glob("*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["members"] is not None and table["variable"] not in {"presence", funnel.NAME}:
            yield f"pool {table['variable']}", (table["members"], stands["base", table["variable"], "", ""])
        if table["kind"] == funnel.NAME:
            yield from _steps(table["columns"], table["rows"], stands)


def _steps(columns: list[str], rows: list[list[object]], stands: Stands) -> Iterator[Told]:
    controllers = {name: key for key, name in NAMES.items()}
    for name, *cells in rows:
        for place, (step, cell) in enumerate(zip(funnel.STEPS, cells, strict=True)):
            if isinstance(cell, int):
                ends = list(funnel.STEPS)[place:]
                marks = (("stop", funnel.NAME, controllers[str(name)], end) for end in ends)
                yield f"pool {name} {step}", (cell, frozenset().union(*(stands.get(mark, ()) for mark in marks)))
    assert len(columns) == len(funnel.STEPS) + 1


def of_page(rows: list[list[str]], stands: Stands) -> Iterator[Told]:
    """The tables of a report; one that was published before counts people of another day."""
    for title, *cells in filter(None, rows):
        variable = {"Colour": "colour", "Score": "score"}.get(title)
        if variable and len(cells) == len(("documents", "value", "%")) and cells[0].isdecimal():
            yield f"pool {variable}", (int(cells[0]), stands["base", variable, "", ""])
        if title in NAMES.values() and len(cells) == len(funnel.STEPS):
            numbers = [int(cell) if cell.isdecimal() else None for cell in cells]
            yield from _steps([""] * (len(cells) + 1), [[title, *numbers]], stands)
