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
    Counts = NDArray[np.int8]

_SIGNS = ((1, 1, -1), (1, -1, -1), (1, -1, 1), (-1, 1, 1), (-1, 1, -1), (-1, -1, 1))
"""Of the number, of another one, and of two more that both have the same. What is only added to the number counts a few
only where the number does, and what is only taken away counts nobody."""
_AT_ONCE = 4096  # sums that are looked at together
_FIRST = 64  # kinds of requests at which most sums fail


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
        self._kinds = np.zeros(len(members), np.int64)  # of requests that stand in the same numbers
        self._sets: Mask = np.zeros((1, len(members)), bool)  # one of nothing: four may be fewer

    def add(self, part: Collection[int]) -> None:
        """Remember a number, by the places of the requests that it counts."""
        mask = self._mask(part)
        if not self._knows(mask):
            self._sets = np.vstack([self._sets, mask])
            self._kinds = self._divided(mask)[1]

    def beside(self, part: Collection[int]) -> None:
        """Remember a number of a kind of which there are many: no two of them are put together."""
        mask = self._mask(part)
        self._beside.append(mask)
        self._kinds = self._divided(mask)[1]

    def _divided(self, mask: Mask) -> tuple[Places, Places]:
        """A request of each kind, and the kind of each request, where a number divides the kinds."""
        codes = 2 * self._kinds + mask
        places = np.full(int(codes.max(initial=0)) + 1, -1)
        places[codes] = np.arange(len(codes))
        return places[places >= 0], (np.cumsum(places >= 0) - 1)[codes]

    def fits(self, part: Collection[int]) -> bool:
        """Whether a number tells of nobody or of enough, whatever up to three others are put together with it."""
        mask = self._mask(part)
        return self._knows(mask) or not any(map(self._few, self._left(mask)))

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

    def _left(self, mask: Mask) -> Iterator[Mask]:
        """The requests that are left of each sum that leaves each request once or not at all, and some."""
        every = np.vstack([self._sets, *self._beside])
        places, kind = _mixed(*self._divided(mask))
        sets, own = every[:, places].astype(np.int8), mask[places].astype(np.int8)
        for sign, others in self._signed(int(mask.sum()), every.sum(axis=1)):
            for start in range(0, len(others[0]), _AT_ONCE):
                some = tuple(place[start : start + _AT_ONCE] for place in others)
                for found in _whole(sign, own, sets, some):
                    yield (found == 1)[kind]

    def _signed(self, size: int, sizes: Places) -> Iterator[tuple[tuple[int, int, int], tuple[Places, Places, Places]]]:
        """The sums of one to a few: signs, and the places of the three others, of which one may stand beside."""
        own = len(self._sets)
        pairs = np.triu_indices(own)
        mixed = tuple(part.reshape(-1) for part in np.mgrid[0:own, own : len(sizes)])
        for sign in _SIGNS:
            for ones, (first, second) in ((len(sizes), pairs), (own, mixed)):
                left = sign[0] * size + sign[1] * sizes[:ones, None] + sign[2] * (sizes[first] + sizes[second])[None, :]
                one, pair = np.nonzero((left > 0) & (left <= self._most))
                yield sign, (one, first[pair], second[pair])

    def _few(self, rows: Mask) -> bool:
        return 0 < len(np.unique(self._members[rows])) < self._threshold


def _mixed(places: Places, kind: Places) -> tuple[Places, Places]:
    """Kinds in an order without meaning, so that the first ones are of all sorts."""
    order = np.random.default_rng(7).permutation(len(places))
    return places[order], np.argsort(order)[kind]


def _whole(sign: tuple[int, int, int], own: Counts, sets: Counts, some: tuple[Places, ...]) -> Counts:
    """The sums that leave each kind once or not at all; most are seen not to by the first kinds."""
    one, first, second = some
    for kinds in (slice(_FIRST), slice(None)):
        left = sign[0] * own[kinds] + sign[1] * sets[one, kinds] + sign[2] * (sets[first, kinds] + sets[second, kinds])
        fits = ((left == 0) | (left == 1)).all(axis=1)
        one, first, second = one[fits], first[fits], second[fits]
    found: Counts = left[fits]
    return found
