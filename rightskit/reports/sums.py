"""Numbers of a page put together: whether up to four of them, added and taken away, tell of a few.

Who adds two numbers and takes two others away learns something where every request is left once or not at all: the
result is the number of a set that nobody published. Which requests there are is known to nobody but the campaign; so
what is found here is at least what a reader can find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Places = NDArray[np.int64]

_SIGNS = ((1, 1, -1), (1, -1, -1), (1, -1, 1), (-1, 1, 1), (-1, 1, -1), (-1, -1, 1))
"""Of the number, of another one, and of two more that both have the same. What is only added to the number counts a few
only where the number does, and what is only taken away counts nobody."""
_AT_ONCE = 4096  # sums that are looked at together


class Sums:
    """The numbers of a page, one after the other.

    Args:
        members: whose each request is.
        threshold: the least number of members that may be told.
    """

    def __init__(self, members: Sequence[str], threshold: int) -> None:
        self._members = np.unique(np.array(members), return_inverse=True)[1]
        self._threshold = threshold
        self._most = (threshold - 1) * int(np.bincount(self._members, minlength=1).max())  # requests of a few
        self._beside: list[Mask] = []
        self._sets: Mask = np.zeros((1, len(members)), bool)  # one of nothing: four may be fewer

    def add(self, part: Collection[int]) -> None:
        """Remember a number, by the places of the requests that it counts."""
        mask = self._mask(part)
        if not self._knows(mask):
            self._sets = np.vstack([self._sets, mask])

    def beside(self, part: Collection[int]) -> None:
        """Remember a number that is compared with each one alone, for there are many of its kind."""
        self._beside.append(self._mask(part))

    def fits(self, part: Collection[int]) -> bool:
        """Whether a number tells of nobody or of enough, whatever up to three others are put together with it."""
        mask = self._mask(part)
        return self._knows(mask) or not any(self._few(left) for left in (*self._apart(mask), *self._left(mask)))

    def take(self, part: Collection[int]) -> bool:
        """Remember a number if it fits; whether it does."""
        fits = self.fits(part)
        if fits:
            self.add(part)
        return fits

    def _knows(self, mask: Mask) -> bool:
        return bool((self._sets == mask).all(axis=1).any())

    def _mask(self, part: Collection[int]) -> Mask:
        mask = np.zeros(len(self._members), bool)
        mask[list(part)] = True
        return mask

    def _apart(self, mask: Mask) -> Iterator[Mask]:
        """What is left of a number beside it that lies in it, or in which it lies."""
        size = int(mask.sum())
        for other in self._beside:
            if 0 < abs(int(other.sum()) - size) <= self._most and (
                not (other & ~mask).any() or not (mask & ~other).any()
            ):
                yield other ^ mask

    def _left(self, mask: Mask) -> Iterator[Mask]:
        """The requests that are left of each sum that leaves each request once or not at all, and some."""
        packed = np.packbits(np.vstack([self._sets, mask]), axis=0).T
        _, places, kind = np.unique(packed, axis=0, return_index=True, return_inverse=True)
        sets, own = self._sets[:, places].astype(np.int8), mask[places].astype(np.int8)
        for sign, others in self._signed(int(mask.sum())):
            for start in range(0, len(others[0]), _AT_ONCE):
                one, first, second = (place[start : start + _AT_ONCE] for place in others)
                left = sign[0] * own + sign[1] * sets[one] + sign[2] * (sets[first] + sets[second])
                for found in left[((left == 0) | (left == 1)).all(axis=1)]:
                    yield (found == 1)[kind.reshape(-1)]

    def _signed(self, size: int) -> Iterator[tuple[tuple[int, int, int], tuple[Places, Places, Places]]]:
        """The sums of one to a few: signs, and the places of the three others."""
        sizes = self._sets.sum(axis=1)
        first, second = np.triu_indices(len(sizes))
        for sign in _SIGNS:
            left = sign[0] * size + sign[1] * sizes[:, None] + sign[2] * (sizes[first] + sizes[second])[None, :]
            one, pair = np.nonzero((left > 0) & (left <= self._most))
            yield sign, (one, first[pair], second[pair])

    def _few(self, rows: Mask) -> bool:
        return 0 < len(np.unique(self._members[rows])) < self._threshold
