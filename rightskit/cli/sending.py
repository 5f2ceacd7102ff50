"""``send`` and ``posted``: letters leave, once each, and a person says which have left."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import options, output, posting, session
from rightskit.cli.options import DryRun
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from rightskit.flows.dispatch import Dispatched
    from rightskit.flows.kit import Ready as Kits
    from rightskit.flows.printbundle import Paper
    from rightskit.flows.send import Ready
    from rightskit.flows.workspace import Workspace


class To(StrEnum):
    """Where letters go."""

    OUTBOX = "outbox"
    PRINT = "print"
    KIT = "kit"
    SMTP = "smtp"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(send)
    app.command()(posted)


Unverified = Annotated[
    bool, typer.Option("--include-unverified", help="Write to controllers whose record nobody has verified.")
]
Layout = Annotated[str, typer.Option(metavar="NAME", help="For the window of your envelopes; by default by country.")]
Workers = Annotated[
    int, typer.Option(min=0, metavar="N", help="Processes that lay out letters to print; 0: one per core.")
]


def send(
    to: Annotated[
        To,
        typer.Option(
            metavar="WAY",
            help="smtp: your mail account; outbox: a folder of mails; print: paper; kit: a folder per member.",
        ),
    ],
    folder: Annotated[Path | None, typer.Argument(help="For files; by SMTP, mails to members.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many letters or kits.")] = None,
    canary: posting.Canary = None,
    canary_seen: posting.CanarySeen = False,
    dry_run: DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --dry-run by SMTP: each message in full.")] = False,
    wait: posting.Wait = False,
    yes: posting.Yes = False,
    include_unverified: Unverified = False,
    layout: Layout = "",
    workers: Workers = 0,
) -> None:
    """Send or write the letters of planned requests, once each; a second run goes on with what is still missing.

    By SMTP they leave by the campaign's mail account, at its pace; `rightskit accounts check` tests that account. With
    a folder, the mails to members in it leave: invitations, questions. The other ways write files: send or post them
    yourself, then note it with `rightskit posted`.

    Example: `rightskit send --to smtp --limit 12`
    """
    paper = _paper(layout, workers)
    space, how = session.workspace(), posting.How(limit, wait, yes, dry_run, as_json)
    if to is To.SMTP and folder is not None:
        _to_members(space, folder, how)
        return
    found = _ready(space, to, limit, unverified=include_unverified)
    if to is To.SMTP:
        _by_smtp(space, found, how, canary, seen=canary_seen)
    elif dry_run:
        _preview(space, found)
    else:
        _write(space, found, to, folder or space.folder / to.value, paper)


def _to_members(space: Workspace, folder: Path, how: posting.How) -> None:
    """The mails that another command wrote into the folder, to those members whom mail still reaches."""
    from rightskit.flows import mailings

    mails, left = mailings.waiting(space, folder)
    if left:
        stay = counted(left, "mail", "stay")
        output.warn(f"{stay} in the folder, and would reach nobody. To whom, and what to do: rightskit due")
    posting.post(space, mails, how, to_members=True)


def _paper(layout: str, workers: int) -> Paper:
    """How letters are put on paper; a layout that there is not is said before anything is opened."""
    from rightskit.flows.printbundle import Paper
    from rightskit.rendering import layouts

    if layout:
        layouts.named(layout)
    return Paper(layout, workers)


def _ready(space: Workspace, to: To, limit: int | None, *, unverified: bool) -> Ready | Kits:
    """What would be sent; what is held, and what is written in another language, is told."""
    from rightskit.flows import kit, letters
    from rightskit.flows import send as flow
    from rightskit.flows.workspace import library_for

    found: Ready | Kits
    if to is To.KIT:
        found = kit.ready(space, limit, unverified=unverified)
    else:
        found = flow.ready(space, to, None if to is To.SMTP else limit, unverified=unverified)
    for reference, controller in found.held.items():
        output.warn(f"{reference} is held: the record of {controller} is unverified (--include-unverified)")
    for sentence in letters.fallbacks(library_for(space.folder), (draft.order for draft in found.drafts)):
        output.warn(sentence)
    return found


def _by_smtp(space: Workspace, found: Ready | Kits, how: posting.How, few: int | None, *, seen: bool) -> None:
    from rightskit.flows import kit, post

    drafts = posting.after_canary(space, found.drafts, few, how, seen=seen)
    posting.post(space, post.letters(space, drafts), how)
    if not (found.drafts or isinstance(found, kit.Ready)):
        if found.already:
            output.say(f"{counted(found.already, 'letter', 'were')} sent or refused before: rightskit due")
        _say_why_none(found)


def _preview(space: Workspace, found: Ready | Kits) -> None:
    from rightskit.flows import assent

    held = assent.missing(space, (draft.order for draft in found.drafts))
    for reference, reason in held.items():
        output.warn(f"{reference} would be stopped: {reason}")
    free = [draft for draft in found.drafts if draft.order.reference not in held]
    for draft in free:
        output.say(f"{draft.order.reference}\t{draft.order.letter}\t{draft.controller}")
    output.say(f"{counted(len(free), 'letter')} would be written, {found.already} written before.")


def _write(space: Workspace, found: Ready | Kits, to: To, target: Path, paper: Paper) -> None:
    from rightskit.flows import kit
    from rightskit.flows import send as flow

    if isinstance(found, kit.Ready):
        done = kit.write(space, found, target, paper.layout, output.track)
    else:
        done = flow.send(space, found, to, target, output.track, paper)
        if not (done.sent or done.stopped):
            _say_why_none(found)
    report(done, found.already)


_WAYS = {
    "email": "to go by mail: rightskit send --to smtp, or --to outbox",
    "post": "to go by post: rightskit send --to print",
    "kit": "for members who act alone: rightskit send --to kit",
}


def _say_why_none(found: Ready) -> None:
    for channel, number in found.others.items():
        output.say(f"{counted(number, 'letter')} {_WAYS[channel]}")
    if not found.planned:
        output.say("Nothing is planned: rightskit plan")


def report(done: Dispatched, already: int = 0) -> None:
    """Say what a sending came to; a stopped letter makes the command end with 3."""
    for reference, reason in done.stopped.items():
        output.warn(f"{reference} was stopped: {reason}")
    before = f" {already} were written before." if already else ""
    if not done.sent:
        output.say(f"Nothing to write.{before}")
    else:
        output.say(f"{counted(len(done.sent), 'letter', 'lie')} in {done.folder}.{before}")
        output.say(f"When they went out: rightskit posted {done.batch}")
    if done.stopped:
        raise typer.Exit(3)


def posted(
    batches: Annotated[
        list[str] | None, typer.Argument(metavar="[BATCH|REQUEST]…", help="A batch, or a request in doubt.")
    ] = None,
    date: Annotated[dt.datetime | None, options.day("By default today.")] = None,
    tracking: Annotated[
        Path | None, typer.Option(metavar="FILE", help="letters.csv with its registered_number filled in.")
    ] = None,
    not_sent: Annotated[
        bool, typer.Option("--not-sent", help="The letters in doubt did not leave: the next sending takes them.")
    ] = False,
) -> None:
    """Note that a person sent the letters of a batch, or what became of letters in doubt; alone, list both.

    A letter is in doubt where the connection broke, or the program ended, in the middle of it. Look into the folder of
    sent mail at your provider, or ask the controller, and say whether it left.

    Example: `rightskit posted 2026-03-02-print-1 --date 2026-03-03`
    """
    from rightskit.campaign.reference import normalise
    from rightskit.delivery import printing
    from rightskit.flows import doubts, indoubt
    from rightskit.flows import send as flow

    space = session.workspace()
    day, numbers = date.date() if date else session.today(), printing.registered(tracking) if tracking else {}
    if not batches:
        _waiting(space)
    for name in batches or ():
        if name in indoubt.of_mailings(space):
            doubts.decide_mailing(space, name, left=not not_sent)
            output.say(f"{name} noted as {'not sent' if not_sent else 'sent'}.")
        elif normalise(name):
            number = doubts.decide(space, name, day, left=not not_sent)
            output.say(f"{counted(number, 'letter')} noted as {'not sent' if not_sent else 'sent'}.")
        else:
            output.say(f"{counted(flow.posted(space, name, day, numbers), 'letter')} noted as posted.")


def _waiting(space: Workspace) -> None:
    """What a person must say something about."""
    from rightskit.flows import indoubt

    ready = posting.tell_ready(space)
    rows = [(one.reference, one.letter, one.message_id) for one in indoubt.listed(space)]
    rows += [(name, "mail", message_id) for name, message_id in indoubt.of_mailings(space).items()]
    if rows:
        output.table(("in doubt", "letter", "message"), rows)
        output.say("It left: rightskit posted REQUEST. It did not: rightskit posted REQUEST --not-sent")
    elif not ready:
        output.say("No letter waits for your word.")
