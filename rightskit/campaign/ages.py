"""Years of age, in the bands in which a campaign tells them."""

from __future__ import annotations

import re

BANDS = ("0-17", "18-29", "30-44", "45-59", "60-74", "75+")
_EDGES = (18, 30, 45, 60, 75)
_OLDEST = 150
_WRITTEN = re.compile(r"(?P<low>\d{1,3})(?:[-–](?P<high>\d{1,3})|(?P<open>\+))?")


def band(years: int) -> str:
    """The band of an age."""
    return BANDS[sum(years >= edge for edge in _EDGES)]


def years(text: str) -> range | None:
    """The ages that somebody wrote as ``18-29``, ``42`` or ``75+``; None where it is none of these."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    low = int(found["low"])
    high = _OLDEST if found["open"] else int(found["high"] or low)
    return range(low, high + 1) if low <= high <= _OLDEST else None


def bands(ages: range) -> tuple[str, ...]:
    """The bands over which ages reach."""
    first, last = BANDS.index(band(ages[0])), BANDS.index(band(ages[-1]))
    return BANDS[first : last + 1]
