"""``controllers``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightskit.cli import output, session
from rightskit.cli.options import Json
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from rightskit.flows.registry import Proposal
    from rightskit.registry.check import Finding
    from rightskit.registry.layers import Layers

controllers = typer.Typer(no_args_is_help=True, help="Who decides on the processing and must answer.")


class ExportFormat(StrEnum):
    """What ``controllers export`` writes."""

    DATENANFRAGEN = "datenanfragen"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(controllers, name="controllers")


@controllers.command("search")
def search(
    text: Annotated[str, typer.Argument(help="Name, brand, category or country; typing errors are forgiven.")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 20,
    as_json: Json = False,
) -> None:
    """Find controllers.

    Example: `rightskit controllers search schuffa`
    """
    from rightskit.errors import NotFoundError
    from rightskit.registry import encode, layers

    found = layers.find(_known(), text, limit)
    if not found:
        raise NotFoundError(
            f"No controller fits {text!r}.",
            "Write its record into the campaign's controllers.yaml.",
        )
    if as_json:
        for controller in found:
            output.json_line(encode.plain(controller))
        return
    rows = [(c.id, c.name, c.country, ", ".join(c.categories), c.quality) for c in found]
    output.table(("id", "name", "country", "categories", "quality"), rows)


@controllers.command("show")
def show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Such as schufa; a former id leads on.")],
    as_json: Json = False,
) -> None:
    """Show all that is known of a controller, and which source each field came from.

    The campaign's own controllers.yaml comes first, then the shipped one, then what was imported.

    Example: `rightskit controllers show schufa`
    """
    from rightskit.registry import encode, layers, load

    known = _known()
    controller = load.get(known.registry, identifier)
    origins = layers.fields_from(known, controller.id)
    values = encode.plain(controller)
    if as_json:
        output.json_line({**values, "from": dict(origins)})
        return
    if controller.id != identifier:
        output.warn(f"{identifier} is now {controller.id}.")
    for key, value in values.items():
        if value:
            output.say(f"{key:<12} {origins.get(key, ''):<9} {_line(value)}".rstrip())


@controllers.command("import")
def import_(
    place: Annotated[
        str | None, typer.Argument(metavar="PATH|URL", help="Its folder, .tar.gz or .zip; or an https address.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take it without asking, however much it changes.")] = False,
) -> None:
    """Take over the open registry of datenanfragen.de (CC0): 3,070 controllers. Shipped and own records stay above it.

    What it would change is shown first. Damaged records are named and set aside; the rest goes in.

    Example: `rightskit controllers import data-master.tar.gz`
    """
    from rightskit.flows import registry as flow
    from rightskit.registry.fetch import NEWEST

    if place is None:
        output.say(f"The newest archive lies at {NEWEST}")
        output.say(f"Take it over with: rightskit controllers import {NEWEST}")
        return
    proposal = flow.propose(place)
    _tell(proposal)
    if not proposal.first and not proposal.changes:
        output.say("Nothing changed.")
        return
    _agree(proposal, yes=yes)
    flow.take(proposal, session.today())
    counts = proposal.counts
    said = (
        "{company:,} controllers, {authority:,} authorities, {obsolete:,} former records, {pack:,} packs: taken over."
    )
    output.say(said.format(**counts))


@controllers.command("export")
def export(
    folder: Annotated[Path, typer.Option("-o", metavar="DIR", help="A new or empty folder.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="The form of the open registry.")],
) -> None:
    """Give back what was imported, every file byte for byte.

    Example: `rightskit controllers export --format datenanfragen -o data`
    """
    from rightskit.flows import registry as flow

    del form
    output.say(f"{counted(flow.export(folder), 'file')} in {folder}.")


@controllers.command("check")
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="YAML files, JSON records, or the open registry as folder or archive; else your own."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check registry files like code: each fault with file, line and what to write instead.

    Warnings are shown; only errors end with code 3. docs/registry.md lists the rules.

    Example: `rightskit controllers check controllers.yaml`
    """
    from rightskit.errors import FaultsError
    from rightskit.flows import registry as flow

    found = flow.check(files or [], _own(), session.today())
    for finding in found:
        if as_json:
            output.json_line(_finding(finding))
        else:
            output.say(f"{finding.rule.severity}: {finding.fault}")
    errors = sum(finding.rule.severity == "error" for finding in found)
    if not as_json:
        output.say(f"{errors} errors, {len(found) - errors} warnings." if found else "Nothing to mend.")
    if errors:
        raise typer.Exit(FaultsError.exit_code)


def _own() -> Path | None:
    folder = session.optional_folder()
    return folder / "controllers.yaml" if folder else None


def _known() -> Layers:
    from rightskit.registry import layers

    return layers.known(_own())


def _tell(proposal: Proposal) -> None:
    """What an import would change, and what of it cannot be used."""
    from rightskit.registry.changes import lines

    for fault in proposal.aside:
        output.warn(f"set aside: {fault}")
    for change in proposal.changes:
        for line in lines(change):
            output.say(line)
    if proposal.changes:
        counts = {what: sum(c.what == what for c in proposal.changes) for what in ("added", "changed", "gone")}
        output.say(", ".join(f"{count:,} {what}" for what, count in counts.items()) + ".")


def _agree(proposal: Proposal, *, yes: bool) -> None:
    """A first import is taken as it is; any other needs a person's yes, and an unlikely one needs it in writing."""
    from rightskit.errors import RefusedError

    if yes or proposal.first:
        return
    if proposal.doubt:
        raise RefusedError(f"That is too much at once: {proposal.doubt}.", "If it is right, say so with --yes.")
    if not _somebody_is_there():
        raise RefusedError("Nothing was taken: nobody is there to say yes.", "Say it with --yes.")
    if not output.confirm("Take these changes?", default=False):
        raise RefusedError("Nothing was taken.")


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def _finding(finding: Finding) -> dict[str, Any]:
    fault = finding.fault
    return {
        "rule": finding.rule.id,
        "severity": finding.rule.severity,
        "reason": finding.rule.reason,
        "record": finding.record,
        "file": fault.path,
        "line": fault.line,
        "field": fault.column,
        "message": fault.message,
        "suggestion": fault.suggestion,
    }


def _line(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return " · ".join(_line(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {inner}" for key, inner in value.items() if inner)
    return str(value)
