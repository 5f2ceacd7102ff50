"""``data`` and ``pool``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import options, output, session
from rightskit.cli.options import Json
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from rightskit.disclosures.research import ResearchCopy
    from rightskit.disclosures.tabulation import PoolTable
    from rightskit.flows.workspace import Workspace

_FUNNEL = ("controller", "came", "opened", "known", "read", "values", "accepted", "agreed", "pooled")
"""Headings of the steps that leave a name its room on a terminal."""

data = typer.Typer(no_args_is_help=True, help="Returned data, read into observations.")
pool = typer.Typer(no_args_is_help=True, help="What members' data says together.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(data, name="data")
    app.add_typer(pool, name="pool")


@data.command("add")
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER…", help="Of a folder, all files in it.")],
    request: Annotated[str, typer.Option(metavar="RK-…", help="The request that all of them answer.")] = "",
    member: Annotated[str, typer.Option(metavar="M…", help="Whose data it is, instead of the request.")] = "",
    controller: Annotated[str, typer.Option(metavar="ID", help="Who returned it, where members have several.")] = "",
    received: Annotated[dt.datetime | None, options.day("The day on which it came; by default today.")] = None,
    scans: Annotated[
        bool, typer.Option("--scans", help="Scanned piles (PDF), parted by cover sheets (`data covers`), or photos.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Keep returned data that did not come by mail: a portal's download, a stick, a scan.

    Without --request and --member, the path of each file names its request or its member: RK-7G2K-4Q9A.pdf, or a folder
    of that name. The files are kept as they are, and are not changed; delete them yourself when they are kept.

    Example: `rightskit data add export.zip --request RK-7G2K-4Q9A --received 2026-04-02`
    """
    from rightskit.flows import intake, piles

    said = intake.Said(request, member, controller, received.date() if received else None)
    done = (piles if scans else intake).add(session.workspace(), paths, said, output.track)
    for fault in done.faults:
        output.warn(str(fault))
    if as_json:
        counts = {"files": done.files, "known": done.known, "left": len(done.faults), "waiting": done.waiting}
        output.json_line({**counts, "requests": done.requests})
    else:
        already = f", {done.known} were there already" if done.known else ""
        kept = f"{counted(done.files, 'file', 'are')} kept for {counted(len(done.requests), 'request')}"
        output.say(f"{kept}{already}, {len(done.faults)} left.")
        if done.waiting:
            output.say(f"Without a cover sheet: {done.waiting}. Say what they answer: rightskit data review")
        output.say("Read them now: rightskit data extract")
    if done.faults:
        raise typer.Exit(3)


@data.command("covers")
def covers(
    requests: Annotated[list[str] | None, typer.Argument(metavar="RK-…", help="By default all requests.")] = None,
    out: Annotated[Path, typer.Option("-o", metavar="PDF", help="Where the sheets go.")] = Path("covers.pdf"),
) -> None:
    """Print a cover sheet for each request: laid on the paper that answers it, it parts a scanned pile.

    Example: `rightskit data covers RK-7G2K-4Q9A -o covers.pdf`
    """
    from rightskit.flows import piles as flow

    number = flow.covers(session.workspace(), requests or (), out)
    output.say(f"{out} holds {number} cover sheets. When the pile is scanned: rightskit data add --scans PILE.pdf")


@data.command("extract")
def extract(
    file: Annotated[
        Path | None, typer.Argument(help="One document on this machine, without campaign and vault.")
    ] = None,
    recipe: Annotated[
        str, typer.Option(metavar="ID", help="With FILE: the recipe; by default the one that fits.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("-o", metavar="CSV", help="With FILE: where the observations go; else printed.")
    ] = None,
    campaign: Annotated[
        str, typer.Option(metavar="SLUG", help="With FILE: the campaign for which shared numbers are sealed.")
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="Also what an earlier reading could not read.")] = False,
) -> None:
    """Read the returned documents with the campaign's recipes; or one file, on its owner's own machine.

    What no recipe names never leaves the document. A member who keeps the document to themselves sends only the
    observations of FILE; `data add` takes them like any document. A number that a household shares, such as a meter's,
    goes along sealed for the campaign: the organiser tells its slug for --campaign.

    Example: `rightskit data extract`
    """
    if file:
        _extract_here(file, recipe, campaign, out)
        return
    from rightskit.flows import data as flow

    done = flow.extract(session.workspace(), output.track, again=again)
    for reference, reason in done.unread:
        output.warn(f"{reference}: {reason}")
    counts = ", ".join(f"{number} {outcome}" for outcome, number in done.outcomes.most_common()) or "nothing new"
    output.say(f"{counted(done.outcomes.total(), 'document')}: {counts}. {counted(done.observations, 'observation')}.")
    if done.waiting:
        output.say(f"{done.waiting} values wait for a person: rightskit data review")


def _extract_here(file: Path, recipe: str, campaign: str, out: Path | None) -> None:
    from rightskit.flows import local as flow

    folder = session.optional_folder()
    found = flow.extract(file, recipe, folder, campaign, lambda: session.secret(f"Password of {file}"))
    for title in found.withheld:
        output.warn(
            f"{title} is withheld: no campaign was named for which it is sealed. Members without it count as one. "
            "Ask the organiser for the slug, and give it: --campaign SLUG"
        )
    for place, why in found.doubtful:
        output.warn(f"{place}: {why} is doubtful, and left out.")
    if out is None:
        output.say(found.table.rstrip())
        return
    flow.write(out, found.table)
    output.say(f"{found.observations} observations by {found.recipe} are in {out}; nothing else of {file} is in it.")


@data.command("unlock")
def unlock(
    request: Annotated[str, typer.Argument(metavar="RK-…", help="By default all requests with locked documents.")] = "",
    from_replies: Annotated[
        bool, typer.Option("--password-from-reply", help="Look for the password in the request's other replies.")
    ] = False,
) -> None:
    """Read archives and PDFs that are locked with a password, which is asked for and kept nowhere.

    Example: `rightskit data unlock --password-from-reply`
    """
    from rightskit.flows import unlock as flow

    space = session.workspace()
    waiting = flow.locked(space, request)
    opened = 0
    for reference in waiting:
        passwords = flow.told(space, reference) if from_replies else [session.secret(f"Password for {reference}")]
        done = flow.unlock(space, reference, passwords)
        opened += done.opened
        for reason in done.reasons:
            output.warn(f"{reference}: {reason}")
    output.say(f"{counted(opened, 'document')} of {counted(len(waiting), 'request')} unlocked.")
    if opened < len(waiting):
        raise typer.Exit(5)


@data.command("funnel")
def funnel(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """How far what each controller returned came, in people: received, opened, read, accepted, in the pool.

    The numbers are exact, and for the organiser alone; `pool release` publishes them with small groups hidden.

    Example: `rightskit data funnel`
    """
    from rightskit.flows import pool as flow

    space = session.workspace()
    found = flow.funnel(space)
    if as_json:
        for controller, steps in found:
            output.json_line({"controller": controller, **steps})
        return
    none = "Nothing came back yet: rightskit sync, or rightskit data add"
    output.table(_FUNNEL, [(controller, *steps.values()) for controller, steps in found], none=none)
    _warn_of_doubts(space)


@pool.command("show")
def show() -> None:
    """Show the pool as it could be published: members are counted, groups under the threshold are hidden.

    Example: `rightskit pool show`
    """
    from rightskit.flows import pool as flow
    from rightskit.reports.pooltables import labelled

    space = session.workspace()
    found = flow.pool(space, output.track)
    _warn_of_doubts(space)
    members = "Some members" if found.members is None else counted(found.members, "member")
    output.say(f"{members} agreed and have data; groups under {found.threshold} are hidden.")
    for table in labelled(found.tables, found.labels):
        _print(table)
    output.say(f"{found.hidden} cells are hidden.")


@pool.command("release")
def release(
    folder: Annotated[
        Path | None, typer.Argument(help="A new folder; by default releases/R1 and so on in the campaign.")
    ] = None,
    research: Annotated[
        bool, typer.Option("--research", help="Rows for researchers instead, of members who agreed to that.")
    ] = False,
) -> None:
    """Write the pool's tables into a folder that may be published, or refuse and say why.

    CSV and JSON, with a manifest and SHA-256 sums. Small groups are hidden, and so is what differs from an earlier
    release by a few members: the vault keeps a ledger of all releases.

    Example: `rightskit pool release`
    """
    from rightskit.flows import release as flow

    if research:
        _say_copy(*flow.research(session.workspace(), folder, output.track))
        return
    space = session.workspace()
    done = flow.release(space, folder, output.track)
    _warn_of_doubts(space)
    for out in done.left_out:
        output.warn(f"{out.title}: left out, because {out.reason}.")
    if done.together:
        output.warn(f"Counted as one, because they are the same person or share something: {' '.join(done.together)}")
    output.say(
        f"{done.name}: {counted(done.tables, 'table')} in {done.folder}; {counted(done.hidden, 'cell', 'are')} hidden."
    )


def _warn_of_doubts(space: Workspace) -> None:
    from rightskit.flows import pool as flow

    if waiting := flow.doubtful(space):
        output.warn(f"{waiting} values wait for a person, and are in no table: rightskit data review")


def _say_copy(folder: Path, made: ResearchCopy) -> None:
    known = " ".join(variable.id for variable in made.known) or "nothing"
    if made.several:
        output.warn(f"Left out, because members have several values or no list holds them: {' '.join(made.several)}")
    output.say(f"{counted(len(made.rows), 'row')} in {folder}. Known from elsewhere may be: {known}.")
    output.say(f"k = {made.k}: so many rows look alike in it at least; {made.taken} rows lost it for that.")
    output.say(f"l = {made.diversity}: so many values another column has at least among rows that look alike.")


@pool.command("ledger")
def ledger(as_json: Json = False) -> None:
    """List what left the house: every release with its day, its members and the SHA-256 of its manifest.

    Example: `rightskit pool ledger`
    """
    from rightskit.flows import release as flow

    found = flow.ledger_of(session.workspace())
    if as_json:
        for one in found:
            output.json_line({name: getattr(one, name) for name in one.__slots__ if name != "edges"})
        return
    heads = ("release", "kind", "date", "threshold", "members", "forgotten", "manifest")
    output.table(
        heads,
        [(r.name, r.kind, r.made.date(), r.threshold, r.members, r.forgotten, r.sha256[:12]) for r in found],
        none="Nothing left the house yet.",
    )


def _print(table: PoolTable) -> None:
    title = (
        f"{table.title}{f' ({table.unit})' if table.unit else ''}{', ' if table.provenance else ''}{table.provenance}"
    )
    output.say("")
    if not output.is_terminal():
        output.say(title)
    rows = [[output.hidden(cell) for cell in row] for row in table.rows]
    output.table(table.columns, rows, title)
    if table.note:
        output.say(table.note)
