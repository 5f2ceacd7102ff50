"""What ``send``, ``followup`` and ``ask`` say when letters leave by the campaign's own account."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from rightskit.cli import output, session
from rightskit.cli.output import counted
from rightskit.errors import RemoteError, RightskitError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rightskit.flows.dispatch import Draft
    from rightskit.flows.post import Mail, Posted, Round
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace

T = TypeVar("T")
Wait = Annotated[
    bool, typer.Option("--wait", help="By SMTP: wait for the end of quiet hours and of full days, however long.")
]
Yes = Annotated[bool, typer.Option("--yes", help="By SMTP: do not ask before letters leave.")]
Canary = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="By SMTP: a few first, spread over controllers and members.")
]
CanarySeen = Annotated[
    bool, typer.Option("--canary-seen", help="You have looked at what became of the canary: send the rest.")
]


@dataclass(frozen=True, slots=True)
class How:
    """How a person wants messages to leave.

    Attributes:
        limit: at most so many.
        wait: for the end of quiet hours and of full days, however long.
        yes: without asking.
        dry_run: not at all: only show them.
        as_json: and show them in full.
    """

    limit: int | None = None
    wait: bool = False
    yes: bool = False
    dry_run: bool = False
    as_json: bool = False


def post(
    space: Workspace,
    mails: Sequence[Mail],
    how: How,
    *,
    to_members: bool = False,
    prepare: Callable[[], None] | None = None,
) -> None:
    """Send messages after a person's yes, or show what would leave; without full success it ends with 3 or 6."""
    from rightskit.flows import journals
    from rightskit.flows import post as flow

    clock = session.clock(wait=how.wait)
    found = flow.round_(space, mails, clock, how.limit)
    for reference, reason in found.stopped.items():
        output.warn(f"{reference} is held: {reason}")
    if how.dry_run:
        _show(found, as_json=how.as_json)
        return
    if found.mails and not how.yes:
        _ask(space, found)
    if prepare:
        prepare()
    keeping = journals.MailingJournal(space, clock.now) if to_members else None
    settled: list[object] = []
    try:
        done = flow.post(space, found.mails, clock, partial(_noted, settled), keeping)
    except KeyboardInterrupt:
        output.say(f"It ends after {len(settled)} of {counted(len(found.mails), 'letter')}.")
        tell_doubts(space)
        raise
    _report(done, found.later)


def _noted(settled: list[object], items: Iterable[T], label: str, total: int | None) -> Iterator[T]:
    """Count items on the line of progress, and keep those that are done."""
    for item in output.track(items, label, total):
        settled.append(item)
        yield item


def after_canary(
    space: Workspace, drafts: Sequence[Draft], few: int | None, how: How, *, seen: bool
) -> Sequence[Draft]:
    """The letters that may leave: a few first, and all of them once a person has looked at what became of those."""
    from rightskit.flows import canary

    if few:
        return canary.spread(drafts, few)
    if seen and not how.dry_run:
        canary.seen(space)
    if not how.dry_run:
        canary.demand(space, min(len(drafts), how.limit or len(drafts)))
    return drafts


def refuse_folder(folder: Path | None) -> None:
    """By SMTP nothing is written into a folder."""
    if folder is not None:
        raise WrongUsageError("By SMTP letters go into no folder.", "Leave the folder out, or send --to outbox.")


def _ask(space: Workspace, found: Round) -> None:
    account = space.account
    host = account.smtp.host if account.smtp else ""
    output.say(
        f"{counted(len(found.mails), 'letter', 'leave')} from {account.address} by {host}, "
        f"the first at {found.times[0]:%H:%M}, the last about {found.times[-1]:%Y-%m-%d %H:%M}."
    )
    output.confirm("Send them?", abort=True, err=True)


def _show(found: Round, *, as_json: bool) -> None:
    rows = []
    due = zip(found.mails, found.times, strict=True)
    for mail, moment in output.track(due, "letters", len(found.mails)):
        try:
            raw = mail.parcel.write(moment).raw
        except RightskitError as error:
            output.warn(f"{mail.parcel.reference} would be stopped: {error}")
            continue
        if as_json:
            output.json_line(_message(mail, raw, f"{moment:%Y-%m-%dT%H:%M:%S%z}"))
        rows.append((f"{moment:%Y-%m-%d %H:%M}", *mail.parcel.key, mail.to, len(raw)))
    if not as_json:
        if rows:
            output.table(("leaves", "request", "letter", "to", "bytes"), rows)
        output.say(f"{counted(len(rows), 'letter')} would leave.{_later(found.later)} In full: --dry-run --json")


def _message(mail: Mail, raw: bytes, moment: str) -> dict[str, object]:
    """A message as its recipient will see it: the one place where a sending shows a person."""
    import email
    from email.policy import default

    read = email.message_from_bytes(raw, policy=default)
    shown = ("From", "To", "Reply-To", "Subject", "Date", "In-Reply-To", "References")
    return {
        "leaves": moment,
        "request": mail.parcel.reference,
        "letter": mail.parcel.letter,
        **{name.lower().replace("-", "_"): str(read[name]) if read[name] else None for name in shown},
        "text": read.get_content(),
    }


def _report(done: Posted, later: int) -> None:
    tally = done.tally
    for line in _failures(done):
        output.warn(line)
    left = f" {done.left} {'waits' if done.left == 1 else 'wait'} for the next run." if done.left else ""
    output.say(f"{counted(len(tally.sent), 'letter')} sent.{left}{_later(later)}")
    if tally.refused:
        output.say(f"{counted(len(tally.refused), 'letter', 'were')} refused. Whose address to mend: rightskit due")
    if tally.put_off:
        output.say(f"{counted(len(tally.put_off), 'letter', 'were')} put off: run the command again later.")
    if isinstance(done.why, RemoteError):
        raise done.why
    if done.why:
        output.say(f"{done.why} Run the command again then, or give --wait.")
    if tally.doubts or tally.refused or tally.put_off:
        raise typer.Exit(RemoteError.exit_code)
    if tally.stopped:
        raise typer.Exit(3)


def _failures(done: Posted) -> Iterator[str]:
    tally = done.tally
    yield from (f"{reference} was stopped: {reason}" for reference, reason in tally.stopped.items())
    yield from (f"{item.reference} was refused: {said}" for item, said in tally.refused)
    yield from (f"{item.reference} waits, the server would not take it now: {said}" for item, said in tally.put_off)
    yield from (f"{item.reference} is in doubt and is not sent again: rightskit posted" for item in tally.doubts)
    if tally.dropped:
        yield f"{len(tally.dropped)} must not leave any more: withdrawn meanwhile, or begun before."
    if done.copies:
        yield f"Copies were not filed, and will be with the next sending: {done.copies}"


def tell_unsent(space: Workspace, cases: Iterable[Case]) -> None:
    """Say how many letters were not written yet, and which lie ready for a person to send."""
    from rightskit.cases.model import Clock, Delivery

    waiting = (Delivery.UNSENT, Clock.NOT_RUNNING)
    if number := sum((case.status.delivery, case.status.clock) == waiting for case in cases):
        output.say(f"{counted(number, 'letter', 'were')} not written yet: rightskit send --help")
    tell_ready(space)


def tell_ready(space: Workspace) -> bool:
    """Say which letters lie ready for a person to send; whether there are any."""
    from rightskit.flows import batches

    ready = batches.waiting(space)
    for batch, number in ready.items():
        output.say(f"{batch}: {counted(number, 'letter', 'lie')} ready. When they went out: rightskit posted {batch}")
    return bool(ready)


def tell_doubts(space: Workspace) -> None:
    """Say how many letters a person must decide about."""
    from rightskit.flows import indoubt

    if number := len(indoubt.listed(space)) + len(indoubt.of_mailings(space)):
        output.say(f"{counted(number, 'letter', 'are')} in doubt: rightskit posted")


def _later(number: int) -> str:
    return f" {number} wait for another day: their recipients have had enough for today." if number else ""
