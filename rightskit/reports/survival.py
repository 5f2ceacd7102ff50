"""The time to an answer: requests that still wait on the day of the report count as long as they were watched.

A request is watched no longer once it is withdrawn, and not beyond a question to the member that is still open: from
then on silence is unknown. Days on which the member owed the controller something do not count.

Sources: Kaplan and Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958), 457-481; Greenwood's
variance and the log-log interval as in Klein and Moeschberger, Survival Analysis (2003), formulas 4.2.2 and 4.3.2;
Brookmeyer and Crowley, A confidence interval for the median survival time, Biometrics 38 (1982), 29-41; for several
requests of one member Ying and Wei, The Kaplan-Meier estimate for dependent failure time observations, Journal of
Multivariate Analysis 50 (1994), 17-29.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Answer
from rightskit.reports.figures import is_answered, is_out
from rightskit.reports.intervals import Z, clustered
from rightskit.reports.model import Median

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from rightskit.reports.caserow import CaseRow

HALF = 0.5 + 1e-12
"""One half, and what multiplying floating-point shares may add to it."""


@dataclass(frozen=True, slots=True)
class Spell:
    """How long one request waited.

    Attributes:
        days: from sending to the answer, or to the end of watching.
        answered: False where the wait goes on (censored).
        cause: what ended it: ``data``, ``refused``, ``no-data``, ``confirmed``, ``withdrawn``; empty where it goes on.
        since: where nobody knows the day of the answer: the last one, counted like ``days``, on which it had not come.
    """

    member: str
    days: int
    answered: bool
    cause: str = ""
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share that still waits after a day, with its 95 % interval.

    Attributes:
        at_risk: how many were still waiting and watched just before that day.
        answered: how many got their answer on that day.
    """

    day: int
    at_risk: int
    answered: int
    share: float
    low: float
    high: float


START = Estimate(0, 0, 0, 1.0, 1.0, 1.0)
"""Before anything happened all wait."""


def spells(rows: Iterable[CaseRow], today: dt.date, *, final: bool) -> list[Spell]:
    """The waits of all requests that are out.

    An answer of unknown day is known to have come by the cut-off, and counts on it.

    Args:
        rows: requests.
        today: the cut-off; what came later is not known yet.
        final: whether an answer in substance is waited for; else the first one of any person.
    """
    return [_spell(row, row.course.sent, today, final=final) for row in rows if is_out(row) and row.course.sent]


def _spell(row: CaseRow, sent: dt.date, today: dt.date, *, final: bool) -> Spell:
    end = _end(row, today, final=final)
    answered = end is not None and end <= today
    last = end if end and answered else min(day for day in (today, row.course.withdrawn, row.asked) if day)
    since = _waited(row, sent, row.course.since) if answered and row.course.since and row.course.final == end else None
    return Spell(row.member, _waited(row, sent, last), answered, _cause(row, today, answered=answered), since)


def _end(row: CaseRow, today: dt.date, *, final: bool) -> dt.date | None:
    """The day of the answer that is waited for; None where there is none."""
    answer = (row.course.final or today) if is_answered(row) else None
    return answer if final else row.course.first_answer or answer


def _cause(row: CaseRow, today: dt.date, *, answered: bool) -> str:
    if answered:
        return _CAUSES.get(row.course.outcome, "")
    return "withdrawn" if row.course.withdrawn and row.course.withdrawn <= today else ""


_CAUSES = {
    Answer.DATA: "data",
    Answer.PARTIAL: "data",
    Answer.REFUSED: "refused",
    Answer.NO_DATA: "no-data",
    Answer.CONFIRMED: "confirmed",
}


def _waited(row: CaseRow, sent: dt.date, last: dt.date) -> int:
    """The days from sending on, without those on which the member owed something; those that overlap count once."""
    days, before = (last - sent).days, sent
    for asked, given in sorted(row.owed, key=lambda one: one[0]):
        start, end = max(asked, before), min(given or last, last)
        days -= max(0, (end - start).days)
        before = max(before, end)
    return max(0, days)


def survival(waits: Sequence[Spell]) -> list[Estimate]:
    """The product-limit estimate, one entry per day on which answers came.

    S(t) = Π (1 − d/n) over the days up to t; the variance of log S is Σ d / (n(n − d)) (Greenwood), or that of sums per
    member (Ying and Wei) where it is larger; the interval is S^exp(± z·√variance / log S), which stays between 0 and 1.
    A wait that ends unanswered on a day counts as watched on that day. Where nobody waits any more, the upper limit
    stays where it was.
    """
    answers = Counter(wait.days for wait in waits if wait.answered)
    lengths = sorted(wait.days for wait in waits)
    risks = {day: at_risk(lengths, day) for day in sorted(answers)}
    together = clustered(waits, answers, risks)
    curve, share, variance, high = [], 1.0, 0.0, 1.0
    for day, risk in risks.items():
        count = answers[day]
        share *= (risk - count) / risk
        variance += count / (risk * (risk - count)) if risk > count else 0.0
        low, high = _loglog(share, max(variance, together.get(day, 0.0)), high)
        curve.append(Estimate(day, risk, count, share, low, high))
    return curve


def _loglog(share: float, variance: float, before: float) -> tuple[float, float]:
    if share <= 0:
        return 0.0, before
    width = Z * math.sqrt(variance) / math.log(share)
    return share ** math.exp(-width), share ** math.exp(width)


def at_risk(lengths: Sequence[int], day: int) -> int:
    """How many waited and were watched until that day or longer.

    Args:
        lengths: days, sorted.
        day: after sending.
    """
    return len(lengths) - bisect_right(lengths, day - 1)


def at(curve: Sequence[Estimate], day: int) -> Estimate:
    """What the curve says on a day: its last entry until then."""
    place = bisect_right(curve, day, key=lambda entry: entry.day)
    return curve[place - 1] if place else START


def median(curve: Sequence[Estimate]) -> Median:
    """The first day on which no more than half wait, and the days on which the interval's ends get there.

    That is Brookmeyer's and Crowley's interval on the log-log scale: the days whose interval holds one half.
    """
    return Median(
        days=next((entry.day for entry in curve if entry.share <= HALF), None),
        low=next((entry.day for entry in curve if entry.low <= HALF), None),
        high=next((entry.day for entry in curve if entry.high <= HALF), None),
    )
