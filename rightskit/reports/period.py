"""Since when requests went out, as far as a page may tell it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from rightskit.reports.caserow import CaseRow


def began(rows: Iterable[CaseRow], threshold: int) -> dt.date | None:
    """The first day of the first month in which requests of enough members went out; None where there is none.

    Months in which only a few sent theirs are passed over, so that a page says nothing of those who went first.

    Args:
        rows: requests as they may be counted.
        threshold: the least number of members.
    """
    found: dict[dt.date, set[str]] = defaultdict(set)
    for row in rows:
        if row.course.sent:
            found[row.course.sent.replace(day=1)].add(row.member)
    return min((month for month, members in found.items() if len(members) >= threshold), default=None)
