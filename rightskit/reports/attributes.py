"""What a published row tells of a request: each column once, in codes that the codebook explains."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from rightskit.reports.figures import is_answered, is_overdue, is_pooled, is_readable, is_received
from rightskit.reports.forms import machine_readable

if TYPE_CHECKING:
    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.survival import Spell

_EDGES = (7, 14, 30, 60, 90, 180)
BANDS = ("0-7", "8-14", "15-30", "31-60", "61-90", "91-180", "181+")
"""Days, as they are told."""
JUDGED = ("excessive", "justified", "not-judged")
TIMES = ("on-time", "late", "overdue", "unknown", "running")
NONE = "none"
YES, NO, UNKNOWN = "yes", "no", "unknown"


def attributes(row: CaseRow, first: Spell, last: Spell) -> dict[str, str]:
    """Column → value, from what matters most to what matters least: what comes first is shown rather.

    Args:
        row: a request that is out.
        first: its wait for the first answer of a person.
        last: its wait for an answer in substance.
    """
    return _main(row, first, last) | _more(row)


def _main(row: CaseRow, first: Spell, last: Spell) -> dict[str, str]:
    sent = row.course.sent
    return {
        "right": row.request.right.value,
        "arm": row.request.arm or NONE,
        "answer": row.course.outcome.value.replace(" ", "-"),
        "time": _time(row),
        "identity": _yes(row.demands.identity_demanded),
        "received": _yes(is_received(row)),
        "acknowledged": _yes(row.acknowledged),
        "order": row.request.order or NONE,
        "sent_quarter": f"{sent.year}-Q{(sent.month + 2) // 3}" if sent else "",
        "days_final": band(last.days),
        "ended": last.cause or "waiting",
        "machine_readable": _readable(row),
        "form": row.data.form or NONE,
        "days_first": band(first.days),
        "first": _yes(first.answered),
    }


def _more(row: CaseRow) -> dict[str, str]:
    sent = row.course.sent
    return {
        "channel": row.request.channel,
        "forced": row.forced or NONE,
        "identity_proof": row.demands.identity or NONE,
        "identity_judged": _judged(row, "identity"),
        "extended": _yes(row.extended),
        "reminded": _yes(row.reminded),
        "complaint": row.dispute.complaint or NONE,
        "decision": row.dispute.decision or NONE,
        "measure": row.dispute.measure or NONE,
        "items": UNKNOWN if row.data.items is None else str(len(row.data.items)),
        "readable": _yes(is_readable(row)),
        "pooled": _yes(is_pooled(row)),
        "answer_checked": _checked(row),
        "letter": row.request.letter,
        "language": row.request.language,
        "sent_month": f"{sent:%Y-%m}" if sent else "",
        "withdrawn": _yes(row.course.withdrawn is not None),
    }


def band(days: int) -> str:
    """The band of a number of days."""
    return BANDS[bisect_left(_EDGES, days)]


def _yes(holds: bool) -> str:  # noqa: FBT001 (a fact)
    return YES if holds else NO


def _time(row: CaseRow) -> str:
    if is_answered(row):
        return "late" if row.course.late or row.course.overdue else "on-time"
    if is_overdue(row):
        return "overdue"
    return "unknown" if row.asked else "running"


def _readable(row: CaseRow) -> str:
    found = machine_readable(row.data.form)
    return NONE if not row.data.form else UNKNOWN if found is None else _yes(found)


def _judged(row: CaseRow, demand: str) -> str:
    if demand not in row.demands.demanded:
        return NONE
    if demand in row.demands.excessive:
        return "excessive"
    return "justified" if demand in row.demands.justified else "not-judged"


def _checked(row: CaseRow) -> str:
    if not is_answered(row):
        return NONE
    return "machine" if "answer" in row.course.machine else "person"
