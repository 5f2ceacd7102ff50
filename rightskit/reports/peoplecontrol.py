"""Which of many counts of people may stand on one page, so that no sum or difference of them counts a few.

Control of requests looks at what lies within one another (:mod:`rightskit.reports.control`). Counts of people cross:
who agreed, who left, who was invited. So each is tried here with every one, two and three that are shown already, added
or taken away: where that leaves exactly some people, these are nobody or at least the threshold.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

People = frozenset[str]
_AT_ONCE = 3
_PROBED = 128
"""So many atoms are looked at first, and so many sums at once in full: thousands of each would fill the memory."""


class Subtraction:
    """Decides one count after the other; what was shown before is remembered.

    Args:
        counts: all sets of people that may come to be shown.
        known: those whose number is told elsewhere on the page.
        least: the threshold.
        lines: likewise, but so many that each is tried alone: with a count, and with what that makes with one other.
    """

    def __init__(
        self, counts: Iterable[People], known: Iterable[People], least: int, lines: Iterable[People] = ()
    ) -> None:
        self._least = least
        self._shown: list[NDArray[np.int8]] = []
        told = list(known)
        self._atoms = _atoms([*counts, *told])
        self._sizes = np.fromiter(map(len, self._atoms), np.int64, len(self._atoms))
        self._lines, self._line_sizes = self._counted(list(dict.fromkeys(line for line in lines if line)))
        for count in told:
            self._remember(self._vector(count))

    def show(self, *counts: People) -> bool:
        """Show some counts, all or none of them, and say whether they are shown."""
        before = len(self._shown)
        for vector in map(self._vector, counts):
            if self._tells(vector):
                del self._shown[before:]
                return False
            self._remember(vector)
        return True

    def _vector(self, count: People) -> NDArray[np.int8]:
        return np.fromiter((atom <= count for atom in self._atoms), np.int8, len(self._atoms))

    def _remember(self, vector: NDArray[np.int8]) -> None:
        if not any(np.array_equal(vector, other) for other in self._shown):
            self._shown.append(vector)

    def _tells(self, vector: NDArray[np.int8]) -> bool:
        """Whether it counts a few, alone, with up to three others, or beside a line."""
        return any(map(self._few, self._sums(vector))) or self._few_beside(vector)

    def _counted(self, lines: Sequence[People]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each line how many of each atom stand in it, and how many people in all."""
        atom = {person: place for place, people in enumerate(self._atoms) for person in people}
        counts = np.zeros((len(lines), len(self._atoms)))
        for place, line in enumerate(lines):
            inside = [atom[person] for person in line if person in atom]
            counts[place] = np.bincount(np.array(inside, np.int64), minlength=len(self._atoms))
        return counts, np.array([len(line) for line in lines], np.float64)

    def _few_beside(self, vector: NDArray[np.int8]) -> bool:
        """Whether a line lies in it, or it in a line, and what is left is a few; or in what it makes with one other."""
        if not self._line_sizes.size:
            return False
        shown = np.array(self._shown, np.int8).reshape(len(self._shown), len(self._atoms))
        sums = np.concatenate([vector[None, :], vector + shown, vector - shown, shown - vector])
        people = sums[((sums == 0) | (sums == 1)).all(axis=1)].astype(np.float64)
        both, sizes = people @ self._lines.T, (people @ self._sizes)[:, None]
        left = np.abs(sizes - self._line_sizes)
        within = (both == sizes) | (both == self._line_sizes)
        return bool((within & (left > 0) & (left < self._least)).any())

    def _sums(self, vector: NDArray[np.int8]) -> Iterator[NDArray[np.int8]]:
        """It alone, and with others added or taken away, but for what some atoms show to be no set of people."""
        yield vector[None, :]
        shown = np.array(self._shown, np.int8).reshape(len(self._shown), len(self._atoms))
        probed = np.unique(np.linspace(0, len(vector) - 1, _PROBED, dtype=np.int64)) if len(vector) else slice(None)
        for size in range(1, min(_AT_ONCE, len(shown)) + 1):
            places = np.array(list(combinations(range(len(shown)), size)))
            for signs in product((1, -1), repeat=size):
                weights = np.array(signs, np.int8)[None, :, None]
                seen = vector[probed] + (shown[:, probed][places] * weights).sum(axis=1, dtype=np.int8)
                left = places[((seen == 0) | (seen == 1)).all(axis=1) | ((seen == 0) | (seen == -1)).all(axis=1)]
                for start in range(0, len(left), _PROBED):
                    some = shown[left[start : start + _PROBED]]
                    yield vector + (some * weights).sum(axis=1, dtype=np.int8)

    def _few(self, sums: NDArray[np.int8]) -> bool:
        """Whether one of these sums is that of some people, or its opposite, and they are few."""
        for sign in (1, -1):
            found = sums * sign
            people = found[((found == 0) | (found == 1)).all(axis=1)] @ self._sizes
            if ((people > 0) & (people < self._least)).any():
                return True
        return False


def _atoms(counts: Iterable[People]) -> list[People]:
    """People who stand in the same counts, together."""
    inside: dict[str, list[int]] = {}
    for place, count in enumerate(counts):
        for person in count:
            inside.setdefault(person, []).append(place)
    found: dict[tuple[int, ...], set[str]] = {}
    for person, places in inside.items():
        found.setdefault(tuple(places), set()).add(person)
    return list(map(frozenset, found.values()))
