"""A second reader's labels of a sample: how far two people agree on what a sentence says."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Twice:
    """A sentence of the corpus that two people labelled, the second without knowing the first one's label.

    Attributes:
        file: in which it stands, such as ``train-a``.
        first: the label in that file.
    """

    language: str
    file: str
    first: str
    second: str
    sentence: str


def read(path: Path) -> list[Twice]:
    """Read the sample, a table of tabs."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Twice(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def agreement(sample: Sequence[Twice]) -> tuple[float, float]:
    """The share of equal labels, and Cohen's kappa, which takes off what chance alone would give."""
    same = sum(_parts(one.first) == _parts(one.second) for one in sample) / len(sample)
    first, second = Counter(one.first for one in sample), Counter(one.second for one in sample)
    chance = sum(first[label] * second[label] for label in first) / len(sample) ** 2
    return same, (same - chance) / (1 - chance)


def _parts(label: str) -> frozenset[str]:
    return frozenset(label.split("+"))
