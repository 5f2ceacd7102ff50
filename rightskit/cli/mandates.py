"""``mandates``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import options, output, session
from rightskit.cli.options import Json, MemberId
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from rightskit.campaign.model import Mandate
    from rightskit.flows.mandates import Terms
    from rightskit.flows.stopping import Stopped

mandates = typer.Typer(no_args_is_help=True, help="What members signed.")

Receives = Annotated[
    bool, typer.Option("--receives/--only-acts", help="It is an authority to receive the answers as well.")
]
Acts = Annotated[bool, typer.Option("--acts/--only-receives", help="It is a permission to act.")]
Paper = Annotated[str, typer.Option(help="Where the signed original lies, such as 'folder 3'.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(mandates, name="mandates")


@mandates.command("add")
def add(
    member: MemberId,
    signed: Annotated[dt.datetime, options.day("The day of the signature.")],
    acts: Acts = True,
    receives: Receives = False,
    until: Annotated[dt.datetime | None, options.day("Its last day; by default the end of the campaign.")] = None,
    right: Annotated[list[str] | None, typer.Option(help="A right that it covers; by default all.")] = None,
    controller: Annotated[list[str] | None, typer.Option(help="A controller that it covers; by default all.")] = None,
    data: Annotated[str, typer.Option(help="The data it is about; by default all.")] = "",
    signed_by: Annotated[str, typer.Option(metavar="NAME", help="The name below it, as it can be read.")] = "",
    file: Annotated[Path | None, typer.Option(help="The signed PDF or scan: it is kept in the vault.")] = None,
    paper: Paper = "",
) -> None:
    """Note what a member signed: for which rights, controllers and data, until when, and who may receive the answer.

    Example: `rightskit mandates add M7K2QX9DA --signed 2026-02-20 --receives --file signed.pdf --paper "folder 3"`
    """
    from rightskit.flows import mandates as flow

    said = flow.Terms(
        signed.date(), acts, receives, until.date() if until else None, tuple(_rights(right or ())),
        tuple(controller or ()), data, signed_by, paper,
    )  # fmt: skip
    done = flow.add(session.workspace(), member, _demand(said), file)
    output.say(f"{member}: {', '.join(done.ids)} noted.")
    for one in done.too_late:
        output.warn(
            f"{one.reference} to {one.controller} left on {one.date}, before this was signed: nothing permitted it."
        )


@mandates.command("scan")
def scan(
    folder: Annotated[Path, typer.Argument(help="With PDFs or scans; each names its member, as the forms do.")],
    signed: Annotated[dt.datetime | None, options.day("The day, where none was noted.")] = None,
    acts: Acts = True,
    receives: Receives = False,
    paper: Paper = "",
) -> None:
    """Keep a folder of signed papers: each is added to what its member is noted to have signed.

    Example: `rightskit mandates scan ~/scans --receives --paper "folder 3"`
    """
    from rightskit.flows import mandates as flow
    from rightskit.flows import scans

    said = _demand(flow.Terms(signed.date() if signed else None, acts, receives, paper=paper))
    done = scans.scan(session.workspace(), folder, said)
    for fault in done.faults:
        output.warn(str(fault))
    output.say(f"{len(done.members)} signed papers are kept, {len(done.faults)} were left.")
    if done.faults:
        raise typer.Exit(3)


@mandates.command("list")
def list_(
    member: Annotated[str, typer.Argument(help="Of one member alone.")] = "",
    batch: Annotated[
        str, typer.Option(help="Which originals the letters of this batch need, in the order of the letters.")
    ] = "",
    as_json: Json = False,
) -> None:
    """List what was signed, what it covers, and where the originals lie.

    Example: `rightskit mandates list --batch 2026-03-02-print-1`
    """
    from rightskit.flows import mandates as flow

    rows = [
        (reference, mandate.id, person, *_cells(mandate))
        for person, mandate, reference in flow.list_(session.workspace(), member, batch)
    ]
    first = 0 if batch else 1
    if as_json:
        for row in rows:
            output.json_line(dict(zip(_COLUMNS[first:], row[first:], strict=True)))
    else:
        none = "These letters need no original." if batch else "Nothing is noted as signed: rightskit mandates add"
        output.table(_COLUMNS[first:], [row[first:] for row in rows], none=none)


def _cells(mandate: Mandate) -> tuple[object, ...]:
    kept = "kept" if mandate.document else ""
    rights, controllers = " ".join(mandate.rights) or "all", " ".join(mandate.controllers) or "all"
    days = (mandate.signed, mandate.until, mandate.revoked)
    return (mandate.kind, *days, rights, controllers, kept, mandate.paper)


_COLUMNS = (
    *("request", "mandate", "member", "kind", "signed", "until", "revoked"),
    *("rights", "controllers", "document", "paper"),
)


@mandates.command("revoke")
def revoke(
    mandate: Annotated[str, typer.Argument(help="Its id, or a member's id for all of theirs.")],
) -> None:
    """Take back what a member signed: what is still to go out stops, and what has gone is named.

    Example: `rightskit mandates revoke V3N8QX2TA`
    """
    from rightskit.flows import mandates as flow

    stopped, anew = flow.revoke(session.workspace(), mandate)
    tell(stopped)
    if anew:
        output.say(
            f"{counted(len(anew), 'letter', 'are')} written anew, for the answer goes to the member now: rightskit send"
        )


def tell(stopped: Stopped) -> None:
    """Say what a withdrawal stopped, and what it came too late for."""
    output.say(f"{counted(len(stopped.requests), 'request', 'are')} withdrawn; nothing more is sent.")
    for path in stopped.files:
        output.say(f"{path} is removed.")
    for batch in stopped.by_hand:
        output.warn(f"A letter of theirs lies in the bundle {batch}: take it out before you post it.")
    for one in stopped.gone:
        output.say(f"{one.reference} to {one.controller} has left on {one.date}: tell the controller.")


def _demand(said: Terms) -> Terms:
    from rightskit.errors import WrongUsageError

    if not said.kinds:
        raise WrongUsageError("It permits nothing.", "Leave out --only-receives or --only-acts.")
    return said


def _rights(names: list[str] | tuple[()]) -> list[str]:
    from rightskit.errors import WrongUsageError
    from rightskit.rights import Right
    from rightskit.yamlfile import did_you_mean

    for name in names:
        if name not in set(Right):
            raise WrongUsageError(f"{name!r} is no right.", did_you_mean(name, list(Right)))
    return list(names)
