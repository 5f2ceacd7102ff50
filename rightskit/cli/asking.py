"""``ask``, ``members invite`` and ``missing``: mails to members."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, posting, session
from rightskit.cli.members import members
from rightskit.cli.options import Json
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.flows.questions import Asked
    from rightskit.flows.tomembers import Written
    from rightskit.flows.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(ask)
    for command in (invite, missing):
        members.command()(command)


class AskBy(StrEnum):
    """How questions go to members."""

    OUTBOX = "outbox"
    SMTP = "smtp"


def ask(
    folder: Annotated[Path | None, typer.Argument(help="By default questions/ in the campaign.")] = None,
    to: Annotated[AskBy, typer.Option(help="A folder of mails, or your mail account.")] = AskBy.OUTBOX,
    objections: Annotated[
        bool, typer.Option("--objections", help="Ask for the yes to letters under Art. 21(1), with their very text.")
    ] = False,
    consent: Annotated[
        bool, typer.Option("--consent", help="Ask whether their data may be pooled, with the campaign's consent text.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="By SMTP: show what would leave, and send nothing.")
    ] = False,
    wait: posting.Wait = False,
    yes: posting.Yes = False,
) -> None:
    """Ask members whether anything came, before anyone is reminded: one mail each, ready to send or sent.

    Enter what they say with `rightskit log REQUEST member-reported`, or all at once with `rightskit log --from`. With
    `--objections` they read their letters under Art. 21(1), which leave only with their yes to the very text; with
    `--consent` the campaign's consent text, once. A plain yes or no to each purpose is kept with the mail that says it.

    Example: `rightskit ask`

    Example: `rightskit ask --objections`
    """
    space = session.workspace()
    if objections:
        _ask_about_objections(space, _shown_in(space, folder, to))
    elif consent:
        _ask_for_consent(space, _shown_in(space, folder, to))
    elif to is AskBy.SMTP:
        posting.refuse_folder(folder)
        _ask_by_smtp(space, posting.How(wait=wait, yes=yes, dry_run=dry_run))
    else:
        _ask_in_folder(space, folder or space.folder / "questions")


_INSTEAD = "ask by phone or post, then note it with rightskit log"


def _ask_by_smtp(space: Workspace, how: posting.How) -> None:
    from rightskit.flows import ask as flow

    mails, unreachable = flow.mails(space)
    _tell_left(unreachable, _INSTEAD)
    posting.post(space, mails, how)


def _ask_in_folder(space: Workspace, folder: Path) -> None:
    from rightskit.flows import ask as flow

    done = flow.ask(space, folder, output.track)
    _tell_left(done.unreachable, _INSTEAD)
    if done.members:
        output.say(f"{done.members} mails about {done.requests} requests lie in {done.folder}. Send them now.")
    else:
        output.say("Nobody has to be asked.")


def _shown_in(space: Workspace, folder: Path | None, to: AskBy) -> Path:
    """The folder for mails that show a text."""
    from rightskit.errors import WrongUsageError

    target = folder or space.folder / "questions"
    if to is AskBy.SMTP:
        hint = f"Then: rightskit send --to smtp {target}"
        raise WrongUsageError("Texts are shown in mails that lie in a folder.", hint)
    return target


def _ask_about_objections(space: Workspace, target: Path) -> None:
    from rightskit.flows import authorise

    tell(authorise.object_(space, target, output.track), "objection")
    tell_held(space)


def _ask_for_consent(space: Workspace, folder: Path) -> None:
    """Write the mails that ask whether data may be pooled, and say how the answers are noted."""
    from rightskit.flows import ask_consent as flow

    done = flow.ask(space, folder, output.track)
    _tell(done, "Nobody has to be asked.")
    if done.members:
        output.say("A plain yes or no to each purpose is understood. Note any other: rightskit members agree MEMBER")


def invite(
    folder: Annotated[Path | None, typer.Argument(help="By default invitations/ in the campaign.")] = None,
) -> None:
    """Write to each who was not invited and has not signed: what to do, and the forms to sign, in one mail.

    Example: `rightskit members invite`
    """
    from rightskit.flows import invite as flow

    space = session.workspace()
    _tell(flow.invite(space, folder or space.folder / "invitations", output.track), "Nobody has to be invited.")


def missing(
    ask: Annotated[bool, typer.Option("--ask", help="Write one mail to each, that asks for all at once.")] = False,
    folder: Annotated[Path | None, typer.Argument(help="For the mails; by default questions/ in the campaign.")] = None,
    as_json: Json = False,
) -> None:
    """Show who lacks what for which controllers; with `--ask`, write one mail to each that asks for all of it at once.

    Only what a controller's record names is asked for. Where one may ask for an identity document, the member gets a
    sheet on what to black out, and sends it themselves.

    Example: `rightskit members missing --ask`
    """
    from rightskit.flows import missing as flow

    space = session.workspace()
    if ask:
        _tell(flow.ask(space, folder or space.folder / "questions", output.track), "Nobody has to be asked.")
        return
    found = flow.missing(space)
    rows = [
        (one.name, item, " ".join(controllers), one.asked)
        for one in found
        for item, controllers in [
            *((lack.item, lack.controllers) for lack in one.standing.lacks),
            *([("proof of identity", one.identity)] if one.identity else []),
        ]
    ]
    if as_json:
        for row in rows:
            output.json_line(dict(zip(("member", "lacks", "for", "asked"), row, strict=True)))
        return
    if not found:
        output.say("Nobody lacks anything.")
        return
    output.table(("member", "lacks", "for", "asked"), rows)
    output.say(f"{counted(len(found), 'member', 'lack')} something. To ask them: rightskit members missing --ask")


def tell(done: Asked, what: str) -> None:
    """Say which members were shown what, and how their answers are noted.

    Args:
        done: what asking came to.
        what: a ``complaint``, or an ``objection``.
    """
    for reference, reason in done.stopped.items():
        output.warn(f"{reference} was stopped: {reason}")
    for member, why in done.unreachable.items():
        output.warn(f"{member} {why} and has no other address: the {what} cannot be shown.")
    for member, why in done.by_post.items():
        output.warn(f"{member} {why}: print {member}-ask-{what}-*.pdf and post it.")
    if not done.members:
        output.say(f"Nobody has to be asked about {'a' if what == 'complaint' else 'an'} {what}.")
        return
    yes, no = _WORDS[what]
    output.say(f"{done.members} mails about {done.requests} {what}s lie in {done.folder}. Send them now.")
    output.say(f"A plain yes or no by mail is understood. Note any other: rightskit log REQUEST {yes}, or {no}")


def _tell_left(unreachable: Mapping[str, str], instead: str) -> None:
    """Say to whom no mail was written, why, and what to do instead."""
    for member, why in unreachable.items():
        output.warn(f"{member} {why}: {instead}")
    if unreachable:
        left = counted(len(unreachable), "member", "were")
        output.warn(f"{left} left out. A better address: rightskit members change MEMBER")


def tell_unreachable(space: Workspace) -> None:
    """Say whom mail does not reach any more."""
    from rightskit.flows import reach

    if found := reach.unreachable(space):
        output.line(f"{counted(len(found), 'member')} cannot be reached by mail; write to them by post, or call:")
        output.table(("member", "since"), sorted(found.items()))
        output.say("A better address, or the same that works again: rightskit members change MEMBER --email ADDRESS")


def tell_held(space: Workspace) -> None:
    """Say which letters under Art. 21(1) wait for their members' yes, and which members do not want."""
    from rightskit.flows import objections

    held = objections.held(space)
    if number := sum(not one.declined for one in held):
        letters = counted(number, "letter")
        output.say(f"{letters} under Art. 21(1) must wait for the member's yes: rightskit ask --objections")
    for one in held:
        if one.declined:
            output.say(f"{one.order.reference} is not sent: its member does not want it as it stands.")


_WORDS = {
    "complaint": ("complaint-authorised", "complaint-declined"),
    "objection": ("letter-approved", "letter-declined"),
}


def _tell(done: Written, nothing: str) -> None:
    _tell_left(done.unreachable, "speak to them, or write by post.")
    if done.members:
        output.say(f"{counted(len(done.members), 'mail', 'lie')} in {done.folder}. Send them now.")
    else:
        output.say(nothing)
