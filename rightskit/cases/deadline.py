"""The last day on which a controller's answer is in time, as a range with its reasons.

The law is not settled everywhere, and a campaign must neither cry wolf nor sleep: ``earliest`` is the reading strictest
for the controller, ``latest`` the one kindest to it. Everything here is pure; nothing reads the clock.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from rightskit.cases.demands import KINDS, demands
from rightskit.cases.happenings import GIVEN, JUDGEMENTS, Happening, in_order, misfits, parse_event
from rightskit.cases.model import Deadline, EventKind, Step
from rightskit.cases.notes import notes
from rightskit.cases.places import Place, checked
from rightskit.cases.readings import Line, kind_line, strict_line
from rightskit.cases.receipt import Receipt, receipt_from_sending
from rightskit.cases.starts import in_effect, is_settled_by_statute, kind_starts, ordinary_start, strict_starts
from rightskit.cases.wording import spoken
from rightskit.errors import WrongUsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from rightskit.cases.demands import Demand
    from rightskit.rights import Right

__all__ = ["Happening", "Place", "Receipt", "deadline", "parse_event", "receipt_from_sending", "reckon"]

PROMPT_DAYS = 14
# The kinds that can change a deadline or its steps; all others leave it alone.
RELEVANT = frozenset(
    {*KINDS, *GIVEN, *JUDGEMENTS, EventKind.EXTENDED, EventKind.BOUNCED, EventKind.DELIVERED, EventKind.COMPLAINED}
)


def deadline(
    received: dt.date | Receipt,
    place: Place,
    events: Sequence[Happening] = (),
    *,
    prompt_days: int = PROMPT_DAYS,
    right: Right | None = None,
) -> Deadline:
    """The range of the last day, with flags and steps.

    Args:
        received: the day of receipt in the controller's time zone, or what is known of it.
        place: where the controller must act.
        events: what happened since, in any order.
        prompt_days: a demand later than this after receipt is not prompt.
        right: adds what is peculiar to a right.

    Raises:
        WrongUsageError: the country or subdivision is not known, or the events cannot have happened that way.
    """
    receipt = received if isinstance(received, Receipt) else Receipt(received, received)
    place = checked(place)
    if wrong := misfits(receipt.first, events):
        raise WrongUsageError("; ".join(wrong), "give each event as KIND=YYYY-MM-DD, with the day it happened")
    relevant = in_order(one for one in events if one.kind in RELEVANT)
    return reckon(receipt, place, relevant, prompt_days, right)


@lru_cache(maxsize=1 << 14)
def reckon(
    receipt: Receipt, place: Place, events: tuple[Happening, ...], prompt_days: int, right: Right | None
) -> Deadline:
    """The same for a checked place and for sorted events that may not fit together: total, and cached.

    An answer without its demand, or a judgement of nothing, changes nothing.
    """
    if not events and right is None and receipt.first == receipt.last and (quick := _undisturbed(receipt, place)):
        return quick
    started = _after_bounce(receipt, events)
    if started is None:
        text = "The letter came back: it was never received, and no time runs."
        return Deadline(None, None, ("not-received",), (Step("not-received", "GDPR Art. 12(3)", None, text),))
    found = demands(events)
    extensions = [one for one in events if one.kind is EventKind.EXTENDED]
    strict = _strict(started, place, in_effect(found, started.first, prompt_days), extensions)
    effective = in_effect(found, started.last, prompt_days)
    kind = _kind(started, place, effective, extensions, strict)
    late = tuple(demand for demand in found if not demand.contested and demand.late(started.last, prompt_days))
    flags = {*started.flags, *_flags(place, strict, kind), *_demand_flags(place, effective, late)}
    steps = (*_merged(strict, kind), *notes(events, found, late, right, place), *_result(strict, kind))
    return Deadline(strict.last_day, kind.last_day if kind else None, tuple(sorted(flags)), steps)


def _undisturbed(receipt: Receipt, place: Place) -> Deadline | None:
    """The common case, without detours: nothing happened, and no two readings differ."""
    line = strict_line(ordinary_start(receipt.first), place, ())
    if line.rolled.last != line.last_day:
        return None
    return Deadline(line.last_day, line.last_day, receipt.flags, (*line.steps, *_result(line, line)))


def _after_bounce(receipt: Receipt, events: Iterable[Happening]) -> Receipt | None:
    """The receipt that stands; None where the letter came back and no later delivery is known."""
    bounces = [one.date for one in events if one.kind is EventKind.BOUNCED]
    if not bounces:
        return receipt
    later = [one.date for one in events if one.kind is EventKind.DELIVERED and one.date >= max(bounces)]
    return Receipt(min(later), min(later), "delivery") if later else None


def _strict(receipt: Receipt, place: Place, effective: Sequence[Demand], extensions: Sequence[Happening]) -> Line:
    starts = strict_starts(receipt.first, place, effective)
    return min((strict_line(start, place, extensions) for start in starts), key=_last_day)


def _kind(
    receipt: Receipt, place: Place, effective: Sequence[Demand], extensions: Sequence[Happening], strict: Line
) -> Line | None:
    """None where the controller waits for the member: then there is no latest date."""
    if any(demand.given is None for demand in effective):
        return None
    lines = [kind_line(start, place, extensions) for start in kind_starts(receipt.last, place, effective)]
    # A month is not always as long as the next one; no reading is kinder than the kindest of all.
    return max((*lines, strict), key=_last_day)


def _last_day(line: Line) -> dt.date:
    return line.last_day


def _flags(place: Place, strict: Line, kind: Line | None) -> set[str]:
    found = {"place-unknown"} if strict.rolled.by_place or (kind and kind.rolled.by_place) else set()
    extensions = {strict.extension, kind.extension if kind else "none"}
    if kind and kind.rolled.by_dispute:
        found.add("holiday-disputed")
    if kind and kind.extension == "late":
        found.add("late-extension")
    if extensions & {"reasons-missing", "granted-without-reasons"}:
        found.add("reasons-missing")
    if place.country == "CH" and any(extension.startswith("granted") for extension in extensions):
        found.add("extension-without-limit")
    return found


def _demand_flags(place: Place, effective: Sequence[Demand], late: Sequence[Demand]) -> set[str]:
    found = {_late_flag(demand) for demand in late}
    if any(demand.given is None for demand in effective):
        found.add("waiting-for-member")
    if any(d.given and d.verdict is None and not is_settled_by_statute(d, place) for d in effective):
        found.add("demand-not-judged")
    return found


def _late_flag(demand: Demand) -> str:
    return "late-identity-demand" if demand.kind is EventKind.IDENTITY_DEMANDED else "late-demand"


def _merged(strict: Line, kind: Line | None) -> tuple[Step, ...]:
    """The steps that both readings share, then those of each."""
    if kind is None or kind.steps == strict.steps:
        return strict.steps
    pairs = zip(strict.steps, kind.steps, strict=False)
    shared = tuple(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    mine = (_marked(step, "Read strictly") for step in strict.steps[len(shared) :])
    theirs = (_marked(step, "Read in the controller's favour") for step in kind.steps[len(shared) :])
    return (*shared, *mine, *theirs)


def _marked(step: Step, reading: str) -> Step:
    return Step(step.rule, step.source, step.date, f"{reading}: {step.text}")


def _result(strict: Line, kind: Line | None) -> tuple[Step, ...]:
    day = strict.last_day
    if kind is None:
        text = f"A reminder is due after {spoken(day)}; there is no latest day before the member has answered."
        return (Step("earliest", "", day, text),)
    if kind.last_day == day:
        return (Step("due", "", day, f"An answer is in time until the end of {spoken(day)}."),)
    early = Step("earliest", "", day, f"A friendly reminder is due after {spoken(day)}.")
    late = Step("latest", "", kind.last_day, f"The request is overdue only after {spoken(kind.last_day)}.")
    return (early, late)
