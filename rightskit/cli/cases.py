"""``status``, ``due``, ``log``, ``ask`` and ``followup``."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightskit.cli import output, sending, session

if TYPE_CHECKING:
    from collections.abc import Callable

    from rightskit.cases.model import Event
    from rightskit.flows.status import Case

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


class Teller(StrEnum):
    """Who can have told what is logged."""

    ORGANISER = "organiser"
    MEMBER = "member"
    CONTROLLER = "controller"
    AUTHORITY = "authority"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (log, ask, status, due, followup):
        app.command()(command)


def status(
    request: Annotated[
        str | None, typer.Argument(help="One request, with its events and the steps of its deadline.")
    ] = None,
    every: Annotated[bool, typer.Option("--list", help="A line per request.")] = False,
    as_json: Json = False,
) -> None:
    """Show the three facts of each request: delivery, clock and answer.

    Example: `rightskit status RK-7G2K-4Q9A`
    """
    from rightskit.flows import status as flow

    space = session.workspace()
    if request:
        _show_one(flow.case(space, request), as_json=as_json)
        return
    found = flow.cases(space)
    if as_json:
        for case in found:
            output.json_line(_line(case))
    elif every:
        output.table(_COLUMNS, [_row(case) for case in found])
    elif found:
        _summary(found)
    else:
        output.say("No requests yet: rightskit plan")


_COLUMNS = ("request", "member", "controller", "right", "delivery", "clock", "answer", "due", "next")


def _line(case: Case) -> dict[str, Any]:
    return dict(zip(_COLUMNS, _row(case), strict=True))


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


def _summary(found: list[Case]) -> None:
    """A table per fact: a line per controller, a column per value that occurs."""
    controllers = sorted({case.request.controller for case in found})
    facts: dict[str, Callable[[Case], StrEnum]] = {
        "delivery": lambda case: case.status.delivery,
        "clock": lambda case: case.status.clock,
        "answer": lambda case: case.status.answer,
    }
    for title, fact in facts.items():
        counts = Counter((case.request.controller, fact(case)) for case in found)
        values = [value for value in type(fact(found[0])) if any((c, value) in counts for c in controllers)]
        rows = [(c, *(counts[c, value] or "–" for value in values)) for c in controllers]
        rows.append(("all", *(sum(counts[c, value] for c in controllers) for value in values)))
        output.table((title, *(value.value for value in values)), rows)
    output.say(f"{len(found)} requests. What to do: rightskit due")


def _show_one(case: Case, *, as_json: bool) -> None:
    if as_json:
        output.json_line(_line(case))
        return
    for name, value in _line(case).items():
        output.say(f"{name:<11} {value if value is not None else '–'}")
    if case.status.flags:
        output.say(f"flags       {', '.join(case.status.flags)}")
    output.say("")
    rows = [
        (event.happened, event.received, event.noted.date(), event.kind.value, _teller(event), event.evidence[:12])
        for event in case.events
    ]
    output.table(("happened", "received", "noted", "event", "by", "evidence"), rows)
    if case.status.deadline:
        output.say("")
        steps = [(step.date, step.text, step.source) for step in case.status.deadline.steps]
        output.table(("date", "because", "source"), steps)


def _teller(event: Event) -> str:
    """Where an event comes from; of what a person noted, who told it."""
    return event.detail.get("by", event.source)


def due(
    every: Annotated[bool, typer.Option("--list", help="A line per request, the most urgent first.")] = False,
    as_json: Json = False,
) -> None:
    """Show on what the organiser must act, the most urgent first.

    Example: `rightskit due`
    """
    from rightskit.flows import status as flow

    found = flow.due(session.workspace())
    if as_json:
        for case in found:
            output.json_line(_line(case))
    elif every:
        rows = [(c.status.due, c.status.next.value, c.request.controller, c.request.reference) for c in found]
        output.table(("due", "next", "controller", "request"), rows)
    else:
        grouped: dict[tuple[str, str], list[Case]] = defaultdict(list)
        for case in found:
            grouped[case.status.next.value, case.request.controller].append(case)
        lines = [(group[0].status.due, *key, len(group), group[0].request.reference) for key, group in grouped.items()]
        output.table(("due", "next", "controller", "requests", "first"), lines)
        output.say(f"{len(found)} requests want something of you. One by one: rightskit due --list")


def log(
    request: Annotated[str | None, typer.Argument(metavar="[REQUEST]", help="Such as RK-7G2K-4Q9A.")] = None,
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="Such as acknowledged or refused.")] = None,
    date: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When; by default today.")] = None,
    received: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="When somebody learned of it; by default today.")
    ] = None,
    by: Annotated[Teller, typer.Option(help="Who told it.")] = Teller.ORGANISER,
    evidence: Annotated[str, typer.Option(help="What proves it, in a few words.")] = "",
    source: Annotated[
        Path | None, typer.Option("--from", help="A CSV: request,event,date,received,by,evidence.")
    ] = None,
    keep_valid: Annotated[
        bool, typer.Option("--keep-valid", help="Note the valid rows although others have faults.")
    ] = False,
) -> None:
    """Note what no message says: a phone call, a letter that came home, a member's report.

    Example: `rightskit log RK-7G2K-4Q9A data-received --date 2026-04-02 --by member --evidence "letter of 2 April"`
    """
    from rightskit.errors import WrongUsageError
    from rightskit.flows import log as flow
    from rightskit.yamlfile import did_you_mean

    if source is not None:
        noted = flow.log_file(session.workspace(), source, keep_valid=keep_valid)
        for fault in noted.faults:
            output.warn(str(fault))
        left = f"; {len(noted.faults)} rows were left" if noted.faults else ""
        output.say(f"{noted.events} events noted{left}.")
        return
    if request is None or event is None:
        raise WrongUsageError("Say which request and what happened, or give a file.", "See: rightskit log --help")
    kinds = {kind.value: kind for kind in flow.LOGGABLE}
    if event not in kinds:
        raise WrongUsageError(f"{event!r} is no kind of event.", did_you_mean(event, kinds))
    happened = date.date() if date else session.today()
    told = flow.Told(request, kinds[event], happened, received.date() if received else None, by.value, evidence)
    done = flow.log(session.workspace(), told)
    output.say(f"{done.reference}: {done.kind} on {done.happened}")


def ask(
    folder: Annotated[Path | None, typer.Argument(help="By default questions/ in the campaign.")] = None,
) -> None:
    """Ask members whether anything came, before anyone is reminded: one mail each, ready to send.

    Enter what they say with `rightskit log REQUEST member-reported`, or all at once with `rightskit log --from`.

    Example: `rightskit ask`
    """
    from rightskit.flows import ask as flow

    space = session.workspace()
    done = flow.ask(space, folder or space.folder / "questions", output.track)
    for member in done.unreachable:
        output.warn(f"{member} has no mail address: ask by phone or post, then note it with rightskit log")
    if done.members:
        output.say(f"{done.members} mails about {done.requests} requests lie in {done.folder}. Send them now.")
    else:
        output.say("Nobody has to be asked.")


def followup(
    to: Annotated[sending.To, typer.Option(help="A folder of mails, a bundle to print, or kits.")] = sending.To.OUTBOX,
    folder: Annotated[Path | None, typer.Argument(help="By default outbox/, print/ or kit/ in the campaign.")] = None,
    complaints: Annotated[
        bool, typer.Option("--complaints", help="Write the complaints too, which you have looked through.")
    ] = False,
    dry_run: sending.DryRun = False,
) -> None:
    """Write what is due: reminders and answers to demands for identity; complaints only when you say so.

    Example: `rightskit followup --dry-run`
    """
    from rightskit.flows import dispatch, kit, letters
    from rightskit.flows import followup as flow
    from rightskit.flows.workspace import library_for

    space = session.workspace()
    found = flow.due(space)
    rows = Counter(
        (d.order.letter, d.controller, d.order.recipient.name, one.channel) for one in found for d in [one.draft]
    )
    output.table(
        ("letter", "about", "to", "channel", "number"),
        [(*key, number) for key, number in sorted(rows.items())],
    )
    for sentence in letters.fallbacks(library_for(space.folder), (one.draft.order for one in found)):
        output.warn(sentence)
    if dry_run:
        each = [(one.draft.order.reference, one.draft.order.letter, one.channel, one.reason) for one in found]
        output.table(("request", "letter", "channel", "because"), each)
        return
    wanted = [one for one in found if complaints or one.draft.order.letter != "complaint"]
    if len(wanted) < len(found):
        output.say(f"{len(found) - len(wanted)} complaints wait for your yes: rightskit followup --complaints")
    target = folder or space.folder / to.value
    for way, number in sorted(Counter(one.channel for one in wanted).items()):
        if way != dispatch.CHANNELS[to]:
            output.say(f"{number} more go by {way}: rightskit followup --to {_FOLDERS[way]}")
    drafts = flow.to_folder(wanted, to)
    if to is sending.To.KIT:
        done = kit.write(space, kit.follow_up(space, drafts), target, "", output.track)
    else:
        done = dispatch.dispatch(space, drafts, to, target, output.track)
    sending.report(done)


_FOLDERS = {"email": "outbox", "post": "print", "kit": "kit"}
