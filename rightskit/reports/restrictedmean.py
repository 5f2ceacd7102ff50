"""How many days a request waits on the average within a given time: the area under the curve of those still waiting.

Source: Royston and Parmar, Restricted mean survival time, BMC Medical Research Methodology 13 (2013), 152. The variance
is that of sums per member (Ying and Wei 1994, see :mod:`rightskit.reports.survival`): of the area A after a day on
which d of n were answered, each of the d takes A/(n - d) away, and each of the n gives d/n of that back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from rightskit.reports.survival import survival

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.reports.survival import Spell


@dataclass(frozen=True, slots=True)
class Restricted:
    """A restricted mean.

    Attributes:
        days: from 0 to the time within which waits count.
        pulls: member → by how many days their requests moved it; the variance is the sum of the squares.
    """

    days: float
    pulls: Mapping[str, float]


def restricted(waits: Sequence[Spell], within: int) -> Restricted:
    """The mean wait, where what waits longer counts as ``within`` days.

    Args:
        waits: of one arm; some must have been watched until ``within``, or all answered before.
        within: days after sending.
    """
    curve = [one for one in survival(waits) if one.day < within]
    days = [one.day for one in curve]
    areas = [one.share * (stop - one.day) for one, stop in zip(curve, [*days[1:], within], strict=True)] if days else []
    after = list(accumulate(reversed(areas)))[::-1]
    # Where all are answered at once, nothing lies after that day.
    taken = [area / max(1, one.at_risk - one.answered) for area, one in zip(after, curve, strict=True)]
    held = [0.0, *accumulate(part * one.answered / one.at_risk for part, one in zip(taken, curve, strict=True))]
    pulls: dict[str, float] = defaultdict(float)
    for wait in waits:
        pulls[wait.member] += held[bisect_right(days, wait.days)]
        if wait.answered and wait.days < within:
            pulls[wait.member] -= taken[bisect_left(days, wait.days)]
    return Restricted(sum(areas) + (days[0] if days else within), pulls)
