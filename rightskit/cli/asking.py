"""``members invite`` and ``missing``: mails to members."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.members import Json, members

if TYPE_CHECKING:
    from rightskit.flows.questions import Asked
    from rightskit.flows.tomembers import Written
    from rightskit.flows.workspace import Workspace


def register(_: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (invite, missing):
        members.command()(command)


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
    output.table(("member", "lacks", "for", "asked"), rows)
    output.say(f"{len(found)} members lack something. To ask them: rightskit members missing --ask")


def tell(done: Asked, what: str) -> None:
    """Say which members were shown what, and how their answers are noted.

    Args:
        done: what asking came to.
        what: a ``complaint``, or an ``objection``.
    """
    for reference, reason in done.stopped.items():
        output.warn(f"{reference} was stopped: {reason}")
    for member in done.unreachable:
        output.warn(f"{member} has no address at all, and cannot be shown the {what}.")
    for member in done.by_post:
        output.warn(f"{member} has no mail address: print {member}-ask-{what}-*.pdf and post it.")
    if not done.members:
        output.say(f"Nobody has to be asked about {'a' if what == 'complaint' else 'an'} {what}.")
        return
    yes, no = _WORDS[what]
    output.say(f"{done.members} mails about {done.requests} {what}s lie in {done.folder}. Send them now.")
    output.say(f"A plain yes or no by mail is understood. Note any other: rightskit log REQUEST {yes}, or {no}")


def tell_held(space: Workspace) -> None:
    """Say which letters under Art. 21(1) wait for their members' yes, and which members do not want."""
    from rightskit.flows import objections

    held = objections.held(space)
    if number := sum(not one.declined for one in held):
        output.say(f"{number} letters under Art. 21(1) wait for their members' yes: rightskit ask --objections")
    for one in held:
        if one.declined:
            output.say(f"{one.order.reference} is not sent: its member does not want it as it stands.")


_WORDS = {
    "complaint": ("complaint-authorised", "complaint-declined"),
    "objection": ("letter-approved", "letter-declined"),
}


def _tell(done: Written, nothing: str) -> None:
    for member in done.unreachable:
        output.warn(f"{member} has no mail address: speak to them, or write by post.")
    if done.members:
        output.say(f"{len(done.members)} mails lie in {done.folder}. Send them now.")
    else:
        output.say(nothing)
