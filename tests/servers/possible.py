"""Requests as they can be, for somebody who knows what figures mean and of none what happened to it."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from meanings import NAMES

from rightskit.cases.model import Answer
from rightskit.reports.attributes import attributes
from rightskit.reports.breakdown import DECISIONS, MEASURES
from rightskit.reports.caserow import PLANNED
from rightskit.reports.figures import FINAL, has_data, is_answered, is_out, is_refused
from rightskit.reports.forms import FORMS
from rightskit.reports.microdata import TAKEN
from rightskit.reports.rowparts import changed, values
from rightskit.reports.survival import spells
from rightskit.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow

RIGHTS = (Right.ACCESS, Right.PORTABILITY)
SENT = dt.date(2026, 3, 2)
SOME, TAKE, CHANGED = 500, 0.3, 0.1
PARTS = (
    ("controller",),
    ("right", "letter", "arm", "order"),
    ("sent",),
    ("bounced",),
    ("received",),
    ("outcome", "form", "readable", "pooled", "items", "final", "late", "overdue"),
    ("form", "readable"),
    ("pooled",),
    ("first_answer", "final"),
    ("identity_demanded", "demanded", "excessive", "identity"),
    ("extended",),
    ("acknowledged",),
    ("overdue", "late"),
    ("complained", "complaint", "decision", "measure"),
    ("reminded",),
    ("withdrawn",),
    ("forced",),
    ("channel",),
)
"""Fields that may be otherwise while all others stay, once what follows from them is put right."""


def possible(number: int) -> Iterator[CaseRow]:
    """What a request can be, by what the figures mean: of two facts that no row has both, everybody knows that."""
    rng = random.Random(5)
    for _ in range(number):
        yield _row(rng)


def shown(rows: Iterable[CaseRow], day: dt.date) -> Iterator[dict[str, str]]:
    """What the row of each can show on a day: each value, or that it was taken away; nothing of what did not go out."""
    rng = random.Random(str(day))
    for row in rows:
        yield _shown(rng, row, day)


def near(
    rows: Sequence[tuple[CaseRow, Mapping[str, str]]], day: dt.date, number: int
) -> Iterator[tuple[CaseRow, dict[str, str]]]:
    """Requests that are in one or two respects otherwise than some, and whose rows show nearly what theirs do."""
    rng, others = random.Random(str(day)), list(possible(SOME))
    for _ in range(number):
        (row, shows), other = rng.choice(rows), values(rng.choice(others))
        names = [name for part in rng.sample(PARTS, rng.choice((1, 1, 2))) for name in part]
        new = _put_right(changed(row, **{name: other[name] for name in names}))
        hides = {name for name, value in shows.items() if (value == TAKEN) != (rng.random() < CHANGED)} - {"controller"}
        yield new, {name: TAKEN if name in hides else value for name, value in _seen(rng, new, day).items()}


def _put_right(row: CaseRow) -> CaseRow:
    answered, spoke = is_final(row), row.course.outcome not in {Answer.NONE, Answer.UNKNOWN}
    spoke |= row.demands.identity_demanded or row.extended or row.acknowledged
    return changed(
        row,
        acknowledged=row.acknowledged or row.demands.identity_demanded or row.extended,
        first_answer=(row.course.first_answer or SENT + dt.timedelta(10)) if spoke else None,
        final=(row.course.final or SENT + dt.timedelta(20)) if answered else None,
        overdue=row.course.overdue and not answered,
        late=row.course.late and answered,
        **({} if row.course.outcome in {Answer.DATA, Answer.PARTIAL} else {"form": "", "readable": False}),
    )


def is_final(row: CaseRow) -> bool:
    """Whether an answer in substance came, wherever the request is."""
    return row.course.outcome in FINAL


def _row(rng: random.Random) -> CaseRow:
    outcome = rng.choice(list(Answer))
    asked, extended, acknowledged = (rng.random() < 0.3 for _ in range(3))
    answered, spoke = outcome in FINAL, outcome not in {Answer.NONE, Answer.UNKNOWN}
    complained = rng.random() < 0.5
    form = rng.choice(FORMS) if outcome in {Answer.DATA, Answer.PARTIAL} else ""
    final = SENT + dt.timedelta(rng.randrange(1, 70))
    first = min(final, SENT + dt.timedelta(rng.randrange(1, 70)))
    right = rng.choice(RIGHTS)
    return changed(
        PLANNED,
        member="M00000001",
        controller=rng.choice(list(NAMES.values())),
        right=right,
        letter=right.value,
        language="de",
        sent=SENT if rng.random() < 0.9 else None,
        received=rng.random() < 0.5,
        bounced=rng.random() < 0.1,
        first_answer=first if spoke or asked or extended or acknowledged else None,
        final=final if answered else None,
        outcome=outcome,
        identity_demanded=asked,
        excessive=frozenset({"identity"} if asked and rng.random() < 0.4 else ()),
        demanded=frozenset({"identity"} if asked else ()),
        identity="unspecified" if asked else "",
        extended=extended,
        acknowledged=acknowledged or asked or extended,
        overdue=not answered and rng.random() < 0.5,
        late=answered and rng.random() < 0.5,
        reminded=rng.random() < 0.5,
        complained=complained,
        complaint=rng.choice(["lodged", "decided"]) if complained else "",
        readable=form not in {"", "paper", "portal"} and rng.random() < 0.5,
        form=form,
        items=frozenset("abc") if answered and rng.random() < 0.5 else None,
        decision=rng.choice(DECISIONS[:-2]) if complained and rng.random() < 0.7 else "",
        measure=rng.choice(["", *MEASURES[:-1]]) if complained else "",
        pooled=rng.random() < 0.5,
        arm=rng.choice(["mail", "paper"]) if right is Right.ACCESS else "",
        order=rng.choice(["early", "late"]) if right is Right.ACCESS else "",
        channel=rng.choice(["email", "post"]),
        forced=rng.choice(["", "portal"]),
        withdrawn=rng.choice([None, None, SENT + dt.timedelta(rng.randrange(1, 70))]),
    )


def _shown(rng: random.Random, row: CaseRow, day: dt.date) -> dict[str, str]:
    return {name: TAKEN if rng.random() < TAKE else value for name, value in _seen(rng, row, day).items()}


def _seen(rng: random.Random, row: CaseRow, day: dt.date) -> dict[str, str]:
    """What a row shows where nothing is taken away but, it may be, by the table of controllers."""
    if not is_out(row):
        return {}
    first, last = (spells([row], day, final=final)[0] for final in (False, True))
    return {"controller": row.request.controller, "outcome": _outcome(rng, row), **attributes(row, first, last)}


def _outcome(rng: random.Random, row: CaseRow) -> str:
    """The cell of the table of controllers, that it was answered, or nothing."""
    if not is_answered(row):
        return rng.choice(["open", TAKEN])
    exact = "data" if has_data(row) else "refused" if is_refused(row) and rng.random() < 0.8 else "else"
    return rng.choice([exact, exact, "answered", TAKEN])
