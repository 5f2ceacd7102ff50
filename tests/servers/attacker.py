"""Somebody who puts numbers together: which sums and differences of some of them count a set, and how many are in it.

What is counted falls into kinds: kinds of requests as they can be, or people. A number is that of all whose kind lies in
a set. Up to four numbers, each added or taken away, tell something where every kind is left once or not at all,
whatever the numbers are: then the result is the number of a set that nobody published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Sets = NDArray[np.bool_]

_FIELDS = 16  # kinds in a word of 64 bits, four bits for each
_ONES = np.uint64(0x1111111111111111)
_LOW = np.uint64(0xEEEEEEEEEEEEEEEE)
Signs = tuple[tuple[int, int], ...]
"""Place and sign of each number of a sum."""


@dataclass(frozen=True)
class Numbers:
    """What somebody reads.

    Attributes:
        sets: number x kind: which kinds it counts.
        sizes: how many each number is.
    """

    sets: Sets
    sizes: NDArray[np.int64]

    def possible(self) -> Numbers:
        """Without kinds of which a number, or the difference of two that lie in one another, says that there are none."""
        sets = self.sets
        while True:
            counts = sets.astype(np.float32)
            inside = counts @ counts.T == counts.sum(axis=1)
            gone = sets[self.sizes == 0].any(axis=0)
            for whole, part in zip(*np.nonzero(inside & (self.sizes[:, None] == self.sizes)), strict=True):
                gone |= sets[whole] & ~sets[part]
            if not gone[sets.any(axis=0)].any():
                return Numbers(sets, self.sizes)
            sets = sets & ~gone

    def distinct(self) -> NDArray[np.int64]:
        """The places of numbers that count other kinds than those before them, and kinds at all."""
        _, places = np.unique(self.sets, axis=0, return_index=True)
        return np.sort(places[self.sets[places].any(axis=1)])

    def told(self, most: int) -> Iterator[Signs]:
        """Up to four numbers that tell of a set of 1 to ``most``."""
        kinds = np.unique(self.sets, axis=1)
        kinds = kinds[:, np.random.default_rng(7).permutation(kinds.shape[1])]
        yield from _pairs(kinds, self.sizes, most)
        yield from _parts(kinds, self.sizes, most)


def _packed(sums: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Number x word: each kind in four bits."""
    padded = np.zeros((len(sums), -(-sums.shape[1] // _FIELDS) * _FIELDS), np.uint8)
    padded[:, : sums.shape[1]] = sums
    return np.ascontiguousarray(padded[:, ::2] | padded[:, 1::2] << 4).view(np.uint64)


def _pairs(kinds: Sets, sizes: NDArray[np.int64], most: int) -> Iterator[Signs]:
    """a + b - c - d, or fewer of them."""
    sets = np.vstack([np.zeros(kinds.shape[1], np.uint8), kinds.astype(np.uint8)])
    values = np.concatenate([[0], sizes])
    first, second = np.triu_indices(len(sets))
    value = values[first] + values[second]
    order = np.argsort(value, kind="stable")
    first, second, value = first[order], second[order], value[order]
    words = np.ascontiguousarray(_packed(sets).T)
    left = words[:, first] + words[:, second]
    starts, ends = np.searchsorted(value, value - most), np.searchsorted(value, value)
    for place in range(len(value)):
        rest = np.arange(starts[place], ends[place])
        for word in left:
            if not len(rest):
                break
            # Each field holds 2 more than what is left of it: 2 or 3 where that is nothing or once.
            rest = rest[((word[place] + 2 * _ONES - word[rest]) & _LOW) == 2 * _ONES]
        for other in rest:
            signs = ((first[place], 1), (second[place], 1), (first[other], -1), (second[other], -1))
            yield tuple((int(one) - 1, sign) for one, sign in signs if one)


def _parts(kinds: Sets, sizes: NDArray[np.int64], most: int) -> Iterator[Signs]:
    """One number less three that lie in it, or these less the one."""
    counts = kinds.astype(np.float32)
    apart = counts @ counts.T == 0
    for whole in range(len(kinds)):
        inside = np.flatnonzero(~(kinds & ~kinds[whole]).any(axis=1))
        yield from _less(whole, inside, apart, sizes, most)


def _less(whole: int, inside: Sequence[int], apart: Sets, sizes: NDArray[np.int64], most: int) -> Iterator[Signs]:
    for one, first in enumerate(inside):
        near = [other for other in inside[one + 1 :] if apart[first, other]]
        for two, second in enumerate(near):
            thirds = np.array([third for third in near[two + 1 :] if apart[second, third]], np.int64)
            if len(thirds):
                left = sizes[whole] - sizes[first] - sizes[second] - sizes[thirds]
                for third in thirds[(left > 0) & (left <= most)]:
                    yield ((whole, 1), (int(first), -1), (int(second), -1), (int(third), -1))
