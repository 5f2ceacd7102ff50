"""``campaign papers``, ``campaign handover`` and ``campaign close``: what a campaign itself owes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.campaigns import campaign
from rightskit.cli.output import counted
from rightskit.errors import WrongUsageError

if TYPE_CHECKING:
    from rightskit.flows.close import Outlook
    from rightskit.flows.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the commands of this module, which stand under ``campaign``."""
    del app
    for name, command in (("papers", papers), ("handover", handover), ("close", close)):
        campaign.command(name)(command)


def papers(
    folder: Annotated[Path | None, typer.Argument(help="By default papers/ in the campaign.")] = None,
    lang: Annotated[
        list[str] | None, typer.Option(metavar="LL", help="de, fr or en; may be repeated; by default all.")
    ] = None,
    breach: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            metavar="'YYYY-MM-DD HH:MM'",
            help="When a breach became known: its sheet, with the 72 hours.",
        ),
    ] = None,
) -> None:
    """Draft what the campaign itself owes: notice, record, impact assessment, roles, breach log, consent text.

    The drafts are filled from campaign.yaml and hold no member's data. Read them, complete them, then use them.

    Example: `rightskit campaign papers --lang fr`
    """
    from rightskit.flows import papers as flow

    home = session.campaign_folder()
    made = flow.write(home, folder or home / "papers", lang or flow.LANGUAGES, session.today(), breach)
    for path in made:
        output.say(str(path))
    output.say("These are drafts: read them, complete them, and have them checked.")


def handover(
    to: Annotated[str, typer.Option(metavar="NAME", help="Who takes the campaign over, with an address.")],
    folder: Annotated[Path | None, typer.Argument(help="By default handover/ in the campaign.")] = None,
    lang: Annotated[str, typer.Option(metavar="LL", help="Of the record: de, fr or en.")] = "en",
) -> None:
    """Hand the campaign over: a checked backup, and a record of what passes, for both to sign.

    Give the passphrase by word of mouth. The successor runs `vault restore`, then `vault rekey`, and puts their own
    name into campaign.yaml; mandates that name you do not pass.

    Example: `rightskit campaign handover --to "Verein Drei, Kai 9, 28195 Bremen" --lang de`
    """
    from rightskit.flows import handover as flow

    space = session.workspace()
    done = flow.handover(space, to, folder or space.folder / "handover", lang)
    output.say(f"{done.copy} is a whole copy of the vault; SHA-256 {done.fingerprint}")
    output.say(f"{done.record} is the record: print it, go through it together, and both sign.")
    output.say("Give the passphrase by another way. The successor: rightskit vault restore FILE, rightskit vault rekey")


def close(
    end: Annotated[bool, typer.Option("--end", help="End the campaign: nothing more goes out.")] = False,
    leave_open: Annotated[bool, typer.Option("--leave-open", help="With --end: although something is open.")] = False,
    purge: Annotated[bool, typer.Option("--purge", help="Delete everything about people, once it has ended.")] = False,
    early: Annotated[bool, typer.Option("--early", help="With --purge: before the retention is over.")] = False,
    purge_mail: Annotated[
        bool, typer.Option("--purge-mail", help="With --purge: delete its messages from the mail account too.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --purge: do not ask.")] = False,
) -> None:
    """Close the campaign in order: look at what is open, end it, and later delete everything about people.

    Without an option it shows what is open, what was published, and every copy outside the vault.

    Example: `rightskit campaign close`
    """
    from rightskit.flows import close as flow

    if end and purge:
        raise WrongUsageError("--end and --purge are two steps, on two days.", "First --end.")
    space = session.workspace()
    if end:
        number = flow.end(space, leave_open=leave_open)
        output.say(f"The campaign has ended; {counted(number, 'request', 'were')} closed, and nothing more goes out.")
        day = flow.outlook(space).delete_from
        output.say(f"Delete everything about people from {day} on: rightskit campaign close --purge")
    elif purge:
        _purge(space, early=early, mail=purge_mail, yes=yes)
    else:
        _show(flow.outlook(space))


def _purge(space: Workspace, *, early: bool, mail: bool, yes: bool) -> None:
    from rightskit.flows import close as flow

    if not yes:
        output.confirm("Delete all members, requests, replies and data for good", abort=True, err=True)
    left = flow.purge_all(space, early=early, mail=mail)
    output.say("The vault holds nobody any more. Counts, approved texts and the list of releases stay.")
    output.say("See to these yourself:")
    for copy in left:
        output.say(f"- {copy.text}")


def _show(found: Outlook) -> None:
    if found.ended:
        output.say(f"Ended on {found.ended}; everything about people is to be deleted from {found.delete_from} on.")
    rows = [*found.open.items(), ("review replies", found.waiting), ("read documents", found.unread)]
    if still := [row for row in rows if row[1]]:
        output.table(("open", "number"), still)
    else:
        output.say("Nothing is open.")
    output.say(f"{found.published} reports and releases were written. Write the last ones before the end.")
    output.say("Copies outside the vault:")
    for copy in found.copies:
        output.say(f"- {copy.text}")
