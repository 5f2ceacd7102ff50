"""``status`` and ``log``."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightskit.cli import options, output, session
from rightskit.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rightskit.cases.model import Event, EventKind
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace


class Teller(StrEnum):
    """Who can have told what is logged."""

    ORGANISER = "organiser"
    MEMBER = "member"
    CONTROLLER = "controller"
    AUTHORITY = "authority"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (log, status):
        app.command()(command)


def status(
    request: Annotated[
        str | None, typer.Argument(help="One request, with its events and the steps of its deadline.")
    ] = None,
    every: Annotated[bool, typer.Option("--list", help="A line per request.")] = False,
    funnel: Annotated[bool, typer.Option("--funnel", help="How far requests came, by controller and right.")] = False,
    members: Annotated[bool, typer.Option("--members", help="How members came, and how many left.")] = False,
    as_json: Json = False,
) -> None:
    """Show the three facts of each request: delivery, clock and answer.

    One request is shown with its events; what is wrong in them is overruled with `rightskit correct`.

    `--funnel` and `--members` are the report's figures as they are, with nothing hidden: for your eyes alone.

    Example: `rightskit status RK-7G2K-4Q9A`
    """
    from rightskit.flows import status as flow

    space = session.workspace()
    if funnel or members:
        _figures(space, members=members, as_json=as_json)
        return
    if request:
        _show_one(flow.case(space, request), as_json=as_json)
        return
    found = flow.cases(space)
    if as_json:
        for case in found:
            output.json_line(case_line(case))
    elif every:
        _list(found)
    elif found:
        _summary(found)
    else:
        output.say("No requests yet: rightskit plan")


def _figures(space: Workspace, *, members: bool, as_json: bool) -> None:
    from rightskit.flows import standing

    found = standing.members(space) if members else standing.funnel(space)
    for line in found if as_json else ():
        output.json_line(line)
    if not as_json and found:
        output.table(tuple(found[0]), [tuple(line.values()) for line in found])
    if not found:
        output.say("No requests yet: rightskit plan")


_COLUMNS = ("request", "member", "controller", "right", "delivery", "clock", "answer", "due", "next")


def case_line(case: Case) -> dict[str, Any]:
    """The fixed form of ``status --json``."""
    return dict(zip(_COLUMNS, _row(case), strict=True))


_NARROW = ("request", "controller", "clock", "answer", "due", "next")
"""What fits 80 columns."""


def _list(found: list[Case]) -> None:
    """A line per request: as much as fits for a person, everything for a pipe."""
    if not output.is_terminal() or not found:
        output.table(_COLUMNS, [_row(case) for case in found], none="No requests yet: rightskit plan")
        return
    lines = map(case_line, found)
    output.table(_NARROW, [[line[column] for column in _NARROW] for line in lines])
    output.line("With members, rights and delivery: rightskit status --list | less -S, or --json")


def _row(case: Case) -> tuple[object, ...]:
    request, facts = case.request, case.status
    return (
        request.reference,
        request.member,
        request.controller,
        request.right.value,
        facts.delivery.value,
        facts.clock.value,
        facts.answer.value,
        facts.due,
        facts.next.value,
    )


_MOST_LINES = 25
"""Controllers whose bars a person looks at; the rest is named by number."""


def _summary(found: list[Case]) -> None:
    """Where the campaign stands: drawn for a person, as tables for a pipe."""
    from rightskit.flows import agenda

    facts: dict[str, Callable[[Case], StrEnum]] = {
        "delivery": lambda case: case.status.delivery,
        "clock": lambda case: case.status.clock,
        "answer": lambda case: case.status.answer,
    }
    if output.is_terminal():
        _draw(found, facts)
    else:
        _tables(found, facts)
    output.line(f"{agenda.headline(found)} What to do: rightskit due")


def _draw(found: list[Case], facts: dict[str, Callable[[Case], StrEnum]]) -> None:
    """A bar per value of each fact, and one of three parts per controller, the most written to first."""
    from rightskit.cases.model import Clock
    from rightskit.cli import charts

    for title, fact in facts.items():
        counts = Counter(map(fact, found))
        charts.bars(title, {value.value: counts[value] for value in type(fact(found[0])) if counts[value]})
    parts = {Clock.STOPPED: 0, Clock.OVERDUE: 2}
    stacks: dict[str, list[int]] = {}
    for case in found:
        stacks.setdefault(case.request.controller, [0, 0, 0])[parts.get(case.status.clock, 1)] += 1
    rows = sorted(stacks.items(), key=lambda row: (-sum(row[1]), row[0]))
    charts.stacks("controller", ("ended", "open", "overdue"), rows[:_MOST_LINES])
    if len(rows) > _MOST_LINES:
        output.say(f"and {len(rows) - _MOST_LINES} more controllers: rightskit status | less")


def _tables(found: list[Case], facts: dict[str, Callable[[Case], StrEnum]]) -> None:
    """A table per fact: a line per controller, a column per value that occurs."""
    controllers = sorted({case.request.controller for case in found})
    for title, fact in facts.items():
        counts = Counter((case.request.controller, fact(case)) for case in found)
        values = [value for value in type(fact(found[0])) if any((c, value) in counts for c in controllers)]
        rows = [(c, *(counts[c, value] or "–" for value in values)) for c in controllers]
        rows.append(("all", *(sum(counts[c, value] for c in controllers) for value in values)))
        output.table((title, *(value.value for value in values)), rows)


def _show_one(case: Case, *, as_json: bool) -> None:
    from rightskit.cases.history import standing

    if as_json:
        output.json_line(case_line(case))
        return
    for name, value in case_line(case).items():
        output.say(f"{name:<11} {value if value is not None else '–'}")
    if case.status.flags:
        output.say(f"flags       {', '.join(case.status.flags)}")
    output.say("")
    counting = {event.id for event in standing(case.events)}
    rows = [
        (
            f"{number}" if e.id in counting else f"({number})",
            *(e.happened, e.received, e.noted.date(), e.kind.value, _teller(e), e.rule, _evidence(e)[:24]),
        )
        for number, e in enumerate(case.events, 1)
    ]
    output.table(*_that_fit(rows))
    if len(counting) < len(rows):
        output.say("A number in brackets does not count: a person has corrected it, or its date cannot be.")
    if case.status.deadline:
        output.say("")
        steps = [(step.date, step.text, step.source) for step in case.status.deadline.steps]
        output.table(("date", "because", "source"), steps)


_EVENTS = ("no", "happened", "received", "noted", "event", "by", "rule", "evidence")
_APART = frozenset({"noted", "rule"})
"""What a person who looks at a terminal can do without."""


def _that_fit(rows: Sequence[Sequence[object]]) -> tuple[list[str], list[list[object]]]:
    """The columns of events: all for a pipe, and for a terminal those that say something, so that days stay whole."""
    shown = [
        number
        for number, name in enumerate(_EVENTS)
        if not output.is_terminal() or (name not in _APART and any(row[number] for row in rows))
    ]
    return [_EVENTS[number] for number in shown], [[row[number] for number in shown] for row in rows]


def _evidence(event: Event) -> str:
    """What proves it, after what an authority decided, and the file number."""
    from rightskit.cases import rulings

    number = event.detail.get("number", "")
    return ", ".join(filter(None, (*rulings.only(event.detail).values(), number, event.evidence)))


def _teller(event: Event) -> str:
    """Where an event comes from; of what a person noted, who told it."""
    return event.detail.get("by", event.source)


def log(
    request: Annotated[str | None, typer.Argument(metavar="[REQUEST]", help="Such as RK-7G2K-4Q9A.")] = None,
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="Such as acknowledged or refused.")] = None,
    date: Annotated[dt.datetime | None, options.day("When; by default today.")] = None,
    received: Annotated[dt.datetime | None, options.day("When somebody learned of it; by default today.")] = None,
    by: Annotated[Teller, typer.Option(help="Who told it.")] = Teller.ORGANISER,
    evidence: Annotated[str, typer.Option(help="What proves it, in a few words.")] = "",
    outcome: Annotated[
        str,
        typer.Option(help="Of authority-decided: upheld, partly-upheld, rejected, inadmissible or settled."),
    ] = "",
    measure: Annotated[str, typer.Option(help="Of an outcome: no-measure, reprimand, order or fine.")] = "",
    fine: Annotated[str, typer.Option(metavar="AMOUNT", help="With its currency, such as '5000 EUR'.")] = "",
    source: Annotated[
        Path | None,
        typer.Option("--from", help="A CSV: request,event,date,received,by,evidence,outcome,measure,fine."),
    ] = None,
    keep_valid: Annotated[
        bool, typer.Option("--keep-valid", help="Note the valid rows although others have faults.")
    ] = False,
) -> None:
    """Note what no message says: a phone call, a letter that came home, a member's report.

    Example: `rightskit log RK-7G2K-4Q9A data-received --date 2026-04-02 --by member --evidence "letter of 2 April"`

    Example: `rightskit log RK-7G2K-4Q9A authority-decided --by authority --outcome upheld --measure reprimand`
    """
    from rightskit.cases.rulings import Ruling
    from rightskit.errors import WrongUsageError
    from rightskit.flows import log as flow

    if source is not None:
        _log_file(source, keep_valid=keep_valid)
        return
    if request is None or event is None:
        raise WrongUsageError("Say which request and what happened, or give a file.", "See: rightskit log --help")
    kind = _kind(event)
    happened = date.date() if date else session.today()
    learned = received.date() if received else None
    ruling = Ruling(outcome, measure, fine)
    told = flow.Told(request, kind, happened, learned, by.value, evidence, ruling)
    done = flow.log(session.workspace(), told)
    output.say(f"{done.reference}: {done.kind} on {done.happened}")


def _log_file(source: Path, *, keep_valid: bool) -> None:
    from rightskit.flows import log as flow

    noted = flow.log_file(session.workspace(), source, keep_valid=keep_valid)
    output.say(f"{noted.events} events noted{output.left_rows(noted.faults)}.")


def _kind(event: str) -> EventKind:
    from rightskit.errors import WrongUsageError
    from rightskit.flows import log as flow
    from rightskit.yamlfile import did_you_mean

    kinds = {kind.value: kind for kind in flow.LOGGABLE}
    if event not in kinds:
        raise WrongUsageError(f"{event!r} is no kind of event.", did_you_mean(event, kinds))
    return kinds[event]
