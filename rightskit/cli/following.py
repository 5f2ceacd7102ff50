"""``due`` and ``followup``: what must be done, and doing it."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import asking, charts, datareview, output, posting, sending, session
from rightskit.cli.cases import case_line
from rightskit.cli.options import DryRun, Json
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.flows.agenda import Task
    from rightskit.flows.complaints import Found
    from rightskit.flows.followup import Due
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace


_NO_REQUESTS = "No requests yet: rightskit plan"
_NAMED = 8
"""As many controllers stand on a line."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (due, followup):
        app.command()(command)


def due(
    every: Annotated[bool, typer.Option("--list", help="A line per request, the most urgent first.")] = False,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the deadlines as a calendar.")] = None,
    as_json: Json = False,
) -> None:
    """Show on what the organiser must act, the most urgent first.

    The calendar names references and controllers, no members. Import it again whenever you like: entries move, none is
    doubled.

    Example: `rightskit due`

    Example: `rightskit due --ics deadlines.ics`
    """
    from rightskit.flows import agenda
    from rightskit.flows import status as flow

    space = session.workspace()
    if ics is not None:
        _write_calendar(space, ics)
        return
    cases = flow.cases(space)
    found = agenda.in_order(cases)
    if doubt := agenda.clock_went_back(cases, space.now):
        output.warn(doubt)
    if as_json:
        for case in found:
            output.json_line(case_line(case))
    elif every:
        rows = [(c.status.due, c.status.next.value, c.request.controller, c.request.reference) for c in found]
        none = "Nothing wants you now." if cases else _NO_REQUESTS
        output.table(("due", "next", "controller", "request"), rows, none=none)
    elif not cases:
        output.say(_NO_REQUESTS)
    else:
        _day(space, cases, found)


def _day(space: Workspace, cases: Sequence[Case], found: Sequence[Case]) -> None:
    """The organiser's day: where the campaign stands, what is to be done, and what waits elsewhere."""
    from rightskit.flows import agenda

    output.line(f"{space.today:%A} {space.today.day} {space.today:%B %Y}. {agenda.headline(cases)}")
    ahead = agenda.weeks(cases, space.today)
    if output.is_terminal() and any(ahead.values()):
        charts.bars("last day of theirs", ahead)
    _tasks(agenda.tasks(found))
    output.say("")
    listed = " One by one: rightskit due --list" if found else ""
    output.line(f"{counted(len(found), 'request', 'want')} something of you.{listed}")
    posting.tell_unsent(space, cases)
    posting.tell_doubts(space)
    asking.tell_held(space)
    asking.tell_unreachable(space)
    datareview.tell_waiting(space)


def _tasks(tasks: Sequence[Task]) -> None:
    """A paragraph per step, the most urgent first: how many and since when, at which controllers, and what to do."""
    from rightskit.flows.agenda import HOW

    for number, step in enumerate(dict.fromkeys(task.step for task in tasks), 1):
        some = [task for task in tasks if task.step is step]
        first = min((task.due for task in some if task.due), default=None)
        since = f", the first due {first}" if first else ""
        output.say("")
        output.line(f"{number}. {step.value.capitalize()}: {sum(len(t.cases) for t in some):,}{since}{_ready(some)}", 3)
        named = [f"{task.controller}\N{NO-BREAK SPACE}{len(task.cases):,}" for task in some[:_NAMED]]
        more = f" · and {len(some) - _NAMED} more controllers" if len(some) > _NAMED else ""
        output.line(f"   {' · '.join(named)}{more}", 3)
        output.line(f"   → {HOW[step]}", 5)


def _ready(some: Sequence[Task]) -> str:
    ready = sum(task.ready for task in some)
    if some[0].step.value == "complain":
        return f"; members allowed {ready:,}"
    return f"; {counted(ready, 'letter')} ready" if ready else ""


def _write_calendar(space: Workspace, path: Path) -> None:
    from rightskit.delivery import folder as folders
    from rightskit.errors import NotFoundError
    from rightskit.flows import agenda

    if not path.absolute().parent.is_dir():
        raise NotFoundError(f"There is no folder {path.parent}.")
    raw, number = agenda.ics(space)
    folders.write(path, raw)
    output.say(f"{path} holds {number:,} deadlines.")


def followup(
    to: Annotated[
        sending.To,
        typer.Option(
            metavar="WAY",
            help="smtp: your mail account; outbox: a folder of mails; print: paper; kit: a folder per member.",
        ),
    ] = sending.To.OUTBOX,
    folder: Annotated[Path | None, typer.Argument(help="By default outbox/, print/ or kit/ in the campaign.")] = None,
    complaints: Annotated[
        list[str] | None,
        typer.Option(metavar="CONTROLLER", help="Your yes to the complaints about this one; may be repeated."),
    ] = None,
    lead: Annotated[bool, typer.Option("--lead", help="With --complaints: one for each controller, first.")] = False,
    every: Annotated[bool, typer.Option("--all", help="With --complaints: all, however many.")] = False,
    authorise: Annotated[
        bool, typer.Option("--authorise", help="Ask members whether complaints may be lodged: one mail each.")
    ] = False,
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before writing or sending.")] = False,
    wait: posting.Wait = False,
) -> None:
    """Write what is due: reminders, answers to demands, what came back; complaints only on your word and the member's.

    What a member said is noted with `rightskit log REQUEST complaint-authorised`, or `complaint-declined`.

    Example: `rightskit followup --dry-run`

    Example: `rightskit followup --complaints schufa --lead`
    """
    from rightskit.flows import complaints as complaining
    from rightskit.flows import followup as flow

    space = session.workspace()
    if authorise:
        _ask_members(space, folder or space.folder / "questions")
        return
    known = flow.context(space)
    about, found = complaining.found(known), flow.due(known)
    _tell_plan(space, [*found, *(one.due for one in about.ready)], found, each=dry_run)
    if dry_run:
        return
    wanted = [*found, *complaining.chosen(about, complaints or (), lead=lead, every=every)]
    _held(about, complaints or ())
    _elsewhere(wanted, to)
    _leave(space, wanted, to, folder, posting.How(wait=wait, yes=yes))


def _tell_plan(space: Workspace, every: Sequence[Due], found: Sequence[Due], *, each: bool) -> None:
    """What is due; and one by one where a person wants to see it so."""
    from rightskit.flows import letters
    from rightskit.flows.workspace import library_for

    _plan(every)
    for sentence in letters.fallbacks(library_for(space.folder), (one.draft.order for one in found)):
        output.warn(sentence)
    if each:
        _each(every)


def _leave(space: Workspace, wanted: Sequence[Due], to: sending.To, folder: Path | None, how: posting.How) -> None:
    """Write or send those of the letters that go this way."""
    from rightskit.flows import dispatch, kit, post
    from rightskit.flows import followup as flow

    here = [one for one in wanted if one.channel == dispatch.CHANNELS[to]]
    drafts, target = [one.draft for one in here], folder or space.folder / to.value
    if to is sending.To.SMTP:
        posting.refuse_folder(folder)
        posting.post(space, post.letters(space, drafts), how, prepare=lambda: flow.set_aside(space, here))
        return
    if here and not how.yes and output.is_terminal():
        typer.confirm(f"{counted(len(here), 'letter')}: write them?", abort=True)
    flow.set_aside(space, here)
    if to is sending.To.KIT:
        sending.report(kit.write(space, kit.follow_up(space, drafts), target, "", output.track))
    else:
        sending.report(dispatch.dispatch(space, drafts, to, target, output.track))


_FOLDERS = {"email": "outbox", "post": "print", "kit": "kit"}


def _elsewhere(wanted: Sequence[Due], to: sending.To) -> None:
    from rightskit.flows.dispatch import CHANNELS

    for way, number in sorted(Counter(one.channel for one in wanted).items()):
        if way != CHANNELS[to]:
            output.say(f"{number} more go by {way}: rightskit followup --to {_FOLDERS[way]}")


def _plan(found: Sequence[Due]) -> None:
    """A line per letter, controller and channel; complaints go to as many authorities as members have homes."""
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in found:
        key = one.draft.order.letter, one.draft.controller, one.channel
        grouped[key].append(one.draft.order.recipient.name)
    rows = [
        (letter, about, names[0] if len(set(names)) == 1 else f"{len(set(names))} authorities", channel, len(names))
        for (letter, about, channel), names in sorted(grouped.items())
    ]
    if rows:
        output.table(("letter", "about", "to", "channel", "number"), rows)


def _each(found: Sequence[Due]) -> None:
    each = [(one.draft.order.reference, one.draft.order.letter, one.channel, one.reason) for one in found]
    output.table(("request", "letter", "channel", "because"), each, none="Nothing would be written.")


def _held(about: Found, named: Sequence[str]) -> None:
    """Say which complaints do not leave, and what they wait for."""
    from rightskit.flows import complaints as complaining

    waiting = complaining.waiting(about)
    if waiting:
        output.say(f"{waiting.total()} complaints wait for the members' yes: rightskit followup --authorise")
    ready = Counter(one.case.request.controller for one in about.ready if one.authorised)
    for controller, number in sorted(ready.items()):
        if controller not in named:
            output.say(f"{number} complaints wait for yours: rightskit followup --complaints {controller}")
    for reference in about.nowhere:
        output.warn(f"{reference}: no known authority is competent for a complaint")


def _ask_members(space: Workspace, folder: Path) -> None:
    from rightskit.flows import authorise as flow

    asking.tell(flow.complain(space, folder, output.track), "complaint")
