"""``due``: what wants something of the organiser, the most urgent first, and with which command it is done."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.assent import COMPLAINT, is_given
from rightskit.cases.history import standing
from rightskit.cases.model import Clock, EventKind, NextStep
from rightskit.cases.notes import authority_day
from rightskit.cases.places import settled
from rightskit.flows import status
from rightskit.flows.nextletter import letter
from rightskit.reports.agenda import Entry, calendar
from rightskit.vault.eventrows import instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace

HOW = {
    NextStep.FIX_ADDRESS: "mend controllers.yaml; without a better address the letter goes by post: rightskit followup",
    NextStep.ANSWER_AUTHORITY: "answer by hand, with the file number; then: rightskit log REQUEST authority-answered",
    NextStep.ANSWER_IDENTITY: "judge it once for all: rightskit judge CONTROLLER excessive; then: rightskit followup",
    NextStep.ANSWER_MANDATE: "the answer is ready: rightskit followup",
    NextStep.ANSWER_CLARIFICATION: "the answer is ready: rightskit followup",
    NextStep.REVIEW_REPLY: "decide: rightskit review; what was filed alone: read it, then: rightskit log REQUEST noted",
    NextStep.CONTEST: "fee, portal: rightskit followup; a part: ask for the rest, then: rightskit log REQUEST reminded",
    NextStep.ASK_MEMBER: "one mail each: rightskit ask",
    NextStep.REMIND: "the reminder is ready: rightskit followup",
    NextStep.COMPLAIN: "members: rightskit followup --authorise; then: rightskit followup --complaints CONTROLLER",
    NextStep.ASK_AUTHORITY: "three months are over (Art. 78(2)): ask by hand, with the file number",
    NextStep.EXTRACT: "rightskit data extract",
}
"""Step -> what to do about it; in the order of urgency."""
_CLOCKS = {
    Clock.OVERDUE: "overdue",
    Clock.PAUSED: "waiting for our side's answer",
    Clock.RUNNING: "in time",
    Clock.EXTENDED: "extended",
    Clock.STOPPED: "answered or ended",
    Clock.NOT_RUNNING: "not with the controller",
}
_RANK = {step: number for number, step in enumerate(HOW)}


@dataclass(frozen=True, slots=True)
class Task:
    """One step towards one controller: what a single letter, or a single look, may settle.

    Attributes:
        cases: the most urgent first.
        due: the first day that matters among them; None where no day does.
        ready: for how many a letter is ready, or for complaints: how many the members allowed.
    """

    step: NextStep
    controller: str
    cases: tuple[Case, ...]
    due: dt.date | None
    ready: int


def tasks(cases: Sequence[Case]) -> list[Task]:
    """What must be done, the most urgent first; a task is as urgent as its kind, then as its first day.

    Args:
        cases: as :func:`in_order` gives them.
    """
    grouped: dict[tuple[NextStep, str], list[Case]] = defaultdict(list)
    for case in cases:
        grouped[case.status.next, case.request.controller].append(case)
    return [
        Task(step, controller, tuple(some), some[0].status.due, sum(map(_is_ready, some)))
        for (step, controller), some in grouped.items()
    ]


def in_order(cases: Sequence[Case]) -> list[Case]:
    """Those on which the organiser must act, the most urgent first."""
    acting = [case for case in cases if case.status.next not in status.WAITING]
    return sorted(acting, key=_urgency)


def _urgency(case: Case) -> tuple[int, bool, dt.date, str]:
    due = case.status.due
    return _RANK[case.status.next], due is None, due or dt.date.max, case.request.reference


def _is_ready(case: Case) -> bool:
    if case.status.next is NextStep.COMPLAIN:
        return case.events.tell(COMPLAINT.given) and is_given(case.events, COMPLAINT)
    return bool(letter(case))


def headline(cases: Sequence[Case]) -> str:
    """Where the campaign stands, in one line."""
    clocks = Counter(case.status.clock for case in cases)
    said = ", ".join(f"{clocks[clock]:,} {words}" for clock, words in _CLOCKS.items() if clock in clocks)
    return f"{len(cases):,} requests: {said}."


_AHEAD = 4
"""Weeks that are told one by one."""


def weeks(cases: Sequence[Case], today: dt.date) -> dict[str, int]:
    """How many running deadlines end when, by the latest reading: this week, the next ones, later."""
    monday = today - dt.timedelta(days=today.weekday())
    names = ["this week", "next week", *(f"in {n} weeks" for n in range(2, _AHEAD)), "later"]
    counts = dict.fromkeys(names, 0)
    for case in cases:
        limit = case.status.deadline
        if limit and limit.latest and case.status.clock in {Clock.RUNNING, Clock.EXTENDED}:
            counts[names[min(max(0, (limit.latest - monday).days // 7), _AHEAD)]] += 1
    return counts


def clock_went_back(cases: Sequence[Case], now: dt.datetime) -> str:
    """What to say where something was noted after the present moment; empty where the machine's clock may be right."""
    noted = max((noted for case in cases for _, _, noted, _ in case.events.outlines()), default="")
    if not noted or (last := instant(noted)) <= now + dt.timedelta(days=1):
        return ""
    return f"Something was noted on {last:%Y-%m-%d}, and today is {now:%Y-%m-%d}: is this machine's clock right?"


def ics(workspace: Workspace) -> tuple[bytes, int]:
    """The deadlines as a calendar, and how many are open."""
    entries = [entry for case in status.cases(workspace) for entry in _entries(workspace, case)]
    title = f"rightskit: {workspace.campaign.title}"
    return calendar(entries, title, workspace.now), sum(not entry.gone for entry in entries)


def _entries(workspace: Workspace, case: Case) -> Iterator[Entry]:
    """The controller's deadline, and after a complaint the authority's."""
    reference, facts = case.request.reference, case.status
    limit = facts.deadline
    controller = workspace.controller(case.request.controller)
    name = controller.name
    complained = max((e.happened for e in standing(case.events) if e.kind is EventKind.COMPLAINED), default=None)
    if limit and (day := limit.latest or limit.earliest):
        why = " ".join(step.text for step in limit.steps)
        gone = facts.clock.value == "stopped"
        uid = f"{reference.lower()}.answer@rightskit.invalid"
        yield Entry(uid, day, f"{name} must have answered {reference}", why, len(case.events), gone)
    if complained:
        day = authority_day(complained, settled(status.place(controller))[0])
        text = f"Complaint of {complained}. Three months, Art. 78(2) GDPR. See: rightskit status {reference}"
        uid = f"{reference.lower()}.authority@rightskit.invalid"
        summary = f"The authority must report on {reference} ({name})"
        yield Entry(uid, day, summary, text, len(case.events), gone=facts.due is None)
