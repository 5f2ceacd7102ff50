"""``dossier``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.flows.dossier import Made
    from rightskit.reports.dossier import LeftOut


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(dossier)


def dossier(
    controller: Annotated[str, typer.Argument(metavar="CONTROLLER", help="Its id.")],
    folder: Annotated[
        Path | None, typer.Argument(help="A new folder; by default dossiers/CONTROLLER-DATE in the campaign.")
    ] = None,
    language: Annotated[
        str,
        typer.Option("--lang", "--language", metavar="LL", help="de, fr or en; by default what the controller reads."),
    ] = "",
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Nobody by name.")] = False,
    members: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this member; may be repeated. By default all who agreed."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write the collective file about a controller, for a negotiation, an authority or a court.

    Facts, law, figures, the course of each request, and its exhibits as numbered PDFs with checksums. Members who
    agreed to the scope `named` stand in it by name, others who agreed under a number and blackened; nobody else is
    told of. Each exhibit shows one member alone. Read it through before you hand it over.

    Example: `rightskit dossier schufa --lang de`
    """
    from rightskit.flows import dossier as flow

    choice = flow.Choice(controller, language, tuple(dict.fromkeys(members or ())), anonymous)
    made = flow.dossier(session.workspace(), choice, folder, output.track)
    if as_json:
        output.json_line(_line(made))
        return
    people, left = made.dossier.people, made.dossier.left_out
    _warn(left)
    output.say(
        f"{made.folder}: {len(people)} people, {made.dossier.named} of them by name, "
        f"{len(made.dossier.exhibits)} exhibits, {len(left)} pieces left out."
    )
    if made.silent:
        output.say(f"{made.silent} more members did not agree or have left: nothing is told of them.")
    output.say("Read it through before you hand it over. Remove it when it is no longer needed: rightskit clean --help")


def _warn(left: Sequence[LeftOut]) -> None:
    """Of whom something is missing, by the reason in the words of the dossier, which lists each piece."""
    for why in dict.fromkeys(one.why for one in left):
        persons = dict.fromkeys(one.person for one in left if one.why == why)
        output.warn(f"Left out ({why}): person {', '.join(map(str, persons))}")


def _line(made: Made) -> dict[str, object]:
    dossier = made.dossier
    return {
        "folder": str(made.folder),
        "people": len(dossier.people),
        "named": dossier.named,
        "exhibits": len(dossier.exhibits),
        "left_out": [{"person": one.person, "text": one.text} for one in dossier.left_out],
        "silent": made.silent,
    }
